"""missing-liveness-probe: a container that runs on and on, and that nobody asks whether it still works."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.objects.idle import is_idle
from kexplain.objects.pod import runs_on
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A container of a long-running workload without ``livenessProbe``; one that only waits needs none."""
    if visit.get("livenessProbe") is None and runs_on(visit) and not is_idle(visit):
        yield missing(visit, "livenessProbe")
