"""The templates, and what they write: every value is escaped, and no sign that only changes how others are shown gets through."""

from __future__ import annotations

from functools import cache
from types import FunctionType, MethodType
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro

from archive.web.seen import seen_duty
from archive.web.writing import html, short


class _Writer(CodeGenerator):
    """Compiles templates so that what they write is `html`, without another call for each value."""

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


@cache
def environment() -> Environment:
    """The templates of the pages, each compiled once for all applications of a process."""
    made = Environment(
        loader=PackageLoader("archive.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=html,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.context_class = _Calls
    made.code_generator_class = _Writer
    made.globals.update(seen_duty=seen_duty)
    made.filters.update(short=short)
    return made
