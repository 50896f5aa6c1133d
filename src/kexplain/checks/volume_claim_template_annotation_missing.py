"""volume-claim-template-annotation-missing: a claim template without an annotation that its organisation wants."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.metadata import lacking
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context, *, annotations: dict[str, str]) -> Iterator[Problem]:
    """One problem for each annotation that a template lacks, or that has another value."""
    for problem in lacking(visit, "annotations", annotations):
        yield problem._replace(values={**problem.values, "claim": visit.read("metadata", "name") or "?"})
