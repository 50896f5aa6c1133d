"""removed-api-version: an API version that the target no longer serves."""

from collections.abc import Iterator

from kexplain.api.lifecycle import Lifecycle, lifecycle
from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """An object of a built-in kind whose API version was removed at or before the target version."""
    row = lifecycle(visit.manifest.api_version, visit.manifest.kind)
    if row and row.removed_in and row.removed_in <= context.release and row.is_kubernetes:
        values = {
            "version": row.api_version,
            "removed": str(row.removed_in),
            "instead": instead(row),
        }
        yield Problem(visit.child("apiVersion"), values)


def instead(row: Lifecycle) -> str:
    """What to use, or that there is nothing."""
    if row.replacement:
        return f"; use {row.replacement}"
    return f" ({row.note})" if row.ends else " without a direct replacement"
