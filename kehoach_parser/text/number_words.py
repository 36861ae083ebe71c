"""Ordinals in words, and letters that count."""

#: Điểm a), b) … in the Vietnamese alphabet.
ALPHABET = "abcdđeghiklmnopqrstuvxy"
#: "thứ nhất", "thứ tư" on folded text, up to ten.
ORDINALS = {"nhat": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
