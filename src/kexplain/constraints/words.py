"""What the constraints of a type say of one of its fields, in phrases for a person who reads the field."""

from collections.abc import Iterator

from kexplain.api.constraints import Row
from kexplain.api.type import Type
from kexplain.constraints.fields import FIELDS
from kexplain.constraints.lists import LISTS
from kexplain.constraints.scalars import SCALARS

WORDS = {kind: words for kinds in (SCALARS, LISTS, FIELDS) for kind, (_, words) in kinds.items()}
OF_ITS_FIELDS = frozenset({"one-of", "one-present", "some-of", "at-most-one"})
"""Kinds of constraints on an object that a reader of the field that holds it wants to know."""


def constraints_at(type_: Type, field: str, *, item: bool = False) -> list[Row]:
    """The rows that hold in every case of a field, or of each of its items or values."""
    wanted = (field, "[]") if item else (field,)
    return [row for row in type_.limits.get(field, ()) if row.path == wanted and not row.when and row.kind in WORDS]


def constraints_below(type_: Type, steps: tuple[str, ...]) -> list[str]:
    """What a type itself says of a field further down, in phrases: the names of objects differ by kind."""
    rows = type_.limits.get(steps[0], ()) if len(steps) > 1 else ()
    return [words(row) for row in rows if row.path == steps and not row.when and row.kind in WORDS]


def words(row: Row) -> str:
    """A row in one phrase: what may stand there."""
    return WORDS[row.kind](row.arguments)


def allowed(type_: Type | None, field: str, inner: Type | None = None) -> str:
    """What may stand in a field, as a sentence; ``inner`` is the type below it. Empty where nothing more is known."""
    phrases = list(dict.fromkeys(filter(None, phrases_of(type_, field, inner))))
    text = "; ".join(phrases)
    return f"{text[0].upper()}{text[1:]}." if text else ""


def phrases_of(type_: Type | None, field: str, inner: Type | None) -> Iterator[str]:
    """The phrases of a field, of its items, and of the fields below it together."""
    if type_ is not None:
        yield from map(words, constraints_at(type_, field))
        yield from (f"each {words(row)}" for row in constraints_at(type_, field, item=True))
    around = [row for row in type_.limits.get("", ()) if row.path == (field,)] if type_ else []
    of_object = [row for row in inner.limits.get("", ()) if not row.path] if inner else []
    each = "each " if type_ and field in type_.fields and type_.fields[field].ref[:2] == "[]" else ""
    for row in (*around, *of_object):
        if not row.when and row.kind in OF_ITS_FIELDS:
            yield f"{each}{words(row)}"


def allowed_value(type_: Type | None, field: str, *, formats: bool = False) -> str:
    """What value may stand in a field, as a sentence; empty where nothing more is known than its type.

    With ``formats`` only how a text is written.
    """
    rows = constraints_at(type_, field) if type_ else []
    rows = [row for row in rows if row.kind in {"format", "length"}] if formats else rows
    text = "; ".join(words(row) for row in rows if row.kind in SCALARS)
    return f"May be {text}." if text else ""
