"""Files damaged by chance, for the test and for bench/fuzz_readers.py."""

from __future__ import annotations

import io
import random
import zipfile

from papers import word_file
from pdf_files import PLAN, ruled

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
        file.writestr("xã/a.txt", TEXT)
        file.writestr("b.htm", PAGE)
        file.writestr("word/c.txt", TEXT)
    return out.getvalue()


#: A table over three pages, the second within a row. Nothing in it is packed: what is damaged are the places of letters and lines.
TABLE = ruled(
    ([("TT", "Noi dung cong viec", "Don vi"), ("1", "Ra soat", "So Tu phap"), ("2", "Tap huan cho", "So Noi vu")], True, False),
    ([("", "can bo lam cong tac\nphap che", "")], False, False),
    ([("", "cap xa", ""), ("3", "Kiem tra 15/QD-\nUBND", "Thanh tra")], False, True),
)
KINDS = {"docx": word_file(), "htm": PAGE.encode(), "zip": _zip(), "pdf": PLAN.read_bytes(), "tables.pdf": TABLE, "txt": TEXT.encode()}


def damaged(kind: str, chance: random.Random) -> bytes:
    """A file of a kind, damaged; half of the packed ones inside."""
    data = KINDS[kind]
    return _packed_anew(data, chance) if data.startswith(b"PK") and chance.random() < 0.6 else _mutated(data, chance)


def _packed_anew(data: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        hit = chance.choice([name for name in names if name.endswith((".xml", ".rels", ".txt", ".htm"))])
        for name in names:
            new.writestr(name, _mutated(old.read(name), chance) if name == hit else old.read(name))
    return out.getvalue()


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
