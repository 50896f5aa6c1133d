"""Explaining a field path, such as ``deployment.spec.strategy``, or a type that is no kind, such as ``Container``."""

import re
from collections.abc import Iterable

from kexplain.api.custom_table import custom_kind, table_of
from kexplain.api.definition import Definition
from kexplain.api.kinds import resources, versions_of
from kexplain.api.schema import Api, Field, Type
from kexplain.catalogue.custom_words import is_custom, source_of
from kexplain.catalogue.field import words_at
from kexplain.catalogue.rule import rules
from kexplain.catalogue.term import terms
from kexplain.constraints.words import constraints_below
from kexplain.engine.asked import Asked
from kexplain.engine.explanation import Explanation
from kexplain.engine.field_facts import described, facts_of, field_list, is_named, term_of, type_below
from kexplain.objects.settings import GROUPS
from kexplain.words import near

Found = tuple[Type, Field, Type | None]
"""Where a path ends: the type that holds the field, the field, and the type below it."""


def steps_of(name: str) -> list[str]:
    """The steps of a path; list indices may be written or left out, and a dot may come first."""
    return re.sub(r"\[[^\]]*\]", "", name).removeprefix(".").split(".")


def of_path(name: str, asked: Asked) -> Explanation | None:
    """A field path such as ``deployment.spec.strategy`` below a kind or type, or that name alone."""
    head, *rest = steps_of(name) if name[:1] != "." else [""]
    for type_ in types_called(head, asked.api, asked.api_version):
        if not rest:
            return type_explanation(name, type_, asked) if type_.schema is None else None  # a custom kind is a kind
        if (found := field_below(type_, rest, asked.api)) is not None:
            explanation = field_explanation(name, found, asked)
            if explanation.facts is not None:
                own = constraints_below(type_, tuple(rest))
                explanation.facts.constraints = list(dict.fromkeys([*explanation.facts.constraints, *own]))
            return explanation
    return None


def nearest_paths(name: str, api: Api) -> list[str]:
    """A field path with each misspelt field replaced by the nearest there is; empty where that leads nowhere."""
    head, *rest = steps_of(name)
    for type_ in types_called(head, api) if rest else ():
        below: Type | None = type_
        path = [head]
        for part in rest:
            known = {field_name.lower(): field_name for field_name in below.fields} if below else {}
            close = near(part.lower(), known)
            if not below or not close:
                break
            path.append(known[close[0]])
            below = type_below(below.fields[path[-1]].ref, api)
        else:
            return [".".join(path)]
    return []


def field_below(type_: Type | None, rest: Iterable[str], api: Api) -> Found | None:
    """Where a path below a type leads; None where it leads nowhere."""
    field_: Field | None = None
    owner: Type | None = None
    for part in rest:
        below = next((f for f in type_.fields.values() if f.name.lower() == part.lower()), None) if type_ else None
        if below is not None:
            field_, owner, type_ = below, type_, type_below(below.ref, api)
        elif field_ is None or field_.ref[:2] != "{}":
            return None  # in a map every key is one: the map says what it is
    return (owner, field_, type_) if owner is not None and field_ is not None else None


def field_explanation(name: str, found: Found, asked: Asked) -> Explanation:
    """A field: its term's definition, its own sentence or the API's words, what may stand in it, the fields below."""
    api, (owner, field_, type_) = asked.api, found
    id_, own, reference = term_of(field_), words_at(field_.position), described(owner, field_.name, api)
    term = terms()[id_] if id_ else None
    told = term.definition if term else own
    lines = [told, f"API reference: {reference}" if reference else ""] if told else [reference]
    title = term.title if term and is_named(field_, term.id) else field_.name
    by_rule = [rule.id for rule in rules().values() if any(field_.position in p.positions for p in rule.places)]
    explanation = Explanation(
        name, "field", title, "\n\n".join(filter(None, lines)), [field_.position],
        [term.id, *term.related] if term else [], by_rule, term.source if term else "",
        field_.position, facts_of(owner, field_, api),
    )  # fmt: skip
    if own and not term and is_custom(field_.position):
        explanation.source = source_of(field_.position)
    if type_ is not None:
        explanation.fields = field_list(type_, api, deep=asked.deep, above=(type_.name,))
    return explanation


def type_explanation(name: str, type_: Type, asked: Asked) -> Explanation:
    """A type that is no kind, such as ``Container``."""
    words = type_.own_words("") or asked.api.describe(type_.name)
    text = "\n\n".join(filter(None, (words, "" if type_.fields else "It has no fields.")))
    fields = field_list(type_, asked.api, deep=asked.deep, above=(type_.name,))
    return Explanation(name, "field", type_.short, text, [type_.name], id=type_.name, fields=fields)


def types_called(name: str, api: Api, api_version: str = "") -> list[Type]:
    """The types of a kind, the newest first, or those of that short name; of one API version where one is given."""
    resource = resources().get(name.lower())
    if resource is not None:
        served = versions_of(resource, api.kinds)
        kinds = [api.kind(version, resource.kind) for version in served if api_version in {"", version}]
        return [type_ for type_ in kinds if type_]
    if types := [api.type(n) for n in api.type_names() if n.rpartition(" ")[2].lower() == name.lower()]:
        return types
    type_ = custom_type(name, api, api_version)
    return [found for found in (type_, settings_type(name, api)) if found]


def settings_type(name: str, api: Api) -> Type | None:
    """The type of a file around manifests, such as a kustomization."""
    group, kind = GROUPS.get(name.lower(), ("", ""))
    return api.custom.type_of(table_of(group)[kind][0]) if api.custom and group else None


def custom_type(name: str, api: Api, api_version: str = "") -> Type | None:
    """The type of a custom kind of the run or of the table; None where the API does not know custom kinds."""
    found = definition_called(name, api, api_version)
    return api.custom.type_of(found) if api.custom and found else None


def definition_called(name: str, api: Api, api_version: str = "") -> Definition | None:
    """The definition of a custom kind by its kind, plural or short name: one of the run before one of the table."""
    bare, _, group = name.lower().partition(".")
    given = [
        one for one in (api.custom.given() if api.custom else ())
        if bare in {one.kind.lower(), one.plural, *one.short_names} and group in {"", one.group}
    ]  # fmt: skip
    known = custom_kind(name)
    listed = table_of(known.group)[known.kind] if known else []
    return next((one for one in (*given, *listed) if api_version in {"", one.api_version}), None)
