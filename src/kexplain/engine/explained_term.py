"""Explaining a term by any of its names, and a label or annotation by its key."""

from functools import cache

from kexplain.catalogue.at import ANNOTATIONS, LABELS
from kexplain.catalogue.rule import rules
from kexplain.catalogue.term import Term, named, names, places, terms
from kexplain.engine.explanation import Explanation


def of_term(name: str, *, forgiving: bool = False) -> Explanation | None:
    """A term by any of its names; ``forgiving`` takes one that is written otherwise as well."""
    id_ = named(name) if forgiving else names().get(name.lower())
    return term_explanation(name, terms()[id_]) if id_ else None


def term_explanation(name: str, term: Term, kind: str = "term") -> Explanation:
    """A term as an explanation."""
    by_rule = rules_about(term.id)
    at, related = list(term.at), neighbours(term)
    return Explanation(name, kind, term.title, term.definition, at, related, by_rule, term.source, term.id)


def neighbours(term: Term) -> list[str]:
    """The terms to read on at: what it is a kind of, and what it has to do with."""
    return [term.broader, *term.related] if term.broader else list(term.related)


def rules_about(term: str) -> list[str]:
    """The rules that name a term."""
    return list(rules_by_term().get(term, ()))


@cache
def rules_by_term() -> dict[str, list[str]]:
    """The rules that name each term."""
    found: dict[str, list[str]] = {}
    for rule in rules().values():
        for term in rule.terms:
            found.setdefault(term, []).append(rule.id)
    return found


def of_key(name: str) -> Explanation | None:
    """A label or annotation key."""
    for position, kind in ((LABELS, "label"), (ANNOTATIONS, "annotation")):
        for place, id_ in sorted(places().get(position, ()), key=lambda pair: pair[0].op is not None):  # no value first
            if place.key and place.accepts(name, place.values[0] if place.op == "=" else name):
                return term_explanation(name, terms()[id_], kind)
    return None
