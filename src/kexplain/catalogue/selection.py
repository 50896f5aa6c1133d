"""Which rules a run applies: profiles, and the names by which people choose rules."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from kexplain.catalogue.profile import PROFILES
from kexplain.catalogue.rule import Facets, Rule, Rules, facets_of, rules
from kexplain.errors import InputError
from kexplain.words import hint


class UnknownRuleError(InputError, ValueError):
    """A name in a selection that is no rule, category or pattern of rule names."""

    name = ""


def select(
    profile: str,
    chosen: Iterable[str] = (),
    extra: Iterable[str] = (),
    ignored: Iterable[str] = (),
    severity: Mapping[str, str] = MappingProxyType({}),
    known: Mapping[str, Rule] | None = None,
) -> Rules:
    """The rules that are on: those ``chosen`` if any, else the profile's, plus ``extra``, less ``ignored``.

    A name is a rule, a category, ``all``, or a pattern (``rbac-*``); ``severity`` weighs rules otherwise, by such
    names, the later over the earlier. ``known`` is what there is to choose from. Raises UnknownRuleError.
    """
    everything = whole(rules() if known is None else known)
    wanted = named(chosen, everything) if (chosen := list(chosen)) else in_profile(profile, everything)
    wanted |= named(extra, everything)
    wanted -= named(ignored, everything)
    weights = {id_: weight for name, weight in severity.items() for id_ in matching(name, everything)}
    return everything.chosen(wanted, weights)


def whole(known: Mapping[str, Rule]) -> Rules:
    """Rules to choose from, as Rules."""
    return known if isinstance(known, Rules) else Rules(known, known.__getitem__)


def in_profile(profile: str, known: Mapping[str, Rule]) -> set[str]:
    """The ids of a profile's rules; rules in preview only where they are named. Raises UnknownRuleError."""
    if profile not in PROFILES:
        raise UnknownRuleError(f"no profile is called {profile!r}; there are {', '.join(PROFILES)}")
    facets = facets_of(known).values()
    return {r.id for r in facets if (profile == "pedantic" or profile in r.profiles) and not r.preview}


def named(names: Iterable[str], known: Mapping[str, Rule]) -> set[str]:
    """The rules that several names in a selection mean. Raises UnknownRuleError."""
    return set().union(*(matching(name, known) for name in names))


def meant(name: str, among: Iterable[Facets | Rule]) -> set[str]:
    """Those of some rules that a name means: an id, a category, ``all`` or a pattern."""
    from fnmatch import fnmatchcase

    is_pattern = any(sign in name for sign in "*?[")
    return {r.id for r in among if name in (r.id, r.category, "all") or (is_pattern and fnmatchcase(r.id, name))}


def matching(name: str, known: Mapping[str, Rule]) -> set[str]:
    """The rules that a name in a selection means. Raises UnknownRuleError."""
    facets = facets_of(known)
    found = meant(name, facets.values())
    if not found:
        near = hint(name, [*facets, *{r.category for r in facets.values()}])
        error = UnknownRuleError(f"no rule or category is called {name!r}{near}")
        error.name = name
        raise error
    return found
