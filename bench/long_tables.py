"""Are tables that run over many pages read from a PDF as from the Word file?

usage: long_tables.py [PAPER ...]

Invented plans, each one table of duties: with a head that comes back or not, rows cut by the ends of pages or whole, rows longer than a
page, narrow columns that break words, with numbers and without, cells in the middle of their rows. Each is made a PDF three times, as in
made_pdfs.py (what is needed stands there). Printed are, for each, the rows that equal those of the Word file, and what of the plan differs
(header, paths of the nodes, citations, units with their roles). The same plans each time.
"""

from __future__ import annotations

import html
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from made_pdfs import FONT, facts, ways_of

from kehoach_parser import Plan, parse, read_file
from kehoach_parser.text.text import Text

SEED = 7
HEAD = ("TT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn")
LEFT = ("ỦY BAN NHÂN DÂN", "TỈNH AN BÌNH", "Số: 21/KH-UBND")
RIGHT = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "An Bình, ngày 03 tháng 02 năm 2026")
ABOVE = (
    "KẾ HOẠCH",
    "Thực hiện các nhiệm vụ trọng tâm năm 2026",
    "I. MỤC ĐÍCH",
    "Triển khai kịp thời các nhiệm vụ được giao.",
    "II. NHIỆM VỤ",
)
BELOW = ("III. TỔ CHỨC THỰC HIỆN", "1. Giao Sở Tư pháp chủ trì, theo dõi, báo cáo trước ngày 30/6/2026.")
DONE = ("Rà soát, sửa đổi", "Xây dựng, trình ban hành", "Tổ chức tập huấn về", "Kiểm tra việc thực hiện", "Tổng hợp, báo cáo kết quả")
WHAT = (
    "Quyết định số 15/2021/QĐ-UBND ngày 20 tháng 7 năm 2021 về quản lý, sử dụng đất công ích trên địa bàn các xã",
    "quy chế phối hợp giữa các cơ quan trong công tác phòng cháy, chữa cháy; bảo đảm trật tự, an toàn đô thị",
    "Nghị định số 97/2018/NĐ-CP và các văn bản hướng dẫn thi hành",
    "công tác chuyển đổi số. Trong đó ưu tiên số hóa hồ sơ, giấy tờ, kết quả giải quyết thủ tục hành chính còn hiệu lực",
)
LEADS = ("Sở Tư pháp", "Sở Nông nghiệp và Môi trường", "Công an tỉnh", "Văn phòng Ủy ban nhân dân tỉnh", "Sở Khoa học và Công nghệ")
WITH = (
    "Các sở, ban, ngành; Ủy ban nhân dân các xã, phường",
    "Sở Tài chính",
    "",
    "Báo và phát thanh, truyền hình tỉnh; các cơ quan, đơn vị có liên quan",
)
WHEN = ("Quý IV/2026", "31/12/2026", "Tháng 6/2026")
WIDE, NARROW = (1.0, 6.0, 3.0, 3.5, 2.5), (0.9, 2.2, 1.6, 1.3, 1.4)  # centimetres


@dataclass(frozen=True, slots=True)
class Paper:
    """A plan to be made: how many rows, with columns so wide; ``long``: some rows fill a page or more; ``again``: the head comes back;
    ``centred``: cells stand in the middle of their rows, borders apart; ``whole``: Word cuts no row; ``page``: where its number stands."""

    rows: int
    widths: Sequence[float] = WIDE
    numbered: bool = True
    long: bool = False
    again: bool = True
    centred: bool = False
    whole: bool = False
    page: str = "header"


PAPERS = {
    "plain": Paper(30, again=False, page=""),
    "head again": Paper(30),
    "numbers at the foot": Paper(30, centred=True, page="footer"),
    "narrow": Paper(14, NARROW),
    "narrow, centred": Paper(14, NARROW, again=False, centred=True),
    "long rows": Paper(16, long=True, again=False),
    "long rows, narrow": Paper(12, NARROW, long=True),
    "without numbers": Paper(25, numbered=False, long=True),
    "without numbers, narrow": Paper(25, NARROW, numbered=False, again=False),
    "rows not cut": Paper(30, centred=True, whole=True),
}


