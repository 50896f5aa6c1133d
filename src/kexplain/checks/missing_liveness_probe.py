"""missing-liveness-probe: a container that runs on and on, and that nobody asks whether it still works."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.objects.pod import runs_on
from kexplain.objects.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A container of a long-running workload without ``livenessProbe``."""
    if runs_on(visit) and visit.get("livenessProbe") is None:
        yield missing(visit, "livenessProbe")
