"""The words of the pages: both languages say the same things, nothing is said twice, and nothing lies unused."""

from __future__ import annotations

import re
import string
from pathlib import Path

import archive
from archive.terminal.messages import messages_of
from archive.web.pages_cited import VIEWS as SOURCE_VIEWS
from archive.web.pages_correct import OF_CITATION, OF_DUTY
from archive.web.pages_documents import FORMS, SORTS
from archive.web.pages_duties import TYPED, WEEK
from archive.web.pages_duties import VIEWS as TASK_VIEWS
from archive.web.pages_search import FIELDS
from archive.web.speech import own_words
from archive.web.visit import SAID

WEB = Path(archive.__file__).parent / "web"
VI, EN = own_words("vi"), own_words("en")
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in (*WEB.glob("*.py"), *(WEB / "templates").glob("*.html")))


def made(family: str, *names: str) -> set[str]:
    """Keys that are made of a value."""
    return {f"{family}{name}" for name in names}


MADE = (
    made("facet.", *FIELDS)
    | made("find.tip-", "words", "phrase", "prefix", "not", "symbol", "unit", "date", "cites")
    | made("plans.sort-", *SORTS)
    | made("plans.", "type", "organ", "place", "signer", "since", "until")
    | made("plan.form-", *FORMS)
    | made("plan.", "date", "organ", "place", "signer")
    | made("tasks.view-", *TASK_VIEWS)
    | made("tasks.", *TYPED)
    | made("source.", "types", "symbols", "dates", "issuers", "titles", *SOURCE_VIEWS)
    | made("month.", *WEEK)
    | made(
        "site.", "search", "documents", "duties", "units", "graph", "statistics", "language-vi", "language-en", "review", "keeping", "add"
    )
    | made("body.", "reports-to", "reported-by")
    | made("failed.", "not-found", "too-long", "parameter-missing", "parameter-wrong")
    | made("failed.", "forged", "not-yours", "signed-out", "too-many-tries", "not-sure", "no-files", "changed-meanwhile")
    | made("said.", *SAID)
    | made("mend.", *(name for name in OF_CITATION if name != "title"), *OF_DUTY)
)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    assert VI.keys() == EN.keys()
    assert [key for key in VI if placeholders(VI[key]) != placeholders(EN[key])] == []


def test_the_languages_differ() -> None:
    assert {key for key in VI if VI[key] == EN[key]} == {"site.language-vi", "site.language-en", "site.api"}


def test_nothing_is_said_that_the_command_line_says() -> None:
    assert VI.keys() & messages_of("vi").texts.keys() == set()


def test_every_key_that_is_asked_for_exists() -> None:
    asked = set(re.findall(r'\bt\("([\w.-]+)"', SOURCES)) | set(re.findall(r'\bsay\("([\w.-]+)"', SOURCES))
    assert len(asked) > 150
    assert sorted(key for key in asked if key not in VI and key not in messages_of("vi").texts and not key.endswith((".", "-"))) == []


def test_nothing_lies_unused() -> None:
    assert sorted(MADE - VI.keys()) == []
    assert [key for key in VI if f'"{key}"' not in SOURCES and key not in MADE] == []
