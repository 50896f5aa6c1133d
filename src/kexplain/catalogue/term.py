"""A term: its words from glossary/<id>.md, looked up by typed position, value or name."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from kexplain.api.packed import module_names
from kexplain.catalogue import compiler
from kexplain.catalogue.at import At

if TYPE_CHECKING:
    from kexplain.objects.visit import Visit


class Term(NamedTuple):
    """One glossary term. ``brief`` is the first sentence of ``definition`` and stands alone."""

    id: str
    title: str
    aka: tuple[str, ...]
    domain: str
    at: tuple[str, ...]
    broader: str | None
    related: tuple[str, ...]
    source: str
    definition: str
    brief: str


class Terms(Mapping[str, Term]):
    """Every term by id; each is decoded when it is first asked for."""

    def __init__(self) -> None:
        """Opens the compiled glossary."""
        self._records = compiler.records("terms")
        self._terms: dict[str, Term] = {}

    def __getitem__(self, id_: str) -> Term:
        if id_ not in self._terms:
            record = self._records[id_]
            values = {name: tuple(v) if isinstance(v, list) else v for name, v in record.items()}
            self._terms[id_] = Term._make(values[name] for name in Term._fields)
        return self._terms[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._records.index)

    def __len__(self) -> int:
        return len(self._records.index)


@lru_cache(maxsize=1)
def terms() -> Terms:
    """Every term, by id."""
    return Terms()


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Term ids by every name a term has, in lower case."""
    found: dict[str, str] = compiler.records("term-index")["names"]
    return found


def named(name: str) -> str | None:
    """The id of the term that a name means, None where it means none.

    Case, spaces, dashes, a plural and a trailing ``(…)`` are forgiven, as long as the name as it stands means nothing.
    """
    found = names().get(name.strip().lower())
    if found:
        return found
    for written in (name, re.sub(r"\s*\([^()]*\)\s*$", "", name)):
        word = squeezed(written)
        forms = (word, word.removesuffix("s"), word.removesuffix("es"), f"{word.removesuffix('ies')}y", f"{word}s")
        if found := next((id_ for form in forms if form and (id_ := squeezed_names().get(form))), None):
            return found
    return None


def squeezed(name: str) -> str:
    """A name without what people write differently: case, spaces, dashes and underscores."""
    return re.sub(r"[\s_-]+", "", name).lower()


@lru_cache(maxsize=1)
def squeezed_names() -> dict[str, str]:
    """Term ids by every name a term has, squeezed; the first of two that become alike."""
    found: dict[str, str] = {}
    for name, id_ in names().items():
        found.setdefault(squeezed(name), id_)
    return found


@lru_cache(maxsize=1)
def places() -> dict[str, list[tuple[At, str]]]:
    """Terms by the typed positions they show at, the most particular first: a value, then a key, then the rest."""
    index: dict[str, list[tuple[At, str]]] = defaultdict(list)
    for id_, positions, key, op, values in compiler.records("term-index")["places"]:
        place = At(tuple(positions), key, op, tuple(values))
        for position in positions:
            index[position].append((place, id_))
    for found in index.values():
        found.sort(key=lambda pair: particularity(*pair))
    return index


def particularity(place: At, id_: str) -> tuple[bool, ...]:
    """Sorts the most particular first: a value, an exact key, a prefix, the rest; combinations last."""
    return id_ in pattern_ids(), place.op is None, place.key is None, (place.key or "").endswith("*")


def term_at(visit: "Visit") -> Term | None:
    """The term of a visit's value, key, field or type, the most particular first; None where it has none."""
    return next((term for term in terms_at(visit) if term.id not in pattern_ids()), None)


def term_of_value(visit: "Visit") -> Term | None:
    """The term that is about this very value or key of its position; None where there is none."""
    for place, id_ in places().get(visit.position, ()):
        if (place.op or place.key) and id_ not in pattern_ids() and place.accepts(visit.name, visit.comparable):
            return terms()[id_]
    return None


def patterns_at(visit: "Visit") -> list[Term]:
    """The terms that only a combination shows, and that this visit shows."""
    if visit.position not in pattern_positions() and (not visit.type or visit.type.name not in pattern_positions()):
        return []
    return [term for term in terms_at(visit) if term.id in pattern_ids()]


def terms_at(visit: "Visit") -> Iterator[Term]:
    """Every term that claims a visit, the most particular first: at its position, then at its type."""
    top = visit.parent is not None and visit.parent.parent is None
    for position in (visit.position, f"*.{visit.name}" if top else "", visit.type.name if visit.type else ""):
        for place, id_ in places().get(position, ()):
            if place.accepts(visit.name, visit.comparable) and (id_ not in pattern_ids() or pattern(id_)(visit)):
                yield terms()[id_]


@lru_cache(maxsize=1)
def pattern_positions() -> frozenset[str]:
    """The positions and types at which such a term may show."""
    return frozenset(position for position, found in places().items() if any(id_ in pattern_ids() for _, id_ in found))


@lru_cache(maxsize=1)
def pattern_ids() -> frozenset[str]:
    """The terms that have a function in patterns/."""
    return frozenset(module_names("patterns"))


@cache
def pattern(id_: str) -> Callable[["Visit"], bool]:
    """The function ``matches`` of ``kexplain/patterns/<id>.py``."""
    matches: Callable[[Visit], bool] = import_module(f"kexplain.patterns.{id_.replace('-', '_')}").matches
    return matches
