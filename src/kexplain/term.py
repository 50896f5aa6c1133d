"""A term: its words from glossary/<id>.md, looked up by typed position, value or name."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kexplain import compiled
from kexplain.position import Place

if TYPE_CHECKING:
    from kexplain.walk import Visit


@dataclass(frozen=True, slots=True)
class Term:
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


@lru_cache(maxsize=1)
def terms() -> dict[str, Term]:
    """Every term, by id."""
    lists = ("aka", "at", "related")
    return {
        id_: Term(**{name: tuple(v) if name in lists else v for name, v in record.items()})
        for id_, record in compiled.load("terms")["terms"].items()
    }


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Term ids by every name a term has, in lower case."""
    found: dict[str, str] = compiled.load("terms")["names"]
    return found


@lru_cache(maxsize=1)
def places() -> dict[str, list[tuple[Place, str]]]:
    """Terms by the typed positions they show at, the most particular first: a value, then a key, then the rest."""
    index: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    for id_, positions, key, op, values in compiled.load("terms")["places"]:
        place = Place(tuple(positions), key, op, tuple(values))
        for position in positions:
            index[position].append((place, id_))
    for found in index.values():
        found.sort(key=lambda pair: particularity(*pair))
    return index


def particularity(place: Place, id_: str) -> tuple[bool, ...]:
    """Sorts the most particular first: a combination, a value, an exact key, a prefix, the rest."""
    return id_ not in pattern_ids(), place.op is None, place.key is None, (place.key or "").endswith("*")


def term_at(visit: "Visit") -> Term | None:
    """The term that a visit shows: by combination, value, key or field, then by its type; None where there is none."""
    return next(terms_at(visit), None)


def terms_at(visit: "Visit") -> Iterator[Term]:
    """Every term that claims a visit, the most particular first."""
    text = visit.comparable
    top = visit.parent is not None and visit.parent.parent is None
    for position in (visit.position, f"*.{visit.name}" if top else "", visit.type.name if visit.type else ""):
        for place, id_ in places().get(position, ()):
            if place.accepts(visit.name, text) and (id_ not in pattern_ids() or pattern(id_)(visit)):
                yield terms()[id_]


def patterns_at(visit: "Visit") -> list[Term]:
    """The terms that only a combination shows, and that this visit shows."""
    return [term for term in terms_at(visit) if term.id in pattern_ids()]


@lru_cache(maxsize=1)
def pattern_ids() -> frozenset[str]:
    """The terms that have a function in patterns/."""
    folder = Path(__file__).parent / "patterns"
    return frozenset(path.stem.replace("_", "-") for path in folder.glob("[a-z]*.py"))


@lru_cache(maxsize=None)
def pattern(id_: str) -> Callable[["Visit"], bool]:
    """The function ``matches`` of ``kexplain/patterns/<id>.py``."""
    matches: Callable[[Visit], bool] = import_module(f"kexplain.patterns.{id_.replace('-', '_')}").matches
    return matches
