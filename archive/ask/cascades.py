"""Who carries a document out (thực hiện): from the centre to the province to the commune, with dates and days of delay."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import Connection, tuple_

from archive.ask.carriers import At, Carries, words_of
from archive.ask.cascade_trees import Step, Tree, trees_of
from archive.ask.links import meant_by
from archive.ask.nodes import document_of, read_nodes
from archive.common.carrying import RELATIONS
from archive.common.cursors import Place, window
from archive.resolve.mentions import find_mentions
from archive.store.database import in_chunks, translated
from archive.store.handle import Archive
from archive.store.tables import CitationRow, ResolutionRow
from archive.values.citations import CitationHit
from archive.values.graph import Cascade, CascadeResult, CascadeStep, GraphNode


def cascade(archive: Archive, reference: str, *, stated: bool = False, limit: int | None = None, after: str | None = None) -> CascadeResult:
    """The tree of who carries a document out, named by symbol, symbol@year (date, term) or name, or as in `find_document`.

    ``stated`` leaves out those who say so in their body only. Nothing found is an empty result. ``limit`` is how many steps are wanted,
    behind ``after`` (`CascadeResult.next`; BadCursor): of a page each cascade has its steps there, its figures are of all.
    """
    asked = window(limit, after, "cascade", reference, stated)
    meant = meant_by(archive, reference)
    undecided = tuple(mention.hit for mention in meant.undecided if mention.hit.relation in RELATIONS)
    with translated(archive.database), archive.engine.connect() as connection:
        trees = trees_of(connection, meant.nodes, stated=stated)
        page = asked.page(asked.behind(_placed(trees)))
        said = _said(connection, page)
        hits = _read_hits(connection, [one.at for one in said.values()])
        nodes = read_nodes(connection, {step.node for _, step in page})
    shown = [
        Cascade(tree.root, tree.level, tuple(_step(step, nodes, said, hits) for own, step in page if own is tree), tree.levels, tree.total)
        for tree in trees
    ]
    return CascadeResult(reference, tuple(shown), undecided, page.next)


def _placed(trees: Iterable[Tree]) -> Iterator[tuple[Place, tuple[Tree, Step]]]:
    for tree in trees:
        for step in tree.steps():
            yield (tree.root.id, step.node), (tree, step)


#: What says that a node carries its parent out, by both.
_Said = Mapping[tuple[str, str], Carries]


def _said(connection: Connection, page: Collection[tuple[Tree, Step]]) -> _Said:
    """What says of each of these steps that it is one."""
    known = [step.said for _, step in page if step.said is not None]
    plans = [number for _, step in page if step.said is None and (number := document_of(step.node)) is not None]
    nodes = {record: node for tree, _ in page for record, node in tree.nodes.items()}
    return {(one.carrier, one.carried): one for one in (*words_of(connection, plans, nodes), *known)}


def _read_hits(connection: Connection, mentions: Iterable[At]) -> dict[At, CitationHit]:
    """The mentions in these places."""
    found: dict[At, CitationHit] = {}
    for some in in_chunks(mentions):
        own = ResolutionRow.version_id.in_({version for version, _ in some})
        pairs = tuple_(CitationRow.version_id, CitationRow.ordinal).in_(some)
        found |= {(mention.version_id, mention.ordinal): mention.hit for mention in find_mentions(connection, own & pairs)}
    return found


def _step(step: Step, nodes: Mapping[str, GraphNode], known: _Said, hits: Mapping[At, CitationHit]) -> CascadeStep:
    node, said, level = nodes[step.node], known[step.node, step.parent], step.standing.level
    return CascadeStep(node, step.parent, step.also, step.depth, level, said.relation, said.stated, step.delay, step.total, hits[said.at])
