"""Compiles indexes over the fields of all types: enumerated values, usual places, what samples have in a field."""

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kexplain.api.schema import Api


def compile_index(root: "Path", apis: "Iterable[Api]") -> dict[str, Any]:
    """``values``, ``usual`` and ``samples``, from the types of each version and the tables in api/.

    ``apis`` has the newest version first.
    """
    return {"values": values(apis), "usual": usual(root), "samples": samples(root)}


def values(apis: "Iterable[Api]") -> dict[str, list[list[str]]]:
    """Enumerated values in lower case → ``[value, position]``, those of the newest version first."""
    found: dict[str, list[list[str]]] = defaultdict(list)
    for api in apis:
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
