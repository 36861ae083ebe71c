"""What offices really have is within the limits of `kehoach_parser.readers.limits`: a case for each that half of it would refuse."""

from __future__ import annotations

import pytest
from test_zip_files import packed_as

from kehoach_parser.errors import TooLarge
from kehoach_parser.readers import limits
from kehoach_parser.readers.zips import open_office, open_zip

MB = 2**20


@pytest.mark.parametrize(
    ("what", "size", "limit"),
    [
        ("a plan with its annexes, 200 pages scanned in colour at 1 MB", 200 * MB, limits.FILE_BYTES),
        ("the estimates of a province, bound and scanned as one file: pages", 2_000, limits.PAGES),
        ("the map of a master plan, A2 scanned at 600 dpi: pixels", 9_921 * 14_031, limits.PIXELS),
        ("the same drawn at 300 dpi", 4_961 * 7_016, limits.DRAWN_PIXELS),
        ("2,000 pages of text at 2,000 letters", 4_000_000, limits.TEXT_LETTERS),
        ("eight such scans in one bundle, unpacked", 8 * 200 * MB, limits.UNPACKED_BYTES),
    ],
)
def test_what_offices_have_is_below(what: str, size: int, limit: int) -> None:
    assert size <= limit, what


def test_the_papers_of_a_year_are_one_bundle() -> None:
    assert len(open_zip(packed_as({f"{number}.txt": b"x" for number in range(4_000)}), "zip", "năm.zip").namelist()) == 4_000


#: A cell of a form as Word writes it.
CELL = (
    '<w:tc><w:tcPr><w:tcW w:w="1200" w:type="dxa"/></w:tcPr><w:p w:rsidR="00A77427" w:rsidRDefault="007F1D13"><w:pPr><w:jc w:val="center"/>'
    '<w:rPr><w:sz w:val="26"/></w:rPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p></w:tc>'
)


@pytest.mark.parametrize(("cells", "rows", "taken"), [(6, 1_500, True), (600, 14, False), (600, 7, True)])
def test_forms_pack_well_and_bombs_better(cells: int, rows: int, taken: bool) -> None:
    """An empty form packs to a 170th, a table of 600 empty columns to a 240th; of one below a megabyte no ratio is asked."""
    form = "".join(f"<w:tr>{CELL.format(number)}{CELL.format('') * (cells - 1)}</w:tr>" for number in range(rows))
    data = packed_as({"word/document.xml": form.encode()})
    if taken:
        open_office(data, "docx", "mau.docx")
    else:
        with pytest.raises(TooLarge):
            open_office(data, "docx", "mau.docx")
