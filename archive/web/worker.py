"""The process beside the server that adds what was sent, begun again where it dies: what kills it is one file, which is then given up."""

from __future__ import annotations

import threading
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType

import archive

#: Seconds before a worker that died is begun again, and in which one that is told to stop may end.
_PAUSE, _END = 2.0, 5.0


class Worker:
    """A context manager: within it what was sent to the archive of a folder is added."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)

    def __enter__(self) -> Worker:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        self._thread.join(2 * _END)

    def _run(self) -> None:
        while not self._over.is_set():
            process = get_context("spawn").Process(target=archive.serve_jobs, args=(self._folder,), name="kehoach-worker")
            process.start()
            while process.is_alive() and not self._over.wait(0.2):
                pass
            if process.is_alive():
                process.terminate()
                process.join(_END)
            self._over.wait(_PAUSE)
