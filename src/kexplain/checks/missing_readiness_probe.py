"""missing-readiness-probe: a long-running container that takes traffic before it said it can."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.pods import ports_of, runs_on, selecting
from kexplain.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A container of a long-running workload without ``readinessProbe``, unless nothing would ask for it."""
    if not runs_on(visit) or visit.get("readinessProbe") is not None:
        return
    unasked = (
        not ports_of(visit.node)
        and context.workspace.can_judge("Service", visit.manifest)
        and not selecting("Service", visit.manifest, context.workspace)
    )
    if not unasked:
        yield missing(visit, "readinessProbe")
