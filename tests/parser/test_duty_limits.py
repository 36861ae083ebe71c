"""Limits of duties that no case file shows: how sure a reading is, how long a task is at most, what is too little to be one."""

from __future__ import annotations

import pytest
from test_duties import plan_of

from kehoach_parser import parse
from kehoach_parser.model import Assignment
from tests.parser.test_register import HEADS, TAIL

GIVEN = "III. TỔ CHỨC THỰC HIỆN\n"
TABLE = (
    "PHỤ LỤC\nDANH MỤC NHIỆM VỤ\n| TT | Nội dung công việc | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |\n|---|---|---|---|---|\n"
    "| 1 | Tập huấn cán bộ | Quỹ hỗ trợ nông dân vùng cao | Sở Tài chính | Năm 2026 |\n"
)


def first(body: str) -> Assignment:
    return plan_of(body).assignments[0]


def test_where_words_begin_and_end_is_less_sure_than_print() -> None:
    duty = first(GIVEN + "1. Sở Y tế mở 02 hội nghị tại Hội trường tỉnh sau khi có hướng dẫn.\n")
    (place,) = duty.tasks
    fields = (duty.task, duty.when, duty.place, *duty.targets, place.task)
    assert [field and field.certainty for field in fields] == [0.9] * 5


def test_a_name_read_from_its_place_is_less_sure_than_a_listed_one() -> None:
    titled = first(GIVEN + "1. Ủy ban nhân dân các xã vùng có dịch có trách nhiệm\na) Mở rộng mạng lưới cấp nước.\n")
    listed, unlisted = (first(body).unit for body in (GIVEN + "1. Sở Y tế lập kế hoạch tiêm chủng.\n", TABLE))
    assert (listed.certainty, titled.unit.certainty, unlisted.certainty) == (1.0, 0.8, 0.6)


@pytest.mark.parametrize("unit", ["Sở Y tế", "Sở Y tế, Sở Nội vụ"])
def test_a_sentence_without_an_end_gives_a_task_of_300_words(unit: str) -> None:
    task = first(GIVEN + f"1. {unit} rà soát " + "trạm y tế xã " * 200 + "\n").task
    assert task is not None
    assert len(task.value.split()) == 300


def test_three_words_in_a_dash_are_a_heading() -> None:
    duty = first(GIVEN + "1. Sở Y tế:\n- Về trang bị\n- Mua xe cứu thương\n- Lập danh sách thuốc cần mua.\n")
    assert [task.task and task.task.value for task in duty.tasks] == ["Mua xe cứu thương", "Lập danh sách thuốc cần mua."]


@pytest.mark.parametrize(("opening", "told"), [("Trong thời gian diễn ra lễ", True), ("Trong thời gian diễn ra lễ hội", False)])
def test_a_sentence_opens_without_its_comma_in_six_words(opening: str, told: bool) -> None:
    plan = plan_of(GIVEN + f"1. {opening} các địa phương chủ động bố trí lực lượng trực.\n")
    assert [duty.unit.value for duty in plan.assignments] == (["các địa phương"] if told else [])


def test_a_row_of_number_and_task_alone_is_a_group() -> None:
    """With a time it goes on with the units above."""
    rows = "| 2 | In tài liệu | | | Năm 2027 |\n| 3 | Nhóm việc chung | | | |\n| 4 | Mua máy | Sở Nội vụ | | Năm 2027 |\n"
    lead, _, other = plan_of(TABLE.replace("Quỹ hỗ trợ nông dân vùng cao", "Sở Y tế") + rows).assignments
    assert [task.task and task.task.value for task in lead.tasks] == ["Tập huấn cán bộ", "In tài liệu"]
    assert other.task is not None
    assert other.task.value == "Mua máy"


