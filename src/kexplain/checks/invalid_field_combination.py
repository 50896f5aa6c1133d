"""invalid-field-combination: fields together that exclude each other, or none of those of which one is needed."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.constraints import broken
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """Tells which fields."""
    yield from broken(visit, "invalid-field-combination")
