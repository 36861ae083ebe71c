"""The templates, and what they write: every value is escaped, and no sign that only changes how others are shown gets through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from types import FunctionType, MethodType
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from archive import values
from archive.web.seen import seen_duty

#: Control characters (but for tab and line ends), and the signs that turn the direction of what follows: in a title they could make one
#: document look like another.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")


def visible(value: Any) -> Any:
    """A value as it is written into a page."""
    if not isinstance(value, str) or isinstance(value, Markup) or value.isprintable():  # Python takes none of these for printable
        return value
    return _UNSEEN.sub("", value)


#: What has to be said otherwise in HTML.
_MARKED_UP = re.compile("[&<>\"']")


def written(value: Any) -> str:
    """A value as it stands in the HTML of a page. Most are words that need nothing: to make Markup of each takes longer than that look."""
    if type(value) is str:
        seen = value if value.isprintable() else _UNSEEN.sub("", value)
        return seen if _MARKED_UP.search(seen) is None else escape(seen)
    return value if type(value) is Markup else escape(visible(value))


class _Writer(CodeGenerator):
    """Compiles templates so that what they write is `written`, without another call for each value."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(finalize.src or "")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(")")


class _Calls(Context):
    """Calls of a template. Jinja asks of each what it wants to be given, which takes longer than most of them; a method of a value of
    ours, and a function made for the page, wants nothing but what stands in the template, a macro whether to escape."""

    def call(self, called: Any, /, *args: Any, **facts: Any) -> Any:
        """What a call answers."""
        kind = type(called)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif kind is not MethodType and kind is not FunctionType:
            return super().call(called, *args, **facts)
        facts.pop("_loop_vars", None)
        facts.pop("_block_vars", None)
        return called(*args, **facts)


def short(text: str | None, most: int = 160) -> str:
    """The first letters of a text on one line, cut between words where there are any."""
    line = " ".join((text or "").split())
    if len(line) <= most:
        return line
    cut = line[:most]
    return f"{cut.rpartition(' ')[0] if ' ' in cut[most // 2 :] else cut} …"


def pieces(snippet: values.Snippet) -> Iterator[tuple[str, bool]]:
    """A passage as (words, whether they are to be set off); neighbours that only blanks part are set off as one."""
    text, at = snippet.text, 0
    runs: list[list[int]] = []
    for start, end in sorted(snippet.highlights):
        if runs and not text[runs[-1][1] : start].strip():
            runs[-1][1] = max(end, runs[-1][1])
        else:
            runs.append([start, end])
    for start, end in runs:
        yield text[at:start], False
        yield text[start:end], True
        at = end
    yield text[at:], False


@cache
def environment() -> Environment:
    """The templates of the pages, each compiled once for all applications of a process."""
    made = Environment(
        loader=PackageLoader("archive.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=written,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.context_class = _Calls
    made.code_generator_class = _Writer
    made.globals.update(seen_duty=seen_duty)
    made.filters.update(short=short, pieces=pieces)
    return made
