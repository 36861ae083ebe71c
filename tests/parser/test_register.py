"""The rows of a register: a task for each smallest place and unit, with its role and its last day."""

from __future__ import annotations

from pathlib import Path

import pytest

from kehoach_parser import Plan, parse
from tests.parser.case_blocks import blocks

CASES = Path(__file__).parent.parent / "cases" / "duties" / "rows.txt"
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
HEADS = {
    "plan": f"ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU\n{STATE}Số: 12/KH-UBND\nLai Châu, ngày 18 tháng 11 năm 2025\nKẾ HOẠCH\n"
    "TRIỂN KHAI CÔNG TÁC NĂM 2026\nỦy ban nhân dân tỉnh ban hành Kế hoạch triển khai công tác năm 2026 như sau:\n",
    "decision": f"ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU\n{STATE}Số: 12/QĐ-UBND\nLai Châu, ngày 18 tháng 11 năm 2025\nQUYẾT ĐỊNH\n"
    "Về việc ban hành quy định quản lý chợ\nỦY BAN NHÂN DÂN TỈNH LAI CHÂU\nQUYẾT ĐỊNH:\n",
    "notice": f"VĂN PHÒNG CHÍNH PHỦ\n{STATE}Số: 12/TB-VPCP\nHà Nội, ngày 18 tháng 11 năm 2025\nTHÔNG BÁO\n"
    "KẾT LUẬN CỦA PHÓ THỦ TƯỚNG CHÍNH PHỦ\n",
    "telegram": f"THỦ TƯỚNG CHÍNH PHỦ\n{STATE}Số: 12/CĐ-TTg\nHà Nội, ngày 18 tháng 11 năm 2025\nCÔNG ĐIỆN\nVỀ VIỆC PHÒNG, CHỐNG RÉT\n",
    "letter": f"SỞ GIÁO DỤC VÀ ĐÀO TẠO\n{STATE}Số: 512/SGDĐT-VP\nV/v phòng, chống rét cho học sinh\nLai Châu, ngày 18 tháng 11 năm 2025\n",
    "tax_letter": f"BỘ TÀI CHÍNH\nCỤC THUẾ\n{STATE}Số: 512/CT-CS\nV/v chính sách thuế\nHà Nội, ngày 18 tháng 11 năm 2025\n",
    "damaged_letter": f"BỘ XÂY DỰNG\nTONG CUC ĐUONG THUY\n{STATE}Số: 512/TCĐT-VP\nHà Nội, ngày 18 tháng 11 năm 2025\n",
    "damaged_plan": "UY BAN NHAN DAN\nTINH LAI CHAU\n\nCONG HOA XA HOI CHU NGHIA VIET NAM\nDéc lap - Ty do - Hanh phic\n\nS6: 12/KH-UBND\n"
    "Lai Chau, ngay 18 thang 11 nam 2025\n\nKE HOACH\nTRIEN KHAI CONG TAC NAM 2026\n\n"
    "Uy ban nhan dan tinh ban hanh Ké hoach trién khai céng tac nam 2026 nhw sau:\n\n",
    "party_letter": "ĐẢNG BỘ TỈNH LAI CHÂU\nĐẢNG ỦY XÃ SÌ LỞ LẦU\n*\nSố 12-CV/ĐU\nV/v học tập điều lệ\nĐẢNG CỘNG SẢN VIỆT NAM\n"
    "Sì Lở Lầu, ngày 18 tháng 11 năm 2025\nKính gửi: Các chi bộ trực thuộc.\n",
}
TAIL = "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNguyễn Văn An\n"


def rows(plan: Plan) -> list[tuple[str, str, str, str]]:
    return [
        (
            task.role,
            duty.unit.value,
            (plan.dates[task.deadline].last or "-") if task.deadline is not None else "-",
            task.task.value if task.task else "",
        )
        for duty in plan.assignments
        for task in duty.tasks
    ]


