"""Units on the screen: the list, and the page of one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from archive import values
from archive.terminal.messages import Messages
from archive.terminal.paper import print_field, print_table, print_text
from archive.terminal.print_duties import print_duty
from archive.terminal.print_lineage import step_words
from archive.terminal.session import Session
from archive.terminal.shown import document_line, document_name
from archive.terminal.typed_names import ROLES

#: Other units shown in the list of those that a unit works with.
PARTNERS = 15


def print_units(result: Sequence[values.UnitSummary], query: str, session: Session) -> None:
    """The units as a table, those with most duties first."""
    words = session.words
    if not result:
        session.warn(words.say("units.none", query=query))
        return
    rows = [(one.name, one.place, _level(one, words), one.duties, one.documents, "; ".join(one.aliases)) for one in result]
    headings = [words.say(f"column.{name}") for name in ("unit", "unit_place", "rank", "duties", "plans", "aliases")]
    print_table(headings, rows, right=(3, 4), spare=(5, 1))
    session.warn(words.say("units.total", units=len(result), duties=sum(one.duties for one in result)))


def print_unit(page: values.UnitPage, session: Session) -> None:
    """The page: name and place, its duties by plan, who it works with, the reports."""
    words, unit = session.words, page.unit
    print_text(unit.name, style="bold")
    for name, value in (
        ("aliases", "; ".join(unit.aliases)),
        ("unit_place", unit.place),
        ("rank", _level(unit, words)),
        ("duties", _counts(unit, words)),
        ("below", str(page.below) if page.below else ""),
    ):
        if value:
            print_field(words.say(f"unit-field.{name}"), value)
    for name, steps in (("became", unit.became), ("came_from", page.came_from)):
        for step in steps:
            print_field(words.say(f"unit-field.{name}"), step_words(step, words))
    print()
    for _, of_plan in groupby(page.duties, key=lambda duty: duty.document.id):
        found = tuple(of_plan)
        print_text(document_line(found[0].document, words))
        for duty in found:
            print_duty(duty, words, with_plan=False)
        print()
    if page.partners:
        print_text(words.say("unit.partners"), style="bold")
        headings = [words.say(f"column.{name}") for name in ("unit", "unit_place", "it_leads", "it_cooperates")]
        rows = [(one.unit.name, one.unit.place, one.leads or "", one.cooperates or "") for one in page.partners[:PARTNERS]]
        print_table(headings, rows, right=(2, 3), spare=(1,))
        if len(page.partners) > PARTNERS:
            print_text(words.say("unit.more-partners", count=len(page.partners) - PARTNERS), indent=2, style="dim")
    _print_reports("unit.reports-to", page.reports_to, words)
    _print_reports("unit.reported-by", page.reported_by, words)


def _print_reports(key: str, reports: Sequence[values.Report], words: Messages) -> None:
    if not reports:
        return
    print()
    print_text(words.texts[key], style="bold")
    for report in reports:
        plans = dict.fromkeys(document_name(duty.document) for duty in report.duties)
        print_text(f"{report.unit} ({', '.join(plans)})", indent=2)


def _level(unit: values.UnitSummary, words: Messages) -> str:
    return words.term("rank", unit.level) if unit.level else ""


def _counts(unit: values.UnitSummary, words: Messages) -> str:
    by_role = ", ".join(f"{words.term('role', role)} {unit.roles[role]}" for role in ROLES if unit.roles.get(role))
    return words.say("unit.counts", duties=unit.duties, plans=unit.documents, roles=by_role)
