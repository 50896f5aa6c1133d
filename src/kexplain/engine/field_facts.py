"""What the API says of a field: its type, what may stand in it, what holds without it, and the fields below it."""

import json
import re
from collections.abc import Iterator
from typing import Any

from kexplain.api.kinds import resources
from kexplain.api.schema import Api, Field, Type
from kexplain.catalogue.field import words_at
from kexplain.catalogue.term import places, squeezed, terms
from kexplain.constraints.words import phrases_of
from kexplain.engine.explanation import FieldFacts
from kexplain.engine.wording import brief, words_for

DEEPEST = 12
"""Levels that are written out below a type; a type that holds itself ends at its second appearance."""
DEFAULT = re.compile(
    r"\b[Dd]efault(?:s| value)?,? (?:is|to)(?: be)? "
    r"(?P<value>(?:\"[^\"]*\"|'[^']+'|`[^`]+`|-?\d[\w.%]*|true\b|false\b|[A-Z][a-z]\w+|/[\w/.-]*)"
    r"(?: (?:seconds?|minutes?|hours?|if|when|unless)\b(?: [\w:%-]+,?(?=[ .,;]|$)){0,10})?)"
)
NO_VALUE = re.compile(r"(?:This|The|If|When|These|Kubernetes|API)\b")
BOUNDS = (("minimum", "at least {}"), ("maximum", "at most {}"), ("minLength", "{} or more characters"),
          ("maxLength", "{} or fewer characters"), ("minItems", "{} or more items"), ("maxItems", "{} or fewer items"),
          ("pattern", "matches {}"))  # fmt: skip


def type_below(ref: str, api: Api) -> Type | None:
    """The structured type inside a type reference; None for scalars and untyped fields."""
    inner = ref.lstrip("[]{}?")
    return api.type(inner) if " " in inner else None


def field_list(type_: Type, api: Api, *, deep: bool = False, above: tuple[str, ...] = ()) -> list[FieldFacts]:
    """The facts of every field of a type; ``deep`` has those below as well."""
    return [facts_of(type_, field, api, deep=deep, above=above) for field in type_.fields.values()]


def facts_of(owner: Type, field: Field, api: Api, *, deep: bool = False, above: tuple[str, ...] = ()) -> FieldFacts:
    """The facts of one field; those below it where they are asked for."""
    words, below = described(owner, field.name, api), type_below(field.ref, api)
    found = FieldFacts(
        field.name, words_for(field.ref), field.required, default_of(field, words),
        constraints_of(owner, field, below), words_of(field, words),
    )  # fmt: skip
    if deep and below is not None and below.name not in above and len(above) < DEEPEST:
        found.fields = field_list(below, api, deep=True, above=(*above, below.name))
    return found


def described(owner: Type, field: str, api: Api) -> str:
    """What the definition of a custom kind, or the API reference, says of a field; empty where that is nothing."""
    return owner.own_words(field) or api.describe(owner.name, field)


def words_of(field: Field, reference: str) -> str:
    """One sentence: of the field's own, of its term, else of the API reference."""
    if own := words_at(field.position):
        return own
    id_ = term_of(field)
    return terms()[id_].brief if id_ and (is_named(field, id_) or not reference) else brief(reference)


def term_of(field: Field) -> str | None:
    """The term of a field whatever its value; the one that a field has by its name goes before a kind of it."""
    claims = places().get(field.position) or (places().get(f"*.{field.name}", []) if is_root(field) else [])
    found = [id_ for place, id_ in claims if place.op is None and place.key is None]
    return next(iter([*(id_ for id_ in found if is_named(field, id_)), *found]), None)


def is_named(field: Field, id_: str) -> bool:
    """Whether a term has the name of a field: others say what the object around it is."""
    term, name = terms()[id_], squeezed(field.name)
    return any(name in {squeezed(known), *map(squeezed, known.split())} for known in (id_, term.title, *term.aka))


def is_root(field: Field) -> bool:
    """Whether a field stands at the root of objects of a built-in kind."""
    resource = resources().get(field.position.rpartition(".")[0].rpartition(" ")[2].lower())
    return resource is not None


def default_of(field: Field, reference: str) -> str:
    """What holds where a field is not written: of a definition's schema, else as the API reference says it."""
    if field.schema is not None and "default" in field.schema:
        return json.dumps(field.schema["default"])
    match = DEFAULT.search(" ".join(reference.split()))
    if match is None or NO_VALUE.match(match["value"]):
        return ""
    return re.sub(r" (?:if|or|when|unless)$", "", match["value"].rstrip(",.")).strip("`")


def constraints_of(owner: Type, field: Field, below: Type | None) -> list[str]:
    """What may stand in a field beyond its type, one phrase each."""
    found = [f"one of {', '.join(field.enum)}"] if field.enum else []
    found += bounds_of(field.schema) if field.schema else []
    return list(dict.fromkeys(filter(None, (*found, *phrases_of(owner, field.name, below)))))


def bounds_of(schema: dict[str, Any]) -> Iterator[str]:
    """The bounds of a definition's schema."""
    for name, phrase in BOUNDS:
        if isinstance(schema.get(name), int | float | str) and not isinstance(schema[name], bool):
            yield phrase.format(schema[name])