@pytest.mark.parametrize(("name", "head", "body", "expected"), blocks(CASES), ids=[block[0] for block in blocks(CASES)])
def test_rows(name: str, head: str, body: str, expected: list[str]) -> None:
    begins = [line.rpartition(" | ")[2] for line in expected]
    found = rows(parse(HEADS[head] + body + TAIL))
    shown = [
        f"{role} {unit} | {due} | {begin if task.startswith(begin) else task}"
        for (role, unit, due, task), begin in zip(found, [*begins, *[""] * len(found)], strict=False)
    ]
    assert shown == expected


def test_a_paragraph_with_its_own_subject_is_no_task_of_who_heads_the_bullets() -> None:
    body = (
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Lập danh sách trạm y tế cần sửa chữa.\nKiểm tra danh sách trước khi gửi.\n"
        "Sở Tài chính chịu trách nhiệm bố trí vốn.\n"
    )
    told = [task for _, unit, _, task in rows(parse(HEADS["plan"] + body + TAIL)) if unit == "Sở Y tế"]
    assert told == ["Lập danh sách trạm y tế cần sửa chữa.", "Kiểm tra danh sách trước khi gửi."]


def test_an_annex_that_describes_a_procedure_gives_nobody_a_task() -> None:
    body = "Điều 1. Phê duyệt quy trình nội bộ kèm theo.\nĐiều 2. Sở Y tế niêm yết quy trình tại trụ sở.\n"
    steps = "1. Lãnh đạo Sở Y tế\na) Tiếp nhận hồ sơ, phân công chuyên viên thụ lý.\nb) Phê duyệt kết quả trong 02 ngày làm việc.\n"
    annex = "PHỤ LỤC\n{} TRONG LĨNH VỰC DƯỢC\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 18 tháng 11 năm 2025)\n" + steps
    described = rows(parse(HEADS["decision"] + body + TAIL + annex.format("QUY TRÌNH NỘI BỘ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH")))
    told = rows(parse(HEADS["decision"] + body + TAIL + annex.format("PHÂN CÔNG NHIỆM VỤ")))
    assert [unit for _, unit, _, _ in described] == ["Sở Y tế"]
    assert [unit for _, unit, _, _ in told] == ["Sở Y tế", "Lãnh đạo Sở Y tế", "Lãnh đạo Sở Y tế"]


def test_an_annex_with_the_heads_of_a_description_gives_nobody_a_task() -> None:
    body = "Điều 1. Công bố thủ tục kèm theo.\nĐiều 2. Sở Y tế niêm yết thủ tục tại trụ sở.\n"
    heads = ("Trình tự thực hiện", "Thành phần hồ sơ", "Thời hạn giải quyết")
    steps = "{}\n1. Lãnh đạo Sở Y tế\na) Tiếp nhận hồ sơ, phân công chuyên viên thụ lý.\n"
    annex = "PHỤ LỤC\nLĨNH VỰC DƯỢC\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 18 tháng 11 năm 2025)\n"
    for many, told in ((3, 1), (2, 2)):  # a regulation has one or two of these
        described = "".join(f"{head}: theo quy định.\n" for head in heads[:many])
        found = rows(parse(HEADS["decision"] + body + TAIL + annex + steps.format(described)))
        assert len(found) == told, many


def test_the_title_of_an_annex_is_read_over_its_line_ends() -> None:
    body = "Điều 1. Công bố thủ tục kèm theo.\nĐiều 2. Sở Y tế niêm yết thủ tục tại trụ sở.\n"
    steps = "1. Lãnh đạo Sở Y tế\na) Tiếp nhận hồ sơ, phân công chuyên viên thụ lý.\n"
    for title in (
        "PHỤ LỤC\nQUY TRÌNH NỘI BỘ GIẢI QUYẾT THỦ TỤC HÀNH\nCHÍNH LĨNH VỰC DƯỢC\n",
        "DANH MỤC\n02 THỦ TỤC HÀNH CHÍNH LĨNH VỰC DƯỢC\n",
    ):
        annex = title + "(Kèm theo Quyết định số 12/QĐ-UBND ngày 18 tháng 11 năm 2025)\n" + steps
        assert [unit for _, unit, _, _ in rows(parse(HEADS["decision"] + body + TAIL + annex))] == ["Sở Y tế"], title


