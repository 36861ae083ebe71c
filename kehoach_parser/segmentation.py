"""Word segmentation (tách từ): which syllables of a Vietnamese text are one word, by underthesea's model.

Not needed to read a plan, but to ask for one: who looks for "cổ động" means the word, not its syllables.
"""

from __future__ import annotations


def segment(text: str) -> tuple[str, ...]:
    """The words of a text in order, the syllables of a compound with blanks between; marks of punctuation are words of their own.

    Lines are segmented one by one: the model would join words over a line end. The model may write a syllable in another way than the text
    does (hoà as hòa), so a word is found again by counting syllables, not by its letters.
    """
    # Half a second to import, and only questions about words need it.
    from underthesea import word_tokenize

    # What is no text (half of a surrogate pair, out of the command line) is a question mark to the model, which takes UTF-8 alone.
    lines = text.encode("utf-8", "replace").decode().splitlines()
    # Never with fixed_words: they would hold for every later call too.
    return tuple(str(word) for line in lines for word in word_tokenize(line))
