"""missing-required-label: an object without a label that its organisation wants."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.metadata import is_of, lacking
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context, *, labels: dict[str, str], kinds: list[str]) -> Iterator[Problem]:
    """One problem for each label that an object of the kinds lacks, or that has another value."""
    if labels and is_of(visit, kinds):
        yield from lacking(visit, "labels", labels)
