"""Formats of other word processors (.doc, .odt, .rtf), turned into .docx by LibreOffice where it is installed, then read as that.

LibreOffice runs without a screen, with a profile of its own that is thrown away, macros disabled and links not followed.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from kehoach_parser.errors import BrokenFile, Encrypted, NotText, OfficeMissing, TookTooLong
from kehoach_parser.readers import limits
from kehoach_parser.readers.child import ChildFailed, run
from kehoach_parser.readers.documents import read_document
from kehoach_parser.readers.zips import open_office

_PROGRAMS = ("soffice", "libreoffice")
#: Names of streams in the container of old Office files, as they stand in its directory.
_WORD, _ENCRYPTED = "WordDocument".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
_MEMORY = 2 * limits.PROCESS_MEMORY
#: Settings of the profile: macros never run (level 3, no trusted places), links in documents are never updated.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""  # noqa: E501


def find_office() -> str | None:
    """Where LibreOffice is, or None where it is not installed."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def read_office(data: bytes, kind: str, where: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file of an old or another word processor, and notes. ``kind`` is doc, odt or rtf.

    Raises OfficeMissing, Encrypted, NotText (an old Excel or PowerPoint file), BrokenFile, TooLarge, TookTooLong.
    """
    if kind == "doc" and _ENCRYPTED in data:
        raise Encrypted(where, kind="docx")
    if kind == "doc" and _WORD not in data:
        raise NotText(where, kind="doc")
    if kind == "odt":
        open_office(data, kind, where).close()
    program = find_office()
    if program is None:
        raise OfficeMissing(where, kind=kind)
    with tempfile.TemporaryDirectory(prefix="kehoach-") as name:
        folder = Path(name)
        converted = _convert(program, data, kind, folder, where)
        content, notes = read_document(converted, "docx", where)
    return content, (f"converted:{kind}", *notes)


def _convert(program: str, data: bytes, kind: str, folder: Path, where: str) -> bytes:
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    source = folder / f"paper.{kind}"
    source.write_bytes(data)
    options = ("--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={profile.parent.as_uri()}")
    try:
        run(
            [program, *options, "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source)],
            limits.OFFICE_SECONDS,
            memory=_MEMORY,
        )
    except ChildFailed as failed:
        if failed.why == "crash":
            raise BrokenFile(where, kind=kind) from None
        raise TookTooLong(where, kind=kind) from None
    made = folder / "out" / "paper.docx"
    if not made.exists():  # LibreOffice ends well also when it could not read the file
        raise BrokenFile(where, kind=kind)
    return made.read_bytes()
