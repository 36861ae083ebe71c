"""The word lists of the unit grammar (data/units.toml, data/duties.toml), ready to be asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kehoach_parser.text.areas import youth_unions
from kehoach_parser.text.fold import fold
from kehoach_parser.text.lists import table
from kehoach_parser.text.marks import exact_form
from kehoach_parser.units.gazetteer import lexicon, phrases_by_word, phrases_of
from kehoach_parser.units.phrase_list import PhraseList
from kehoach_parser.units.words import Phrase, printed_forms

_LONG_QUALIFIER = 3  # words
_SHORT_LEVELS = ("tp",)


@dataclass(frozen=True, slots=True)
class GrammarWords:
    """Each list by its use; data/units.toml says what stands in it.

    ``openers``, ``clean_openers``, ``clean_quantifiers``, ``small_openers``: first words of names that begin with no head, folded for
    damaged text and as printed in clean text. ``order_ends``: what may be the last word of an invitation or order, folded. ``extending``:
    the folded first words of what extends a name in clean text, places aside.
    """

    bare: frozenset[Phrase]
    subjects: frozenset[Phrase]
    coded: frozenset[str]
    open_kinds: PhraseList
    never: PhraseList
    posts: frozenset[Phrase]
    boards: frozenset[Phrase]
    unions: PhraseList
    posts_within: frozenset[Phrase]
    own_posts: PhraseList
    sure_leaders: frozenset[str]
    persons: tuple[Phrase, ...]
    person_words: frozenset[str]
    inviting: PhraseList
    ordering: PhraseList
    order_ends: frozenset[str]
    opening_folds: frozenset[str]
    verbs: PhraseList
    openers: frozenset[str]
    clean_openers: frozenset[str]
    clean_quantifiers: frozenset[str]
    small_openers: frozenset[str]
    small_kinds: frozenset[str]
    of_fields: frozenset[str]
    quantifiers: PhraseList
    lost_quantifiers: frozenset[str]
    qualifiers: PhraseList
    long_qualifiers: PhraseList
    levels_of: PhraseList
    links: PhraseList
    given: PhraseList
    given_words: tuple[str, ...]
    given_until: PhraseList
    wholes: PhraseList
    part_played: PhraseList
    regions: PhraseList
    general: frozenset[Phrase]
    sides: Mapping[Phrase, str]
    fields: Mapping[str, PhraseList]
    kinds: tuple[tuple[str, Phrase], ...]
    opened: frozenset[Phrase]
    alone: frozenset[Phrase]
    builders: frozenset[Phrase]
    acting: PhraseList
    opening: PhraseList
    attributes: PhraseList
    closed: PhraseList
    stops: PhraseList
    compounds: Mapping[str, tuple[str, ...]]
    no_level: Mapping[str, tuple[str, ...]]
    joint: PhraseList
    shared_levels: tuple[str, ...]
    shared_first: frozenset[str]
    departments: frozenset[str]
    own_bodies: frozenset[str]
    extending: frozenset[str]


def _long_qualifiers(grammar: Mapping[str, Any]) -> list[str]:
    """The qualifiers that no other words are: long ones, and those that the list calls sure."""
    return [text for text in grammar["qualifiers"] if len(text.split()) >= _LONG_QUALIFIER or text in grammar["sure_qualifiers"]]


@cache
def grammar_words() -> GrammarWords:
    """The word lists, read once."""
    units, duties, known = table("units"), table("duties"), lexicon()
    grammar, names, leaders, levels = units["grammar"], units["names"], units["leaders"], units["levels"]
    builders = phrases_of(units["collective"]["builders"])
    open_kinds, persons = phrases_of(names["open_kinds"]), phrases_of(grammar["persons"])
    inviting, ordering = (phrases_by_word(grammar[key], -1) for key in ("inviting", "ordering"))
    sure_leaders, person_words = frozenset(map(fold, leaders["sure"])), frozenset(fold(phrase[0]) for phrase in persons)
    small_kinds = frozenset(map(fold, names["small_kinds"]))
    quantified = {phrase[0] for phrase in phrases_of(grammar["quantifiers"])}
    first = {phrase[0] for phrase in (*open_kinds, *known.leaders, *persons)} | quantified
    clean_openers, clean_quantifiers = (frozenset(form for word in said for form in printed_forms(word)) for said in (first, quantified))
    order_ends = _as_read(phrase[-1] for phrase in (*inviting, *ordering))
    qualifiers, long_qualifiers, levels_of, links, given, part_played, regions, joint = (
        phrases_by_word(texts)
        for texts in (
            grammar["qualifiers"],
            _long_qualifiers(grammar),
            grammar["levels_of"],
            grammar["links"],
            grammar["given"],
            grammar["part_played"],
            grammar["regions"],
            levels["joint"],
        )
    )
    shared = sorted(youth.split()[0] for youth in youth_unions())  # "quận, huyện, thị ủy" and "… đoàn" share their last word
    shared_first = frozenset(fold(level) for level in ("các", *shared))
    return GrammarWords(
        bare=frozenset(phrases_of(names["bare"])),
        coded=frozenset(map(fold, grammar["coded"])),
        subjects=frozenset(phrases_of(names["acting"])),
        open_kinds=PhraseList(open_kinds, known.readings),
        never=phrases_by_word(names["never"]),
        posts=frozenset(phrases_of(leaders["posts"])),
        boards=frozenset(phrases_of(leaders["boards"])),
        unions=phrases_by_word(leaders["unions"]),
        posts_within=frozenset(phrases_of(leaders["posts_within"])),
        own_posts=phrases_by_word(leaders["own_posts"]),
        sure_leaders=sure_leaders,
        persons=persons,
        person_words=person_words,
        inviting=inviting,
        ordering=ordering,
        order_ends=order_ends,
        opening_folds=order_ends | frozenset(map(fold, (*clean_openers, *clean_quantifiers))),
        verbs=phrases_by_word([*duties["verbs"], *duties["particles"]]),
        openers=_as_read(first),
        clean_openers=clean_openers,
        clean_quantifiers=clean_quantifiers,
        small_openers=sure_leaders | person_words | small_kinds,
        small_kinds=small_kinds,
        of_fields=frozenset(names["of_fields"]),
        quantifiers=phrases_by_word(grammar["quantifiers"]),
        lost_quantifiers=frozenset(grammar["lost_quantifiers"]),
        qualifiers=qualifiers,
        long_qualifiers=long_qualifiers,
        levels_of=levels_of,
        links=links,
        given=given,
        given_words=tuple(grammar["given_words"]),
        given_until=phrases_by_word(grammar["given_until"]),
        wholes=phrases_by_word(grammar["wholes"]),
        part_played=part_played,
        regions=regions,
        general=frozenset(phrases_of(grammar["general"])),
        fields=_fields(units),
        kinds=tuple((kind["head"][0], phrases_of((kind["head"][0].lower(),))[0]) for kind in units["kinds"]),
        alone=frozenset(phrases_of(units["collective"]["alone"])),
        builders=frozenset(builders),
        opening=phrases_by_word(duties["orders"]["opening"]),
        acting=phrases_by_word([*duties["verbs"], *duties["orders"]["must"]]),
        opened=frozenset(phrases_of(names["opened"])),
        sides=_sides(units["collective"]["sides"]) | {phrase: " ".join(phrase) for phrase in builders},
        attributes=phrases_by_word([*grammar["attributes"], *grammar["closed"]]),
        closed=phrases_by_word(grammar["closed"]),
        stops=phrases_by_word(grammar["stops"]),
        compounds={word: tuple(before) for word, before in grammar["compounds"].items()},
        no_level={level: tuple(after) for level, after in levels["other_words"].items()},
        joint=joint,
        shared_levels=tuple(shared),
        shared_first=shared_first,
        departments=frozenset(names["departments"]),
        own_bodies=frozenset(names["own_bodies"]),
        extending=shared_first.union(
            _SHORT_LEVELS,
            *(each.found_by for each in (qualifiers, long_qualifiers, levels_of, links, given, part_played, regions, joint)),
            known.areas.found_by,
            known.committees.found_by,
        ),
    )


def _fields(units: dict[str, Any]) -> dict[str, PhraseList]:
    """The fields of each kind of body that has a list of them."""
    return {
        kind["head"][0]: phrases_by_word(field for group in kind["fields"] for field in units["fields"][group]) for kind in units["kinds"]
    }


def _sides(sides: dict[str, list[str]]) -> dict[Phrase, str]:
    """The side that each noun of a collective name is on."""
    return {phrase: side for side, nouns in sides.items() for phrase in phrases_of(nouns)}


def _as_read(words: Iterable[str]) -> frozenset[str]:
    """Words as damaged text may have them: folded, and their listed readings."""
    return frozenset(reading for word in words for reading in (fold(word), *lexicon().readings.get(exact_form(word), ())))
