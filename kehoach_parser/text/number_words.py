"""Ordinals in words, and letters that count."""

#: Điểm a), b) … in the Vietnamese alphabet.
ALPHABET = "abcdđeghiklmnopqrstuvxy"
_WORDS = ("nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi")
#: "thứ nhất", "thứ tư" on folded text, up to ten.
ORDINALS = {word: number for number, word in enumerate(_WORDS, start=1)}
