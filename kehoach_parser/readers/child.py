"""Work that may crash, hang or eat memory is done in a process of its own, with limits that the operating system holds.

PDFium crashes on some broken files, and a page may be made to take for ever: the reader has to survive both.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from kehoach_parser.readers import limits

_LIMITED = str(Path(__file__).with_name("limited.py"))


class ChildFailed(Exception):
    """The process ended badly: ``why`` is "crash", "time" or "memory"; ``said`` is the end of what it wrote to its error stream."""

    def __init__(self, why: str, said: str = "") -> None:
        super().__init__(f"{why}: {said}")
        self.why = why
        self.said = said


def run(command: Sequence[str], seconds: float, *, memory: int = limits.PROCESS_MEMORY, environ: Mapping[str, str] | None = None) -> bytes:
    """What a program writes to its output. It gets ``seconds`` of time and as much of a processor's. Raises ChildFailed."""
    with subprocess.Popen(
        [sys.executable, "-I", "-S", _LIMITED, str(memory), str(int(seconds) + 1), *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **(environ or {})},
        start_new_session=True,  # so that its own children can be ended with it
    ) as process:
        try:
            out, err = process.communicate(timeout=seconds)
        except BaseException as error:
            _end(process)
            if isinstance(error, subprocess.TimeoutExpired):
                raise ChildFailed("time") from None
            raise
    if process.returncode:
        said = err.decode("utf-8", "replace").strip()[-500:]
        if process.returncode == -getattr(signal, "SIGXCPU", 0):
            raise ChildFailed("time")
        raise ChildFailed("memory" if "MemoryError" in said or "bad_alloc" in said else "crash", said)
    return out


def run_module(module: str, arguments: Sequence[str], seconds: float) -> bytes:
    """The same for a module of this program, in this interpreter."""
    # The package may lie in a folder that only sys.path knows (a checkout that is not installed).
    root = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
    return run([sys.executable, "-X", "utf8", "-m", module, *arguments], seconds, environ={"PYTHONPATH": path})


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
