"""Explaining one name: a term, kind, field path, label or rule. No file is opened."""

import json
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from kexplain.api import schema
from kexplain.api.custom_types import with_custom
from kexplain.api.definition import Definition
from kexplain.api.kinds import resources
from kexplain.api.lifecycle import lifecycle
from kexplain.api.lifecycle import table as lifecycle_table
from kexplain.api.release import NEWEST, Release
from kexplain.api.schema import Api
from kexplain.catalogue.at import ANNOTATIONS, LABELS
from kexplain.catalogue.rule import Rule, rules
from kexplain.catalogue.term import Term, named, names, places, terms
from kexplain.engine.explained_fields import field_lines, nearest_paths, of_custom_kind, of_path, versions_of
from kexplain.engine.explanation import Explanation, UnknownNameError
from kexplain.engine.wording import lifecycle_words


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


def of_term(name: str, *, forgiving: bool = False) -> Explanation | None:
    """A term by any of its names; ``forgiving`` takes one that is written otherwise as well."""
    id_ = named(name) if forgiving else names().get(name.lower())
    return term_explanation(name, terms()[id_]) if id_ else None


def term_explanation(name: str, term: Term, kind: str = "term") -> Explanation:
    """A term as an explanation."""
    by_rule = [rule.id for rule in rules().values() if term.id in rule.terms]
    related = [term.broader, *term.related] if term.broader else list(term.related)
    return Explanation(name, kind, term.title, term.definition, list(term.at), related, by_rule, term.source)


def of_kind(name: str, api: Api, release: Release) -> Explanation | None:
    """A built-in kind: its API versions and fields; None where a name is no kind."""
    resource = resources().get(name.lower())
    if resource is None:
        return None
    served = versions_of(resource, api.kinds)
    type_ = api.kind(served[0], resource.kind) if served else None
    scope = "in a namespace" if resource.namespaced else "for the whole cluster"
    lines = [f"API versions in Kubernetes {release}: {', '.join(served) or 'none'}. Exists {scope}."]
    rows = [lifecycle(version, resource.kind) for version in served or versions_of(resource, lifecycle_table())]
    lines += [f"{row.api_version}: {lifecycle_words(row, release)}" for row in rows if row]
    if type_ and type_.fields:
        lines.append("Fields:\n" + "\n".join(field_lines(type_, api)))
    short = list(resource.short_names)
    at = [f"{resource.plural}" + (f" (short: {', '.join(short)})" if short else "")]
    if (found := of_term(resource.kind)) is None:
        return Explanation(name, "kind", resource.kind, "\n\n".join(lines), at)
    found.name, found.kind, found.title, found.at = name, "kind", resource.kind, at
    found.text = "\n\n".join([found.text, *lines])
    return found


def of_rule(name: str, own: Mapping[str, Rule]) -> Explanation | None:
    """A rule by its id."""
    rule = own.get(name.lower()) or rules().get(name.lower())
    return rule_explanation(rule) if rule else None


def rule_explanation(rule: Rule) -> Explanation:
    """A rule's article as an explanation."""
    parts = rule.article
    headed = [parts["what"]] + [
        f"{title}\n{parts[part]}"
        for part, title in (("why", "Why it matters"), ("fix", "How to fix"), ("ignore", "When to ignore"))
        if parts[part]
    ]
    headed += ["Parameters\n" + "\n".join(parameter_lines(rule))] if rule.takes else []
    return Explanation(
        rule.id, "rule", rule.title, "\n\n".join(headed), list(rule.at), list(rule.terms), [], rule.source
    )


def parameter_lines(rule: Rule) -> Iterator[str]:
    """One line for each parameter of a rule, with its default and, where that is another, the value in force."""
    for name, parameter in rule.takes.items():
        default, value = json.dumps(parameter["default"]), json.dumps(rule.parameters[name])
        in_force = f", here {value}" if value != default else ""
        yield f"  {name} (default {default}{in_force}): {parameter['description']}"


def of_key(name: str) -> Explanation | None:
    """A label or annotation key."""
    for position, kind in ((LABELS, "label"), (ANNOTATIONS, "annotation")):
        for place, id_ in sorted(places().get(position, ()), key=lambda pair: pair[0].op is not None):  # no value first
            if place.key and place.accepts(name, place.values[0] if place.op == "=" else name):
                return term_explanation(name, terms()[id_], kind)
    return None


def suggestions(name: str, own: Mapping[str, Rule]) -> list[str]:
    """The nearest known names, at most three, each thing once."""
    from difflib import get_close_matches

    known = {alias: r.kind for alias, r in resources().items() if "." not in alias}
    known |= {id_: id_ for id_ in (*rules(), *own)} | names()
    close = get_close_matches(name.lower(), known, 8, 0.6)
    found: dict[str, str] = {}
    for alias in close:
        found.setdefault(known[alias].lower(), known[alias])
    return list(found.values())[:3]
