"""Files damaged by chance, for the test and for bench/fuzz_readers.py."""

from __future__ import annotations

import io
import random
import re
import zipfile

from old_encodings import tcvn3
from papers import word_file
from pdf_files import FILES, PLAN, ruled
from PIL import Image, ImageDraw

from kehoach_parser import ReadError, parse, read_bytes, unpack

TEXT = "ỦY BAN NHÂN DÂN XÃ AN HẢI\nSố: 12/KH-UBND\n\nKẾ HOẠCH\nTuyên truyền\n\nI. MỤC ĐÍCH\n1. Nâng cao nhận thức.\n"
PAGE = (
    '<html><head><meta charset="utf-8"></head><body><h1>KẾ HOẠCH</h1><ol start="2" type="a"><li>Một<li>Hai<sup>1</sup></ol>'
    '<table><tr><td colspan="2">Việc<td rowspan=2>Ai<tr><td>1<td>2</table><p>Nơi nhận:</body></html>'
)
#: Values that stand where a number or a name is expected.
_ODD = (b"\xc2\xb2", b"-1", b"9" * 400, b"", b"undefined", b"\x00", b"\xff\xfe", b"<", b'"', b"&#0;", b"\xcc\x81" * 50)


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in (("xã/a.txt", TEXT), ("b.htm", PAGE), ("word/c.txt", TEXT)):
            file.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _picture(form: str) -> bytes:
    """Two pages as a scanner brings them; a format without frames has the first alone."""
    pages = [Image.new("L", (600, 300), 255) for _ in range(2)]
    for page in pages:
        ImageDraw.Draw(page).multiline_text((20, 20), "UY BAN NHAN DAN\nSo: 12/KH-UBND\nKE HOACH", fill=20)
    out = io.BytesIO()
    pages[0].save(out, form, **({"save_all": True, "append_images": pages[1:]} if form == "TIFF" else {}))
    return out.getvalue()


#: A table over three pages, the second within a row. Nothing in it is packed: what is damaged are the places of letters and lines.
TABLE = ruled(
    ([("TT", "Noi dung cong viec", "Don vi"), ("1", "Ra soat", "So Tu phap"), ("2", "Tap huan cho", "So Noi vu")], True, False),
    ([("", "can bo lam cong tac\nphap che", "")], False, False),
    ([("", "cap xa", ""), ("3", "Kiem tra 15/QD-\nUBND", "Thanh tra")], False, True),
)
KINDS = {
    "docx": word_file(),
    "htm": PAGE.encode(),
    "zip": _zip(),
    "pdf": PLAN.read_bytes(),
    "tables.pdf": TABLE,
    "txt": TEXT.encode(),
    "utf16.txt": TEXT.encode("utf-16"),
    "abc.txt": tcvn3(TEXT * 4).encode("cp1252"),
    "png": _picture("PNG"),
    "jpg": _picture("JPEG"),
    "tif": _picture("TIFF"),
}
#: Up to how many bytes a piece is put in thirty times.
_LARGEST = 20_000
#: Those that LibreOffice reads: seconds each.
OF_OFFICE = {kind: (FILES / f"plan.{kind}").read_bytes() for kind in ("odt", "rtf", "doc")}
#: What stands between "<" and ">" in a page or a part of a Word file, and what stands in quotes there.
_TAG, _VALUE = re.compile(rb"<[^<>]*>"), re.compile(rb'"[^"<>]*"')


def damaged(kind: str, chance: random.Random) -> bytes:
    """A file of a kind, damaged; half of the packed ones inside."""
    data = KINDS[kind] if kind in KINDS else OF_OFFICE[kind]
    if data.startswith(b"PK") and chance.random() < 0.6:
        return _packed_anew(data, chance)
    return _misbuilt(data, chance) if kind == "htm" and chance.random() < 0.5 else _mutated(data, chance)


def _packed_anew(data: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        hit = chance.choice([name for name in names if name.endswith((".xml", ".rels", ".txt", ".htm"))])
        change = chance.choice((_mutated, _misbuilt))
        for name in names:
            new.writestr(zipfile.ZipInfo(name), change(old.read(name), chance) if name == hit else old.read(name))
    return out.getvalue()


def _misbuilt(data: bytes, chance: random.Random) -> bytes:
    """A page or a part of a Word file that is whole and says what nobody says: odd values, elements left out, twice, within one another."""
    for _ in range(chance.choice((1, 2, 5, 20))):
        tags, values = list(_TAG.finditer(data)), list(_VALUE.finditer(data))
        if not tags:
            break
        here, there = sorted(chance.sample(tags, 2), key=re.Match.start) if len(tags) > 1 else (tags[0], tags[0])
        what = chance.randrange(4)
        if what == 0 and values:
            value = chance.choice(values)
            odd = chance.choice((*_ODD, chance.choice(values).group().strip(b'"'))).translate(None, b'<"\x00\xff\xfe')
            data = data[: value.start()] + b'"' + odd + b'"' + data[value.end() :]
        elif what == 1:
            data = data[: here.start()] + data[there.start() :]
        elif what == 2:
            data = (
                data[: there.end()]
                + data[here.start() : there.end()] * (chance.choice((1, 30)) if len(data) < _LARGEST else 1)
                + data[there.end() :]
            )
        else:
            data = data[: here.start()] + there.group() + data[here.end() : there.start()] + here.group() + data[there.end() :]
    return data


def _mutated(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(out) + 1)
        end = min(len(out), at + chance.choice((1, 2, 8, 60)))
        what = chance.randrange(5)
        if what == 0:
            out[at:end] = chance.randbytes(end - at)
        elif what == 1:
            del out[at:end]
        elif what == 2:
            out[at:at] = out[at:end]
        elif what == 3:
            out[at:end] = chance.choice(_ODD)
        elif chance.random() < 0.2:
            del out[at:]
    return bytes(out)


def outcome(data: bytes, name: str) -> tuple[str, str | None]:
    """How reading ended: "text", or the code of the error (of a zip file of the worst member); and what nobody has foreseen, or None."""
    try:
        members = unpack(data, name)
        if members is None:
            parse(read_bytes(data, name))
            return "text", None
        ends = [("text", None) if isinstance(inner, bytes) else (inner.code, None) for _, inner in members]
        return max(ends, key=lambda end: end[0] != "text", default=("empty", None))
    except ReadError as error:
        return error.code, error.facts.get("reason") if error.code in ("unreadable", "read-error") else None
    except Exception as error:
        return "raised", f"{type(error).__name__}: {error}"
