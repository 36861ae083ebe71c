"""The picture of the citation graph: what is in the middle, sizes and colours, what is left out, and what is to be read in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import hypot
from xml.etree import ElementTree

import pytest

from archive import Archive, export_graph, graph, graph_overview
from archive.ask.overview import overview_of
from archive.errors import BadDate
from archive.export.graph_layout import places
from archive.terminal.messages import messages_of
from archive.values import CitationGraph, GraphEdge, GraphNode
from tests.archive.builders import add_three
from tests.archive.test_facets import add_followed

SPACE = "{http://www.w3.org/2000/svg}"


def node(name: str, type_: str = "Nghị quyết", *, in_archive: bool = False) -> GraphNode:
    return GraphNode(name, type_, f"{name}-NQ/TW", "2025-01-02", None, f"về việc {name}", in_archive, False, None)


def edge(source: str, target: str) -> GraphEdge:
    return GraphEdge(source, target, 1, ("implements",), ("I",))


#: Thirty plans that cite one resolution, each another of its own.
STAR = CitationGraph(
    (*(node(f"p{n}", "Kế hoạch", in_archive=True) for n in range(30)), *(node(f"c{n}") for n in range(30)), node("hub")),
    (*(edge(f"p{n}", "hub") for n in range(30)), *(edge(f"p{n}", f"c{n}") for n in range(30))),
)


def drawn(found: CitationGraph, wording: dict[str, str] | None = None) -> ElementTree.Element:
    return ElementTree.fromstring(export_graph(found, "svg", wording or {}).encode())


def circles(picture: ElementTree.Element) -> dict[str, ElementTree.Element]:
    """The circles of documents by their name."""
    groups = [group for group in picture.iter(f"{SPACE}g") if group.get("data-node")]
    return {"".join(group.find(f"{SPACE}text").itertext()): group.find(f"{SPACE}circle") for group in groups}  # type: ignore[union-attr,misc]


def test_what_is_cited_most_is_largest_and_in_the_middle() -> None:
    picture = drawn(STAR)
    found = circles(picture)
    hub = found["hub-NQ/TW · 2025"]
    radii = {name: float(circle.get("r", 0)) for name, circle in found.items()}
    assert max(radii, key=radii.__getitem__) == "hub-NQ/TW · 2025"
    assert radii["p1-NQ/TW · 2025"] < radii["c1-NQ/TW · 2025"] < radii["hub-NQ/TW · 2025"]
    width, height = float(picture.get("width", 0)), float(picture.get("height", 0))
    assert hypot(float(hub.get("cx", 0)) - width / 2, float(hub.get("cy", 0)) - height / 2) < height / 20
    assert width / 2 < height < width, "no strip"
    # What follows it stands around it on all sides.
    sides = {(float(one.get("cx", 0)) > width / 2, float(one.get("cy", 0)) > height / 2) for one in found.values()}
    assert len(sides) == 4


def test_colours_say_the_type_and_the_legend_says_which() -> None:
    picture = drawn(STAR)
    found = circles(picture)
    assert found["p1-NQ/TW · 2025"].get("fill") == found["p2-NQ/TW · 2025"].get("fill") != found["c1-NQ/TW · 2025"].get("fill")
    said = ["".join(text.itertext()) for text in picture.iter(f"{SPACE}text")]
    assert {"Nghị quyết", "Kế hoạch"} <= {*said}


def test_names_do_not_lie_over_one_another() -> None:
    boxes = [(110.0, 50.0)] * 50
    graph_ = CitationGraph(tuple(node(f"n{n}") for n in range(50)), tuple(edge(f"n{n}", "n0") for n in range(1, 50)))
    at = places(graph_, boxes, 1450, 800)
    assert at[0] == (725, 400)
    pairs = [(a, b) for number, a in enumerate(at) for b in at[:number]]
    assert [(a, b) for a, b in pairs if abs(a[0] - b[0]) < 100 and abs(a[1] - b[1]) < 45] == []
    assert all(55 <= x <= 1395 and 25 <= y <= 775 for x, y in at)
    assert places(graph_, boxes, 1450, 800) == at


def test_what_is_left_out_is_said() -> None:
    words = messages_of("vi").texts
    picture = drawn(STAR, dict(words))
    shown = len(circles(picture))
    said = ["".join(text.itertext()) for text in picture.iter(f"{SPACE}text")]
    assert shown == 60
    assert any(line.startswith("60 trong 61 văn bản") and "1 văn bản không vẽ" in line for line in said)
    few = overview_of(STAR, 20)
    assert (len(few.graph.nodes), few.left_out) == (20, 41)
    assert few.graph.nodes[0].id == "hub"
    assert few.cited_by[0] == 30
    assert {one.source for one in few.graph.edges} | {one.target for one in few.graph.edges} == {one.id for one in few.graph.nodes}


def test_names_and_titles_are_text() -> None:
    root = drawn(STAR)
    assert {title.text for title in root.iter(f"{SPACE}title")} >= {"1 × implements: I"}
    assert any((title.text or "").startswith("Nghị quyết · hub-NQ/TW · 2025-01-02 · về việc hub") for title in root.iter(f"{SPACE}title"))


def test_long_and_awkward_titles_are_drawn() -> None:
    awkward = GraphNode("x", "", None, None, None, "Về <việc> & \f" + "triển khai thực hiện " * 30, False, True, None)
    bare = GraphNode("y", "", None, None, None, None, False, True, None)
    root = drawn(CitationGraph((awkward, bare), ()))
    lines = ["".join(text.itertext()) for text in root.iter(f"{SPACE}text")]
    assert any(re.match("Về <việc> & triển khai.*…$", line) for line in lines)


def test_nothing_is_drawn_too() -> None:
    assert circles(drawn(CitationGraph((), ()))) == {}


def test_documents_lead_to_addresses() -> None:
    svg = export_graph(STAR, "svg", {}, lambda one: f"/documents/{one.id}?a=1&b=2")
    assert re.search(r'<a xlink:href="/documents/hub\?a=1&amp;b=2"', svg)


@pytest.mark.parametrize("fill", [add_three, add_followed])
def test_the_overview_of_an_archive_is_that_of_its_graph(filled: Callable[..., Archive], fill: Callable[[Archive], None]) -> None:
    """It reads no more than it shows, by the same rule."""
    archive = filled(fill)
    known = graph(archive)
    quick = graph_overview(archive, most=500)
    told = {one.id for one in known.nodes if not one.ambiguous}
    assert {one.id for one in quick.graph.nodes} == told & {end for line in known.edges for end in (line.source, line.target)}
    assert {(one.source, one.target, one.count) for one in quick.graph.edges} == {
        (one.source, one.target, one.count) for one in known.edges if {one.source, one.target} <= told
    }
    counted = dict(zip((one.id for one in quick.graph.nodes), quick.cited_by, strict=True))
    assert counted == {one: sum(line.target == one for line in known.edges) for one in counted}
    assert quick.left_out == 0


def test_lines_are_narrowed_by_relation_level_and_time(filled: Callable[..., Archive]) -> None:
    """Of the plan that cites; documents without a line left go."""
    archive = filled(add_followed)

    def lines(**asked: str) -> set[tuple[str, str]]:
        found, quick = graph(archive, **asked), graph_overview(archive, **asked)  # type: ignore[arg-type]
        named = {one.id: one.symbol or one.title or "" for one in found.nodes}
        ends = {(named[one.source], named[one.target]) for one in found.edges}
        assert ends == {(named[one.source], named[one.target]) for one in quick.graph.edges}
        assert {*named.values()} == {end for line in ends for end in line}
        return ends

    assert lines(level="commune") == {("35/KH-UBND", "552/KH-UBND")}
    assert lines(since="2025-05", until="2025-05-21") == lines(level="province")
    assert lines(until="2025-04") == lines(level="central") == {("71/NQ-CP", "57-NQ/TW")}
    assert lines(relation="replaces") == set()
    around = graph(archive, around="57-NQ/TW", level="central")
    assert {one.symbol for one in around.nodes} == {"57-NQ/TW", "71/NQ-CP"}
    with pytest.raises(BadDate):
        graph(archive, since="yesterday")
