"""Encoders of old Vietnamese encodings, made for the tests by other means than the tables of the reader.

TCVN3 is typed here as two rows of letters; VNI is made by the rule behind it, from the decomposition of each letter.
"""

from __future__ import annotations

import unicodedata

_LETTERS = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđĂÂÊÔƠƯĐ"
_TCVN3 = "µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ¨©ª«¬\xad®¡¢£¤¥¦§"


def tcvn3(text: str) -> str:
    """As a typist with ABC fonts leaves it, read as Windows-1252: capitals with a tone mark fall to small letters."""
    table = dict(zip(_LETTERS, _TCVN3, strict=True))
    out = []
    for char in text.replace("¹", "1"):  # a raised digit is a matter of the font there
        if char not in table and char.lower() in table:
            char = char.lower()
        out.append(table.get(char, char))
    return "".join(out)


_PLAIN = dict(zip("\u0301\u0300\u0309\u0303\u0323", "ùøûõï", strict=True))
_ROOF = dict(zip("\u0301\u0300\u0309\u0303\u0323", "áàåãä", strict=True))
_BREVE = dict(zip("\u0301\u0300\u0309\u0303\u0323", "éèúüë", strict=True))
_OF_I = dict(zip("\u0301\u0300\u0309\u0303\u0323", "íìæóò", strict=True))


def vni(text: str) -> str:
    """VNI-Windows read as Windows-1252; marks take the case of their letter."""
    return "".join(_vni_letter(char) for char in text)


def _vni_letter(char: str) -> str:
    if char.lower() == "đ":
        return "ñ" if char == "đ" else "Ñ"
    base, *marks = unicodedata.normalize("NFD", char)
    tone = next((mark for mark in marks if mark in _PLAIN), None)
    low = base.lower()
    if low not in "aeiouy" or not marks:
        return char
    if low == "i":
        out = _OF_I[tone or ""]
    elif low == "y" and tone == "\u0323":
        out = "î"
    elif "\u0302" in marks:
        out = low + (_ROOF[tone] if tone else "â")
    elif "\u0306" in marks:
        out = low + (_BREVE[tone] if tone else "ê")
    else:
        horned = {"o": "ô", "u": "ö"}[low] if "\u031b" in marks else low
        out = horned + (_PLAIN[tone] if tone else "")
    return out if base.islower() else out.upper()


def windows_1258(text: str) -> bytes:
    """Letters of the code page as they are, every other one as a letter with a combining tone."""
    out = bytearray()
    for char in text:
        try:
            out += char.encode("windows-1258")
        except UnicodeEncodeError:
            tones = [mark for mark in unicodedata.normalize("NFD", char) if mark in _PLAIN]
            rest = unicodedata.normalize("NFC", "".join(mark for mark in unicodedata.normalize("NFD", char) if mark not in _PLAIN))
            out += (rest + "".join(tones)).encode("windows-1258")
    return bytes(out)
