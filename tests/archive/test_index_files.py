"""The files in a segment of Whoosh's are read where they lie as Whoosh reads its copies of them."""

from __future__ import annotations

import os

import pytest
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import FileStorage

from archive import Archive
from archive.fulltext.whoosh_engine.files import Storage
from tests.archive.builders import add_three


@pytest.fixture
def engine() -> str:
    """Whoosh, on whichever database."""
    return "whoosh"


def test_a_file_in_a_segment_reads_as_its_copy_does(archive: Archive) -> None:
    add_three(archive)
    folder = archive.folder / "index"
    segment = next(folder.glob("*.seg")).name
    ours = CompoundStorage(Storage(str(folder), supports_mmap=False).open_file(segment), use_mmap=False)
    copies = CompoundStorage(FileStorage(str(folder)).open_file(segment))
    assert len(copies.list()) > 3
    for name in copies.list():
        here, copy = ours.open_file(name), copies.open_file(name)
        length = copies.file_length(name)
        assert here.read() == copy.read()
        for whence, where in ((os.SEEK_SET, 3), (os.SEEK_CUR, 2), (os.SEEK_END, -3), (os.SEEK_END, 0)):
            for file in (here, copy):
                file.seek(where, whence)
            assert (here.tell(), here.read(5), here.tell()) == (copy.tell(), copy.read(5), copy.tell())
        assert (here.get(0, length), here.get_byte(0)) == (copy.get(0, length), copy.get_byte(0))
