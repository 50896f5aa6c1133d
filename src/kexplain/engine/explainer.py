"""Explaining one name: a rule, kind, term, label, annotation or field path, or the nearest names there are."""

import json
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from kexplain.api import schema
from kexplain.api.custom_types import with_custom
from kexplain.api.definition import Definition
from kexplain.api.kinds import resources
from kexplain.api.release import NEWEST, Release
from kexplain.api.schema import Api
from kexplain.catalogue.rule import Rule, rules
from kexplain.catalogue.term import names
from kexplain.engine.explained_field import nearest_paths, of_path
from kexplain.engine.explained_kind import of_custom_kind, of_kind
from kexplain.engine.explained_rule import of_rule
from kexplain.engine.explained_term import of_key, of_term
from kexplain.engine.explanation import Explanation, UnknownNameError
from kexplain.words import near


def explain(
    name: str, release: Release = NEWEST, own: Mapping[str, Rule] = MappingProxyType({}),
    given: Iterable[Definition] = (),
) -> list[Explanation]:  # fmt: skip
    """Everything a name means; ``own`` are rules beside kexplain's, or in their place. Raises UnknownNameError.

    ``given`` are definitions of custom kinds, which are asked before the table of them.
    """
    wanted = name.strip()
    api = schema.load(release)
    found = [e for e in (of_rule(wanted, own), *of_kind_and_term(wanted, api, release)) if e]
    by_key = of_key(wanted)
    if by_key and all(by_key.text != e.text for e in found):
        found.append(by_key)
    found = found or [e for e in (of_path(wanted, api) or of_term(wanted, forgiving=True),) if e]
    if all(e.kind == "term" for e in found):
        api = with_custom(api, given)
        kind = of_custom_kind(wanted, api, [e.text for e in found])
        found += [e for e in (kind or (None if found else of_path(wanted, api)),) if e]
    if not found:
        raise UnknownNameError(name, nearest_paths(wanted, api) or suggestions(wanted, own))
    return found


def of_kind_and_term(name: str, api: Api, release: Release) -> Iterator[Explanation | None]:
    """A kind, or a term; where a kind has the name only for short, and a term has it too, both, the term first."""
    resource, id_ = resources().get(name.lower()), names().get(name.lower())
    is_short = resource is not None and name.lower() in resource.short_names
    if is_short and id_ is not None and resource is not None and id_ != names().get(resource.kind.lower()):
        yield of_term(name)
    yield of_kind(name, api, release) or of_term(name)


def suggestions(name: str, own: Mapping[str, Rule]) -> list[str]:
    """The nearest known names, at most three, each thing once."""
    known = {alias: r.kind for alias, r in resources().items() if "." not in alias}
    known |= {id_: id_ for id_ in (*rules(), *own)} | names()
    close = near(name.lower(), known, 8)
    found: dict[str, str] = {}
    for alias in close:
        found.setdefault(known[alias].lower(), known[alias])
    return list(found.values())[:3]
