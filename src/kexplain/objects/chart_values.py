"""Values of charts that have a schema beside them, read as objects that the schema describes."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from kexplain.objects.manifest import Manifest
from kexplain.objects.nonmanifest import BY_NAME, recognise
from kexplain.objects.settings import unapplied
from kexplain.syntax.tree import Mapping

if TYPE_CHECKING:
    from kexplain.api.definition import Definition
    from kexplain.objects.reading import File

GROUP, SCHEMA = "values.helm.sh", "values.schema.json"
DEEPEST = 100
"""Levels of a schema that is written by nobody knows whom."""


class Values(NamedTuple):
    """A document of values: the number of its file, the object it is read as, and what its schema says of it."""

    file: int
    manifest: Manifest
    definition: "Definition"


def values_of(files: "Iterable[File]", text: Callable[[str], str | None]) -> Iterator[Values]:
    """The values among files that have a schema beside them; ``text`` gives that of a file, or None."""
    for number, file in enumerate(files):
        source = file.source
        if source.origin is not None or not is_named_values(source.path):
            continue
        path = f"{source.folder}/{SCHEMA}".lstrip("/") if source.path[:1] != "/" else f"{source.folder}/{SCHEMA}"
        schema = schema_of(text(path) or "")
        roots = [(part.document, part.document.root) for part in file.parts if not part.objects]
        for document, root in roots if schema is not None else ():
            if isinstance(root, Mapping) and schema is not None:
                from kexplain.api.definition import of_json_schema  # here: few charts have a schema

                definition = of_json_schema(GROUP, "v1", "Values", schema, path)
                manifest = unapplied(Manifest(source, document, root, definition.api_version, definition.kind))
                manifest.hidden = file.hidden
                yield Values(number, manifest, definition)


def is_named_values(path: str) -> bool:
    """Whether a file is called as the values of a chart are."""
    return recognise(path, Mapping(0, 0, {})) == BY_NAME["values.yaml"]


def schema_of(text: str) -> dict[str, object] | None:
    """The schema that a text is; None for any other, and for one too deep to follow."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and depth(found) <= DEEPEST else None


def depth(value: object) -> int:
    """How deep a value goes, counted no further than matters."""
    level, here = 0, [value]
    while here and level <= DEEPEST:
        level += 1
        here = [below for one in here for below in children(one)]
    return level


def children(value: object) -> Iterable[object]:
    """What stands directly in a value."""
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
