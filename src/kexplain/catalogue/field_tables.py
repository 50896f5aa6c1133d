"""Compiles indexes over the fields of all types: enumerated values, usual places, what samples have in a field."""

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kexplain.api import schema
from kexplain.api.release import BUNDLED, Release

if TYPE_CHECKING:
    from pathlib import Path


def compile_index(root: "Path") -> dict[str, Any]:
    """``values``, ``usual`` and ``samples``, from the types and from api/usual-places.tsv and api/samples.tsv."""
    return {"values": values(), "usual": usual(root), "samples": samples(root)}


def values() -> dict[str, list[list[str]]]:
    """Enumerated values in lower case → ``[value, position]``, those of the newest version first."""
    found: dict[str, list[list[str]]] = defaultdict(list)
    for api in (schema.load(Release(1, minor)) for minor in reversed(BUNDLED)):
        for name in api.type_names():
            for field in api.type(name).fields.values():
                for value in field.enum:
                    known = found[value.lower()]
                    known += [] if [value, field.position] in known else [[value, field.position]]
    return found


def usual(root: "Path") -> dict[str, list[str]]:
    """Fields → the types that have them, by their short names, the commonest first."""
    return {field: types.split(", ") for field, types in rows(root, "usual-places.tsv")}


def samples(root: "Path") -> dict[str, list[Any]]:
    """Positions → ``[is it in the skeleton, value]``; null stands for a value that the type gives."""
    found: dict[str, list[Any]] = {}
    for position, use, value in rows(root, "samples.tsv"):
        found[position] = [use == "skeleton", json.loads(value) if value else None]
    return found


def rows(root: "Path", name: str) -> list[list[str]]:
    """The rows of a table in api/; a comment line and the header come first."""
    return [row.split("\t") for row in (root / "api" / name).read_text(encoding="utf-8").splitlines()[2:]]
