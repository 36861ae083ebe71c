"""Commands around damaged text: restore a file, train the restorer on an archive."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from archive.terminal.answers import plain, print_json
from archive.terminal.commands_parse import STDIN, read
from archive.terminal.options import Folder, Json
from archive.terminal.page_progress import page_progress
from archive.terminal.session import opened, session_of
from archive.terminal.wording import told

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
) -> None:
    """The text with its damaged words restored, doubtful ones marked; a clean text as it is."""
    from archive import restorer_of
    from kehoach_parser import DOUBTFUL, ReadError, as_read, compose, shipped_restorer

    session = session_of(context)
    words = session.words
    try:
        with page_progress(session) as pages:
            text = read(file, pages)
        own = restorer_of(session.folder(folder))
    except ReadError as error:
        name = words.say("parse.stdin") if file == STDIN else file
        session.warn(told(error, words, error.name if error.code == "not-a-model" else name) or str(error))
        raise typer.Exit(1) from None
    content = compose(text.content)[0]
    reader = own or shipped_restorer()
    restoration = reader.mend(content) if scanned else reader.restore(content)
    restored = as_read(content, restoration.words, doubt="" if unmarked or as_json else MARK) if restoration.words else text.content
    if as_json:
        print_json({"model": restoration.model, "text": restored, "words": plain(restoration.words)})
    elif side_by_side:
        _print_beside(content, restored)
    else:
        # What goes into a file is the text and nothing more; a screen wants its last line ended.
        print(restored, end="\n" if sys.stdout.isatty() and not restored.endswith("\n") else "")
    changed = [word for word in restoration.words if word.reading != word.printed]
    if scanned and not as_json:
        for word in changed:
            line = content.count("\n", 0, word.start) + 1
            session.warn(words.say("restore.change", line=line, printed=word.printed, reading=word.reading))
    if not restoration.words:
        session.warn(words.say("restore.clean"))
    else:
        doubtful = sum(word.certainty < DOUBTFUL for word in restoration.words)
        session.warn(words.say("restore.summary", changed=len(changed), doubtful=doubtful, model=restoration.model))


def _print_beside(printed: str, restored: str) -> None:
    """Line by line: two columns where the screen is wide enough, else one line under the other."""
    rows = list(zip(_lines(printed), _lines(restored), strict=True))
    width = max(len(line) for line, _ in rows)
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
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


def train_restorer(context: typer.Context, folder: Folder = None, as_json: Json = False) -> None:
    """Train the restorer on the clean documents of the archive; the better one is kept."""
    from archive import train_restorer as train

    session = session_of(context)
    words = session.words
    session.warn(words.say("train.start"))
    with opened(session, folder) as archive:
        result = train(archive)
    before, after = result.before or 0.0, result.after or 0.0
    if as_json:
        facts = {"texts": result.texts, "syllables": result.syllables, "before": before, "after": after}
        print_json({"kept": result.better, "model": result.model.version, **facts})
        return
    figures = {"texts": result.texts, "syllables": result.syllables, "before": f"{before:.2%}", "after": f"{after:.2%}"}
    print(words.say("train.measured", **figures))
    print(words.say("train.kept", model=result.model.version) if result.better else words.say("train.not-better"))
