"""Where the numbers of the structure decide: how sure a field of the head is, what a line may hold to be part of a head or of a tail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kehoach_parser import Plan, parse
from kehoach_parser.model import Field, Signature
from kehoach_parser.structure.doubts import read_signature_doubts
from kehoach_parser.structure.sequence import choose
from kehoach_parser.text.fold import fold
from kehoach_parser.text.lines import in_capitals, split_lines
from kehoach_parser.text.text import Page, PageWord, text_of

HEAD = "ĐẢNG ỦY XÃ BÌNH MINH\n*\nSố 12-KH/ĐU\nBình Minh, ngày 05 tháng 3 năm 2025\n"
BODY = "I. MỤC ĐÍCH\n1. Nâng cao nhận thức của cán bộ, đảng viên.\n2. Uốn nắn thiếu sót.\n"
SIGNED = "T/M BAN THƯỜNG VỤ\nBÍ THƯ\nTrần Văn Hòa\n"


def value(field: Field | None) -> str | None:
    return field.value if field else None


def certainty(field: Field | None) -> float:
    assert field is not None
    return field.certainty


def test_a_sentence_that_begins_with_the_symbol_is_no_line_of_the_head() -> None:
    """The symbol below the subject is read where OCR puts it there, alone on its line."""
    head = "ĐẢNG ỦY XÃ BÌNH MINH\nKẾ HOẠCH\nkiểm tra việc học tập nghị quyết\n\n"
    alone = parse(f"{head}Số 12-KH/ĐU\n\n{BODY}")
    sentence = parse(f"{head}Số 12-KH/ĐU hết hiệu lực.\n\n{BODY}")
    assert (value(alone.header.symbol), value(sentence.header.symbol)) == ("12-KH/ĐU", None)
    assert len(sentence.preamble) == 1


def test_a_subject_may_take_many_lines() -> None:
    lines = [f"sửa đổi điều {number} của quy chế làm việc và" for number in range(1, 21)]
    plan = parse(f"{HEAD}KẾ HOẠCH\n" + "\n".join(lines) + f"\n\n{BODY}")
    assert value(plan.header.subject) == " ".join(lines)


@pytest.mark.parametrize(("words", "head"), [(20, True), (26, False)])
def test_a_long_line_is_a_paragraph_and_ends_a_head_without_type(words: int, head: bool) -> None:
    """The line of 20 words (150 letters) is the subject of a paper that lost its type, that of 26 (200) the text."""
    line = " ".join(["tuyên truyền việc học tập nghị quyết của Đảng trong chi bộ"] * 3).split()
    printed = " ".join((line * 2)[: words * 3 // 2])
    plan = parse(f"Số 12-KH/ĐU\n\n{printed}\n\n{BODY}")
    assert (len(plan.preamble) == 0) is head


@pytest.mark.parametrize("words", [("Văn", "thư", "01"), ("Hội", "nghị", "chi", "bộ")])
def test_the_untitled_subject_is_no_scrap(words: tuple[str, ...]) -> None:
    """Without a type the lines above the text are the subject; what is left of a stamp is not."""
    printed = " ".join(words)
    plan = parse(f"Số 12-KH/ĐU\n\n{printed}\n\n{BODY}")
    assert value(plan.header.subject) == (printed if "nghị" in words else None)


def test_the_title_of_an_annex_goes_on_as_long_as_its_capitals() -> None:
    title = [
        "NHIỆM VỤ CỦA CHI BỘ",
        *(f"THÔN {name}, XÓM {name}" for name in ("ĐÔNG", "TÂY", "NAM", "BẮC", "THƯỢNG", "HẠ", "TRUNG", "TRẠI")),
    ]
    plan = parse(f"{HEAD}KẾ HOẠCH\nkiểm tra\n{BODY}{SIGNED}PHỤ LỤC I\n" + "\n".join(title) + "\nXÓM MỚI\n1. Rà soát văn bản.\n")
    (annex,) = plan.parts[1:]
    assert annex.header is not None
    assert value(annex.header.subject) == " ".join([*title, "XÓM MỚI"])


def _organ(plan: Plan) -> tuple[str | None, float]:
    return value(plan.header.organ), certainty(plan.header.organ)


def test_how_sure_an_organ_is_that_stands_elsewhere() -> None:
    """In the preamble it is named, though not as the issuer; letters say no place, and a body signs for its organ."""
    preamble = parse(f"Số 12-KH/ĐU\n\nCăn cứ Chỉ thị số 05-CT/TW; Đảng ủy xã Bình Minh ban hành kế hoạch như sau:\n\n{BODY}")
    letters = parse(f"Số 45-HD/BTGTU\n\n{BODY}")
    signed = parse(f"KẾ HOẠCH\nkiểm tra chi bộ\n{BODY}{SIGNED}")
    assert _organ(preamble) == ("Đảng ủy xã Bình Minh", 0.6)
    assert _organ(letters) == ("Ban Tuyên giáo Tỉnh ủy", 0.4)
    assert _organ(signed) == ("BAN THƯỜNG VỤ", 0.4)


def test_how_sure_a_type_is_that_is_bent_or_stands_in_the_symbol_alone() -> None:
    printed = parse(f"{HEAD}KẾ HOẠCH\nkiểm tra chi bộ\n{BODY}")
    bent = parse(f"{HEAD}KE HOACH\nkiểm tra chi bộ\n{BODY}")
    letters = parse(f"Số 45-HD/BTGTU\n\n{BODY}")
    assert [(value(plan.header.type), certainty(plan.header.type)) for plan in (printed, bent, letters)] == [
        ("Kế hoạch", 1.0),
        ("Kế hoạch", 0.9),
        ("Hướng dẫn", 0.8),
    ]


def test_a_number_by_hand_is_half_sure_and_its_strokes_are_hardly_a_reading() -> None:
    symbol = parse(f"{HEAD.replace('Số 12', 'Số l2')}KẾ HOẠCH\nkiểm tra chi bộ\n{BODY}").header.symbol
    assert symbol is not None
    assert (symbol.value, symbol.certainty) == ("12-KH/ĐU", 0.5)
    assert [(each.value, each.certainty) for each in symbol.alternatives] == [("l2-KH/ĐU", 0.2)]


def _read_with(certainty: float | None) -> tuple[Plan, list[str]]:
    """The head as an engine read it that is so sure of the number (None: it does not say), and of all else quite."""
    content = f"{HEAD}KẾ HOẠCH\nkiểm tra chi bộ\n{BODY}"
    start = content.index("12-KH")
    words = (PageWord((start, start + 2), (0.1, 0.1, 0.2, 0.2), certainty),)
    page = Page(1, (0, len(content)), 595.0, 842.0, "ocr", "tesseract 5.3.0 vie", None, words)
    plan = parse(replace(text_of(content), layout=(page,)))
    return plan, [warning.code for warning in plan.warnings if warning.code.startswith("uncertain")]


@pytest.mark.parametrize(("read", "doubted"), [(0.95, False), (0.85, False), (0.6, True), (0.4, True), (None, False)])
def test_a_number_that_the_engine_doubts_is_warned_about(read: float | None, doubted: bool) -> None:
    """Print is read with 0.85 and more, a pen with less than 0.75."""
    plan, warnings = _read_with(read)
    assert warnings == (["uncertain-number"] if doubted else [])
    assert certainty(plan.header.symbol) == min(0.95, read or 1.0)


@pytest.mark.parametrize(("name", "sure"), [("Nguyễn Văn An", 1.0), ("An", 0.5)])
def test_a_signature_that_lost_words_is_half_sure(name: str, sure: float) -> None:
    content = f"GIÁM ĐỐC\n{name}"
    page = Page(1, (0, len(content)), 595.0, 842.0, "ocr", "tesseract 5.3.0 vie")
    signed = Signature(None, Field("GIÁM ĐỐC", "GIÁM ĐỐC", (0, 8)), Field(name, name, (9, len(content))))
    read, _ = read_signature_doubts(signed, replace(text_of(content), layout=(page,)))
    assert read is not None
    assert (certainty(read.title), certainty(read.name)) == (sure, sure)


def with_tail(tail: str) -> Plan:
    return parse(f"{HEAD}KẾ HOẠCH\nkiểm tra chi bộ\n{BODY}{tail}")


def recipients(plan: Plan) -> list[str]:
    return [entry.value for entry in plan.recipients]


def signature(plan: Plan) -> tuple[str | None, str | None, str | None]:
    assert plan.signature is not None
    return value(plan.signature.authority), value(plan.signature.title), value(plan.signature.name)


def test_an_authority_and_a_name_may_be_long() -> None:
    authority = "TM. ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH VÀ BAN THƯỜNG TRỰC ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM"
    name = "Công Tằng Tôn Nữ Thị Thu Hà"
    plan = with_tail(f"Nơi nhận:\n- Như trên;\n- Lưu: VT.\n{authority}\nCHỦ TỊCH\n{name}\n")
    assert signature(plan) == (authority, "CHỦ TỊCH", name)
    assert recipients(plan) == ["Như trên", "Lưu: VT"]


def test_a_list_below_the_signature_is_found_below_many_recipients() -> None:
    """More of _LONGEST_TAIL finds the same: it bounds effort in a file of many papers without a signature."""
    units = "".join(f"- Chi bộ thôn {number};\n" for number in range(150))
    plan = with_tail(f"Nơi nhận:\n{units}{SIGNED}Danh sách chi bộ được kiểm tra trong năm của Đảng ủy xã\n1. Chi bộ Đông.\n")
    assert [part.role for part in plan.parts] == ["main", "annex"]


BODIES = "Các chi bộ trực thuộc Đảng ủy, các đoàn thể chính trị - xã hội xã"
LAST = "Văn phòng Đảng ủy theo dõi, đôn đốc việc thực hiện kế hoạch này và báo cáo Ban Thường vụ Đảng ủy"


@pytest.mark.parametrize(("above", "found"), [(f"- {BODIES};", [BODIES]), (LAST, [])])
def test_recipients_above_their_head_are_short_lines(above: str, found: list[str]) -> None:
    """A line of 95 letters above them is the end of the text, also without its full stop."""
    plan = with_tail(f"{above}\n- Lưu: VT.\nNơi nhận:\n{SIGNED}")
    assert recipients(plan) == [*found, "Lưu: VT"]
    assert (plan.nodes[-1].span[1] - plan.nodes[-1].span[0] > len(LAST)) is (above == LAST)


@pytest.mark.parametrize(
    ("line", "roles"),
    [
        ("DANH MỤC văn bản của Đảng ủy xã Bình Minh", ["main", "annex"]),
        ("PHỤ LỤC kèm theo kế hoạch này thay cho phụ lục cũ của Đảng ủy xã Bình Minh", ["main"]),
    ],
)
def test_a_line_of_many_words_only_cites_an_annex(line: str, roles: list[str]) -> None:
    """In a paper without a tail, where nothing else says that another begins."""
    assert [part.role for part in with_tail(f"3. Rà soát văn bản.\n{line}\n1. Quy chế làm việc.\n").parts] == roles


@pytest.mark.parametrize(
    ("line", "roles"),
    [
        ("II. NỘI DUNG HOẠT ĐỘNG", ["main", "annex"]),  # the head of what is attached is lost
        ("Phụ lục 1 – Phân công nhiệm vụ (trích):", ["main", "annex"]),
        ("Phụ lục của Công ước", ["main"]),
    ],
)
def test_below_the_recipients_a_section_or_a_numbered_annex_begins_another_paper(line: str, roles: list[str]) -> None:
    text = f"{HEAD}KẾ HOẠCH\nkiểm tra đê\n{BODY}Nơi nhận:\n- Các chi bộ;\n- Lưu: VT.\nT/M BAN THƯỜNG VỤ BÍ THƯ Trần Văn Hòa\n"
    assert [part.role for part in parse(f"{text}{line}\n1. Đắp đê.\n2. Trồng tre.\n").parts] == roles


def test_what_the_gazette_prints_over_its_pages_is_no_text() -> None:
    over = "CÔNG BÁO/Số 12 + 13/Ngày 02-06-2026"
    plan = parse(f"{HEAD}KẾ HOẠCH\nkiểm tra đê\n{BODY}II. TỔ CHỨC THỰC HIỆN\n1. Công an xã\n- Canh đê ban đêm.\n{over}\n- Ghi sổ trực.\n")
    assert [task.task.value for each in plan.assignments for task in each.tasks if task.task] == ["Canh đê ban đêm.", "Ghi sổ trực."]


def test_what_a_paper_is_attached_to_is_named_in_its_head() -> None:
    plan = parse(f"{HEAD}KẾ HOẠCH\nkiểm tra việc học tập\nnghị quyết của chi bộ\n(Kèm theo Công văn số 15-CV/ĐU)\n{BODY}")
    assert [part.role for part in plan.parts] == ["main"]


@pytest.mark.parametrize(
    ("first", "last", "listed", "title"),
    [
        ("- Như trên;", "- Lưu: VT,      KTTH, NC.", ["Như trên", "Lưu: VT, KTTH, NC"], "BÍ THƯ"),
        ("- Như trên;      PHÓ TRƯỞNG ĐOÀN", "- Lưu: VT.", ["Như trên", "Lưu: VT"], "PHÓ TRƯỞNG ĐOÀN BÍ THƯ"),
    ],
)
def test_capitals_behind_a_wide_gap_are_a_post_where_they_are_no_short_letters(
    first: str, last: str, listed: list[str], title: str
) -> None:
    plan = with_tail(f"T/M BAN THƯỜNG VỤ\nNơi nhận:\n{first}\n{last}\nBÍ THƯ\nTrần Văn Hòa\n")
    assert recipients(plan) == listed
    assert signature(plan)[1] == title


def test_a_scrap_in_capitals_is_no_post() -> None:
    """ "QD KH" is what a stamp leaves; the shortest post is BÍ THƯ."""
    assert signature(with_tail("T/M BAN THƯỜNG VỤ\nQD KH\nBÍ THƯ\nTrần Văn Hòa\n"))[1] == "BÍ THƯ"


@pytest.mark.parametrize(("lines", "found"), [(30, True), (60, True), (100, False)])
def test_a_bent_mark_stands_on_the_page_above_its_note(lines: int, found: bool) -> None:
    """Where no page end is printed, a page is 80 lines at most."""
    items = "".join(f"{number}. Chi bộ thôn {number} sinh hoạt chuyên đề.\n" for number in range(1, lines))
    (note,) = parse(
        f"{HEAD}KẾ HOẠCH\nkiểm tra chi bộ\n\nCăn cứ nghị quyết';\n\n{items}\n' Nghị quyết số 25-NQ/TW về công tác dân vận\n"
    ).footnotes
    assert (note.anchor is not None) is found


@pytest.mark.parametrize(("opening", "note"), [("Tờ trình số 8-TTr/ĐU", True), ("Gồm: các chi bộ", True), ("Cả năm: các chi bộ", False)])
def test_a_note_opens_with_a_type_that_is_cited_or_a_word_of_notes(opening: str, note: bool) -> None:
    plan = parse(f"{HEAD}KẾ HOẠCH\nkiểm tra chi bộ\n\nCăn cứ nghị quyết1;\n\n{BODY}\n1 {opening}, thôn Đông và thôn Tây\n")
    assert [each.mark for each in plan.footnotes] == (["1"] if note else [])


@pytest.mark.parametrize("count", range(1, 8))
def test_parts_are_counted_in_words(count: int) -> None:
    words = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy")[:count]
    plan = with_tail("".join(f"\nPhần thứ {word}\nNHIỆM VỤ\n" for word in words))
    assert [node.label for node in plan.nodes if node.kind == "part"] == [f"Phần thứ {word}" for word in words]
    assert not [warning for warning in plan.warnings if warning.code.startswith("numbering")]


@pytest.mark.parametrize(
    ("line", "type_name", "subject"),
    [
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG CỦA CHÍNH PHỦ", "Chương trình hành động", "kiểm tra chi bộ"),
        ("KẾ HOẠCH CỦA ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI VỀ DÂN SỐ", "Kế hoạch",
         "CỦA ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI VỀ DÂN SỐ"),
        ("NGHỊ QUYẾT CỦA HỘI ĐỒNG NHÂN DÂN XÃ VỀ BẾN BÃI", "Nghị quyết", "CỦA HỘI ĐỒNG NHÂN DÂN XÃ VỀ BẾN BÃI"),
    ],
)  # fmt: skip
def test_a_type_with_its_issuer_is_alone_on_a_short_line(line: str, type_name: str, subject: str) -> None:
    header = parse(f"{HEAD}{line}\nkiểm tra chi bộ\n\n{BODY}").header
    assert value(header.type) == type_name
    assert (value(header.subject) or "").startswith(subject)


def test_a_citation_in_part_in_capitals_is_no_type_with_its_subject() -> None:
    header = parse(f"Số 13-HD/BTGTU\n\nKẾ HOẠCH số 12-KH/ĐU của Đảng ủy\n\n{BODY}").header
    assert value(header.type) == "Hướng dẫn"


@pytest.mark.parametrize(
    ("issuer", "named"),
    [
        ("Ban Thường vụ Đảng ủy phường Bình Minh Đông", True),
        ("Đảng viên các chi bộ thôn Đông, thôn Tây, thôn Nam và thôn Bắc đề nghị Đảng ủy", False),
        ("Ban Thường vụ Đảng ủy cùng các chi bộ thôn Đông, thôn Tây", False),
    ],
)
def test_an_issuer_in_the_preamble_is_no_sentence(issuer: str, named: bool) -> None:
    plan = parse(f"KẾ HOẠCH\nkiểm tra chi bộ\n\nCăn cứ Chỉ thị số 05-CT/TW; {issuer} ban hành kế hoạch như sau:\n\n{BODY}")
    assert value(plan.header.organ) == (issuer if named else None)


FULL = "các chi bộ trực thuộc và các đoàn thể chính trị - xã hội của xã"


@pytest.mark.parametrize(
    ("above", "opens"),
    [
        ("NÂNG CAO CHẤT LƯỢNG SINH HOẠT CHI BỘ TRONG NĂM HAI NGHÌN HAI NĂM", True),
        ("Đảng ủy, HĐND, UBND, UBMTTQ, HND, HPN, HCCB, ĐTN xã cùng các thôn", False),
        ("Nâng cao chất lượng sinh hoạt chi bộ", True),  # half a line
        ("Nâng cao chất lượng sinh hoạt chi bộ tại các chi bộ thôn của", False),
    ],
)
def test_a_full_line_carries_on_unless_it_is_a_heading_in_capitals(above: str, opens: bool) -> None:
    content = "\n".join([*[FULL] * 8, f"{FULL}.", above, "Đảng ủy xã theo dõi"])
    assert split_lines(content, fold(content))[-1].opens is opens


@pytest.mark.parametrize(("below", "lines"), [("Thôn", 2), ("Tổ An", 1)])
def test_a_number_alone_begins_the_line_below_unless_that_is_a_cell(below: str, lines: int) -> None:
    content = f"5.\n{below}"
    assert len(split_lines(content, fold(content))) == lines


@pytest.mark.parametrize(("capitals", "small", "shown"), [(160, 240, True), (90, 110, False)])
def test_the_first_two_hundred_letters_show_capitals(capitals: int, small: int, shown: bool) -> None:
    assert in_capitals("K" * capitals + "h" * small) is shown


@pytest.mark.parametrize(("villages", "closes"), [(4, True), (6, False)])
def test_an_order_closes_a_plan_where_it_stands_near_its_issuer(villages: int, closes: bool) -> None:
    """In a longer sentence somebody else may ask."""
    heard = ", ".join(["thôn Đông", "thôn Tây", "thôn Nam", "thôn Bắc", "thôn Thượng", "thôn Hạ"][:villages])
    plan = with_tail(f"3. Rà soát văn bản.\nBan Thường vụ Đảng ủy cùng {heard} đề nghị các chi bộ thực hiện nghiêm túc.\n{SIGNED}")
    assert (plan.closing is not None) is closes


@pytest.mark.parametrize(
    ("behind", "post"),
    [(",   TRƯỞNG ĐOÀN", False), (",    TRƯỞNG ĐOÀN", True), (",    TỔ TRƯỞNG", False), (",    ĐỘI TRƯỞNG", True)],
)
def test_a_post_behind_an_entry_is_told_by_the_gap_and_its_letters(behind: str, post: bool) -> None:
    plan = with_tail(f"T/M BAN THƯỜNG VỤ\nNơi nhận:\n- Như trên{behind}\n- Lưu: VT.\nBÍ THƯ\nTrần Văn Hòa\n")
    assert signature(plan)[1] == (f"{behind[1:].strip()} BÍ THƯ" if post else "BÍ THƯ")


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("I. Họp dân\n5. Tập huấn", [1, None]),  # a figure of a wrapped line: no list begins with it
        ("I. MỤC ĐÍCH\n1. Rà soát\nII. Họp dân\n4. Tập huấn", [1, 1, 2, None]),  # nor does one behind a list of one
        ("1. Rà soát\n5. Họp dân\n2.1.1. Tập huấn", [1, 5, 1]),  # a number stays as printed, though one below fits another
    ],
)
def test_a_number_far_from_the_one_that_is_due(printed: str, numbers: list[int | None]) -> None:
    chosen = choose(split_lines(printed, fold(printed)))
    assert [None if each is None else each.ordinal for each in chosen] == numbers


def test_a_word_that_ends_a_sentence_is_no_type() -> None:
    text = "- Phối hợp tổ chức giải trình với các đại biểu trong quá trình báo cáo dự thảo\nLuật.\n\n1. Rà soát bến đò.\n"
    assert parse(text).header.type is None


@pytest.mark.parametrize(
    ("printed", "labels"),
    [
        ("1. Rà soát\n2. Họp dân\n3. Tập huấn\nA. In tài liệu\n5. Kiểm tra", ["1", "2", "3", "4", "5"]),  # the number that is due
        ("x) Rà soát\ny) Họp dân\nz) Tập huấn", ["X", "y", "z"]),  # past the end of the alphabet
        ("1. Rà soát\n2. Họp dân\n7. Tập huấn", ["1", "2", None]),  # a figure of a wrapped line, four too far
        ("I. Mục đích\n1.1 Rà soát dân cư", ["I", "1.1"]),  # the first of a list whose number is left out
        (  # articles are counted through chapters: another law's article
            "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nĐiều 2. Đối tượng\nĐiều 3. Từ ngữ\nChương II\nTỔ CHỨC\nĐiều 2. Luật Đất đai\n"
            "Điều 4. Hiệu lực",
            ["Chương I", None, "Điều 1", "Điều 2", "Điều 3", "Chương II", None, None, "Điều 4"],
        ),
    ],
)
def test_which_number_is_due(printed: str, labels: list[str | None]) -> None:
    assert [each and each.label for each in choose(split_lines(printed, fold(printed)))] == labels
