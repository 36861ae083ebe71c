"""Which organs of the archive have no plan that carries a document out, directly or through a cascade."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection

from archive.ask.cascade_trees import Step, Tree, trees_of
from archive.ask.links import meant_by
from archive.ask.nodes import NodeKeys, plan_node_id, read_nodes
from archive.common.keys import name_key
from archive.common.levels import LEVELS, level_of_document, organ_key
from archive.resolve.mentions import Mention, by_identity, find_mentions
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.tables import ResolutionRow
from archive.store.versions import documents_by_version
from archive.values.citations import CitationHit
from archive.values.documents import Document
from archive.values.graph import Coverage, Gaps, GapsResult, GraphNode


def gaps(archive: Archive, reference: str, *, level: str | None = None, place: str | None = None, stated: bool = False) -> GapsResult:
    """For each document that ``reference`` means (as in `cascade`), the organs of the archive and whether they carry it out.

    ``level`` is one of LEVELS; ``place`` are words of the name of the organ, the organ above it or the place of signing, with or without
    marks; ``stated`` as in `cascade`. The organ that issued the document is left out, and without ``level`` those above its level: a
    ministry does not carry a province's plan out.
    """
    found = []
    roots = meant_by(archive, reference).nodes
    with translated(archive.database), archive.engine.connect() as connection:
        plans = {document.id: document for document in documents_by_version(connection).values()}
        organs = tuple(_organs(plans.values()))
        for tree in trees_of(connection, roots, stated=stated):
            covered = _Covered(connection, tree)
            shown = sorted((covered.by(group) for group in organs if _asked_for(group, tree, level, place)), key=_order)
            found.append(Gaps(tree.root, tree.level, tuple(shown)))
    return GapsResult(reference, tuple(found))


def _mentions_of(connection: Connection, root: GraphNode) -> tuple[Mention, ...]:
    """The mentions of a document, also of one whose identity is not known."""
    keys = NodeKeys(connection, [root.id])
    unsure = [key[1:] for key in keys.records if key.startswith("?")]
    if not unsure:
        return find_mentions(connection, ResolutionRow.record.in_(sorted(keys.records)))
    return tuple(by_identity(find_mentions(connection, ResolutionRow.state == "ambiguous")).get(f"?{unsure[0]}", ()))


def _organs(plans: Iterable[Document]) -> Iterator[list[Document]]:
    """The plans of the archive by the organ that issued them, each list by date; plans without an organ belong to none."""
    groups: dict[str, list[Document]] = {}
    for plan in sorted(plans, key=lambda plan: (plan.date or "", plan.id)):
        if plan.organ:
            groups.setdefault(organ_key(plan.organ, plan.parent_organ, plan.place), []).append(plan)
    yield from groups.values()


def _asked_for(group: Sequence[Document], tree: Tree, level: str | None, place: str | None) -> bool:
    if any(plan_node_id(plan.id) == tree.root.id for plan in group) or _same_organ(group[-1], tree.root.organ):
        return False
    if place is not None:
        words = name_key(place)
        if not any(name and words in name_key(name) for plan in group for name in (plan.organ, plan.parent_organ, plan.place)):
            return False
    own = level_of_document(group[-1])
    if level is not None:
        return own == level
    return own is None or tree.level is None or LEVELS.index(own) >= LEVELS.index(tree.level)


def _same_organ(plan: Document, organ: str | None) -> bool:
    return organ is not None and plan.organ is not None and organ_key(organ, None, None) == organ_key(plan.organ, None, None)


class _Covered:
    """Who carries out the root of a tree, asked for organ by organ."""

    def __init__(self, connection: Connection, tree: Tree) -> None:
        self._root = tree.root.id
        self._steps = {step.node: step for step in tree.steps()}
        self._place = {node: place for place, node in enumerate(self._steps)}
        self._nodes = read_nodes(connection, self._steps.keys())
        self._hits: dict[int, list[CitationHit]] = {}
        for mention in _mentions_of(connection, tree.root):
            self._hits.setdefault(mention.hit.document.id, []).append(mention.hit)

    def by(self, group: Sequence[Document]) -> Coverage:
        """Whether one of an organ's plans, the earliest first, does so."""
        own = [node for plan in group if (node := plan_node_id(plan.id)) in self._steps]
        steps = [self._steps[node] for node in sorted(own, key=self._place.__getitem__)]
        step = min(steps, key=lambda step: (step.depth, step.standing.date or "9999"), default=None)
        latest = group[-1]
        # Directly where any of what it carries out is the document itself, wherever the tree has room for it.
        direct = next((one for one in steps if self._root in (one.parent, *one.also)), None)
        status = "direct" if direct else "cascade" if step else "none"
        by = direct or step
        return Coverage(
            latest.organ or "",
            latest.parent_organ,
            latest.place,
            level_of_document(latest),
            len(group),
            max((plan.date for plan in group if plan.date), default=None),
            status,
            self._nodes[by.node] if by else None,
            self._through(by) if by and status == "cascade" else (),
            self._nearest(group) if by is None else None,
        )

    def _through(self, step: Step) -> tuple[GraphNode, ...]:
        """What stands between a step and the root, from the step upwards."""
        found = []
        while step.parent in self._steps:
            step = self._steps[step.parent]
            found.append(self._nodes[step.node])
        return tuple(found)

    def _nearest(self, group: Sequence[Document]) -> CitationHit | None:
        """The latest mention of the document in a plan of the organ."""
        own = (hit for plan in group for hit in self._hits.get(plan.id, ()))
        return max(own, key=lambda hit: (hit.document.date or "", -hit.span[0]), default=None)


def _order(one: Coverage) -> tuple[bool, int, str]:
    return one.status != "none", LEVELS.index(one.level) if one.level else len(LEVELS), name_key(one.organ)
