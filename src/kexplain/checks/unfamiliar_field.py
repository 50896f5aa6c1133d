"""unfamiliar-field: a field of a custom object that the release in kexplain's table does not have."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.constraints import known_elsewhere
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Span


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A field that is like none of its type; tells which release the table is from."""
    owner, definition = visit.parent.type if visit.parent else None, visit.manifest.definition
    if owner is None or definition is None or visit.key is None or known_elsewhere(visit):
        return
    span = Span(visit.key.start, visit.key.end)
    yield Problem(visit, {"owner": owner.short, "release": definition.source}, span)
