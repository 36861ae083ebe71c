"""Who carries a document out, and who does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from archive import Archive, cascade, gaps, graph
from archive.ask import cascade_trees
from archive.common.carrying import carried_in
from archive.common.levels import level_of, organ_key
from archive.errors import UnknownDocument
from archive.store.changes import project_again
from archive.store.tables import CitationRow, ResolutionRow
from tests.archive.papers import BASIS, CENTRE, COMMUNE, OLDER, PROVINCE, RESOLUTION, keep, paper


def add_plans(archive: Archive) -> None:
    """1 centre, 2 province, 3 commune, 4 a plan on the basis of the resolution, 5 an older one."""
    for number, content in enumerate((CENTRE, PROVINCE, COMMUNE, BASIS, OLDER), start=1):
        assert keep(archive, f"{number}.txt", content) == number


@pytest.fixture
def plans(filled: Callable[..., Archive]) -> Archive:
    return filled(add_plans)


def test_a_cascade_goes_from_the_centre_to_the_commune(plans: Archive) -> None:
    (found,) = cascade(plans, "57-NQ/TW").cascades
    assert (found.root.symbol, found.root.date, found.level) == ("57-NQ/TW", "2024-12-22", "central")
    assert [(step.depth, step.node.symbol, step.level, step.stated, step.delay, step.total) for step in found.steps] == [
        (1, "71/NQ-CP", "central", "subject", 100, 100),
        # Not in the archive: its title, as the province quotes it, says what it carries out.
        (1, "10-CTr/TU", "province", "title", 112, 112),
        # Of two that it carries out the later is the nearer.
        (2, "552/KH-UBND", "province", "preamble", 38, 150),
        (3, "35/KH-UBND", "commune", "preamble", 30, 180),
    ]
    centre, programme, province, commune = found.steps
    assert (province.parent, commune.parent, programme.parent) == (programme.node.id, province.node.id, found.root.id)
    assert province.also == (centre.node.id,), "what it carries out besides"
    assert (programme.node.in_archive, programme.evidence.document.id) == (False, 2)
    assert "Thực hiện Kế hoạch số 552/KH-UBND" in commune.evidence.sentence.text


def test_the_levels_of_a_cascade_are_summed_up(plans: Archive) -> None:
    (found,) = cascade(plans, "57-NQ/TW").cascades
    assert [(one.level, one.documents, one.first, one.last, one.least, one.median, one.most) for one in found.levels] == [
        ("central", 1, "2025-04-01", "2025-04-01", 100, 100, 100),
        ("province", 2, "2025-04-13", "2025-05-21", 112, 112, 150),
        ("commune", 1, "2025-06-20", "2025-06-20", 180, 180, 180),
    ]


def test_a_plan_of_the_archive_is_a_root_by_symbol_and_by_number(plans: Archive) -> None:
    for reference in ("552/KH-UBND", "2", "Kế hoạch số 552/KH-UBND", "2.txt"):
        (found,) = cascade(plans, reference).cascades
        assert (found.root.document_id, [step.node.document_id for step in found.steps]) == (2, [3])


def test_a_choice_of_year_or_term(plans: Archive) -> None:
    assert len(cascade(plans, "57-NQ/TW@2024").cascades) == len(cascade(plans, "57-NQ/TW@XIII").cascades) == 1
    assert cascade(plans, "57-NQ/TW@2019").cascades == ()
    assert cascade(plans, "98-NQ/TW").cascades == ()


def test_two_resolutions_of_one_symbol_have_trees_of_their_own(archive: Archive) -> None:
    for year, date in (("2017", "25/10/2017"), ("2022", "16/6/2022")):
        line = f"Thực hiện Nghị quyết số 18-NQ/TW ngày {date} của Ban Chấp hành Trung ương, Ủy ban nhân dân xã ban hành Kế hoạch như sau:"
        keep(archive, year, paper("ỦY BAN NHÂN DÂN XÃ TÂN MINH", f"1{year}/KH-UBND", "Tân Minh", "1/3/2023", "KẾ HOẠCH", "Thực hiện", line))
    found = cascade(archive, "18-NQ/TW").cascades
    assert [(one.root.date, [step.node.document_id for step in one.steps]) for one in found] == [("2017-10-25", [1]), ("2022-06-16", [2])]
    assert [(one.root.date, one.organs[0].status) for one in gaps(archive, "18-NQ/TW@XII").gaps] == [("2017-10-25", "direct")]


def test_what_is_said_in_the_body_can_be_left_out(archive: Archive) -> None:
    body = ("Ủy ban nhân dân xã ban hành Kế hoạch như sau:", "I. NHIỆM VỤ", f"1. Tiếp tục thực hiện {RESOLUTION}.")
    keep(archive, "body", paper("ỦY BAN NHÂN DÂN XÃ TÂN MINH", "9/KH-UBND", "Tân Minh", "1/3/2025", "KẾ HOẠCH", "Công tác năm 2025", *body))
    (found,) = cascade(archive, "57-NQ/TW").cascades
    assert [step.stated for step in found.steps] == ["body"]
    (found,) = cascade(archive, "57-NQ/TW", stated=True).cascades
    assert found.steps == ()


def add_several(archive: Archive) -> None:
    """1 the centre's; 2 to 6 communes' plans that carry it or the resolution out, or both."""
    keep(archive, "centre", CENTRE)
    centre = "Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Chính phủ"
    for number, (date, subject, preamble, task) in enumerate(
        (
            ("5/6/2025", "Công tác", f"Thực hiện {RESOLUTION} và {centre};", ""),
            ("4/6/2025", "Công tác", f"Thực hiện {RESOLUTION};", f"1. Tiếp tục thực hiện {centre}."),
            ("3/6/2025", f"Thực hiện {RESOLUTION}", f"Thực hiện {centre};", ""),
            ("3/6/2025", "Công tác", f"Thực hiện {RESOLUTION};", ""),
            ("2/6/2025", "Công tác", "", f"1. Tiếp tục thực hiện {RESOLUTION} và {centre}."),
        ),
        start=2,
    ):
        body = (preamble, "Ủy ban nhân dân xã ban hành Kế hoạch như sau:", "I. NHIỆM VỤ", task)
        keep(archive, str(number), paper("ỦY BAN NHÂN DÂN XÃ TÂN MINH", f"{number}/KH-UBND", "Tân Minh", date, "KẾ HOẠCH", subject, *body))


@pytest.fixture
def several(filled: Callable[..., Archive]) -> Archive:
    return filled(add_several)


def _steps(archive: Archive, *, stated: bool = False) -> list[tuple[int, int | None, str, int]]:
    (found,) = cascade(archive, "57-NQ/TW", stated=stated).cascades
    return [(step.depth, step.node.document_id, step.stated, len(step.also)) for step in found.steps]


def test_a_plan_stands_under_the_deepest_of_what_it_carries_out(several: Archive) -> None:
    """What its body says goes behind what subject and preamble say."""
    assert _steps(several) == [
        (1, 1, "subject", 0),
        (2, 6, "body", 1),
        (2, 4, "preamble", 1),
        (2, 2, "preamble", 1),
        (1, 5, "preamble", 0),
        (1, 3, "preamble", 1),
    ]
    assert _steps(several, stated=True) == [
        (1, 1, "subject", 0),
        (2, 4, "preamble", 1),
        (2, 2, "preamble", 1),
        (1, 5, "preamble", 0),
        (1, 3, "preamble", 0),
    ]
    (found,) = cascade(several, "57-NQ/TW", limit=1).cascades
    assert (len(found.steps), found.total) == (1, 6)
    assert [(one.level, one.documents, one.first, one.last, one.least, one.median, one.most) for one in found.levels] == [
        ("central", 1, "2025-04-01", "2025-04-01", 100, 100, 100),
        ("commune", 5, "2025-06-02", "2025-06-05", 162, 163, 165),
    ]


def test_of_many_plans_a_few_are_read_at_a_time(several: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = cascade(several, "57-NQ/TW")
    monkeypatch.setattr(cascade_trees, "MANY", 1)
    assert cascade(several, "57-NQ/TW") == whole


def test_rows_that_are_made_anew_tell_it_too(several: Archive) -> None:
    whole = cascade(several, "57-NQ/TW")
    with several.engine.begin() as connection:
        connection.execute(update(ResolutionRow).values(stated=None))
    assert cascade(several, "57-NQ/TW") != whole
    for version_id in range(1, 7):
        project_again(several, version_id)
    assert cascade(several, "57-NQ/TW") == whole


@pytest.mark.parametrize(
    ("line", "carries"),
    [
        ("Căn cứ Luật Đất đai đã được sửa đổi, bổ sung theo Nghị quyết số 57-NQ/TW ngày 22/12/2024;", False),
        ("Theo đề nghị của Sở Nội vụ, tiếp tục thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024;", True),
        ("Việc chuyển đổi số được thực hiện theo Nghị quyết số 57-NQ/TW ngày 22/12/2024;", True),
        ("Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024;", False),
    ],
)
def test_what_something_goes_by_is_not_carried_out(archive: Archive, line: str, carries: bool) -> None:
    keep(archive, "1", paper("ỦY BAN NHÂN DÂN XÃ TÂN MINH", "9/KH-UBND", "Tân Minh", "1/3/2025", "KẾ HOẠCH", "Công tác", line))
    (found,) = cascade(archive, "57-NQ/TW").cascades
    assert bool(found.steps) == carries


def cited_rows(archive: Archive, version: int) -> list[dict[str, Any]]:
    """The citations of a version as their rows have them."""
    query = select(*CitationRow.__table__.columns).where(CitationRow.version_id == version).order_by(CitationRow.ordinal)
    with archive.engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(query)]


@pytest.mark.parametrize(("between", "by_the_way"), [(60, True), (75, False)])
def test_what_something_goes_by_is_said_within_seventy_letters(plans: Archive, between: int, by_the_way: bool) -> None:
    """Farther before the mention "theo" is said of something else."""
    row = next(row for row in cited_rows(plans, 2) if row["carries"] is not None)
    said = f"Báo cáo theo {'x' * (between - 6)} "
    moved = {**row, "sentence": f"{said}Nghị quyết số 57-NQ/TW", "sentence_start": len(said)}
    assert (carried_in([moved]) == [None]) is by_the_way


@pytest.mark.parametrize(("before", "inside"), [(0, True), (119, True), (121, False)])
def test_a_title_begins_within_a_hundred_and_twenty_code_points_of_its_citation(plans: Archive, before: int, inside: bool) -> None:
    """Organ and "về việc" stand between; what is cited farther on is no part of the title, though it be the same words."""
    rows = cited_rows(plans, 2)
    outer = next(row for row in rows if row["symbol"] == "10-CTr/TU")
    inner = next(row for row in rows if row["carries"] == [outer["ordinal"]])
    start = outer["end"] + len(outer["title"]) + before
    moved = {**inner, "start": start, "end": start + len(inner["raw"])}
    assert carried_in([outer, moved])[1] == ([outer["ordinal"]] if inside else [])


def test_two_that_carry_each_other_out_are_no_endless_tree(archive: Archive) -> None:
    for own, other, date in (("1/KH-UBND", "2/KH-UBND ngày 02/3/2025", "1/3/2025"), ("2/KH-UBND", "1/KH-UBND ngày 01/3/2025", "2/3/2025")):
        line = f"Thực hiện {RESOLUTION}; thực hiện Kế hoạch số {other} của Ủy ban nhân dân xã Tân Minh;"
        keep(archive, own, paper("ỦY BAN NHÂN DÂN XÃ TÂN MINH", own, "Tân Minh", date, "KẾ HOẠCH", "Công tác", line))
    (found,) = cascade(archive, "57-NQ/TW").cascades
    assert [(step.depth, step.node.symbol) for step in found.steps] == [(1, "1/KH-UBND"), (2, "2/KH-UBND")]


def test_gaps_tell_who_has_a_plan_and_how(plans: Archive) -> None:
    (found,) = gaps(plans, "57-NQ/TW").gaps
    assert [(one.level, one.organ, one.status, one.by.symbol if one.by else None) for one in found.organs] == [
        ("province", "ỦY BAN NHÂN DÂN TỈNH BẮC NINH", "none", None),
        ("commune", "ỦY BAN NHÂN DÂN XÃ THANH SƠN", "none", None),
        ("central", "CHÍNH PHỦ", "direct", "71/NQ-CP"),
        ("province", "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN", "cascade", "552/KH-UBND"),
        ("commune", "ỦY BAN NHÂN DÂN XÃ TÂN MINH", "cascade", "35/KH-UBND"),
    ]
    by_organ = {one.organ: one for one in found.organs}
    assert [node.symbol for node in by_organ["ỦY BAN NHÂN DÂN XÃ TÂN MINH"].through] == ["552/KH-UBND", "10-CTr/TU"]
    near = by_organ["ỦY BAN NHÂN DÂN TỈNH BẮC NINH"].nearest
    assert near is not None
    assert (near.document.id, near.relation) == (4, "basis")
    assert by_organ["ỦY BAN NHÂN DÂN XÃ THANH SƠN"].last == "2024-02-05"


def test_gaps_at_a_level_and_a_place(plans: Archive) -> None:
    (found,) = gaps(plans, "57-NQ/TW", level="commune").gaps
    assert {one.organ for one in found.organs} == {"ỦY BAN NHÂN DÂN XÃ THANH SƠN", "ỦY BAN NHÂN DÂN XÃ TÂN MINH"}
    (found,) = gaps(plans, "57-NQ/TW", place="bac ninh").gaps
    assert [one.organ for one in found.organs] == ["ỦY BAN NHÂN DÂN TỈNH BẮC NINH"]


def test_a_ministry_has_no_gap_for_the_plan_of_a_province(plans: Archive) -> None:
    (found,) = gaps(plans, "552/KH-UBND").gaps
    assert "CHÍNH PHỦ" not in {one.organ for one in found.organs}
    assert "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN" not in {one.organ for one in found.organs}, "who issued it need not carry it out"


def test_a_graph_around_a_law_by_its_name(archive: Archive) -> None:
    line = "Căn cứ Luật Việc làm; Căn cứ Luật Đất đai; Ủy ban nhân dân xã ban hành Kế hoạch như sau:"
    keep(archive, "1", paper("ỦY BAN NHÂN DÂN XÃ TÂN MINH", "9/KH-UBND", "Tân Minh", "1/3/2025", "KẾ HOẠCH", "Công tác", line))
    near = graph(archive, around="luat viec lam")
    assert {node.title for node in near.nodes if not node.in_archive} == {"Việc làm"}
    assert len(near.centres) == 1
    with pytest.raises(UnknownDocument):
        graph(archive, around="Luật Thủy sản")


@pytest.mark.parametrize(
    ("organ", "parent", "symbol", "level"),
    [
        ("Bộ Chính trị", None, "57-NQ/TW", "central"),
        ("BAN TỔ CHỨC", "BAN CHẤP HÀNH TRUNG ƯƠNG", "45-HD/BTCTW", "central"),
        ("VĂN PHÒNG CHÍNH", None, "631/TB-VPCP", "central"),
        ("ĐẢNG ỦY PHƯỜNG KIẾN AN", "ĐẢNG BỘ TP HẢI PHÒNG", "35-KH/ĐU", "commune"),
        ("SỞ VĂN HÓA VÀ THỂ THAO", "UBND THÀNH PHỐ HÀ NỘI", "1/KH-SVHTT", "province"),
        ("Ban Tuyên giáo Thành ủy", None, "140-HD/BTGTU", "province"),
        ("Huyện ủy", None, "12-KH/HU", "district"),
        ("Quân ủy Trung ương", None, "1-NQ/QUTW", "central"),
        ("CỤC HẢI QUAN", "BỘ TÀI CHÍNH", "1/CHQ-GSQL", "central"),
        ("Bảo hiểm xã hội Việt Nam", None, "1/QĐ-BHXH", "central"),
        ("UBND xã Tân Minh, tỉnh Nghệ An", None, None, "commune"),
        (None, None, "7-KH/TU", "province"),
        ("Hội Người cao tuổi", None, None, None),
        ("Hội Nông dân Việt Nam", None, None, "central"),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam", None, None, None),
        ("Bộ Chỉ huy quân sự", None, None, None),
        ("Hợp tác xã Cơ quan Phương án", None, None, None),
    ],
)
def test_level_of_an_organ(organ: str | None, parent: str | None, symbol: str | None, level: str | None) -> None:
    assert level_of(organ, parent, symbol) == level


def test_one_organ_by_several_names() -> None:
    names = (
        "UBND tỉnh Nghệ An",
        "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN",
        "CHỦ TỊCH UỶ BAN NHÂN DÂN TỈNH NGHỆ AN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    )
    assert len({organ_key(name, None, "Nghệ An") for name in names}) == 1
    assert organ_key("Đảng ủy phường", None, "Kiến An") != organ_key("Đảng ủy phường", None, "An Biên")
