"""Who cites what, who must do what, and the graph of both."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import networkx
import pytest

from archive import GRAPH_FORMATS, Archive, add_text, cited_by, cites, duties, export_graph, find_document, graph, statistics
from archive.common.keys import printed_term, read_reference, symbol_key, term_of
from archive.errors import AmbiguousDocument, UnknownDocument, UnknownFormat
from archive.values import DutyQuestion
from kehoach_parser import parse, text_of
from tests.archive.builders import NOW, add, add_three
from tests.archive.texts import BENT, COMMUNE, WARD


@pytest.fixture
def three(filled: Callable[..., Archive]) -> Archive:
    return filled(add_three)


def test_two_resolutions_of_one_symbol_stay_apart(three: Archive) -> None:
    result = cites(three, "18-nq / tw")
    assert [(group.cited.date, group.cited.term, [hit.document.id for hit in group.hits]) for group in result.groups] == [
        ("2017-10-25", "XII", [1]),
        ("2022-06-16", "XIII", [2]),
    ]
    (open_mention,) = result.ambiguous
    assert (open_mention.hit.document.id, open_mention.hit.date) == (2, None)
    assert [cited.date for cited in open_mention.candidates] == ["2022-06-16", "2017-10-25"], "the latest before the plan comes first"


@pytest.mark.parametrize(
    ("reference", "dates"),
    [
        ("18-NQ/TW@2017", ["2017-10-25"]),
        ("18-NQ/TW@2017-10", ["2017-10-25"]),
        ("18-NQ/TW@25/10/2017", ["2017-10-25"]),
        ("18-NQ/TW@XII", ["2017-10-25"]),
        ("18-NQ/TW@khóa XIII", ["2022-06-16"]),
        ("18-NQ/TW@2019", []),
    ],
)
def test_choosing_one_of_them(three: Archive, reference: str, dates: list[str]) -> None:
    assert [group.cited.date for group in cites(three, reference).groups] == dates


def test_an_undated_identity_is_undecided_where_dated_namesakes_are(three: Archive) -> None:
    add(three, "Kế hoạch của xã\nTriển khai Nghị quyết số 18-NQ/TW tới các thôn.\n")
    result = cites(three, "18-NQ/TW")
    assert len(result.groups) == 2
    assert {entry.hit.document.id for entry in result.ambiguous} == {2, 4}


def test_hit_names_place_and_sentence(three: Archive) -> None:
    (group,) = cites(three, "18-NQ/TW@2022").groups
    (hit,) = group.hits
    assert (hit.place.where, hit.place.path, hit.place.heading) == ("body", "I", "NỘI DUNG")
    assert hit.sentence.text == "Quán triệt Nghị quyết số 18-NQ/TW, ngày 16/6/2022 về đất đai tới từng hộ dân trong toàn xã."
    assert [hit.sentence.text[start:end] for start, end in hit.sentence.highlights] == ["Nghị quyết số 18-NQ/TW, ngày 16/6/2022"]
    assert COMMUNE[slice(*hit.span)] == hit.raw
    (preamble,) = cites(three, "18-NQ/TW@2017").groups[0].hits
    assert (preamble.place.where, preamble.place.path) == ("preamble", None)


def test_citing_by_name(three: Archive) -> None:
    (group,) = cites(three, "luat viec lam").groups
    assert (group.cited.type, group.cited.title, [hit.place.path for hit in group.hits]) == ("Luật", "Luật Việc làm", ["II.2"])


def test_a_name_is_not_what_a_title_only_holds(archive: Archive) -> None:
    text = "KẾ HOẠCH\nViệc làm\nThực hiện Quyết định số 9/QĐ-TTg ngày 2/3/2025 của Thủ tướng về thi hành Luật Việc làm, Sở ban hành.\n"
    add_text(archive, text_of(text), now=NOW, parse=parse)
    assert [group.cited.symbol for group in cites(archive, "Luật Việc làm").groups] == [None]
    assert [group.cited.symbol for group in cites(archive, "thi hành Luật Việc làm").groups] == ["9/QĐ-TTg"]


def test_nothing_found_is_an_answer(three: Archive) -> None:
    assert (cites(three, "99-NQ/TW").groups, cites(three, "99-NQ/TW").ambiguous) == ((), ())


def test_a_cited_plan_of_the_archive_is_linked(three: Archive) -> None:
    (group,) = cites(three, "35-KH/ĐU").groups
    assert group.cited.document is not None
    assert group.cited.document.id == 1


def test_a_symbol_alone_links_nothing(three: Archive) -> None:
    add(three, "Số 35-KH/ĐU | Kế hoạch | Đảng ủy xã Phú Bình | Phú Bình | 2024-01-09 | Kế hoạch của xã khác\n")
    (group,) = cites(three, "35-KH/ĐU").groups
    assert group.cited.document is not None
    assert group.cited.document.id == 1, "two plans bear this symbol, the date decides"


def test_what_clean_texts_print_is_shown(archive: Archive) -> None:
    for letter in "ab":
        add(archive, f"~damaged {letter}\nNghi quyét Quyết định số 9-QĐ/UB, ngày 1/2/2024 của Đảng ủy Phu Binh Xa\n")
    add(archive, "Thực hiện Quyết định số 9-QĐ/UB, ngày 1/2/2024 của Đảng ủy Phú Bình Xã\n")
    (group,) = cites(archive, "9-QĐ/UB").groups
    assert (group.cited.issuer, len(group.hits)) == ("Đảng ủy Phú Bình Xã", 3)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Nghi quyét Pai hoi XIIL cua Pang", "Nghị quyết Đại hội XIII của Đảng"),
        ("Nghị quyết Trung ương 4 khóa X1I", "Nghị quyết Hội nghị Trung ương 4 khóa XII"),
        ("Hién phap", "Hiến pháp"),
    ],
)
def test_a_meeting_bears_its_true_name(archive: Archive, printed: str, name: str) -> None:
    text = f"KẾ HOẠCH\nTuyên truyền\nThực hiện {printed}, Đảng ủy xã ban hành Kế hoạch như sau:\nI. MỤC ĐÍCH\n"
    add_text(archive, text_of(text), now=NOW, parse=parse)
    (group,) = cites(archive, name).groups
    assert (group.cited.title, [hit.raw for hit in group.hits]) == (name, [printed])


def test_a_damaged_sentence_stands_beside_its_reading(archive: Archive) -> None:
    add(archive, BENT)
    add(archive, WARD)
    damaged, clean = (hit for group in cites(archive, "18-NQ/TW@2017").groups for hit in group.hits)
    assert damaged.sentence.text.startswith("Cac chi bé truc thuéc té chirc")
    assert damaged.sentence_read is not None
    assert damaged.sentence_read.startswith("Các chi bộ trực thuộc tổ chức học tập, quán triệt và triển khai thực hiện đầy đủ")
    assert clean.sentence_read is None


def test_cited_by(three: Archive) -> None:
    found = cited_by(three, "2")
    assert [(entry.cited.symbol, entry.cited.date, entry.ambiguous, len(entry.hits)) for entry in found] == [
        ("18-NQ/TW", "2022-06-16", False, 1),
        ("35-KH/ĐU", "2025-11-20", False, 1),
        ("18-NQ/TW", None, True, 1),
    ]


def test_duties_by_task(three: Archive) -> None:
    found = duties(three, DutyQuestion("tuyên truyền cổ động trực quan"))
    assert [(duty.document.id, duty.unit, duty.how) for duty in found] == [
        (1, "Ban Xây dựng Đảng", "exact"),
        (3, "Ban Tuyén gido", "skeleton"),
    ]
    first = found[0]
    assert (first.place.path, first.place.trail, first.role, first.deadline) == ("II.1", ("TỔ CHỨC THỰC HIỆN",), "assigned", "2025-12-15")
    assert first.fit > found[1].fit
    assert first.excerpt is not None
    assert [first.excerpt.text[start:end] for start, end in first.excerpt.highlights] == ["tuyên truyền cổ động trực quan"]
    assert found[1].excerpt is not None
    assert "cb dong truc quan" in found[1].excerpt.text


@pytest.mark.parametrize(
    ("query", "filters", "units"),
    [
        ("", {}, ["Ban Xây dựng Đảng", "Ủy ban nhân dân phường", "Hội Nông dân xã", "Ban Tuyén gido"]),
        ("", {"unit": "uy ban nhan dan"}, ["Ủy ban nhân dân phường"]),
        ("", {"plan": "12-KH/ĐU"}, ["Hội Nông dân xã"]),
        ("", {"role": "lead"}, []),
        ("kinh phi", {}, ["Ủy ban nhân dân phường"]),
        ("chính sách đất đai", {}, ["Hội Nông dân xã"]),
        ("thông tin cổ động trực quan", {"plan": "1"}, ["Ban Xây dựng Đảng"]),
        ("không có việc này", {}, []),
    ],
)
def test_duties_narrowed(three: Archive, query: str, filters: dict[str, Any], units: list[str]) -> None:
    assert [duty.unit for duty in duties(three, DutyQuestion(query, **filters))] == units


@pytest.mark.parametrize("ref", ["1", "35-KH/ĐU", "35-kh/đu", "ward.txt"])
def test_finding_a_document(three: Archive, ref: str) -> None:
    assert find_document(three, ref).id == 1
    assert find_document(three, find_document(three, ref).sha256[:8]).id == 1


def test_unknown_and_ambiguous_documents(three: Archive) -> None:
    with pytest.raises(UnknownDocument) as unknown:
        find_document(three, "36-KH/ĐU")
    assert unknown.value.facts["candidates"] == ("1: 35-KH/ĐU", "2: 12-KH/ĐU")
    with pytest.raises(UnknownDocument):
        find_document(three, " ")
    add(three, WARD.replace("Kiến An", "An Biên"), "other.txt")
    with pytest.raises(AmbiguousDocument) as ambiguous:
        find_document(three, "35-KH/ĐU")
    assert [document.id for document in ambiguous.value.documents] == [1, 4]


def test_graph(three: Archive) -> None:
    whole = graph(three)
    nodes = {node.id: node for node in whole.nodes}
    assert sum(node.in_archive for node in whole.nodes) == 3
    assert nodes["plan:1"].symbol == "35-KH/ĐU"
    edges = {(edge.source, edge.target): edge for edge in whole.edges}
    assert edges["plan:2", "plan:1"].places == ("I",), "the ward's plan is one node, cited and in the archive"
    assert all(edge.source in nodes and edge.target in nodes for edge in whole.edges)
    assert sum(edge.count for edge in whole.edges) == statistics(three).citations
    (open_node,) = [node for node in whole.nodes if node.ambiguous]
    assert (open_node.symbol, open_node.date) == ("18-NQ/TW", None)


def test_graph_around(three: Archive) -> None:
    near = graph(three, around="18-NQ/TW@2017", depth=1)
    assert {node.symbol for node in near.nodes} == {"18-NQ/TW", "35-KH/ĐU"}
    assert {node.document_id for node in graph(three, around="18-NQ/TW@2017", depth=2).nodes if node.in_archive} == {1, 2}
    assert [node.id for node in graph(three, around="3").nodes] == ["plan:3"]
    with pytest.raises(UnknownDocument):
        graph(three, around="98-NQ/TW")


@pytest.fixture
def awkward(three: Archive) -> Archive:
    """With a plan whose subject bears what breaks formats."""
    header = 'Số 7-KH/TU | Kế hoạch | Tỉnh ủy | Huế | 2026-01-05 | Về "quy chế", <mới>; & \\ nhiều\tdấu'
    add(three, f"{header}\nI. X\nNghị quyết số 1-NQ/TW, ngày 1/2/2026\n")
    return three


def test_graphml_and_gexf_are_read_back(awkward: Archive) -> None:
    whole = graph(awkward)
    for format, read in (("graphml", networkx.parse_graphml), ("gexf", lambda text: networkx.read_gexf(io.BytesIO(text.encode())))):
        again = read(export_graph(whole, format))
        assert set(again.nodes) == {node.id for node in whole.nodes}
        assert {(source, target): data["count"] for source, target, data in again.edges(data=True)} == {
            (edge.source, edge.target): edge.count for edge in whole.edges
        }
        assert again.nodes["plan:1"]["symbol"] == "35-KH/ĐU"
        assert again.nodes["plan:4"]["title"] == 'Về "quy chế", <mới>; & \\ nhiều dấu'


def test_gexf_and_graphml_are_plain_xml(awkward: Archive) -> None:
    for format, tag in (("graphml", "{http://graphml.graphdrawing.org/xmlns}node"), ("gexf", "{http://www.gexf.net/1.2draft}node")):
        root = ElementTree.fromstring(export_graph(graph(awkward), format))
        assert len(list(root.iter(tag))) == len(graph(awkward).nodes)


_DOT_STRING = r'"((?:[^"\\]|\\.)*)"'


def test_dot_is_read_back_by_its_grammar(awkward: Archive) -> None:
    whole = graph(awkward)
    first, *lines, last = export_graph(whole, "dot").rstrip("\n").split("\n")
    assert (first, last) == ("digraph citations {", "}")
    statement = re.compile(rf"  {_DOT_STRING}(?: -> {_DOT_STRING})? \[((?:\w+={_DOT_STRING}(?:, )?)*)\];")
    nodes, edges = set(), set()
    for line in lines[2:]:
        match = statement.fullmatch(line)
        assert match is not None, line
        (edges if match[2] else nodes).add((match[1], match[2]) if match[2] else match[1])
    assert nodes == {node.id for node in whole.nodes}
    assert edges == {(edge.source, edge.target) for edge in whole.edges}


def test_csv_is_safe_for_lines(awkward: Archive) -> None:
    whole = graph(awkward)
    for format, rows in (("csv", whole.edges), ("csv-nodes", whole.nodes)):
        text = export_graph(whole, format)
        assert len(text.splitlines()) == len(rows) + 1
        read = list(csv.DictReader(io.StringIO(text)))
        assert len(read) == len(rows)
        assert all(None not in row and None not in row.values() for row in read)
    titles = {row["id"]: row["title"] for row in csv.DictReader(io.StringIO(export_graph(whole, "csv-nodes")))}
    assert titles["plan:4"] == 'Về "quy chế", <mới>; & \\ nhiều dấu'


def test_json_holds_everything(awkward: Archive) -> None:
    whole = graph(awkward)
    body = json.loads(export_graph(whole, "json"))
    assert (body["format"], len(body["nodes"]), len(body["edges"])) == ("kehoach-graph", len(whole.nodes), len(whole.edges))
    assert body["edges"][0]["places"] == list(whole.edges[0].places)


def test_picture_shows_every_node_and_edge(awkward: Archive) -> None:
    whole = graph(awkward)
    root = ElementTree.fromstring(export_graph(whole, "svg"))
    space = "{http://www.w3.org/2000/svg}"
    assert len([one for one in root.iter(f"{space}g") if one.get("data-node")]) == len(whole.nodes)
    assert len([line for line in root.iter(f"{space}path") if line.get("data-edge")]) == len(whole.edges)
    assert any("35-KH/ĐU" in "".join(text.itertext()) for text in root.iter(f"{space}text"))
    circles = [one.find(f"{space}circle") for one in root.iter(f"{space}g") if one.get("data-node")]
    at = {(circle.get("cx"), circle.get("cy")) for circle in circles if circle is not None}
    assert len(at) == len(whole.nodes)


def test_formats_of_an_empty_archive(archive: Archive) -> None:
    for format in GRAPH_FORMATS:
        assert export_graph(graph(archive), format)
    with pytest.raises(UnknownFormat):
        export_graph(graph(archive), "xlsx")


@pytest.mark.parametrize(
    ("symbol", "key"), [("18-NQ/TW", "18-nq/tw"), ("08 - NQ / TW", "8-nq/tw"), ("35–KH/ĐU", "35-kh/du"), ("-KH/ĐU", "-kh/du")]
)
def test_symbol_key(symbol: str, key: str) -> None:
    assert symbol_key(symbol) == key
    assert symbol_key(key) == key


@pytest.mark.parametrize(
    ("symbol", "date", "term"),
    [
        ("29-NQ/TW", "2013-11-04", "XI"),
        ("18-NQ/TW", "2022-06-16", "XIII"),
        ("04-NQ/TW", "2026-04-01", "XIV"),
        ("72/2025/QH15", None, "15"),
        ("35-KH/ĐU", "2025-11-20", None),
        ("18-NQ/TW", None, None),
    ],
)
def test_term(symbol: str, date: str | None, term: str | None) -> None:
    assert term_of(symbol, date) == term


def test_term_as_printed() -> None:
    assert printed_term(None, "Ban Chấp hành Trung ương khóa XII") == "XII"
    assert printed_term("Ban Chap hanh Trung uong khoá xiii", "khóa XII") == "XIII"
    assert printed_term("khoa học và công nghệ", None) is None


def test_reference() -> None:
    assert read_reference(" 18-NQ/TW@ khoá xii ").choice == "XII"
    assert read_reference("18-NQ/TW@").choice is None