def test_a_blank_form_gives_nobody_a_task() -> None:
    body = "Điều 1. Ban hành mẫu kèm theo.\nĐiều 2. Sở Y tế hướng dẫn các trạm y tế sử dụng mẫu.\n"
    form = (
        f"TÊN CƠ QUAN\n{STATE}{{}}\nQUYẾT ĐỊNH\nVề việc công bố hết dịch\nĐiều 1. Công bố hết dịch.\n"
        "Điều 2. Sở Y tế theo dõi sức khỏe người dân.\n"
    )
    printed = "Số: 15/QĐ-UBND\nLai Châu, ngày 20 tháng 11 năm 2025"
    for line, told in (("Số: ……/QĐ-UBND\n……, ngày … tháng … năm 20…", 1), (printed, 2)):
        assert len(rows(parse(HEADS["decision"] + body + TAIL + form.format(line)))) == told, line


def test_an_annex_of_forms_gives_nobody_a_task() -> None:
    body = "Điều 1. Ban hành mẫu kèm theo.\nĐiều 2. Sở Y tế hướng dẫn các trạm y tế sử dụng mẫu.\n"
    annex = "PHỤ LỤC II\n{}\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 18 tháng 11 năm 2025)\n1. Sở Y tế\na) Theo dõi sức khỏe người dân.\n"
    for title, told in (("BIỂU MẪU BÁO CÁO", 1), ("PHÂN CÔNG NHIỆM VỤ", 2)):
        assert len(rows(parse(HEADS["decision"] + body + TAIL + annex.format(title)))) == told, title


def test_a_form_ends_before_an_article_of_the_text_that_it_stands_in() -> None:
    form = f"Mẫu số 27\n{STATE}Kính gửi: ………\nTôi đề nghị Sở Y tế cấp giấy phép.\n"
    body = "Điều 1. Sửa đổi mẫu đơn\nMẫu đơn được sửa đổi như sau:\n{}Điều {}. Sở Y tế hướng dẫn các trạm y tế sử dụng mẫu.\n"
    assert [task for *_, task in rows(parse(HEADS["decision"] + body.format(form, 2) + TAIL))] == ["hướng dẫn các trạm y tế sử dụng mẫu."]


def test_a_rule_that_opens_a_sentence_is_that_of_its_task() -> None:
    body = (
        "IV. TỔ CHỨC THỰC HIỆN\n1. Các sở, ban, ngành xây dựng kế hoạch chi tiết. Hằng năm báo cáo kết quả về Sở Nội vụ.\n"
        "2. Sở Tài chính bố trí kinh phí hằng năm.\n"
    )
    tasks = [task for duty in parse(HEADS["plan"] + body + TAIL).assignments for task in duty.tasks]
    assert [(task.recurs, task.when and task.when.value) for task in tasks] == [("FREQ=YEARLY", "Hằng năm"), (None, None)]


def test_a_cell_of_what_was_a_table_heads_nothing() -> None:
    """OCR leaves bars of a table's rules: a name alone on a line is a cell there."""
    body = "III. PHÂN CÔNG\n1. Danh mục\nRà soát quy hoạch rừng {}\nSở Ngoại vụ\nRà soát kho bãi của các xã.\nTổng hợp kết quả.\n"
    for ends, heads in (("vào mùa khô.", True), ("| Sở Tài chính |", False)):
        told = {unit for _, unit, _, _ in rows(parse(HEADS["plan"] + body.format(ends) + TAIL))}
        assert ("Sở Ngoại vụ" in told) is heads
