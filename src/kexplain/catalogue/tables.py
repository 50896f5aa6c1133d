"""Compiles the tables of short sentences: what a field is, what its booleans and its enumerated values do."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

FIELDS, BOOLEANS, ENUMS = "glossary/fields.tsv", "glossary/booleans.tsv", "api/enum-words.tsv"
LONGEST = 110
"""Characters of a sentence."""


def compile_tables(root: "Path", types: dict[str, set[str]], short: dict[str, list[str]]) -> dict[str, Any]:
    """``fields`` as ``[positions, key, op, values, words]``; ``booleans`` and ``enums`` by field.

    Raises ArticleError naming the table and its line.
    """
    from kexplain.catalogue.article import ArticleError
    from kexplain.catalogue.at import PositionError, resolve

    fields: list[Any] = []
    for place, (at, words) in rows(root, FIELDS, 2):
        try:
            fields.append([*resolve(at, types, short), words])
        except PositionError as error:
            raise ArticleError(f"{place}: {error}") from error
    known = {f"{name.rpartition(' ')[2]}.{field}" for name, found in types.items() for field in found}
    booleans: dict[str, list[str]] = {}
    for place, (position, true, false) in rows(root, BOOLEANS, 3):
        if position not in known:
            raise ArticleError(f"{place}: no type has the field {position}")
        booleans[position] = [true, false]
    enums: dict[str, dict[str, str]] = {}
    for place, (names, value, words) in rows(root, ENUMS, 3):
        for position in names.split(", "):
            if "." in position and position not in known:
                raise ArticleError(f"{place}: no type has the field {position}")
            if value in enums.setdefault(position, {}):
                raise ArticleError(f"{place}: {position} {value} stands there twice")
            enums[position][value] = words
    return {"fields": fields, "booleans": booleans, "enums": enums}


def rows(root: "Path", name: str, columns: int) -> "Iterator[tuple[str, list[str]]]":
    """The rows of a table with their places; a comment line and the header come first. Raises ArticleError."""
    from kexplain.catalogue.article import ArticleError

    path = root / name
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()[2:], 3):
        cells = line.split("\t")
        place = f"{os.path.normpath(path)}:{number}"
        if len(cells) != columns or not all(cells):
            raise ArticleError(f"{place}: {len(cells)} cells; write {columns}, divided by tabs, none of them empty")
        if wrong := next((words for words in cells[columns == 3 :] if len(words) > LONGEST), ""):
            raise ArticleError(f"{place}: {len(wrong)} characters, at most {LONGEST}: {wrong!r}")
        yield place, cells
