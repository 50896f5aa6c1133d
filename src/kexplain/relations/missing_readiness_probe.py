"""missing-readiness-probe: a long-running container that takes traffic before it said it can."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.domain.pods import ports_of, runs_on
from kexplain.objects.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A container of a long-running workload without ``readinessProbe``, unless nothing would ask for it."""
    if not runs_on(visit) or visit.get("readinessProbe") is not None:
        return
    if ports_of(visit.node) or not is_unasked(visit, context):
        yield missing(visit, "readinessProbe")


def is_unasked(visit: Visit, context: Context) -> bool:
    """Whether no Service selects the Pod, in a set that has Services; a bare Pod is judged in any set."""
    judged = visit.manifest.kind == "Pod" or context.workspace.can_judge("Service", visit.manifest)
    return judged and not context.workspace.selecting("Service", visit.manifest)
