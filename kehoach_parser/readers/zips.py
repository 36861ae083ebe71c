"""Zip files, as they are and as containers of Word and OpenDocument files: nothing is unpacked before its size is known, and no bad member
of a bundle keeps the others back."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator

from kehoach_parser.errors import BrokenFile, Encrypted, ReadError, TooLarge
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
    if unpacked > limits.UNPACKED_BYTES:
        raise TooLarge(where, what="unpacked", limit=f"{limits.UNPACKED_BYTES // 2**20} MB")
    return packed


def open_office(data: bytes, kind: str, where: str) -> zipfile.ZipFile:
    """`open_zip` for a file of a word processor, which is whole or nothing. Raises BrokenFile, Encrypted, TooLarge."""
    packed = open_zip(data, kind, where)
    for member in packed.infolist():
        _check(member, kind, where)
    return packed


def _check(member: zipfile.ZipInfo, kind: str, where: str) -> None:
    if member.file_size > max(limits.SMALL, limits.RATIO * member.compress_size):
        raise TooLarge(where, what="unpacked", limit=f"{limits.UNPACKED_BYTES // 2**20} MB")
    if member.flag_bits & 1:
        raise Encrypted(where, kind=kind)


def member_bytes(packed: zipfile.ZipFile, member: str | zipfile.ZipInfo, kind: str, where: str) -> bytes:
    """What a member holds; never more than its head says. Raises BrokenFile."""
    try:
        found = packed.getinfo(member) if isinstance(member, str) else member
        with packed.open(found) as file:
            data = file.read(found.file_size + 1)
    except (KeyError, IndexError, *ZIP_ERRORS):
        raise BrokenFile(where, kind=kind) from None
    if len(data) > found.file_size:
        raise BrokenFile(where, kind=kind)
    return data


def read_zip(data: bytes, where: str) -> Iterator[tuple[str, bytes | ReadError]]:
    """Name and bytes of each file in a zip file, in its order, or why it cannot be unpacked: each stands for itself. Folders, hidden files
    and what macOS adds are left out.

    Names are only names: nothing is written to where they point. A file without one is called by its number ("#3"), the second of a name
    by how often it was there ("a.txt#2"). Zip files within are given as they are. Raises BrokenFile, TooLarge.
    """
    packed = open_zip(data, "zip", where)
    seen: Counter[str] = Counter()
    for number, member in enumerate(packed.infolist(), start=1):
        name = _name(member)
        parts = name.replace("\\", "/").split("/")
        if name.endswith("/") or any(part == "__MACOSX" or (part.startswith(".") and part.strip(".")) for part in parts):
            continue
        seen[name] += 1
        shown = f"{name}#{seen[name]}" if seen[name] > 1 else name or f"#{number}"
        yield shown, _unpacked(packed, member, f"{where}/{shown}")


def _unpacked(packed: zipfile.ZipFile, member: zipfile.ZipInfo, where: str) -> bytes | ReadError:
    try:
        if member.file_size > limits.FILE_BYTES:
            raise TooLarge(where, what="bytes", limit=f"{limits.FILE_BYTES // 2**20} MB")
        _check(member, "zip", where)
        return member_bytes(packed, member, "zip", where)
    except ReadError as error:
        return error


def _name(member: zipfile.ZipInfo) -> str:
    """The name of a member; programs that do not say so write it in UTF-8 all the same."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename
