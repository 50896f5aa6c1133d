"""Explaining one name: a term, kind, field path, label, rule, or a line of a file."""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kexplain.api import schema
from kexplain.api.kinds import Resource, resources
from kexplain.api.lifecycle import lifecycle
from kexplain.api.lifecycle import table as lifecycle_table
from kexplain.api.release import NEWEST, Release
from kexplain.api.schema import Api, Field, Type
from kexplain.catalogue.at import ANNOTATIONS, LABELS
from kexplain.catalogue.rule import Rule, rules
from kexplain.catalogue.term import Term, named, names, places, terms
from kexplain.engine.annotator import Annotation, annotate, brief, lifecycle_words, words_for
from kexplain.errors import InputError
from kexplain.files.decode import ENDINGS, read_file
from kexplain.syntax.source import Unread

LINE = re.compile(r"(?P<path>.+?):(?P<line>\d+)(?::\d+)?")


@dataclass(slots=True)
class Explanation:
    """What a name means. ``kind`` is term, kind, field, label, annotation, rule or place."""

    name: str
    kind: str
    title: str
    text: str
    at: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    source: str = ""


class UnknownNameError(InputError):
    """A name nothing is known of; ``suggestions`` are the nearest known ones."""

    def __init__(self, name: str, suggestions: list[str], reason: str = "") -> None:
        super().__init__(reason or f"{name!r} is neither a term, a kind, a field path, a label nor a rule")
        self.suggestions = suggestions


def explain(name: str, release: Release = NEWEST, own: Mapping[str, Rule] = MappingProxyType({})) -> list[Explanation]:
    """Everything a name means; ``own`` are rules beside kexplain's, or in their place. Raises UnknownNameError."""
    wanted = name.strip()
    match = LINE.fullmatch(wanted)
    if match and (match["path"].endswith(ENDINGS) or os.path.isfile(match["path"])):
        return explain_line(match["path"], int(match["line"]), release)
    if wanted.endswith(ENDINGS) and not os.path.exists(wanted) and "/" in wanted:
        raise UnknownNameError(name, [], f"no such file: {wanted}")
    if os.path.isfile(wanted):
        raise UnknownNameError(
            name, [], f"{wanted} is a file; use kexplain annotate, or {wanted}:LINE for one line of it"
        )
    api = schema.load(release)
    found = [e for e in (of_rule(wanted, own), of_kind(wanted, api, release) or of_term(wanted)) if e]
    found = found or [e for e in (of_key(wanted), of_path(wanted, api)) if e]
    if not found:
        raise UnknownNameError(name, nearest_paths(wanted, api) or suggestions(wanted, own))
    return found


def of_term(name: str) -> Explanation | None:
    """A term by any of its names."""
    id_ = named(name)
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


def versions_of(resource: Resource, kinds: Iterable[str]) -> list[str]:
    """The API versions of a resource among ``apiVersion kind`` pairs, the most mature and newest first."""
    keys = (key.partition(" ") for key in kinds)
    found = [v for v, _, kind in keys if kind == resource.kind and (v.rpartition("/")[0] or "core") == resource.group]
    return sorted(found, key=maturity, reverse=True)


def maturity(api_version: str) -> tuple[bool, bool, list[int]]:
    """Sorts v2 above v1, v1 above v1beta2, v1beta1 above v1alpha1."""
    version = api_version.rpartition("/")[2]
    return "alpha" not in version, "beta" not in version, [int(number) for number in re.findall(r"\d+", version)]


def field_lines(type_: Type, api: Api) -> Iterator[str]:
    """One line for each field of a type."""
    for field_ in type_.fields.values():
        words = brief(api.describe(type_.name, field_.name))
        required = ", required" if field_.required else ""
        yield f"  {field_.name} ({words_for(field_.ref)}{required}): {words}" if words else f"  {field_.name}"


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


def of_path(name: str, api: Api) -> Explanation | None:
    """A field path such as ``deployment.spec.strategy``; list indices may be written or left out."""
    head, *rest = re.sub(r"\[[^\]]*\]", "", name).split(".")
    types = types_called(head, api)
    return next((found for type_ in types if (found := below_type(name, type_, rest, api))), None)


def types_called(name: str, api: Api) -> list[Type]:
    """The types of a kind, the newest first, or those of that short name."""
    resource = resources().get(name.lower())
    kinds = [api.kind(version, resource.kind) for version in versions_of(resource, api.kinds)] if resource else []
    types = kinds or [api.type(n) for n in api.type_names() if n.rpartition(" ")[2].lower() == name.lower()]
    return [type_ for type_ in types if type_]


def nearest_paths(name: str, api: Api) -> list[str]:
    """A field path with each misspelt field replaced by the nearest there is; empty where that leads nowhere."""
    from difflib import get_close_matches

    head, *rest = re.sub(r"\[[^\]]*\]", "", name).split(".")
    for type_ in types_called(head, api) if rest else ():
        below: Type | None = type_
        path = [head]
        for part in rest:
            known = {field_name.lower(): field_name for field_name in below.fields} if below else {}
            close = get_close_matches(part.lower(), known, 1)
            if not below or not close:
                break
            path.append(known[close[0]])
            below = type_below(below.fields[path[-1]].ref, api)
        else:
            return [".".join(path)]
    return []


def below_type(name: str, type_: Type | None, rest: list[str], api: Api) -> Explanation | None:
    """What a path below a type leads to; None where it leads nowhere."""
    field_: Field | None = None
    owner: Type | None = None
    for part in rest:
        below = next((f for f in type_.fields.values() if f.name.lower() == part.lower()), None) if type_ else None
        if below is not None:
            field_, owner, type_ = below, type_, type_below(below.ref, api)
        elif field_ is None or field_.ref[:2] != "{}":
            return None  # in a map every key is one: the map says what it is
    if type_ is None and field_ is None:
        return None
    return field_explanation(name, owner, field_, type_, api) if field_ else type_explanation(name, type_, api)


def type_below(ref: str, api: Api) -> Type | None:
    """The structured type inside a type reference; None for scalars and untyped fields."""
    inner = ref.lstrip("[]{}?")
    return api.type(inner) if " " in inner else None


def field_explanation(name: str, owner: Type | None, field_: Field, type_: Type | None, api: Api) -> Explanation:
    """A field: its term's definition or the API's words, its type, values and fields below it."""
    described = api.describe(owner.name, field_.name) if owner else ""
    id_ = next((i for place, i in places().get(field_.position, ()) if place.op is None and place.key is None), None)
    term = terms()[id_] if id_ else None
    lines = [term.definition if term else described]
    lines.append(f"Type: {words_for(field_.ref)}{', required' if field_.required else ''}.")
    if field_.enum:
        lines.append(f"Values: {', '.join(field_.enum)}.")
    if term and described:
        lines.append(f"API reference: {described}")
    if type_ and type_.fields:
        lines.append("Fields:\n" + "\n".join(field_lines(type_, api)))
    by_rule = [rule.id for rule in rules().values() if any(field_.position in p.positions for p in rule.places)]
    found = Explanation(name, "field", field_.name, "\n\n".join(filter(None, lines)), [field_.position], [], by_rule)
    if term:
        found.title, found.related, found.source = term.title, [term.id, *term.related], term.source
    return found


def type_explanation(name: str, type_: Type | None, api: Api) -> Explanation | None:
    """A type that is no kind, such as ``Container``."""
    if type_ is None:
        return None
    fields = "\n".join(field_lines(type_, api))
    text = "\n\n".join(
        filter(None, (api.describe(type_.name), f"Fields:\n{fields}" if fields else "It has no fields."))
    )
    return Explanation(name, "field", type_.short, text, [type_.name])


def explain_line(path: str, line: int, release: Release) -> list[Explanation]:
    """What stands on a line of a file. Raises UnknownNameError where nothing on it has a meaning."""
    source = read_file(path)
    if isinstance(source, Unread):
        raise UnknownNameError(path, [], f"{path}: {source.reason}")
    annotations = [a for file in annotate([source], release) for o in file.objects for a in o.annotations]
    here = [a for a in annotations if source.place(a.span.start)[0] == line and (a.text or a.detail or a.term)]
    if not here:
        raise UnknownNameError(path, [], f"{path}:{line}: no field begins here that has a meaning")
    once = {words_of(a): a for a in reversed(here)}
    return [
        Explanation(f"{path}:{line}", "place", a.title, words, [a.field_path], [a.term] if a.term else [])
        for words, a in reversed(once.items())
    ]


def words_of(annotation: Annotation) -> str:
    """An annotation with its term's whole definition, before which stand the field's own words where it has some."""
    term = terms()[annotation.term] if annotation.term else None
    own = "" if term and annotation.text == term.brief else annotation.text
    return " ".join(filter(None, (own, term.definition if term else "", annotation.detail)))


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
