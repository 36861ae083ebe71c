"""Letters that Tesseract's Vietnamese model is known to take for others, put right where nothing else can be meant.

Every repair keeps what was read (`Word.printed`) and is listed. What needs a model of the language is not done here.

- Ð (Icelandic, U+00D0) is Đ (U+0110): they look the same, and only one of them is a letter of Vietnamese.
- XIII is read XII, XI, XIH, XIHI: the strokes are counted by the width of the word, measured with the other words of its line.
- The mark of a footnote is read "!" or a quotation mark: where a page has as many marks in its text as notes at its foot, they belong
  together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from kehoach_parser.readers.compose import ReadPage
from kehoach_parser.readers.words import Word
from kehoach_parser.text.fold import fold
from kehoach_parser.text.phrases import opens_note

_ICELANDIC = str.maketrans({"Ð": "Đ", "ð": "đ"})
#: Advance widths of Times, in thousandths of its size, for the letters a to z and A to Z (Decree 30/2020 asks for this font).
_SMALL = (444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444)
_LARGE = (722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611)
_DIGIT, _STROKE, _SIGN, _SMALL_STROKE, _BRACKETS = 500, 333, 180, 278, 650
#: A numeral that ends in strokes, and what strokes are read as. "1" and "l" alone are no numeral.
_NUMERAL = re.compile(r"([(“\"]?)(X{0,3}V?)([IHL1l|]{1,5})([.,;:)”\"/-]*)")
_SMALL_NUMERAL = re.compile(r"\(([iïíìlI|¡1]*[iïíìl|¡][iïíìlI|¡1]*)\)([.,;:]?)")
#: The size of the line is known from so many words; a count of strokes has to be nearer than this, in strokes, to be believed.
_LEAST_WORDS, _CLOSE = 3, 0.33
_LEVEL = 0.3  # of the height of a line
_MARK_IN_TEXT = re.compile(r"(.*[^\W\d_][)”\"]?)([!°*’'”“%\"]{1,4})([.,;:]?)")
_MARK_OF_NOTE = re.compile(r"[!°*’'”“]{1,2}|\d")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
#: Notes stand in this part of the page, in letters this much smaller than the text.
_FOOT, _SMALLER = 0.5, 0.93


def repair(pages: Sequence[ReadPage]) -> tuple[ReadPage, ...]:
    """The pages with their words repaired; pages that were not read by OCR as they are."""
    noted = 0
    out = []
    for page in pages:
        if page.origin == "ocr":
            words = [_with(word, word.text.translate(_ICELANDIC), "ocr-letters") for word in page.words]
            words, noted = _footnotes(_numerals(words), page.height, noted)
            page = replace(page, words=tuple(words))
        out.append(page)
    return tuple(out)


def _with(word: Word, text: str, why: str) -> Word:
    if text == word.text:
        return word
    return replace(word, text=text, printed=word.printed or word.text, why=why)


def _lines(words: Sequence[Word]) -> list[list[int]]:
    """The words that follow one another on one base line, by their places in the list."""
    lines: list[list[int]] = []
    for at, word in enumerate(words):
        before = words[at - 1].box if at else None
        if before and abs(word.box[3] - before[3]) < _LEVEL * (before[3] - before[1]) and word.box[0] > before[0]:
            lines[-1].append(at)
        else:
            lines.append([at])
    return lines


def _numerals(words: Sequence[Word]) -> list[Word]:
    out = list(words)
    for line in _lines(words):
        sizes = [
            _width(word) / expected
            for at in line
            if (word := words[at]).text.isalpha()
            and len(word.text) > 2
            and not _NUMERAL.fullmatch(word.text)
            and (expected := _expected(word.text))
        ]
        if len(sizes) < _LEAST_WORDS:
            continue
        size = median(sizes)
        for at in line:
            if meant := _meant(words[at], size):
                out[at] = _with(out[at], meant, "roman-numeral")
    return out


def _meant(word: Word, size: float) -> str | None:
    """The numeral that a word of this width is, in letters of this size; None where it is none or its strokes cannot be counted."""
    if numeral := _NUMERAL.fullmatch(word.text):
        if not numeral[2] and "I" not in numeral[3]:  # "L," is a letter
            return None
        count = _strokes(word, size, _expected(numeral[1] + numeral[2] + numeral[4]), _STROKE)
        return f"{numeral[1]}{numeral[2]}{'I' * count}{numeral[4]}" if count else None
    if numeral := _SMALL_NUMERAL.fullmatch(word.text):
        count = _strokes(word, size, _BRACKETS + _expected(numeral[2]), _SMALL_STROKE)
        return f"({'i' * count}){numeral[2]}" if count else None
    return None


def _strokes(word: Word, size: float, rest: float, stroke: float) -> int | None:
    strokes = (_width(word) / size - rest) / stroke
    count = round(strokes)
    return count if 1 <= count <= 3 and abs(strokes - count) < _CLOSE else None


def _width(word: Word) -> float:
    place = word.place or word.box
    return place[2] - place[0]


def _expected(text: str) -> float:
    """How wide a word is in Times, in thousandths of the size of the letters."""
    width = 0.0
    for char, plain in zip(text, fold(text), strict=True):
        if "a" <= plain <= "z":
            width += (_LARGE if char.isupper() else _SMALL)[ord(plain) - ord("a")]
        else:
            width += _DIGIT if plain.isdigit() else _SIGN
    return width


def _footnotes(words: list[Word], height: float, noted: int) -> tuple[list[Word], int]:
    """Marks in the text and before the notes at the foot of the page, counted on; ``noted`` is the number of notes on the pages before."""
    size = median([word.box[3] - word.box[1] for word in words]) if words else 0.0
    notes = [line[0] for line in _lines(words) if _is_note(words, line, height, size)]
    if not notes:
        return words, noted
    marks = [at for at in range(notes[0]) if _MARK_IN_TEXT.fullmatch(words[at].text) or words[at].text[-1:] in _RAISED]
    if len(marks) != len(notes):
        return words, noted
    out = list(words)
    for number, (mark, note) in enumerate(zip(marks, notes, strict=True), start=noted + 1):
        raised = "".join(_RAISED[int(digit)] for digit in str(number))
        if found := _MARK_IN_TEXT.fullmatch(words[mark].text):
            out[mark] = _with(out[mark], f"{found[1]}{raised}{found[3]}", "footnote-mark")
        opened = _MARK_OF_NOTE.match(words[note].text)
        out[note] = _with(out[note], raised + words[note].text[opened.end() if opened else 0 :], "footnote-mark")
    return out, noted + len(notes)


def _is_note(words: Sequence[Word], line: Sequence[int], height: float, size: float) -> bool:
    first = words[line[0]]
    opened = _MARK_OF_NOTE.match(first.text)
    if opened is None or first.box[3] < _FOOT * height or median([words[at].box[3] - words[at].box[1] for at in line]) > _SMALLER * size:
        return False
    return opens_note(fold(" ".join([first.text[opened.end() :], *(words[at].text for at in line[1:4])]).strip()))
