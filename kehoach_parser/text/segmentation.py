"""Words and sentences (tách từ, tách câu) by underthesea's models: which syllables are one word, where a sentence ends.

Not needed to read a plan, but to ask for one and to show what was found: who looks for "cổ động" means the word, not its syllables.
"""

from __future__ import annotations

from kehoach_parser.model import Span


def sentences(text: str) -> tuple[Span, ...]:
    """The spans of the sentences of a text, in order; blanks between them belong to none."""
    from underthesea import sent_tokenize

    spans: list[Span] = []
    at = 0
    for sentence in sent_tokenize(text.encode("utf-8", "replace").decode()):
        start = text.find(str(sentence), at)
        if start >= 0:  # a sentence that the model wrote in another way is none of the text's
            at = start + len(sentence)
            spans.append((start, at))
    return tuple(spans)


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
