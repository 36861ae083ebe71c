"""What the reader did to a file, said in the plan: a text converted from TCVN3, or without a page, is not what lies on disk."""

from __future__ import annotations

from collections.abc import Iterator

from kehoach_parser.model import Warning
from kehoach_parser.text.text import Text

_WHY = {"time": "quá thời gian", "memory": "quá bộ nhớ", "crash": "trang hỏng", "language": "không có chữ tiếng Việt"}


def note_warnings(source: Text) -> Iterator[Warning]:
    """The reader's notes as warnings; notes that say nothing about the text itself ("converted:odt") give none."""
    for span in source.unsure:
        yield Warning("unsure-line", "Dòng nhận dạng không chắc (con dấu, chữ ký, chữ viết tay hoặc chữ mờ)", span)
    for note in source.notes:
        code, _, fact = note.partition(":")
        if code == "encoding":
            yield Warning("converted-encoding", f"Tệp dùng bảng mã cũ ({fact}), đã chuyển sang Unicode", (0, 0))
        elif code == "unread-page":
            number, _, why = fact.partition(":")
            start = _start(source, number)
            yield Warning("unread-page", f"Không đọc được trang {number} ({_WHY.get(why, why)})", (start, start))
        elif code == "split-page":
            start = _start(source, fact)
            yield Warning("split-page", f"Chữ của trang {fact} bị tách rời; trang được đọc bằng nhận dạng chữ (OCR)", (start, start))
        elif code == "macros":
            yield Warning("macros", "Tệp có chứa macro, không được chạy", (0, 0))
        elif code == "scripts":
            yield Warning("scripts", "Tệp PDF có chứa JavaScript, không được chạy", (0, 0))
        elif code == "attachments":
            yield Warning("attachments", f"Tệp PDF có {fact} tệp đính kèm, không được đọc", (0, 0))
        elif code == "tracked-changes":
            yield Warning("tracked-changes", f"Văn bản còn {fact} chỗ sửa đổi đang theo dõi; đọc theo bản đã chấp nhận sửa đổi", (0, 0))


def _start(source: Text, page: str) -> int:
    return source.pages[int(page) - 1] if 0 < int(page) <= len(source.pages) else 0
