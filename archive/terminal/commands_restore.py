"""Commands around damaged text: restore a file, train the restorer on an archive."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

import archive
import kehoach_parser
from archive.terminal.answers import print_list, print_object
from archive.terminal.commands_parse import read
from archive.terminal.exit_codes import ExitCode
from archive.terminal.options import Folder, Json
from archive.terminal.page_progress import page_progress
from archive.terminal.session import Session, opened, session_of

#: What stands behind a doubtful word.
MARK = "[?]"


def restore(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="help.argument.file", metavar="usage.metavar.file")],
    side_by_side: Annotated[bool, typer.Option("--side-by-side", help="help.option.side-by-side")] = False,
    scanned: Annotated[bool, typer.Option("--scanned", help="help.option.scanned")] = False,
    unmarked: Annotated[bool, typer.Option("--no-marks", help="help.option.no-marks")] = False,
    folder: Folder = None,
    as_json: Json = False,
) -> ExitCode:
    """The text with its damaged words restored, doubtful ones marked; a clean text as it is."""
    session = session_of(context)
    with page_progress(session) as pages:
        text = read(file, pages, session)
    restorer = archive.restorer_of(session.place(folder)) or kehoach_parser.shipped_restorer()
    content = kehoach_parser.compose(text.content)[0]
    restoration = restorer.mend(content) if scanned else restorer.restore(content)
    doubt = "" if unmarked or as_json else MARK
    # A clean text passes byte for byte, in whatever form its letters are composed.
    restored = kehoach_parser.as_read(content, restoration.words, doubt=doubt) if restoration.words else text.content
    if as_json:
        print_list(session, "words", restoration.words, model=restoration.model, text=restored)
    elif side_by_side:
        _print_beside(content, restored)
    else:
        # What goes into a file is the text and nothing more; a screen wants its last line ended.
        print(restored, end="\n" if sys.stdout.isatty() and not restored.endswith("\n") else "")
    if scanned and not as_json:
        _tell_changes(restoration, content, session)
    _tell_summary(restoration, session)
    return ExitCode.ANSWER


def _changed(restoration: kehoach_parser.Restoration) -> list[kehoach_parser.RestoredWord]:
    return [word for word in restoration.words if word.reading != word.printed]


def _tell_changes(restoration: kehoach_parser.Restoration, content: str, session: Session) -> None:
    """Each word that is read otherwise than it is printed, with its line: on a clean page every change wants a look."""
    for word in _changed(restoration):
        line = content.count("\n", 0, word.start) + 1
        session.warn(session.words.say("restore.change", line=line, printed=word.printed, reading=word.reading))


def _tell_summary(restoration: kehoach_parser.Restoration, session: Session) -> None:
    if not restoration.words:
        session.warn(session.words.say("restore.clean"))
        return
    doubtful = sum(word.certainty < kehoach_parser.DOUBTFUL for word in restoration.words)
    changed = len(_changed(restoration))
    session.warn(session.words.say("restore.summary", changed=changed, doubtful=doubtful, model=restoration.model))


def _print_beside(printed: str, restored: str) -> None:
    """Line by line: two columns where the screen is wide enough, else one line under the other."""
    rows = list(zip(_lines(printed), _lines(restored), strict=True))
    width = max(len(line) for line, _ in rows)
    if not sys.stdout.isatty():
        width, room = 0, None
    else:
        room = shutil.get_terminal_size().columns
    if room is None or room >= width + max(len(line) for _, line in rows) + 3:
        for left, right in rows:
            print(f"{left:<{width}} │ {right}".rstrip())
        return
    for left, right in rows:
        print(left)
        if right != left:
            print(f"→ {right}")


def _lines(text: str) -> Sequence[str]:
    return text.removesuffix("\n").split("\n")


def train_restorer(context: typer.Context, folder: Folder = None, as_json: Json = False) -> ExitCode:
    """Train the restorer on the clean documents of the archive; the better one is kept."""
    session = session_of(context)
    words = session.words
    session.warn(words.say("train.start"))
    with opened(session, folder) as handle:
        result = archive.train_restorer(handle)
    before, after = result.before or 0.0, result.after or 0.0
    if as_json:
        facts = {"texts": result.texts, "syllables": result.syllables, "before": before, "after": after}
        print_object(session, {"kept": result.better, "model": result.model.version, **facts})
    else:
        figures = {"texts": result.texts, "syllables": result.syllables, "before": f"{before:.2%}", "after": f"{after:.2%}"}
        print(words.say("train.measured", **figures))
        print(words.say("train.kept", model=result.model.version) if result.better else words.say("train.not-better"))
    return ExitCode.ANSWER
