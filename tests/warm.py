"""Programs that begin as copies of a process that has loaded what they load: loading is most of what a short one takes.

A test that starts a program gets a process of its own, with its own streams, limits and death, as `subprocess` would start it; only the
loading is shared. `nursery` starts the process that is copied; `Program` is one of its copies and answers like `subprocess.Popen`.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[1]
#: Bytes of a request that are read at once, and the files that go with it: what the program reads, prints, and tells of errors.
_PIECE, _STREAMS = 65_536, 3


@contextmanager
def nursery(*modules: str) -> Iterator[str]:
    """A process that has loaded some modules and waits for requests; its address. A module with a function ``warm`` is called, too."""
    with tempfile.TemporaryDirectory(prefix="kehoach-warm-") as folder:
        address = os.path.join(folder, "socket")
        environ = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-X", "utf8", "-m", __name__, address, *modules]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            try:
                yield address
            finally:
                process.communicate()  # it ends with its input


class Program:
    """A module that runs as ``python -m`` runs it, in a copy of a nursery's process."""

    def __init__(
        self,
        address: str,
        module: str,
        arguments: Sequence[str],
        environ: Mapping[str, str],
        *,
        limits: tuple[int, int] | None = None,
        encoding: str | None = None,
    ) -> None:
        """``limits`` are bytes of memory and seconds of processor time; with an ``encoding`` what it prints is given as text."""
        self.returncode: int | None = None
        self._encoding = encoding
        self._printed: tuple[IO[bytes], IO[bytes]] = (tempfile.TemporaryFile(), tempfile.TemporaryFile())  # noqa: SIM115  # closed by `__exit__`
        self._talk = socket.socket(socket.AF_UNIX)
        self._talk.connect(address)
        request = {"module": module, "arguments": arguments, "environ": dict(environ), "limits": limits, "folder": os.getcwd()}
        with open(os.devnull, "rb") as nothing:
            first, *rest = _pieces(json.dumps(request).encode())
            socket.send_fds(self._talk, [first], [nothing.fileno(), *(file.fileno() for file in self._printed)])
        for piece in rest:
            self._talk.sendall(piece)
        self._talk.shutdown(socket.SHUT_WR)
        self._told = self._talk.makefile("r")
        self.pid = int(self._told.readline())

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *_: object) -> None:
        self.wait()
        for file in (*self._printed, self._told, self._talk):
            file.close()

    def wait(self, timeout: float | None = None) -> int:
        """How it ended: its exit status, or the signal that ended it as a negative number. Raises subprocess.TimeoutExpired."""
        if self.returncode is None:
            if not select.select([self._talk], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0.0)
            self.returncode = int(self._told.readline())
        return self.returncode

    def poll(self) -> int | None:
        """The same, None as long as it runs."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[Any, Any]:
        """What it printed, and what it told of errors, once it has ended. Raises subprocess.TimeoutExpired."""
        self.wait(timeout)
        for file in self._printed:
            file.seek(0)
        out, err = (file.read() for file in self._printed)
        return (out.decode(self._encoding), err.decode(self._encoding)) if self._encoding else (out, err)

    def send_signal(self, number: int) -> None:
        """Sends it a signal, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Ends it at once."""
        self.send_signal(signal.SIGKILL)


def _pieces(data: bytes) -> list[bytes]:
    return [data[at : at + _PIECE] for at in range(0, len(data), _PIECE)]


def main(address: str, *modules: str) -> None:
    """Loads the modules; then, for each request, becomes the program in a copy of itself."""
    for name in modules:
        warm = getattr(importlib.import_module(name), "warm", None)
        if warm:
            warm()
    gc.collect()
    gc.freeze()  # not looked at again, and so not copied
    request, streams = _next_request(address)
    _become(request, streams)


def _next_request(address: str) -> tuple[dict[str, Any], list[int]]:
    """A request, in the copy that is to serve it: the process itself stays within, and ends when its input does."""
    ended, woken = os.pipe()
    os.set_blocking(woken, False)
    os.set_blocking(ended, False)
    before = signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(woken)
    running: dict[int, socket.socket] = {}
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        print("ready", flush=True)
        while True:
            ready, _, _ = select.select([listener, ended, sys.stdin], [], [])
            if sys.stdin in ready:
                os._exit(0)
            if ended in ready:
                os.read(ended, _PIECE)
                _tell_ends(running)
            if listener in ready:
                talk, _ = listener.accept()
                request, streams = _request(talk)
                pid = os.fork()
                if not pid:
                    os.setsid()
                    talk.sendall(f"{os.getpid()}\n".encode())  # now it can be ended, with what it starts
                    signal.set_wakeup_fd(-1)
                    signal.signal(signal.SIGCHLD, before)
                    for held in (talk, *running.values()):
                        held.close()
                    os.close(ended)
                    os.close(woken)
                    return request, streams
                for stream in streams:
                    os.close(stream)
                running[pid] = talk


def _request(talk: socket.socket) -> tuple[dict[str, Any], list[int]]:
    said, streams, _, _ = socket.recv_fds(talk, _PIECE, _STREAMS)
    while piece := talk.recv(_PIECE):
        said += piece
    return json.loads(said), streams


def _tell_ends(running: dict[int, socket.socket]) -> None:
    while running:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if not pid:
            return
        with running.pop(pid) as talk, suppress(BrokenPipeError):  # nobody may ask any more
            talk.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _become(request: dict[str, Any], streams: list[int]) -> None:
    """Runs the program to its end, as an interpreter of its own does."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin, sys.stdout = open(0, closefd=False), open(1, "w", closefd=False)  # noqa: SIM115  # they stay to the end
    sys.stderr = open(2, "w", buffering=1, errors="backslashreplace", closefd=False)  # noqa: SIM115
    os.environ.clear()
    os.environ.update(request["environ"])
    os.chdir(request["folder"])
    if request["limits"]:
        import resource  # not on Windows, where nothing of this is called

        memory, seconds = request["limits"]
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.argv = [request["module"], *request["arguments"]]
    sys.modules.pop(request["module"], None)  # it is loaded under another name: as the program
    code = 0
    try:
        runpy.run_module(request["module"], run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else end.code is not None
        if end.code is not None and not isinstance(end.code, int):
            print(end.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
        code = 1
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
