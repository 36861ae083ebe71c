"""Other machines that parse: a cluster of Dask, of whose parts this module alone knows (an extra of the package: ``kehoach[cluster]``).

What they are given is what the processes of `preparing.Workers` are given, and what comes back is the same; one machine stores, in order. A
text whose worker dies goes to another; one with which several died is the one that failed. The scheduler tries that by itself
(``distributed.scheduler.allowed-failures``).
"""

from __future__ import annotations

from concurrent.futures import CancelledError
from contextlib import suppress

from distributed import Client, KilledWorker

from archive.errors import ClusterAway, ClusterDiffers
from archive.keep.drafting import Made, Make, tried
from archive.store.changes import parser_version
from kehoach_parser import Text, model_stamp

_CONNECT_SECONDS = 10


class Cluster:
    """The workers of a scheduler, as many as there are now. ``jobs`` is how many texts they parse at once."""

    def __init__(self, address: str, make: Make) -> None:
        """Raises ClusterAway, ClusterDiffers (a worker has another version of this program, or none)."""
        self._address, self._make = address, make
        try:
            self._client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise ClusterAway(address=address, detail=str(error) or type(error).__name__) from error
        try:
            self.jobs = self._threads()
            self._executor = self._client.get_executor(pure=False)
        except BaseException:
            self.close()
            raise

    def _threads(self) -> int:
        threads: int = sum(self._client.nthreads().values())
        if not threads:
            raise ClusterAway(address=self._address, detail="no workers")
        own = _program()
        for worker, there in self._client.run(_program, on_error="return").items():
            if there != own:
                raise ClusterDiffers(address=self._address, worker=worker, there=str(there), here=own)
        return threads

    def tried(self, text: Text) -> Made | str:
        """What is made of a text, or why that failed; called from several threads. Raises ClusterAway when the scheduler is lost."""
        try:
            found: Made | str = self._executor.submit(tried, self._make, text).result()
        except KilledWorker as error:
            return f"KilledWorker: {error}"
        except (CancelledError, OSError) as error:
            raise ClusterAway(address=self._address, detail=str(error) or type(error).__name__) from error
        return found

    def close(self) -> None:
        """Lets go of the cluster; what was asked of it and is not wanted any more is not done."""
        with suppress(OSError, TimeoutError):
            self._client.close()


def _program() -> str:
    """What makes a plan: this program and its model."""
    return f"{parser_version()} {model_stamp()}"
