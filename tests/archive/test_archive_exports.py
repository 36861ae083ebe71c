"""Every export is read back by a library that had no part in writing it."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import igraph
import networkx
import pydot
import pytest
import rdflib
from lxml import etree

from archive import Archive, annotations_of, export_graph, graph, open_archive, show
from archive.common.keys import uri_of_identity
from archive.export.linked_data import ELI
from archive.values import CitationGraph
from tests.archive.papers import BASIS, CENTRE, COMMUNE, PROVINCE, keep, paper

#: The terms of the Web Annotation context (http://www.w3.org/ns/anno.jsonld) that we use: nothing is fetched in a test.
ANNO = json.loads((Path(__file__).parent / "anno-context.json").read_text(encoding="utf-8"))
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")


def keep_five(archive: Archive) -> None:
    """Four plans, and one whose subject holds what breaks formats, an ampersand in a symbol and a decision not dated."""
    for number, content in enumerate((CENTRE, PROVINCE, COMMUNE, BASIS), start=1):
        keep(archive, f"{number}.txt", content)
    subject = 'Về "quy chế", <mới>; nhiều\nhàng & \\ dấu'
    body = "Theo Công văn số 8935/BNV-CTTN&BĐG ngày 03/10/2025 của Bộ Nội vụ và Nghị quyết số 57-NQ/TW;"
    keep(archive, "5.txt", paper("ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH", "8/KH-UBND", "Hà Tĩnh", "5/11/2025", "KẾ HOẠCH", subject, body))


@pytest.fixture
def kept(filled: Callable[..., Archive]) -> Archive:
    return filled(keep_five)


@pytest.fixture
def whole(kept: Archive) -> CitationGraph:
    return graph(kept)


def edges_of(whole: CitationGraph) -> dict[tuple[str, str], int]:
    return {(edge.source, edge.target): edge.count for edge in whole.edges}


def title(whole: CitationGraph) -> str:
    """The awkward subject as one line, as formats for graphs have it."""
    (found,) = [node.title for node in whole.nodes if node.document_id == 5]
    assert found is not None
    assert {'"', "<", "&", "\\"} <= set(found)
    return " ".join(found.split())


def test_graphml_by_igraph(whole: CitationGraph) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".graphml", encoding="utf-8") as file:
        file.write(export_graph(whole, "graphml"))
        file.flush()
        read = igraph.Graph.Read_GraphML(file.name)
    # igraph leaves character references in XML attributes as they are; those in text it reads.
    names = [unescape(name) for name in read.vs["id"]]
    assert set(names) == {node.id for node in whole.nodes}
    assert {(names[edge.source], names[edge.target]): edge["count"] for edge in read.es} == edges_of(whole)
    awkward = read.vs.find(id="plan:5")
    assert (awkward["title"], awkward["symbol"], awkward["in_archive"]) == (title(whole), "8/KH-UBND", True)


def test_gexf_by_lxml(whole: CitationGraph) -> None:
    root = etree.fromstring(export_graph(whole, "gexf").encode())
    names = {"g": root.nsmap[None]}
    assert root.get("version") == "1.2"
    assert root.find("g:meta", names).keys() == [], "no date of writing: the same archive gives the same file"
    columns = {one.get("id"): one.get("title") for one in root.iterfind(".//g:attributes[@class='node']/g:attribute", names)}
    nodes = {
        one.get("id"): {columns[value.get("for")]: value.get("value") for value in one.iterfind(".//g:attvalue", names)}
        for one in root.iterfind(".//g:node", names)
    }
    assert nodes.keys() == {node.id for node in whole.nodes}
    assert (nodes["plan:5"]["title"], nodes["plan:5"]["date"]) == (title(whole), "2025-11-05")
    assert {(one.get("source"), one.get("target")) for one in root.iterfind(".//g:edge", names)} == edges_of(whole).keys()


def test_dot_by_pydot(whole: CitationGraph) -> None:
    (read,) = pydot.graph_from_dot_data(export_graph(whole, "dot")) or ()
    nodes = {json.loads(node.get_name()): node for node in read.get_nodes() if node.get_name() not in ("node", "graph", '"\\n"')}
    assert nodes.keys() == {node.id for node in whole.nodes}
    assert json.loads(nodes["plan:5"].get_attributes()["title"]) == title(whole)
    assert {
        (json.loads(edge.get_source()), json.loads(edge.get_destination())): int(json.loads(edge.get_attributes()["count"]))
        for edge in read.get_edges()
    } == edges_of(whole)


def test_json_by_networkx(whole: CitationGraph) -> None:
    read = networkx.node_link_graph(json.loads(export_graph(whole, "json")), edges="edges")
    assert (read.is_directed(), read.is_multigraph(), set(read.nodes)) == (True, False, {node.id for node in whole.nodes})
    assert {(source, target): data["count"] for source, target, data in read.edges(data=True)} == edges_of(whole)
    mention = next(iter(read.edges(data=True)))[2]["mentions"][0]
    ((start, end),) = mention["sentence"]["highlights"]
    assert "số" in mention["sentence"]["text"][start:end]


def test_csv_has_a_line_per_row(whole: CitationGraph) -> None:
    for format, rows in (("csv", whole.edges), ("csv-nodes", whole.nodes)):
        text = export_graph(whole, format)
        assert len(text.splitlines()) == len(list(csv.reader(io.StringIO(text)))) == len(rows) + 1
    titles = {row["id"]: row["title"] for row in csv.DictReader(io.StringIO(export_graph(whole, "csv-nodes")))}
    assert titles["plan:5"] == title(whole)


def test_no_cell_of_csv_is_a_formula(whole: CitationGraph) -> None:
    node, edge = whole.nodes[0], whole.edges[0]
    for sign in "=+-@":
        for kind, changed in (
            ("csv-nodes", replace(whole, nodes=(replace(node, title=f"{sign}1+cmd|'/c calc'!A1"),))),
            ("csv", replace(whole, edges=(replace(edge, relations=(f"{sign}1",)),))),
        ):
            cells = [cell for row in csv.reader(io.StringIO(export_graph(changed, kind))) for cell in row]
            assert any(cell.startswith(f"'{sign}1") for cell in cells)
            assert not any(cell.startswith(sign) for cell in cells)


def test_json_ld_by_rdflib(whole: CitationGraph) -> None:
    read = rdflib.Graph().parse(data=export_graph(whole, "jsonld"), format="json-ld")
    eli = rdflib.Namespace(ELI)
    uris = {node.id: rdflib.URIRef(node.uri) for node in whole.nodes}
    assert len(set(uris.values())) == len(whole.nodes)
    assert set(read.subjects(rdflib.RDF.type, eli.LegalResource)) == set(uris.values())
    assert set(read.subject_objects(eli.cites)) == {(uris[source], uris[target]) for source, target in edges_of(whole)}
    resolution = rdflib.URIRef(uri_of_identity("nghi quyet|57-NQ/TW|khoa XIII"))
    assert set(read.subjects(eli.implements, resolution)) >= {uris["plan:1"]}
    assert set(read.subjects(eli.based_on, resolution)) == {uris["plan:4"]}
    assert read.value(resolution, eli.id_local) == rdflib.Literal("57-NQ/TW")
    assert read.value(resolution, eli.date_document) == rdflib.Literal("2024-12-22", datatype=rdflib.XSD.date)


def test_uris_are_the_same_in_another_archive(whole: CitationGraph, tmp_path: Path) -> None:
    """Whatever was added before: numbers differ, URIs do not."""
    with open_archive(tmp_path / "other", create=True) as other:
        for number, content in enumerate((COMMUNE, BASIS, PROVINCE), start=1):
            keep(other, f"{number}.txt", content)
        uris = {(node.symbol, node.date): node.uri for node in graph(other).nodes if node.symbol and not node.ambiguous}
    ours = {(node.symbol, node.date): node.uri for node in whole.nodes}
    assert {key: ours[key] for key in uris if key != ("71/NQ-CP", "2025-04-01")} == {
        key: uri for key, uri in uris.items() if key != ("71/NQ-CP", "2025-04-01")
    }
    assert uris["71/NQ-CP", "2025-04-01"] == uri_of_identity("nghi quyet|71/NQ-CP|2025-04-01"), "not in that archive"


def test_annotations_by_rdflib(kept: Archive) -> None:
    """Each mention is found by its position and by its quotation alone, and means the document of the graph."""
    shown = show(kept, "2")
    page = json.loads(annotations_of(kept, "2"))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    page["@context"][0] = ANNO["@context"]
    read = rdflib.Graph().parse(data=json.dumps(page), format="json-ld")
    mentions = list(read.subjects(rdflib.RDF.type, OA.Annotation))
    assert len(mentions) == len(shown.plan.citations) > 2
    bodies = set()
    for mention in mentions:
        (target,) = read.objects(mention, OA.hasTarget)
        assert read.value(target, OA.hasSource) == rdflib.URIRef(f"urn:kehoach:text:{shown.document.sha256}")
        chosen = {read.value(one, rdflib.RDF.type): one for one in read.objects(target, OA.hasSelector)}
        position, quote = chosen[OA.TextPositionSelector], chosen[OA.TextQuoteSelector]
        start, end = (int(str(read.value(position, term))) for term in (OA.start, OA.end))
        exact, before, after = (str(read.value(quote, term)) for term in (OA.exact, OA.prefix, OA.suffix))
        assert shown.text[start:end] == exact
        assert shown.text.count(before + exact + after) == 1
        assert shown.text.index(before + exact + after) == start - len(before)
        assert read.value(mention, OA.motivatedBy) == OA.linking
        bodies.add(str(read.value(mention, OA.hasBody)))
    cited = {edge.target for edge in graph(kept).edges if edge.source == "plan:2"}
    assert bodies == {node.uri for node in graph(kept).nodes if node.id in cited}


def test_annotations_of_an_open_mention_offer_what_it_may_mean(archive: Archive) -> None:
    body = (
        "Thực hiện Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương; Nghị quyết số 18-NQ/TW ngày 16/6/2022 của Ban Chấp"
        " hành Trung ương;",
        "I. NHIỆM VỤ",
        "1. Quán triệt Nghị quyết số 18-NQ/TW.",
    )
    keep(archive, "1", paper("ỦY BAN NHÂN DÂN XÃ TÂN MINH", "9/KH-UBND", "Tân Minh", "1/3/2025", "KẾ HOẠCH", "Công tác", *body))
    *_, last = json.loads(annotations_of(archive, "1"))["items"]
    assert last["body"]["type"] == "Choice"
    assert [item["id"] for item in last["body"]["items"]] == [
        uri_of_identity("nghi quyet|18-NQ/TW|khoa XIII"),
        uri_of_identity("nghi quyet|18-NQ/TW|khoa XII"),
    ]
