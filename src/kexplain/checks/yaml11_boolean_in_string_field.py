"""yaml11-boolean-in-string-field: yes, no, on, off, y or n where the API takes a string."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A plain word that YAML 1.1 reads as a boolean."""
    yield Problem(visit, {"read": "true" if visit.value else "false"})
