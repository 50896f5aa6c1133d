"""A rule: its words from rules/<id>.md, bound to its condition (``schema:``) or to the check of the same name."""

from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from importlib import import_module
from typing import Any

from kexplain import compiled, data
from kexplain.place import Place

PROFILES = {
    "recommended": "what is wrong whatever one's opinion, and what most teams want to hear; the default",
    "pss-baseline": "the Pod Security Standard baseline",
    "pss-restricted": "the Pod Security Standard restricted, baseline included",
    "pedantic": "everything, contested opinions included",
}


class Rule:
    """One rule. ``places`` are its resolved ``at:``; prose and check are loaded when they are asked for."""

    def __init__(self, record: dict[str, Any]) -> None:
        """Takes the compiled record of rules/<id>.md."""
        self.id: str = record["id"]
        self.title: str = record["title"]
        self.severity: str = record["severity"]
        self.category: str = record["category"]
        self.at: tuple[str, ...] = tuple(record["at"])
        self.message: str = record["message"]
        self.terms: tuple[str, ...] = tuple(record["terms"])
        self.profiles: tuple[str, ...] = tuple(record["profiles"])
        self.equivalents: tuple[str, ...] = tuple(record["equivalents"])
        self.since: str = record["since"]
        self.source: str = record["source"]
        self.fixable: bool = record["fixable"]
        self.preview: bool = record["preview"]
        self.schema: dict[str, Any] | None = record["schema"]
        self.places = tuple(Place(tuple(p), key, op, tuple(values)) for p, key, op, values in record["places"])

    @cached_property
    def article(self) -> dict[str, Any]:
        """``what``, ``why``, ``fix``, ``ignore``: Markdown; ``examples``: (verdict, options, YAML)."""
        found: dict[str, Any] = articles()[self.id]
        return found

    @cached_property
    def check(self) -> Callable[..., Iterable[Any]]:
        """The function ``check`` of ``kexplain/checks/<id>.py``."""
        module = import_module(f"kexplain.checks.{self.id.replace('-', '_')}")
        check: Callable[..., Iterable[Any]] = module.check
        return check


@lru_cache(maxsize=1)
def articles() -> data.Records:
    """The prose and examples of every rule."""
    return compiled.records("rule-articles")


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Every rule, by id."""
    return {id_: Rule(record) for id_, record in compiled.rules().items()}


class UnknownRuleError(ValueError):
    """A name in a selection that is no rule, category or pattern of rule names."""


def select(profile: str, chosen: Iterable[str], extra: Iterable[str], ignored: Iterable[str]) -> dict[str, Rule]:
    """The rules that are on: those ``chosen`` if any, else the profile's, plus ``extra``, less ``ignored``.

    A name is a rule, a category, ``all``, or a pattern (``rbac-*``). Raises UnknownRuleError.
    """
    everything = rules()
    wanted = set().union(*map(matching, chosen)) if (chosen := list(chosen)) else in_profile(profile)
    wanted |= set().union(*map(matching, extra))
    wanted -= set().union(*map(matching, ignored))
    return {id_: rule for id_, rule in everything.items() if id_ in wanted}


def in_profile(profile: str) -> set[str]:
    """The ids of a profile's rules; rules in preview only where they are named."""
    return {
        rule.id for rule in rules().values() if (profile == "pedantic" or profile in rule.profiles) and not rule.preview
    }


def matching(name: str) -> set[str]:
    """The rules that a name in a selection means. Raises UnknownRuleError."""
    from fnmatch import fnmatchcase

    found = {r.id for r in rules().values() if name in (r.id, r.category, "all") or fnmatchcase(r.id, name)}
    if not found:
        from difflib import get_close_matches

        close = get_close_matches(name, [*rules(), *{r.category for r in rules().values()}], 1)
        raise UnknownRuleError(
            f"no rule or category is called {name!r}" + (f"; did you mean {close[0]!r}?" if close else "")
        )
    return found
