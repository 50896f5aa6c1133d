"""non-default-capability-added: a capability beyond those that the baseline standard lets a container add."""

from collections.abc import Iterator, Sequence

from kexplain.check import Context, Problem
from kexplain.domain.pods import BASELINE_CAPABILITIES
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context, *, allowed: Sequence[str]) -> Iterator[Problem]:
    """An item of ``capabilities.add`` that is not exactly one of them."""
    if visit.value is not None and visit.value not in {*BASELINE_CAPABILITIES, *allowed}:
        yield Problem(visit)
