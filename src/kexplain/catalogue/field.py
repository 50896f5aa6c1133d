"""Short sentences by typed position: what a field is, what ``true`` and ``false`` and an enumerated value do there."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kexplain.api import packed
from kexplain.catalogue import compiler
from kexplain.catalogue.at import At
from kexplain.catalogue.custom_words import common_field, custom_field, custom_value, is_custom

if TYPE_CHECKING:
    from kexplain.objects.visit import Visit


class Tables(NamedTuple):
    """The tables, read once: fields by qualified position, the rest by type and field without the group."""

    fields: dict[str, list[tuple[At, str]]]
    booleans: dict[str, list[str]]
    enums: dict[str, dict[str, str]]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The compiled tables (catalogue/tables.py)."""
    compiler.refresh()
    found = packed.read_json("field-words.json")
    fields: dict[str, list[tuple[At, str]]] = defaultdict(list)
    for positions, key, op, values, words in found["fields"]:
        place = At(tuple(positions), key, op, tuple(values))
        for position in positions:
            fields[position].append((place, words))
    for rows in fields.values():
        rows.sort(key=lambda row: (row[0].op is None, row[0].key is None))
    return Tables(dict(fields), found["booleans"], found["enums"])


def field_words(visit: "Visit") -> str:
    """What a field is, in one sentence of its own; empty where the table has none."""
    for place, words in tables().fields.get(visit.position, ()):
        if place.accepts(visit.name, visit.comparable):
            return words
    if not is_custom(visit.position) or visit.fault == "unknown-field":
        return ""
    return next((words for place in custom_places(visit) if (words := custom_field(*place))), "")


def common_words(visit: "Visit") -> str:
    """What a field of a custom kind is, by its name alone: for those of which nobody says more."""
    if not is_custom(visit.position) or visit.fault == "unknown-field":
        return ""
    return next((words for place in custom_places(visit) if (words := common_field(*place))), "")


def custom_places(visit: "Visit") -> "Iterator[tuple[str, str]]":
    """Position and key of a field of a custom kind; one that is not typed is like the value of a map too."""
    key = visit.name if visit.key is not None else ""
    yield visit.position, key
    if visit.parent is not None and visit.parent.ref in {"object", "any"} and key:
        yield f"{visit.parent.position}[]", key


def words_at(position: str) -> str:
    """What the field at a position is, whatever its key and value; empty where the tables have no words for it."""
    for place, words in tables().fields.get(position, ()):
        if place.op is None and place.key is None:
            return words
    return custom_field(position) if is_custom(position) else ""


def choice_words(visit: "Visit") -> str:
    """What ``true``, ``false`` or an enumerated value does at its field; empty where the tables do not know it."""
    value = visit.value
    if value is None:
        return ""
    if is_custom(visit.position):
        key = visit.name if visit.key is not None else ""
        return custom_value(visit.position, key, visit.comparable or "")
    position = visit.position.rpartition(" ")[2]
    if isinstance(value, bool):
        both = tables().booleans.get(position)
        return both[not value] if both else ""
    if not isinstance(value, str):
        return ""
    known = tables().enums
    field = position.removesuffix("[]")
    names = (field, field.rpartition(".")[2]) if visit.field and visit.field.enum else (field,)
    return next((words for name in names if (words := chosen(known.get(name, {}), value))), "")


def chosen(words: dict[str, str], value: str) -> str:
    """The words of a value; a row that ends in ``*`` is for all that begin so."""
    if value in words:
        return words[value]
    return next((told for row, told in words.items() if row[1:].endswith("*") and value.startswith(row[:-1])), "")
