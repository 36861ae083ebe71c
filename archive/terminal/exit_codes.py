"""How a run ended: the one table of exit codes. Commands return one, errors are given one by their kind; docs/commands.md shows both."""

from __future__ import annotations

from collections.abc import Sized
from enum import IntEnum

import archive


class ExitCode(IntEnum):
    """What a script may ask of a run."""

    #: An answer, or what was asked for is done.
    ANSWER = 0
    #: The question was understood and there is nothing to answer it with, as `grep` has it.
    NOTHING = 1
    #: The question was not understood: wrong options, a query with an error in it, a name that several documents bear.
    WRONG_USE = 2
    #: No archive, a file that was not read, a full disk, an archive that disagrees with itself, a fault of the program.
    COULD_NOT = 3
    #: Ctrl-C, as shells have it.
    INTERRUPTED = 130


def of_answer(answer: Sized | int) -> ExitCode:
    """ANSWER for an answer that holds something (or a number of things found), else NOTHING."""
    return ExitCode.ANSWER if (answer if isinstance(answer, int) else len(answer)) else ExitCode.NOTHING


def of_error(error: BaseException) -> ExitCode:
    """The exit code of an error that ended a run."""
    if isinstance(error, archive.errors.NothingThere):
        return ExitCode.NOTHING
    if isinstance(error, archive.errors.NotUnderstood):
        return ExitCode.WRONG_USE
    return ExitCode.COULD_NOT