@pytest.mark.parametrize(("lines", "task"), [(1, "rà soát biên chế trạm y tế"), (2, "Về công tác của ngành trong năm")])
def test_a_task_two_lines_below_leads_to_its_place_and_one_further_down_is_the_place(lines: int, task: str) -> None:
    between = "theo hướng dẫn của bộ, theo quy định của tỉnh,\n" * lines
    body = (
        f"1. Sở Y tế:\n- Về công tác của ngành trong năm,\n{between}Sở Nội vụ rà soát biên chế trạm y tế.\n- Lập danh sách thuốc cần mua.\n"
    )
    (inside,) = (duty for duty in plan_of(GIVEN + body).assignments if duty.unit.value == "Sở Nội vụ")
    assert [each.task.value.startswith(task) for each in inside.tasks if each.task] == [True]


@pytest.mark.parametrize(
    ("line", "given"),
    [
        ("Văn phòng Ủy ban tỉnh xin thông báo để các đơn vị biết.", False),
        ("Tiếp nhận đơn của người dân xin thông báo kết quả khám bệnh.", True),
    ],
)
def test_what_only_makes_known_says_so_in_its_first_words(line: str, given: bool) -> None:
    duty = first(GIVEN + f"1. Sở Y tế:\n- {line}\n- Lập danh sách thuốc cần mua.\n")
    assert [task.task and task.task.value for task in duty.tasks] == [*([line] if given else []), "Lập danh sách thuốc cần mua."]


@pytest.mark.parametrize(
    ("who", "units"),
    [
        (
            "Yêu cầu các đồng chí Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Y tế",
            ["đồng chí Chánh Văn phòng Ủy ban nhân dân tỉnh", "Giám đốc Sở Y tế"],
        ),
        ("Người vi phạm do Sở Y tế xử phạt", []),
    ],
)
def test_a_list_of_who_carries_out_a_decision_begins_its_sentence(who: str, units: list[str]) -> None:
    body = f"Điều 1. Ban hành Quy định quản lý chợ.\nĐiều 2. {who} chịu trách nhiệm thi hành Quyết định này.\n"
    assert [duty.unit.value for duty in parse(HEADS["decision"] + body + TAIL).assignments] == units


@pytest.mark.parametrize(("schools", "units"), [(4, []), (8, ["các phòng"])])
def test_a_dash_before_the_first_section_of_a_letter_that_is_long_tells_something(schools: int, units: list[str]) -> None:
    names = ", ".join(f"trường tiểu học {each}" for each in ["An", "Bình", "Chu", "Đông", "Gia", "Hà", "Kim", "Lê"][:schools])
    body = f"Kính gửi:\n- Hiệu trưởng {names}; đề nghị các phòng chỉ đạo rà soát;\nMùa rét đến sớm.\n"
    assert [duty.unit.value for duty in parse(HEADS["letter"] + body + TAIL).assignments] == units


def test_a_line_of_the_usual_width_goes_on_with_a_capital() -> None:
    """It ends in the middle of a sentence: what follows with a capital is a name, and no paragraph."""
    lines = (
        "rà soát nhân lực của các trạm y tế ở vùng cao theo Đề án phát triển mạng lưới y tế",
        "Biên phòng giai đoạn 2026 - 2030, mua xe cứu thương cho các xã chưa có và lập danh sách thuốc",
        "cần mua trong năm.",
    )
    duty = first(GIVEN + "1. Sở Y tế " + "\n".join(lines) + "\n")
    assert [task.task and task.task.value for task in duty.tasks] == [" ".join(lines)]


@pytest.mark.parametrize(("between", "due"), [(2, "2026-06-30"), (6, None)])
def test_a_time_after_many_other_works_is_not_that_of_the_first(between: int, due: str | None) -> None:
    works = ("Rà soát danh mục thuốc", "Sửa chữa phòng khám", "Đào tạo nhân viên", "Lắp đặt máy", "Kiểm tra thực phẩm", "Mua xe")
    plan = plan_of(
        GIVEN
        + "1. Nâng cấp trạm y tế\n- Cơ quan chủ trì: Sở Y tế.\n"
        + "".join(f"- {work} cho các xã vùng cao.\n" for work in works[:between])
        + "- Thời gian hoàn thành: trước ngày 30 tháng 6 năm 2026.\n"
    )
    (duty,) = plan.assignments
    assert (None if duty.deadline is None else plan.dates[duty.deadline].value) == due


