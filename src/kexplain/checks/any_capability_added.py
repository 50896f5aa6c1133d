"""any-capability-added: a capability that the restricted standard does not let a container add."""

from collections.abc import Iterator, Sequence

from kexplain.check import Context, Problem
from kexplain.domain.pods import BASELINE_CAPABILITIES, windows_exempt
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context, *, allowed: Sequence[str]) -> Iterator[Problem]:
    """An item of ``capabilities.add`` but ``NET_BIND_SERVICE``; before 1.22 the list of baseline holds."""
    standard = {"NET_BIND_SERVICE"} if context.release >= (1, 22) else BASELINE_CAPABILITIES
    if visit.value is None or visit.value in {*standard, *allowed}:
        return
    if not windows_exempt(visit, context.release):
        yield Problem(visit)
