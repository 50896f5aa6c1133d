"""Short sentences for fields and values of custom kinds (glossary/custom/), a group read when it is met."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from kexplain.api import packed
from kexplain.catalogue import compiler

ANY = "any"
"""The table for fields that are called alike in many groups."""


@lru_cache(maxsize=1)
def groups() -> packed.Records:
    """The tables of all groups, each decoded when it is asked for."""
    return compiler.records("custom-words")


@cache
def table_of(group: str) -> dict[str, Any]:
    """The words of a group; empty ones where it has none."""
    if group not in groups():
        return {"source": "", "fields": {}, "values": {}}
    found: dict[str, Any] = groups()[group]
    return found


def is_custom(position: str) -> bool:
    """Whether a typed position is in a kind that is not built in: its group has a dot and no version."""
    group, kind, _ = position.partition(" ")
    return bool(kind) and "." in group and "/" not in group


def custom_field(position: str, key: str = "") -> str:
    """What the field at a position is, in the words of its group; empty where it has none. ``key``: of a map."""
    group, _, path = position.partition(" ")
    fields = table_of(group)["fields"]
    return next((fields[form] for form in forms(path, key) if form in fields), "")


def common_field(position: str, key: str = "") -> str:
    """What fields that are called so are, whatever the group; empty where that cannot be said."""
    fields = table_of(ANY)["fields"]
    return next((fields[form] for form in forms(position.partition(" ")[2], key) if form in fields), "")


def custom_value(position: str, key: str, value: str) -> str:
    """What a value does at a position; empty where the tables do not know it."""
    group, _, path = position.partition(" ")
    for table in (table_of(group)["values"], table_of(ANY)["values"]):
        for form in forms(path, key):
            if words := table.get(form, {}).get(value):
                return str(words)
    return ""


def source_of(position: str) -> str:
    """The page that says more about the kinds of a position's group; empty where none is known."""
    return str(table_of(position.partition(" ")[0])["source"])


def forms(path: str, key: str = "") -> Iterator[str]:
    """What a table may call a path: itself, then ``*`` with ever fewer of its last steps.

    The value of a map is called by its ``key`` first, then like all values of the map; so are untyped fields.
    """
    if key and path.endswith("[]"):
        yield from forms(f"{path[:-2]}.{key}")
    yield path
    rest = path.partition(".")[2]
    while rest:
        yield f"*.{rest}"
        rest = rest.partition(".")[2]
