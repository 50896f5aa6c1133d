"""What an organisation wants in ``metadata``: labels and annotations by key, each with a pattern of its value."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from kexplain.check import Problem, shorten
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping as Fields


def lacking(holder: Visit, field: str, wanted: Mapping[str, object]) -> Iterator[Problem]:
    """A problem for each wanted key of ``labels`` or ``annotations`` that is not there, is empty or fits no pattern.

    ``what`` says which. It points at the value, or at the deepest of the parents that is there.
    """
    metadata = holder.child("metadata")
    entries = metadata.child(field) if isinstance(metadata.node, Fields) else metadata
    is_there = holder.get("metadata", field) is not None and isinstance(entries.node, Fields)
    for key, pattern in wanted.items():
        path = f"{holder.path}.metadata.{field}.{key}".lstrip(".")
        found = entries.child(key) if is_there and entries.get(key) is not None else None
        if found is None:
            yield Problem(entries, {"what": f"has no {field[:-1]} {key}"}, entries.grip, field_path=path)
        elif not found.text:
            yield Problem(found, {"what": f"has an empty {field[:-1]} {key}"})
        elif not fnmatchcase(found.text, str(pattern)):
            yield Problem(
                found, {"what": f'has the {field[:-1]} {key}: "{shorten(found.text)}", which is not {pattern}'}
            )


def is_of(visit: Visit, kinds: list[str]) -> bool:
    """Whether the object is of one of some kinds; ``*`` stands for any part of a name."""
    return any(fnmatchcase(visit.manifest.kind, kind) for kind in kinds)
