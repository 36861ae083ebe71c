"""A program run within limits: sets them for itself, then becomes the program. Started by `child.run` as a script.

The limits are set here and not between fork and exec of the caller, which has threads and must do nothing there.
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Arguments: bytes of memory, seconds of processor time, the program and its arguments."""
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.execvp(sys.argv[3], sys.argv[3:])


if __name__ == "__main__":
    main()
