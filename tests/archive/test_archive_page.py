"""The picture as PNG and as a page: the letters are there, nothing is fetched, everything can be reached."""

from __future__ import annotations

import json
import re
import struct
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from importlib.resources import as_file, files

import pytest
import resvg_py
from lxml import html

from archive import Archive, export_graph, graph, graph_png
from archive.export.page import PAGE_WORDS
from archive.terminal.messages import messages_of
from archive.values import CitationGraph, EdgeMention, GraphEdge, GraphNode, Snippet
from tests.archive.papers import CENTRE, PROVINCE, keep

#: Every letter of Vietnamese that has a mark.
LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"


def node(title: str, name: str = "n", **more: object) -> GraphNode:
    return replace(GraphNode(name, "", None, None, None, title, False, False, None), **more)  # type: ignore[arg-type]


def drawn(*nodes: GraphNode) -> bytes:
    return graph_png(CitationGraph(nodes, ()))


def in_the_fonts(letter: str) -> bytes:
    """A letter as the fonts that the archive brings draw it: 190 pictures of a graph would take half a minute."""
    text = f'<text x="5" y="20" font-family="DejaVu Sans">x{letter}x</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30">{text}</svg>'
    with as_file(files("archive.export") / "assets" / "fonts") as fonts:
        return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_dirs=[str(fonts)], font_family="DejaVu Sans"))


def test_every_vietnamese_letter_is_drawn() -> None:
    """A letter that the fonts lack would be nothing or the same box for all."""
    letters = LETTERS + LETTERS.upper() + "“”–…"
    pictures = {letter: in_the_fonts(letter) for letter in letters}
    assert len(set(pictures.values())) == len(letters)
    assert in_the_fonts("\U0001f9ff") not in pictures.values()
    assert drawn(node("xạx")) != drawn(node("xax"))


def test_a_png_is_the_drawing_at_twice_its_size() -> None:
    made = drawn(node("Về việc", symbol="18-NQ/TW"))
    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    svg = export_graph(CitationGraph((node("Về việc"),), ()), "svg")
    size = re.search(r'width="(\d+)" height="(\d+)"', svg)
    assert size is not None
    assert struct.unpack(">II", made[16:24]) == (2 * int(size[1]), 2 * int(size[2]))


def test_names_in_bold_and_others_differ() -> None:
    assert drawn(node("a", symbol="18-NQ/TW", in_archive=True)) != drawn(node("a", symbol="18-NQ/TW"))


@pytest.fixture
def page(archive: Archive) -> html.HtmlElement:
    keep(archive, "1", CENTRE)
    keep(archive, "2", PROVINCE)
    return html.fromstring(export_graph(graph(archive), "html", messages_of("vi").texts))


def test_the_page_holds_every_document_and_sentence(page: html.HtmlElement, archive: Archive) -> None:
    whole = graph(archive)
    data = json.loads(page.get_element_by_id("graph").text)
    assert {one["id"] for one in data["nodes"]} == {one.id for one in whole.nodes}
    assert [len(one["mentions"]) for one in data["edges"]] == [one.count for one in whole.edges]
    assert data["edges"][0]["mentions"][0]["text"] == whole.edges[0].mentions[0].sentence.text
    assert sorted(int(box.get("data-node")) for box in page.xpath("//*[@data-node]")) == list(range(len(whole.nodes)))
    assert [int(line.get("data-edge")) for line in page.xpath("//*[@data-edge]")] == list(range(len(whole.edges)))


def test_the_page_fetches_nothing(page: html.HtmlElement) -> None:
    assert page.xpath("//@src | //@href | //@*[name()='xlink:href']") == []
    style = page.xpath("string(//style)")
    assert "url(" not in style
    assert "@import" not in style
    policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert policy.startswith("default-src 'none'; ")
    (script,) = page.xpath("//script[not(@type)]/text()")
    assert f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" in policy
    assert not re.search(r"fetch\(|XMLHttpRequest|import\(|https?:", script)


def test_the_page_speaks_the_language_asked_for(page: html.HtmlElement, archive: Archive) -> None:
    assert (page.xpath("string(/html/@lang)"), page.xpath("string(//h1)")) == ("vi", "Đồ thị viện dẫn")
    assert json.loads(page.get_element_by_id("graph").text)["relations"]["implements"] == "thực hiện"
    english = html.fromstring(export_graph(graph(archive), "html", messages_of("en").texts))
    assert (english.xpath("string(/html/@lang)"), english.xpath("string(//h1)")) == ("en", "Citation graph")
    assert "22/12/2024" in page.text_content()
    assert "2024-12-22" in english.text_content()


def test_the_page_has_words_for_all_that_it_says() -> None:
    for language in ("vi", "en"):
        assert {name for name in messages_of(language).texts if name.startswith("page.")} == {f"page.{name}" for name in PAGE_WORDS}
    source = "".join((files("archive.export") / "assets" / name).read_text(encoding="utf-8") for name in ("graph.js", "graph.html"))
    assert [
        name for name in PAGE_WORDS if not re.search(rf"words\.{name}\b|words\[\"{name}\"\]|\${name.replace('-', '_')}\b", source)
    ] == []


def test_everything_has_a_name_for_those_who_do_not_see(page: html.HtmlElement) -> None:
    assert all(control.text_content().strip() or control.get("aria-label") for control in page.xpath("//button"))
    assert page.xpath("//input[@type='search']/ancestor::label")
    assert page.xpath("//fieldset[not(legend[normalize-space()])]") == []
    assert page.xpath("//output/@aria-live") == ["polite"]


def test_no_title_breaks_out_of_the_page() -> None:
    nasty = "</script><script>alert(1)</script> & <b> $title ${x}"
    mention = EdgeMention("body", None, "mention", Snippet(nasty), (0, 1))
    made = CitationGraph((node(nasty, "a"), node("b", "b&\"'<")), (GraphEdge("a", "b&\"'<", 1, ("mention",), ("body",), (mention,)),))
    page = html.fromstring(export_graph(made, "html", {}))
    assert len(page.xpath("//script")) == 2
    data = json.loads(page.get_element_by_id("graph").text)
    assert (data["nodes"][1]["title"], data["edges"][0]["mentions"][0]["text"], data["edges"][0]["target"]) == (nasty, nasty, "b&\"'<")
