"""Lines that name who does the work: "Cơ quan chủ trì: Sở Nội vụ.", "Đơn vị phối hợp: …", "Cơ quan thực hiện: …"."""

from __future__ import annotations

from dataclasses import replace

from kehoach_parser.duties.finding import Finding
from kehoach_parser.duties.orders import Reader
from kehoach_parser.duties.scope import Scopes
from kehoach_parser.duties.text import Group, Paragraph
from kehoach_parser.model import Span

_LABEL_WORDS = 9
_NEAR = 6  # paragraphs or siblings that are looked at for the work and its date
_OWN_TASK = 5  # words beside "chủ trì", "phối hợp với" and units that make a line a task of its own


def owner_line(
    reader: Reader, scopes: Scopes, index: int, paragraph: Paragraph, number: int, paragraphs: tuple[Paragraph, ...]
) -> list[Finding] | None:
    """The duties of a line of owners; None when the paragraph is no such line."""
    label = _label(reader, paragraph)
    of = index
    if label is None and number == 0 and (parent := _open_label(reader, scopes, index)) is not None:
        label, of = (parent[0], paragraph.first), parent[1]
    if label is None:
        return None
    role, after = label
    groups = tuple(group for group in paragraph.groups if group.first >= after)
    node, task, due = _work(reader, scopes, of, number, paragraphs)
    if _is_task_itself(reader, paragraph, after, groups):
        clauses = _clauses(reader, scopes.structure.nodes[index].id, paragraph, after, groups, role)
        return [replace(clause, block=(node, task), due=clause.due or due, labelled=due is not None) for clause in clauses]
    found: list[Finding] = []
    own = role
    for group in groups:
        if reader.known.cooperate.before(reader.words, group.first, after) is not None:
            own = "cooperate"
        elif _opens(reader, group, after):
            own = "lead" if reader.known.lead.after(reader.words, reader.texts.after_bracket(group.end)) is not None else role
        elif not (reader.words.reads(group.first - 1, "và") or reader.words.text(group.first - 1) == ","):
            continue
        found += [Finding(named.unit, own, True, node, task, group.end, due=due, labelled=True) for named in group.units]
    return found


def is_label(reader: Reader, paragraph: Paragraph) -> bool:
    """Whether a paragraph says by its label who does something, or when ("Thời gian hoàn thành: …")."""
    return _label(reader, paragraph) is not None or _is_time(reader, paragraph)


def _label(reader: Reader, paragraph: Paragraph) -> tuple[str, int] | None:
    """The role that the label of a line gives, and the word after its colon."""
    words, known = reader.words, reader.known
    if known.owner.after(words, paragraph.first) is None:
        return None
    for at in range(paragraph.first, min(paragraph.first + _LABEL_WORDS, paragraph.end)):
        if words.text(at) == ":":
            role = next((role for role, phrases in known.labels if phrases.within(words, paragraph.first, at)), None)
            return None if role is None else (role, at + 1)
    return None


def _open_label(reader: Reader, scopes: Scopes, index: int) -> tuple[str, int] | None:
    """The role and index of a parent that is a label alone: "- Cơ quan thực hiện:" over "+ Sở Y tế …"."""
    parent = scopes.parent(index)
    text = None if parent is None else scopes.first_text(parent)
    label = None if text is None else _label(reader, text)
    if parent is None or text is None or label is None or label[1] < text.end:
        return None
    return label[0], parent


def _opens(reader: Reader, group: Group, after: int) -> bool:
    return group.first == after or reader.words.text(group.first - 1)[-1:] in (";", ".", ":")


def _is_task_itself(reader: Reader, paragraph: Paragraph, after: int, groups: tuple[Group, ...]) -> bool:
    """Whether the line says itself what each unit does, beyond naming them."""
    words = reader.words
    inside = {at for group in groups for named in group.units for at in range(named.first, named.end)}
    rest = 0
    for at in range(after, paragraph.end):
        if at in inside or not words.text(at)[0].isalnum():
            continue
        rest += 1
    for group in groups:
        if reader.known.lead.after(words, group.end) is not None:
            rest -= 2
        if (start := reader.known.cooperate.before(words, group.first, after)) is not None:
            rest -= group.first - start
    subjects = any(reader.known.subject.after(words, reader.texts.after_bracket(group.end)) is not None for group in groups)
    return subjects and rest >= _OWN_TASK


def _clauses(reader: Reader, node: int, paragraph: Paragraph, after: int, groups: tuple[Group, ...], role: str) -> list[Finding]:
    """ "Sở Nội vụ chủ trì tham mưu …; Sở Tư pháp và các sở chủ động …": each subject with its clause."""
    found: list[Finding] = []
    line = Paragraph(after, paragraph.end, groups)
    for group in groups:
        task = reader.clause(line, group)
        cooperates = reader.known.cooperate.before(reader.words, group.first, after) is not None
        if cooperates:
            found += [Finding(named.unit, "cooperate", True, node, task, group.end) for named in group.units]
        elif _opens(reader, group, after):
            leads = reader.known.lead.after(reader.words, reader.texts.after_bracket(group.end)) is not None
            found += [Finding(named.unit, "lead" if leads else role, True, node, task, group.end) for named in group.units]
    return found


def _work(
    reader: Reader, scopes: Scopes, index: int, number: int, paragraphs: tuple[Paragraph, ...]
) -> tuple[int, Span | None, Span | None]:
    """The node, task and place of the date of the work that a line of owners belongs to."""
    nodes = scopes.structure.nodes
    if number > 0:
        above = paragraphs[max(0, number - _NEAR) : number]
        work = next((p for p in reversed(above) if _label(reader, p) is None and not _is_time(reader, p)), paragraphs[0])
        due = next((p for p in paragraphs[number : number + _NEAR] if _is_time(reader, p)), None)
        return nodes[index].id, reader.task_of(work), None if due is None else reader.task_of(due)
    before, after = scopes.around(index, _NEAR, _NEAR)
    due_span = next((reader.task_of(text) for text in map(scopes.first_text, after) if text is not None and _is_time(reader, text)), None)
    for sibling in before:
        text = scopes.first_text(sibling)
        if text is None or _label(reader, text) is not None or _is_time(reader, text):
            continue
        if reader.known.content.after(reader.words, text.first) is not None:
            return nodes[sibling].id, _content(reader, scopes, sibling, text), due_span
        break
    parent = scopes.parent(index)
    if parent is None:
        return nodes[index].id, None, due_span
    text = scopes.first_text(parent)
    return nodes[parent].id, None if text is None else reader.task_of(text), due_span


def _is_time(reader: Reader, paragraph: Paragraph) -> bool:
    return reader.known.time.after(reader.words, paragraph.first) is not None


def _content(reader: Reader, scopes: Scopes, index: int, paragraph: Paragraph) -> Span | None:
    """What stands after "Nội dung thực hiện:", or the first child when nothing does."""
    for at in range(paragraph.first, min(paragraph.first + _LABEL_WORDS, paragraph.end)):
        if reader.words.text(at) == ":":
            if at + 1 < paragraph.end:
                return reader.task_of(Paragraph(at + 1, paragraph.end, ()))
            child = scopes.first_child_text(index)
            return None if child is None else reader.task_of(child)
    return reader.task_of(paragraph)