@pytest.mark.parametrize(
    ("line", "following", "goes_on"),
    [
        ("Sắp xếp biên chế của các trạm y tế ở vùng cao và biên giới", "Bố trí người thay thế cho các xã còn thiếu.", False),
        (
            "Sắp xếp biên chế của các trạm y tế ở vùng cao, biên giới, mua sắm thiết bị trong nước sản xuất để hưởng ứng cuộc vận động",
            "Người Việt Nam dùng hàng Việt Nam.",
            True,
        ),
    ],
)
def test_where_paragraphs_are_lines_only_a_long_line_is_broken(line: str, following: str, goes_on: bool) -> None:
    long = "".join(f"{n}. Sở Y tế " + "rà soát nhân lực của các trạm y tế ở vùng cao, " * 5 + "báo cáo kết quả.\n" for n in (1, 2, 3))
    duty = plan_of(GIVEN + long + f"4. Sở Nội vụ:\n- {line}\n{following}\n").assignments[-1]
    assert [task.task and task.task.value for task in duty.tasks] == ([f"{line} {following}"] if goes_on else [line, following])


@pytest.mark.parametrize(
    ("last", "heads"), [("Cụ thể:", True), ("Cụ thể như sau:", True), ("Trong đó, tập trung:", True), ("Kết quả cần đạt được gồm:", False)]
)
def test_a_short_last_sentence_opens_what_stands_below(last: str, heads: bool) -> None:
    body = (
        f"Để đón năm học mới, Ủy ban nhân dân tỉnh yêu cầu các sở, ngành khẩn trương triển khai. {last}\n1. Lập danh sách thuốc cần mua.\n"
    )
    told = parse(HEADS["letter"] + body + TAIL).assignments[-1]
    below = "Lập danh sách thuốc cần mua." if heads else "khẩn trương triển khai"
    assert [task.task and task.task.value for task in told.tasks] == [below]


FIELDS = (
    "ĐẤT ĐAI, MÔI TRƯỜNG, KHOÁNG SẢN, TÀI NGUYÊN NƯỚC, BIỂN VÀ HẢI ĐẢO, KHÍ TƯỢNG THỦY VĂN, ĐO ĐẠC VÀ BẢN ĐỒ, VIỄN THÁM, NHÀ Ở,\n"
    "QUY HOẠCH, HẠ TẦNG KỸ THUẬT, VẬT LIỆU XÂY DỰNG, GIAO THÔNG ĐƯỜNG BỘ, ĐƯỜNG THỦY NỘI ĐỊA"
)


@pytest.mark.parametrize(
    ("title", "told"),
    [
        (f"QUY TRÌNH NỘI BỘ TIẾP NHẬN, XỬ LÝ HỒ SƠ LĨNH VỰC\n{FIELDS}\nTHEO DANH MỤC THỦ TỤC HÀNH CHÍNH CỦA TỈNH", False),
        ("QUY TRÌNH PHỐI HỢP PHÒNG CHÁY RỪNG", True),
    ],
)
def test_an_annex_describes_procedures_where_its_title_says_so(title: str, told: bool) -> None:
    """A long title names its fields first; what the annex says of a procedure further on makes it no description of one."""
    steps = (
        "1. Sở Y tế tiếp nhận hồ sơ của người dân và chuyển đến phòng chuyên môn.\n"
        "2. Hạt Kiểm lâm trực ở các trạm trong mùa khô, kiểm tra đường băng cản lửa và báo cáo hằng ngày.\n"
        "3. Ủy ban nhân dân các xã lập tổ, đội chữa cháy ở các thôn và phân công người trực trong những ngày có cảnh báo cấp bốn.\n"
        "4. Sở Tài chính thanh toán theo thủ tục hành chính hiện hành.\n"
    )
    annex = f"PHỤ LỤC\n{title}\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 18 tháng 11 năm 2025)\n{steps}"
    plan = parse(HEADS["decision"] + "Điều 1. Ban hành kèm theo Quyết định này Quy trình.\n" + TAIL + annex)
    assert any(duty.unit.value == "Sở Y tế" for duty in plan.assignments) == told


