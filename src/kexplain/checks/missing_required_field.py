"""missing-required-field: a field the API server insists on."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A required field that is absent or null: it points at the object that should hold it."""
    holder = visit.parent
    if holder is not None and holder.type is not None:
        yield Problem(visit, {"owner": holder.type.short}, holder.grip)
