"""Typer's own words (headings of the help, usage errors) in the user's language: the only module that knows Typer from inside.

Commands are declared with keys of the catalogue as help texts; `localised` puts the texts in their place. What Typer says by itself is
recognised by the kind of the error, and where the kind is not enough by the words of its message; what is not recognised is shown as it is.
"""

from __future__ import annotations

import re
from typing import Any

import typer
import typer.completion
import typer.core
import typer.main
from typer._coercion import PassThroughRuntimeParam
from typer._completion_shared import install

from archive.terminal.messages import Messages
from archive.terminal.session import Session, session_of
from archive.terminal.streams import console

#: Titles that the help of Typer takes from its module, and our keys for them.
TITLES = {
    "ARGUMENTS_PANEL_TITLE": "usage.arguments",
    "OPTIONS_PANEL_TITLE": "usage.options",
    "COMMANDS_PANEL_TITLE": "usage.commands",
    "REQUIRED_LONG_STRING": "usage.required",
    "DEFAULT_STRING": "usage.default",
    "ENVVAR_STRING": "usage.variable",
}

#: The options that Typer adds for completion, and our keys for their help.
COMPLETION = {"install_completion": "help.option.install-completion", "show_completion": "help.option.show-completion"}
#: The variable by which a shell asks for completions; what it holds says which shell ("complete_bash").
COMPLETE = "_KEHOACH_COMPLETE"

#: Options that may stand without a value, and what they mean then.
BARE = {"--overdue": "today", "--done": "today"}

#: Messages of Typer that are told apart by their words: "Input should be a valid integer, unable to …", "No such command 'x'."
SPOKEN = (
    ("usage.no-such-command", re.compile(r"No such command '(?P<name>.*?)'\.(?: Did you mean (?P<near>.*)\?)?", re.S)),
    ("usage.missing-command", re.compile(r"Missing command\.")),
    ("usage.extra", re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((?P<name>.*)\)", re.S)),
    ("usage.takes-no-value", re.compile(r"Option '(?P<name>.*?)' does not take a value\.")),
    ("usage.needs-value", re.compile(r"Option '(?P<name>.*?)' requires .*")),
    ("usage.not-a-number", re.compile(r".*(?:valid int|valid integer).*", re.S)),
    ("usage.too-small", re.compile(r"Input should be greater than or equal to (?P<least>\S+)")),
)


def _with_values(args: list[str]) -> list[str]:
    """Arguments in which an option that stands without its value has the one that it means then."""
    following = zip(args, [*args[1:], "--"], strict=False)
    return [part for each, next_ in following for part in (each, *([BARE[each]] if each in BARE and next_.startswith("-") else []))]


class Command(typer.core.TyperCommand):
    """A command whose help speaks the user's language."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return super().parse_args(ctx, _with_values(args))

    def get_usage(self, ctx: Any) -> str:
        return _usage(super().get_usage(ctx), ctx)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _say_titles(ctx)
        super().format_help(ctx, formatter)


class Group(typer.core.TyperGroup):
    """The group of all commands; as `Command`."""

    def get_usage(self, ctx: Any) -> str:
        return _usage(super().get_usage(ctx), ctx)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _say_titles(ctx)
        super().format_help(ctx, formatter)


def _usage(line: str, ctx: Any) -> str:
    words: Messages = ctx.obj.words
    return line.replace("Usage:", words.say("usage.usage"), 1)


def _say_titles(ctx: Any) -> None:
    """Typer's titles in the user's language; only help imports the module that holds them, which takes as long as a small answer."""
    from typer import rich_utils

    # What Typer prints in colour goes through our door as well.
    vars(rich_utils)["Console"] = console
    for title, key in TITLES.items():
        setattr(rich_utils, title, ctx.obj.words.say(key, text="{}"))


def localised(app: typer.Typer, words: Messages) -> Any:
    """The click command of ``app`` with every help text and metavar that is a key of the catalogue replaced by its text."""
    top = typer.main.get_command(app)
    for command in (top, *getattr(top, "commands", {}).values()):
        command.options_metavar = words.say("usage.options-metavar")
        if hasattr(command, "subcommand_metavar"):
            command.subcommand_metavar = words.say("usage.command-metavar")
        command.help = _text(command.help, words)
        command.epilog = _text(command.epilog, words)
        for param in command.params:
            param.help = _text(COMPLETION.get(param.name, param.help), words)
            param.metavar = _text(param.metavar, words)
            if param.metavar is None or param.param_type_name == "argument":
                # "<bool>" and "<list[str]>" say nothing to the people who read the help.
                param.display_type_rich = _no_type
            if param.name == "install_completion":
                param.callback = _install
            if param.type_descriptor.annotation is str:
                # Text is what it is typed as; Typer would import Pydantic to say so, a fifth of the time of a small answer.
                param._runtime_param = PassThroughRuntimeParam(annotation=str, parameter_info=param.type_descriptor.parameter_info)
        # Made once and kept by the command: asking for it with any context is enough to change its text.
        helper = command.get_help_option(typer.Context(command, info_name=command.name))
        if helper is not None:
            helper.help = words.say("usage.help")
            helper.display_type_rich = _no_type
    return top


def completed(command: Any, instruction: str, session: Session) -> int:
    """Prints what a command line may go on with, for the shell that asks; the line stands in the environment, as Typer has it."""
    return typer.completion.shell_complete(command, {"obj": session}, "kehoach", COMPLETE, instruction)


def _install(ctx: Any, param: Any, wanted: Any) -> None:
    """Typer's own, in the user's language."""
    if wanted and not ctx.resilient_parsing:
        shell, path = install(shell=wanted if isinstance(wanted, str) else None)
        print(session_of(ctx).words.say("completion.installed", shell=shell, path=path))
        raise typer.Exit


def _no_type(ctx: Any) -> None:
    return None


def _text(key: str | None, words: Messages) -> str | None:
    return words.say(key) if key and words.knows(key) else key


def usage_message(error: Any, words: Messages) -> tuple[str, str]:
    """What was wrong with the command line, and where to find help. ``error`` is a usage error of Typer."""
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx else "kehoach"
    return _wrong(error, words), words.say("usage.try", command=path)


def _wrong(error: Any, words: Messages) -> str:
    kind = type(error).__name__
    param = getattr(error, "param", None)
    name = _name(param)
    if kind == "MissingParameter":
        return words.say(
            "usage.missing-argument" if getattr(param, "param_type_name", "") == "argument" else "usage.missing-option", name=name
        )
    if kind == "NoSuchOption":
        near = ", ".join(sorted(error.possibilities or ()))
        said = words.say("usage.no-such-option", name=error.option_name)
        return f"{said} {words.say('usage.did-you-mean', near=near)}" if near else said
    message = str(getattr(error, "message", error))
    for key, pattern in SPOKEN:
        if found := pattern.fullmatch(message):
            facts = {fact: value for fact, value in found.groupdict().items() if value is not None}
            near = facts.pop("near", "")
            said = words.say(key, **{"name": name, **facts})
            return f"{said} {words.say('usage.did-you-mean', near=near)}" if near else said
    return words.say("usage.bad-value", name=name, message=message) if name else message


def _name(param: Any) -> str:
    if param is None:
        return ""
    if param.param_type_name == "argument":
        return str(param.metavar or param.name).strip("[].… ")
    return max(param.opts, key=len) if param.opts else str(param.name)