def invented(paper: Paper, chance: random.Random) -> list[list[str]]:
    """The table, its head first."""
    rows = [[*HEAD]]
    for number in range(paper.rows):
        if paper.numbered and number % 9 == 4:
            rows.append(["I" * (1 + number // 9), f"Nhóm nhiệm vụ về {chance.choice(WHAT).split(';')[0]}", "", "", ""])
            continue
        tasks = chance.randint(5, 26) if paper.long and chance.random() < 0.3 else 1
        said = " ".join(f"{chance.choice(DONE)} {chance.choice(WHAT)}." for _ in range(tasks))
        rows.append([str(number + 1), said, chance.choice(LEADS), chance.choice(WITH), chance.choice(WHEN)])
    return [row[not paper.numbered :] for row in rows]


def write_word(paper: Paper, rows: Sequence[Sequence[str]], path: Path) -> None:
    """The plan as a Word file."""
    document = Document()
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = FONT, Pt(13)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Cm(3), Cm(2), Cm(2), Cm(2)
    if paper.page:
        number_pages(getattr(section, paper.page).paragraphs[0])
    head = document.add_table(1, 2).rows[0].cells
    head[0].text, head[1].text = "\n".join(LEFT), "\n".join(RIGHT)
    for line in ABOVE:
        document.add_paragraph(line)
    table = document.add_table(len(rows), len(rows[0]), "Table Grid")
    table.autofit = False
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text, width in zip(row.cells, texts, paper.widths[-len(texts) :], strict=True):
            cell.text, cell.width = text, Cm(width)
            if paper.centred:
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        if paper.whole:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    if paper.again:
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for line in BELOW:
        document.add_paragraph(line)
    document.save(str(path))


def number_pages(paragraph: object) -> None:
    """Has Word write the page's number in a paragraph."""
    run = paragraph.add_run()._r  # type: ignore[attr-defined]
    for kind in ("begin", "", "end"):
        item = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            item.set(qn("w:fldCharType"), kind)
        else:
            item.text = " PAGE "
        run.append(item)


def write_page(paper: Paper, rows: Sequence[Sequence[str]], path: Path) -> None:
    """The plan as a web page."""
    columns = "".join(f"<td>{'<br>'.join(column)}</td>" for column in (LEFT, RIGHT))
    heads = "".join(
        f"<th style='width:{width}cm'>{html.escape(text)}</th>" for text, width in zip(rows[0], paper.widths[-len(rows[0]) :], strict=True)
    )
    head = f"<thead><tr>{heads}</tr></thead>" if paper.again else f"<tr>{heads}</tr>"
    body = "".join("<tr>" + "".join(f"<td>{html.escape(text)}</td>" for text in row) + "</tr>" for row in rows[1:])
    borders, at = ("separate", "middle") if paper.centred else ("collapse", "top")
    style = f"@page{{size:A4;margin:2cm}}body{{font:13pt '{FONT}'}}td{{vertical-align:{at};overflow-wrap:anywhere}}"
    table = f"<table border=1 style='border-collapse:{borders};table-layout:fixed'>{head}<tbody>{body}</tbody></table>"
    above, below = ("".join(f"<p>{line}</p>" for line in lines) for lines in (ABOVE, BELOW))
    whole = f"<table style='width:100%'><tr>{columns}</tr></table>{above}{table}{below}"
    path.write_text(f"<html><head><meta charset=utf-8><style>{style}</style></head><body>{whole}</body></html>", encoding="utf-8")


def cells_of(plan: Plan, text: Text) -> list[list[str]]:
    """The rows of all tables."""
    return [
        [" ".join(text.content[slice(*cell)].split()) if cell else "" for cell in row.cells] for table in plan.tables for row in table.rows
    ]


def compare(name: str, word: Path, pdf: Path) -> bool:
    """Prints what a PDF has of its Word file; whether that is all."""
    true_text, text = read_file(word), read_file(pdf)
    true, plan = parse(true_text), parse(text)
    rows, read = cells_of(true, true_text), cells_of(plan, text)
    wanted, found = facts(true), facts(plan)
    differs = [key for key, value in wanted.items() if value != found[key]]
    same = sum(row in read for row in rows)
    print(f"   {name}: {len(text.layout)} pages; {same} of {len(rows)} rows, {len(read)} read; differs: {differs}", flush=True)
    return rows == read and not differs


def main(names: Sequence[str]) -> None:
    """Makes all files in a folder and compares them."""
    chance = random.Random(SEED)
    rows_of = {name: invented(paper, chance) for name, paper in PAPERS.items()}
    with tempfile.TemporaryDirectory(prefix="kehoach-bench-") as made:
        folder = Path(made)
        words = {name: folder / f"{name.replace(',', '').replace(' ', '-')}.docx" for name in names or PAPERS}
        for name, word in words.items():
            write_word(PAPERS[name], rows_of[name], word)
            write_page(PAPERS[name], rows_of[name], word.with_suffix(".html"))
        for way, out in ways_of([*words.values()], folder):
            right = sum(compare(name, word, out / f"{word.stem}.pdf") for name, word in words.items())
            print(f"{way}: {right} of {len(words)} plans as their Word files", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