@pytest.mark.parametrize(
    ("charge", "post", "task"),
    [
        ("lĩnh vực giám sát", "lĩnh vực giám sát", "chỉ đạo các chi bộ thôn."),
        ("khối dân vận giám sát", "khối dân vận", "giám sát chỉ đạo các chi bộ thôn."),
    ],
)
def test_what_is_said_right_behind_a_charge_is_part_of_it(charge: str, post: str, task: str) -> None:
    """ "phụ trách khối dân vận" is whole: a verb behind it says what is to be done."""
    duty = first(GIVEN + f"1. Đồng chí Nguyễn Văn An, Phó Bí thư phụ trách {charge} chỉ đạo các chi bộ thôn.\n")
    assert duty.unit.value == f"Đồng chí Nguyễn Văn An, Phó Bí thư phụ trách {post}"
    assert [each.task and each.task.value for each in duty.tasks] == [task]


def test_a_title_of_thirty_words_names_who_heads_its_list() -> None:
    name = "Ủy ban nhân dân các xã vùng cao có hộ dân sinh sống ở những nơi chưa có hệ thống cấp nước tập trung hoặc đường ống đã hư hỏng"
    duty = first(GIVEN + f"1. {name}:\n- Kiểm tra đường ống.\n- Lập danh sách hộ thiếu nước.\n")
    assert duty.unit.value == name
    assert [each.task and each.task.value for each in duty.tasks] == ["Kiểm tra đường ống.", "Lập danh sách hộ thiếu nước."]


ITEMS = [
    "Thuốc và vật tư cho mùa mưa để ở nơi khô ráo.",
    "Giường bệnh ở tầng một dành cho người già.",
    "Đường vào trạm y tế có biển báo.",
]


@pytest.mark.parametrize(("of_others", "shared"), [(["Sở Y tế"], False), (["Sở Y tế", "Sở Nội vụ"], False), (["Sở Y tế"], True)])
def test_items_below_an_address_are_its_own_where_hardly_one_names_another(of_others: list[str], shared: bool) -> None:
    """Of three items one may; of five two are a list for several, and of two one is."""
    own = ITEMS if len(of_others) > 1 else ITEMS[: 1 + shared]
    items = [*own, *(f"{unit} rà soát danh mục thuốc." for unit in of_others)]
    body = "Kính gửi: Ủy ban nhân dân các tỉnh.\nBộ Y tế yêu cầu Chủ tịch Ủy ban nhân dân các tỉnh:\n"
    body += "".join(f"{number}. {item}\n" for number, item in enumerate(items, start=1))
    duties = parse(HEADS["letter"] + body + TAIL).assignments
    told = [duty for duty in duties if duty.unit.value == "Chủ tịch Ủy ban nhân dân các tỉnh"]
    assert [task.task and task.task.value for duty in told for task in duty.tasks] == (own if shared else [])
    assert [duty.unit.value for duty in duties if duty not in told] == of_others


@pytest.mark.parametrize(
    "label", ["Thời hạn", "Thời gian hoàn thành báo cáo kết quả", "Thời gian hoàn thành việc lập báo cáo kết quả hằng năm"]
)
def test_a_label_of_time_is_as_long_as_it_is(label: str) -> None:
    body = f"1. Sở Y tế:\n- Rà soát danh mục thuốc cho các xã vùng cao.\n- {label}: trước ngày 30 tháng 6 năm 2026.\n"
    plan = plan_of(GIVEN + body)
    (task,) = plan.assignments[0].tasks
    assert task.deadline is not None
    assert plan.dates[task.deadline].value == "2026-06-30"


