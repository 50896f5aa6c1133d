"""A rule: its words from rules/<id>.md, bound to its condition (``schema:``) or to the check of the same name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import import_module
from typing import Any

from kexplain import compiled
from kexplain.position import Place

PROFILES = {
    "recommended": "what is wrong whatever one's opinion, and what most teams want to hear; the default",
    "pss-baseline": "the Pod Security Standard baseline",
    "pss-restricted": "the Pod Security Standard restricted, baseline included",
    "pedantic": "everything, contested opinions included",
}


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule. ``places`` are its resolved ``at:``; prose is loaded only when a report asks for it."""

    id: str
    title: str
    severity: str
    category: str
    at: tuple[str, ...]
    message: str
    terms: tuple[str, ...]
    profiles: tuple[str, ...]
    equivalents: tuple[str, ...]
    since: str
    source: str
    fixable: bool
    preview: bool
    schema: dict[str, Any] | None
    places: tuple[Place, ...]

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
def articles() -> dict[str, Any]:
    """The prose and examples of every rule."""
    found: dict[str, Any] = compiled.load("rule-articles")
    return found


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Every rule, by id."""
    return {record["id"]: rule_of(record) for record in compiled.load("rules")["rules"].values()}


def rule_of(record: dict[str, Any]) -> Rule:
    """A Rule from its compiled record."""
    places = tuple(Place(tuple(p), key, op, tuple(values)) for p, key, op, values in record["places"])
    lists = {name: tuple(record[name]) for name in ("at", "terms", "profiles", "equivalents")}
    same = {name: record[name] for name in (
        "id", "title", "severity", "category", "message", "since", "source", "fixable", "preview", "schema")}  # fmt: skip
    return Rule(**same, **lists, places=places)


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
        raise UnknownRuleError(f"no rule or category is called {name!r}" + (f"; did you mean {close[0]!r}?" if close else ""))
    return found
