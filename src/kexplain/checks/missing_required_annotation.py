"""missing-required-annotation: an object without an annotation that its organisation wants."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.metadata import is_of, lacking
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context, *, annotations: dict[str, str], kinds: list[str]) -> Iterator[Problem]:
    """One problem for each annotation that an object of the kinds lacks, or that has another value."""
    if annotations and is_of(visit, kinds):
        yield from lacking(visit, "annotations", annotations)
