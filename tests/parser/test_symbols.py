"""A symbol: its parts by the grammar, the families of its organs, the terms in which it was given."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach_parser.grammars import derive, forms, grammar
from kehoach_parser.knowledge import Parts, family_of_letters, family_of_words, legislatures_in, parts_of, series_of, term_on
from kehoach_parser.symbols.letters import read_kind, written
from kehoach_parser.symbols.parts import HeadLine, head_line, number_of
from kehoach_parser.symbols.series import is_national, place_meant, place_named
from kehoach_parser.text.fold import fold, fold_but_case
from kehoach_parser.text.lists import letters_of_type, organs, rows, type_of_letters

SYMBOLS = [
    ("08-QĐi/TW", Parts("party", "08", None, "QĐi", "TW"), ("TW",)),
    ("05-QC/BTCTU-BNCTU", Parts("party", "05", None, "QC", "BTCTU-BNCTU"), ("BTCTU", "BNCTU")),
    ("357-CV/BTCTU/nb", Parts("party", "357", None, "CV", "BTCTU", secret=True), ("BTCTU",)),
    ("01a-KH/TU", Parts("party", "01a", None, "KH", "TU"), ("TU",)),
    ("-KH/ĐU", Parts("party", "", None, "KH", "ĐU"), ("ĐU",)),
    ("72/2025/QH15", Parts("assembly", "72", "2025", "", "QH15"), ("QH",)),
    ("1668/2025/NQ-UBTVQH15", Parts("state", "1668", "2025", "NQ", "UBTVQH15"), ("UBTVQH",)),
    ("66.4/2025/NQ-CP", Parts("state", "66.4", "2025", "NQ", "CP"), ("CP",)),
    ("12/2012/TTLT-BTC-BNV", Parts("state", "12", "2012", "TTLT", "BTC-BNV"), ("BTC", "BNV")),
    ("/QĐ-TTg", Parts("state", "", None, "QĐ", "TTg"), ("TTg",)),
    # A letter bears no type: its first letters are an organ's.
    ("125/SGDĐT-VP", Parts("letter", "125", None, "", "SGDĐT-VP"), ("SGDĐT", "VP")),
    ("8935/BNV-CTTN&BĐG", Parts("letter", "8935", None, "", "BNV-CTTN&BĐG"), ("BNV", "CTTN", "BĐG")),
]


def terminal(name: str) -> str:
    """The pattern of a terminal of the grammar of symbols."""
    return next(str(each.pattern.value) for each in grammar("symbol", "whole").terminals if each.name == name)


@pytest.mark.parametrize(("symbol", "parts", "letters"), SYMBOLS)
def test_parts_of_a_symbol(symbol: str, parts: Parts, letters: tuple[str, ...]) -> None:
    assert parts_of(symbol) == parts
    assert parts.organs == letters
    assert not parts.number or written(parts) == symbol


@pytest.mark.parametrize("text", ["Luật Việc làm", "18-NQ/TW của", "18", "-KH", "", "/nb"])
def test_what_is_no_symbol(text: str) -> None:
    assert parts_of(text) is None
    assert series_of(text) is None


def test_the_grammar_knows_the_letters_of_every_type() -> None:
    letters = {each for known in letters_of_type().values() for each in known}
    assert {kind for kind in letters if (parts := parts_of(f"1/{kind}-UBND")) is None or parts.kind != kind} == set()


@settings(max_examples=300)
@given(st.from_regex(re.sub(r"\(\?=.*", "", terminal("KIND")), fullmatch=True))
def test_the_grammar_knows_no_other_letters_of_types_than_the_table(printed: str) -> None:
    """With what damage makes of them: "OPI" is QĐi."""
    assert read_kind(printed, None) in type_of_letters()


def test_the_grammar_knows_the_letters_of_every_organ() -> None:
    assert {organ for organ in organs() if (parts := parts_of(f"1-KH/{organ}")) is None or parts.organ != organ} == set()


@pytest.mark.parametrize(
    ("printed", "pieces"),
    [
        ("35-KH/PU", HeadLine("35", "-", "KH", "/", "PU")),
        ("14/0 -HD/BTGTU", HeadLine("14/0", "-", "HD", "/", "BTGTU")),
        ("……. /QĐ-BNNMT", HeadLine("…….", "/", "QĐ", "-", "BNNMT")),
        ("-KH/ĐU", HeadLine("", "-", "KH", "/", "ĐU")),
        ("3783/QĐ-\nUBND", HeadLine("3783", "/", "QĐ", "-", "UBND")),
        ("2280", None),
    ],
)
def test_the_line_of_a_head(printed: str, pieces: HeadLine | None) -> None:
    assert head_line(printed) == pieces


@pytest.mark.parametrize(("text", "number"), [("08-NQ/TW", "8"), ("8-nq/tw", "8"), ("-kh/du", ""), ("/QĐ-TTg", ""), ("01a-KH/TU", "1a")])
def test_number_of_a_symbol_or_its_key(text: str, number: str) -> None:
    assert number_of(text) == number


def test_a_citation_and_a_symbol_alone_are_read_by_the_same_rules() -> None:
    for symbol, parts, _ in SYMBOLS:
        if parts.number:
            found = derive("citation", "after_type", fold_but_case(f" số {symbol} về"))
            assert found is not None
            assert found.form == parts.shape


def test_a_cheap_look_lets_every_symbol_through_that_the_grammar_reads() -> None:
    """Without a type word a symbol is looked for where its number is plain and its letters stand between two signs."""
    looks = dict(forms("symbol", "look", "look").rules)
    numbered = [(symbol, parts) for symbol, parts, _ in SYMBOLS if parts.number]
    for symbol, parts in numbered:
        assert looks["ended"].search(fold(f"theo số {symbol}, ngày ")), symbol
        begun = looks["begun"].match(fold(symbol))
        assert bool(begun) == (parts.number.isdigit() and parts.shape != "assembly"), symbol
    assert not looks["ended"].search(fold("Ban Tổ chức họp, ngày "))


@pytest.mark.parametrize(
    ("letters", "words", "family", "level"),
    [
        ("BTGDVTW", "Ban Tuyên giáo và Dân vận Trung ương", "tw", "central"),
        ("BTGDVTU", "Ban Tuyén gido va Dan van Thanh uy", "tu", "province"),
        ("HU", "Huyện ủy Nhà Bè", "hu", "district"),
        ("ĐU", "Đảng ủy phường Kiến An", "du", None),
        ("TTg", "Thủ tướng Chính phủ", "thu-tuong", "central"),
        ("CP", "Chính phủ", "chinh-phu", "central"),
        ("UBTVQH15", "Ủy ban Thường vụ Quốc hội", "uy-ban-thuong-vu", "central"),
        ("QH15", "Quốc hội", "quoc-hoi", "central"),
        ("CTUBND", "Chủ tịch UBND tỉnh Gia Lai", "ubnd", None),
        ("BTCTU-BNCTU", "Ban Tổ chức Tỉnh ủy", "tu", "province"),
    ],
)
def test_letters_and_words_say_the_same_organ(letters: str, words: str, family: str, level: str | None) -> None:
    found = family_of_letters(letters)
    assert found == family_of_words(words)
    assert found is not None
    assert (found.name, found.level) == (family, level)


def test_letters_that_say_nothing_certain() -> None:
    assert family_of_letters("VPCP") is None
    assert family_of_letters("TCT") is None


def test_words_of_nobody_and_of_two_say_nothing() -> None:
    assert family_of_words("Cục Thuế") is None
    assert family_of_words("Bộ Chính trị và Thành ủy") is None
    assert family_of_words("Đảng ủy Ủy ban nhân dân tỉnh") is None


def test_the_name_of_an_issuer_ends_after_nine_words() -> None:
    assert family_of_words("Hội Liên hiệp Phụ nữ và Hội Nông dân Tỉnh ủy") is None


def test_a_day_falls_into_the_term_that_had_begun() -> None:
    begun = [(begins, name) for of, name, begins in rows("terms") if of == "party"]
    assert [term_on(begins) for begins, _ in begun] == [name for _, name in begun]
    assert [term_on(day) for day in ("2021-01-30", "2006-04-23", "2000-05-05", "2021", None)] == ["XII", "IX", None, None, None]


def test_a_year_in_which_one_legislature_follows_another_has_two() -> None:
    assert [legislatures_in(year) for year in (2001, 2003, 2021, 2025, 2026)] == [(), (11,), (14, 15), (15,), (15, 16)]


@pytest.mark.parametrize(
    ("issuer", "named", "meant"),
    [
        ("UBND xã Tân Tiến, tỉnh Cà Mau", ("tan tien", "ca mau"), ("kien an", "hai phong")),  # two areas, the narrower first
        ("Đảng ủy xã An Lão, huyện An Dương", ("an lao", "an duong", "hai phong"), ("kien an", "hai phong")),
        ("Ủy ban nhân dân quận Kiến An", ("kien an", "hai phong"), ("kien an", "hai phong")),
        ("Uy ban nhan dan huyen Tien Lang", ("tien lang", "hai phong"), ("kien an", "hai phong")),  # a district without its mark
        ("Uy ban nhan dan quan Kien An", (), ("kien an", "hai phong")),  # "quan" may be any word
        ("Thành ủy Hải Phòng", ("hai phong",), ("hai phong",)),
        ("Tỉnh ủy", (), ("hai phong",)),  # the province of who says so
        ("UBND xã", (), ("kien an", "hai phong")),
        ("Bộ Nội vụ", (), ("kien an", "hai phong")),
        (None, (), ("kien an", "hai phong")),
    ],
)
def test_where_an_issuer_is(issuer: str | None, named: tuple[str, ...], meant: tuple[str, ...]) -> None:
    own = (("phuong", "kien an"), ("thanh pho", "hai phong"))
    assert (place_named(issuer, own), place_meant(None, issuer, own)) == (named, meant)
    assert place_meant(None, issuer, ()) == ()


def test_a_commune_of_no_known_province_is_a_place_by_itself() -> None:
    own = (("xa", "tan tien"),)
    assert place_named("UBND xã An Lão", own) == ("an lao",)
    assert (place_meant(None, "UBND xã", own), place_meant(None, "Tỉnh ủy", own)) == (("tan tien",), ())


@pytest.mark.parametrize(
    ("symbol", "place"),
    [
        ("12-KH/TU", ("hai phong",)),
        ("12/KH-SYT", ("hai phong",)),
        ("12/KH-SYT-UBND", ("hai phong",)),
        ("12/KH-UBND", ("kien an", "hai phong")),
        ("12-KH/ĐU", ("kien an", "hai phong")),
    ],
)
def test_letters_of_an_organ_say_whether_its_province_is_meant(symbol: str, place: tuple[str, ...]) -> None:
    assert place_meant(series_of(symbol), None, (("phuong", "kien an"), ("thanh pho", "hai phong"))) == place


@pytest.mark.parametrize(
    ("symbol", "central"),
    [
        ("12/TT-XYZ", True),  # circulars and decrees
        ("12/NĐ-CP", True),
        ("12-TT/TU", False),  # but not the Party's
        ("12/QĐ-XYZ", False),
        ("12-QĐ/XYZTW", True),
        ("12/KH-SYT-BYT", False),  # the lead organ says it
        ("12/KH-XX-BYT", True),  # or the one that is known
    ],
)
def test_which_symbols_are_of_the_centre(symbol: str, central: bool) -> None:
    found = series_of(symbol)
    assert found is not None
    assert found.central is central


@pytest.mark.parametrize(("symbol", "party"), [("12-KH/ĐU", True), ("12-KH/XYZ", True), ("12/KH-BTGTU", True), ("12/KH-UBND", False)])
def test_a_symbol_is_the_partys_by_its_form_or_by_its_organ(symbol: str, party: bool) -> None:
    found = series_of(symbol)
    assert found is not None
    assert found.party is party


@pytest.mark.parametrize(("organ", "national"), [("Bộ Nội vụ", True), ("Ủy ban nhân dân tỉnh Cà Mau", False), ("Sở Y tế", False)])
def test_an_organ_of_the_country_names_no_area(organ: str, national: bool) -> None:
    assert is_national(organ) is national
