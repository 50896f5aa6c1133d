"""removed-api-version: an API version that the target no longer serves."""

from collections.abc import Iterator

from kexplain.api.lifecycle import lifecycle
from kexplain.check import Context, Problem
from kexplain.objects.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """An object of a built-in kind whose API version was removed at or before the target version."""
    row = lifecycle(visit.manifest.api_version, visit.manifest.kind)
    if row and row.removed_in and row.removed_in <= context.release and row.is_kubernetes:
        values = {
            "version": row.api_version,
            "removed": str(row.removed_in),
            "instead": instead(row.replacement, row.note),
        }
        yield Problem(visit.child("apiVersion"), values)


def instead(replacement: str, note: str) -> str:
    """What to use, or that there is nothing."""
    if replacement:
        return f"; use {replacement}"
    return f" ({note})" if note.startswith("no replacement") else " without a direct replacement"
