"""Explaining a field path, such as ``deployment.spec.strategy``, or a type that is no kind, such as ``Container``."""

import re
from collections.abc import Iterator

from kexplain.api.custom_table import CustomKind, custom_kind
from kexplain.api.kinds import resources, versions_of
from kexplain.api.schema import Api, Field, Type
from kexplain.catalogue.custom_words import is_custom, source_of
from kexplain.catalogue.field import words_at
from kexplain.catalogue.rule import rules
from kexplain.catalogue.term import Term, places, terms
from kexplain.constraints.words import allowed
from kexplain.engine.explanation import Explanation
from kexplain.engine.wording import brief, words_for
from kexplain.words import near


def of_path(name: str, api: Api) -> Explanation | None:
    """A field path such as ``deployment.spec.strategy``; list indices may be written or left out."""
    head, *rest = re.sub(r"\[[^\]]*\]", "", name).split(".")
    types = types_called(head, api)
    return next((found for type_ in types if (found := below_type(name, type_, rest, api))), None)


def nearest_paths(name: str, api: Api) -> list[str]:
    """A field path with each misspelt field replaced by the nearest there is; empty where that leads nowhere."""
    head, *rest = re.sub(r"\[[^\]]*\]", "", name).split(".")
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
    reference = described(owner, field_.name, api) if owner else ""
    term, own = term_of(field_.position), words_at(field_.position)
    lines = [term.definition if term else own or reference]
    lines.append(f"Type: {words_for(field_.ref)}{', required' if field_.required else ''}.")
    if field_.enum:
        lines.append(f"Values: {', '.join(field_.enum)}.")
    if limits := allowed(owner, field_.name, type_):
        lines.append(f"Allowed: {limits[0].lower()}{limits[1:]}")
    if (term or own) and reference:
        lines.append(f"API reference: {reference}")
    if type_ and type_.fields:
        lines.append("Fields:\n" + "\n".join(field_lines(type_, api)))
    by_rule = [rule.id for rule in rules().values() if any(field_.position in p.positions for p in rule.places)]
    found = Explanation(name, "field", field_.name, "\n\n".join(filter(None, lines)), [field_.position], [], by_rule)
    if term:
        found.title, found.related, found.source = term.title, [term.id, *term.related], term.source
    elif own and is_custom(field_.position):
        found.source = source_of(field_.position)
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


def types_called(name: str, api: Api) -> list[Type]:
    """The types of a kind, the newest first, or those of that short name."""
    resource = resources().get(name.lower())
    kinds = [api.kind(version, resource.kind) for version in versions_of(resource, api.kinds)] if resource else []
    types = kinds or [api.type(n) for n in api.type_names() if n.rpartition(" ")[2].lower() == name.lower()]
    if not types and (custom := kind_called(name, api)):
        types = [custom_type(custom, api)]
    return [type_ for type_ in types if type_]


def kind_called(name: str, api: Api) -> CustomKind | None:
    """The custom kind of that name: of the definitions that a run brings, else of the table; None where none is."""
    bare, _, group = name.lower().partition(".")
    given = list(api.custom.given()) if api.custom else []
    for one in given:
        if group in {"", one.group} and bare in {one.kind.lower(), one.plural, *one.short_names}:
            same = (other for other in given if (other.group, other.kind) == (one.group, one.kind))
            versions = tuple(dict.fromkeys(other.version for other in same))
            return CustomKind(one.group, one.kind, one.plural, one.namespaced is not False, one.short_names, versions)
    return custom_kind(name)


def custom_type(kind: CustomKind, api: Api) -> Type | None:
    """The type of a custom kind, in its newest version; None where the API does not know custom kinds."""
    definitions = api.custom.definitions(kind.group, kind.kind) if api.custom else []
    return api.custom.type_of(definitions[0]) if api.custom and definitions else None


def field_lines(type_: Type, api: Api) -> Iterator[str]:
    """One line for each field of a type."""
    for field_ in type_.fields.values():
        words = words_at(field_.position) or brief(described(type_, field_.name, api))
        required = ", required" if field_.required else ""
        yield f"  {field_.name} ({words_for(field_.ref)}{required}): {words}" if words else f"  {field_.name}"


def described(type_: Type, field: str, api: Api) -> str:
    """What the definition of a custom kind, or the API reference, says of a field; empty where that is nothing."""
    return type_.own_words(field) or api.describe(type_.name, field)


def term_of(position: str) -> Term | None:
    """The term of a typed position, whatever key and value stand there; None where it has none."""
    return next((terms()[i] for place, i in places().get(position, ()) if place.op is None and place.key is None), None)