def test_a_line_of_time_that_names_a_unit_tells_it_something() -> None:
    body = "1. Sở Y tế:\n- Rà soát danh mục thuốc cho các xã.\n- Thời gian thực hiện: Sở Nội vụ hướng dẫn trước ngày 30 tháng 6 năm 2026.\n"
    duties = plan_of(GIVEN + body).assignments
    assert [duty.unit.value for duty in duties] == ["Sở Y tế", "Sở Nội vụ"]


def test_a_charge_may_be_long() -> None:
    """What a person is in charge of is one thing, also past sixty letters."""
    person = "Phó Chủ tịch phụ trách lĩnh vực truyền thông phòng chống thiên tai trường học và cứu trợ"
    assert first(TABLE.replace("Quỹ hỗ trợ nông dân vùng cao", person)).unit.value == person


@pytest.mark.parametrize(
    ("told", "units"),
    [
        ("Yêu cầu Ban giám hiệu phụ nữ dân tộc vùng ven sông lớn", ["Ban giám hiệu"]),  # eight words more are a sentence's
        ("Yêu cầu Ban giám hiệu phụ nữ dân tộc vùng ven sông", ["Ban giám hiệu phụ nữ dân tộc vùng ven sông"]),
        ("Yêu cầu Cơ quan chuyên môn phụ nữ dân tộc", ["Cơ quan chuyên môn"]),  # a name of four words is whole
        ("Đề nghị các cơ quan, chủ hộ", ["các cơ quan", "chủ hộ"]),
        ("Đề nghị các trường, Ban Chấp hành chi bộ", ["các trường", "Ban Chấp hành chi bộ"]),  # the second word is no task
        ("Đề nghị các cơ quan, chủ hộ kinh doanh buôn bán nhỏ lẻ vùng cao", ["các cơ quan", "chủ hộ kinh doanh buôn bán nhỏ lẻ vùng cao"]),
        ("Đề nghị các cơ quan, chủ hộ kinh doanh buôn bán nhỏ lẻ vùng cao biên giới phía bắc", ["các cơ quan"]),
    ],
)
def test_a_name_of_everyday_words_is_as_long_as_names_are(told: str, units: list[str]) -> None:
    plan = plan_of(GIVEN + f"1. {told} xây dựng kế hoạch tiêm chủng.\n")
    assert [duty.unit.value for duty in plan.assignments] == units


def test_a_name_that_no_list_has_is_less_sure_than_one_that_is_listed() -> None:
    plan = plan_of(GIVEN + "1. Đề nghị các cơ quan, chủ hộ xây dựng kế hoạch tiêm chủng.\n")
    assert [duty.unit.certainty for duty in plan.assignments] == [1.0, 0.8]


@pytest.mark.parametrize(("letters", "places"), [(1400, 1), (1600, 2)])
def test_numbers_before_small_letters_are_places_where_a_line_lost_its_ends(letters: int, places: int) -> None:
    """In a paragraph "(1) …; (2) …" are parts of one task."""
    line = "a) Bộ Y tế: (1) trình quy hoạch mạng lưới; (2) chủ trì rà soát các trạm y tế"
    body = f"III. NHIỆM VỤ\n1. Về y tế\n{line}{' kỹ thuật' * ((letters - len(line)) // 9)}.\nb) Bộ Nội vụ rà soát nhân lực.\n"
    duties = parse(HEADS["notice"] + body + TAIL).assignments
    assert sum(len(duty.tasks) for duty in duties if duty.unit.value == "Bộ Y tế") == places


@pytest.mark.parametrize(("task", "told"), [("Phó Trưởng Ban Thường trực", False), ("Phụ trách công tác tuyên truyền", True)])
def test_a_post_in_a_table_of_persons_has_five_words_at_most(task: str, told: bool) -> None:
    rows = f"| TT | Họ và tên | Nhiệm vụ |\n|---|---|---|\n| 1 | Lê Văn Tám | {task} |\n| 2 | Trần Minh | {task} |\n"
    assert bool(plan_of(GIVEN + rows).assignments) is told
