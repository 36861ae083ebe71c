"""The picture of the citation graph: who stands where, and what is to be read in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from xml.etree import ElementTree

from archive import export_graph
from archive.export.graph_layout import columns, heights
from archive.values import CitationGraph, GraphEdge, GraphNode

SPACE = "{http://www.w3.org/2000/svg}"


def node(name: str, date: str | None = None, *, in_archive: bool = False) -> GraphNode:
    return GraphNode(name, "Nghị quyết", f"{name}-NQ/TW", date, None, f"về việc {name}", in_archive, False, None)


def edge(source: str, target: str) -> GraphEdge:
    return GraphEdge(source, target, 1, ("implements",), ("I",))


def crossings(graph: CitationGraph, left: Sequence[GraphNode], right: Sequence[GraphNode]) -> int:
    row = {one.id: number for column in (left, right) for number, one in enumerate(column)}
    pairs = combinations([(row[one.source], row[one.target]) for one in graph.edges], 2)
    return sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in pairs)


#: By date every line of p crosses every line of q.
TANGLED = CitationGraph(
    (
        node("p", "2025-01-01", in_archive=True),
        node("q", "2025-02-01", in_archive=True),
        *(node(f"a{number}", f"2020-01-0{number}") for number in range(1, 5)),
        *(node(f"b{number}", f"2010-01-0{number}") for number in range(1, 5)),
        node("both", "2015-01-01"),
    ),
    (*(edge("p", f"a{n}") for n in range(1, 5)), *(edge("q", f"b{n}") for n in range(1, 5)), edge("p", "both"), edge("q", "both")),
)


def test_lines_cross_as_little_as_can_be() -> None:
    left, right = columns(TANGLED)
    assert {one.id for one in left} == {"p", "q"}
    assert {one.id for one in (*left, *right)} == {one.id for one in TANGLED.nodes}
    by_date = sorted((one for one in TANGLED.nodes if not one.in_archive), key=lambda one: one.date or "")
    assert crossings(TANGLED, left, by_date) > 0
    assert crossings(TANGLED, left, right) == 0


def test_a_plan_stands_beside_what_it_cites() -> None:
    left, right = columns(TANGLED)
    rows = heights(TANGLED, left, right)
    assert sorted(rows[one.id] for one in right) == list(range(len(right)))
    assert rows["p"] == (0 + 1 + 2 + 3 + 4) / 5
    assert abs(rows["p"] - rows["q"]) >= 1


def test_documents_without_lines_have_a_place_of_their_own() -> None:
    alone = CitationGraph((*(node(f"p{n}", in_archive=True) for n in range(3)), node("c")), (edge("p2", "c"),))
    rows = heights(alone, *columns(alone))
    plans = sorted(rows[f"p{number}"] for number in range(3))
    assert plans == [0, 1, 2]
    assert rows["c"] == rows["p2"]


def test_names_and_titles_are_text() -> None:
    root = ElementTree.fromstring(export_graph(TANGLED, "svg").encode())
    said = {"".join(text.itertext()) for text in root.iter(f"{SPACE}text")}
    for one in TANGLED.nodes:
        assert f"Nghị quyết {one.symbol} · {one.date}" in said
        assert one.title in said
    assert {title.text for title in root.iter(f"{SPACE}title")} >= {"1 × implements: I"}


def test_long_and_awkward_titles_are_drawn() -> None:
    awkward = GraphNode("x", "", None, None, None, "Về <việc> & \f" + "triển khai thực hiện " * 30, False, True, None)
    bare = GraphNode("y", "", None, None, None, None, False, True, None)
    root = ElementTree.fromstring(export_graph(CitationGraph((awkward, bare), ()), "svg").encode())
    lines = [line.text or "" for line in root.iter(f"{SPACE}tspan")]
    assert lines[0].startswith("Về <việc> & triển khai")
    assert lines[-1].endswith("…")
