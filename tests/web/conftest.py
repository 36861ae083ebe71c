"""The pages over an archive that is filled once, at a fixed time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from unittest import mock

import lxml.html
import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from archive import Archive, open_archive
from archive.terminal.spoken import spoken
from archive.web import Settings, application
from tests.archive.builders import Filling
from tests.web.papers import add_shown

NOW = datetime(2026, 3, 1, 9, 0)
SETTINGS = Settings(hosts=("testserver",), clock=lambda: NOW)

#: A page by its address, as a tree.
Open = Callable[..., lxml.html.HtmlElement]


@pytest.fixture(scope="module")
def passwords_hashed_quickly() -> Iterator[None]:
    """A hash is made to be dear, and some tests sign in dozens of times; `test_command` holds what a kept one costs."""
    with mock.patch("archive.web.people.PasswordHasher", partial(PasswordHasher, time_cost=1, memory_cost=64, parallelism=1)):
        yield


@pytest.fixture(scope="session")
def shown(shelf: Callable[[Filling], Path]) -> Path:
    """The folder of the archive that is shown; only to be read."""
    return shelf(add_shown)


@pytest.fixture(scope="session")
def handle(shown: Path) -> Iterator[Archive]:
    """The archive that is shown."""
    with open_archive(shown) as archive:
        yield archive


@pytest.fixture(scope="session")
def served(handle: Archive) -> Iterator[TestClient]:
    """The application, for all tests that leave no cookie."""
    with TestClient(application(handle, spoken(), SETTINGS)) as client:
        yield client


@pytest.fixture
def client(handle: Archive) -> TestClient:
    """The application as one browser sees it."""
    return TestClient(application(handle, spoken(), SETTINGS))


@pytest.fixture(scope="session")
def open_page(served: TestClient) -> Open:
    """Opens a page; it answers with ``status``."""

    def opened(address: str, status: int = 200) -> lxml.html.HtmlElement:
        answer = served.get(address)
        assert answer.status_code == status, (address, answer.status_code)
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        return lxml.html.document_fromstring(answer.text)

    return opened
