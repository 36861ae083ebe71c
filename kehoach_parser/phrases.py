"""Known phrases of the page in clean and damaged print: folded words first, skeleton keys where OCR has bent them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from kehoach_parser.fold import fold, skeleton

#: Type names as they stand alone on a line above the subject (399-QĐ/TW list; Nghị định 30/2020/NĐ-CP, Phụ lục III).
TYPE_NAMES = (
    "Kế hoạch",
    "Hướng dẫn",
    "Chương trình hành động",
    "Chương trình công tác",
    "Chương trình",
    "Quyết định",
    "Nghị quyết",
    "Chỉ thị",
    "Kết luận",
    "Thông báo",
    "Thông tri",
    "Thông tư",
    "Nghị định",
    "Quy định",
    "Quy chế",
    "Báo cáo",
    "Biên bản",
    "Tờ trình",
    "Đề án",
    "Phương án",
    "Dự án",
    "Quy hoạch",
    "Công điện",
    "Đề cương",
)
PARTY_LINE = "Đảng Cộng sản Việt Nam"
STATE_LINE = "Cộng hòa xã hội chủ nghĩa Việt Nam"
MOTTO = "Độc lập Tự do Hạnh phúc"
RECIPIENTS = "Nơi nhận"


@lru_cache(maxsize=4096)
def _keys(phrase: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = tuple(fold(phrase).split())
    return words, tuple(skeleton(word) for word in words)


def starts_with(words: Sequence[str], phrase: str) -> bool:
    """Whether folded words begin with the phrase. A bent word counts by its skeleton, but never all of a phrase of one word."""
    return matches_at(words, 0, phrase)


def matches_at(words: Sequence[str], at: int, phrase: str) -> bool:
    """Whether the phrase stands at a place in a list of folded words: same words, or same skeletons with at least one word exact.

    Phrases of three syllables and more may be bent in every word; the skeleton alone is too weak for shorter ones.
    """
    folded, keys = _keys(phrase)
    if at + len(folded) > len(words):
        return False
    exact = 0
    for offset, (word, key) in enumerate(zip(folded, keys, strict=True)):
        found = words[at + offset]
        if found == word:
            exact += 1
        elif skeleton(found) != key or (key in ("*", "p*") and len(found) > 3):
            return False
    return exact > 0 or len(folded) >= 3


def same(words: Sequence[str], phrase: str) -> bool:
    """Whether the words are the phrase and nothing else."""
    return len(words) == len(_keys(phrase)[0]) and matches_at(words, 0, phrase)


def find(words: Sequence[str], phrase: str) -> int:
    """Where the phrase stands in the words, -1 where it does not."""
    for at in range(len(words) - len(_keys(phrase)[0]) + 1):
        if matches_at(words, at, phrase):
            return at
    return -1


def type_name(words: Sequence[str]) -> str | None:
    """The document type that the words name and nothing else, or None. "QUYET BINH" is Quyết định."""
    return next((name for name in TYPE_NAMES if same(words, name)), None)
