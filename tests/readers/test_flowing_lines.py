"""Lines that a page broke within a paragraph, read on: names and lists are cut by no margin, and every offset stays where it is."""

from __future__ import annotations

from dataclasses import replace

from kehoach_parser import Text, parse, text_of
from kehoach_parser.text.flowing import with_flowing_lines
from kehoach_parser.text.text import Page

HEAD = "ỦY BAN NHÂN DÂN\nTỈNH AN HẢI\nSố: 15/KH-UBND\nKẾ HOẠCH\nVề chuyển đổi số\nI. TỔ CHỨC THỰC HIỆN\n"
BROKEN = "1. Cơ quan phối hợp: Sở Tài chính, các Công ty Thủy", "lợi; Sở Xây dựng;", "Sở Y tế và Sở Nội", "vụ."
AFTER = "2. Sở Tư pháp chủ trì, phối hợp với Công an tỉnh."


def pages_of(broken: tuple[str, ...], *, after: str = "\n", furniture: tuple[str, ...] = ()) -> Text:
    """A text of one page whose lines after the first of ``broken`` surely carry on."""
    content = f"{HEAD}{after.join(broken)}\n{AFTER}\n"
    starts = frozenset(content.index(line) for line in broken[1:])
    spans = tuple((content.index(line), content.index(line) + len(line)) for line in furniture)
    page = Page(1, (0, len(content)), 595.0, 842.0, "text-layer")
    return replace(text_of(content), layout=(page,), carried=starts, furniture=spans)


def flowing(text: Text) -> list[str]:
    return with_flowing_lines(text).content.removeprefix(HEAD).splitlines()


def test_lines_that_carry_on_are_one_line_of_the_same_length() -> None:
    text = pages_of(BROKEN)
    assert flowing(text) == [" ".join(BROKEN), AFTER]
    assert len(with_flowing_lines(text).content) == len(text.content)


def test_page_ends_and_furniture_stay() -> None:
    assert len(flowing(pages_of(BROKEN, after="\n\f"))) > len(BROKEN)
    assert flowing(pages_of(("Sở Tài chính và các", "Trang 3", "cơ quan"), furniture=("Trang 3",)))[:3] == [
        "Sở Tài chính và các",
        "Trang 3",
        "cơ quan",
    ]


def test_a_text_without_pages_is_as_it_is() -> None:
    text = replace(pages_of(BROKEN), layout=())
    assert with_flowing_lines(text) is text


def test_a_list_broken_at_line_ends_names_the_units_of_the_unbroken_one() -> None:
    def units(text: Text) -> list[tuple[str, str]]:
        return [(each.unit.key, each.role) for each in parse(text).assignments]

    whole = units(pages_of((" ".join(BROKEN),)))
    assert {key.split(" @")[0] for key, _ in whole} >= {"công ty thủy lợi", "sở y tế", "sở nội vụ"}
    assert units(pages_of(BROKEN)) == whole


def test_what_was_found_is_given_as_printed() -> None:
    text = pages_of(BROKEN)
    plan = parse(text)
    assert any("\n" in each.unit.raw for each in plan.assignments)
    assert all(each.unit.raw == text.content[slice(*each.unit.span)] for each in plan.assignments)
    assert all("\n" not in each.unit.value for each in plan.assignments)
