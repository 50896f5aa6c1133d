"""probe-or-lifecycle-host: a probe or hook by which the kubelet calls somewhere else."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A ``host`` that is not empty; the standard asks since 1.34."""
    if visit.value not in {None, ""} and context.release >= (1, 34):
        yield Problem(visit)
