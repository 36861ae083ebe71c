"""Zip files, as they are and as containers of Word and OpenDocument files: nothing is unpacked before its size is known."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from kehoach_parser.errors import BrokenFile, Encrypted, TooLarge
from kehoach_parser.readers import limits

#: What the zip module raises on files that are damaged or meant to do damage.
ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)


def open_zip(data: bytes, kind: str, where: str) -> zipfile.ZipFile:
    """A zip file that is within the limits. ``kind`` is what messages call it. Raises BrokenFile, Encrypted, TooLarge."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except ZIP_ERRORS:
        raise BrokenFile(where, kind=kind) from None
    members = packed.infolist()
    if len(members) > limits.MEMBERS:
        raise TooLarge(where, what="members", limit=str(limits.MEMBERS))
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.UNPACKED_BYTES or any(
        member.file_size > max(limits.SMALL, limits.RATIO * member.compress_size) for member in members
    ):
        raise TooLarge(where, what="unpacked", limit=f"{limits.UNPACKED_BYTES // 2**20} MB")
    if any(member.flag_bits & 1 for member in members):
        raise Encrypted(where, kind=kind)
    return packed


def member_bytes(packed: zipfile.ZipFile, name: str, kind: str, where: str) -> bytes:
    """What a member holds; never more than its head says. Raises BrokenFile."""
    try:
        size = packed.getinfo(name).file_size
        with packed.open(name) as file:
            data = file.read(size + 1)
    except (KeyError, *ZIP_ERRORS):
        raise BrokenFile(where, kind=kind) from None
    if len(data) > size:
        raise BrokenFile(where, kind=kind)
    return data


def read_zip(data: bytes, where: str) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file in a zip file, in its order; folders, hidden files and what macOS adds are left out.

    Names are only names: nothing is written to where they point. Zip files within are given as they are.
    Raises BrokenFile, Encrypted, TooLarge.
    """
    packed = open_zip(data, "zip", where)
    for member in packed.infolist():
        parts = member.filename.replace("\\", "/").split("/")
        if member.is_dir() or any(part == "__MACOSX" or (part.startswith(".") and part.strip(".")) for part in parts):
            continue
        yield _name(member), member_bytes(packed, member.filename, "zip", where)


def _name(member: zipfile.ZipInfo) -> str:
    """The name of a member; programs that do not say so write it in UTF-8 all the same."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename
