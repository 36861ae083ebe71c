# What `kehoach_parser.readers` names (read by `__init__.py`, which imports a module when one of its names is first asked for).
from .files import file_bytes, printable_name, read_bytes, read_file, unpack
from .plan_warnings import note_warnings

__all__ = [
    "file_bytes",
    "note_warnings",
    "printable_name",
    "read_bytes",
    "read_file",
    "unpack",
]
