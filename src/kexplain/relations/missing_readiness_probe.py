"""missing-readiness-probe: a long-running container that takes traffic before it said it can."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem

KNATIVE = "serving.knative.dev"
"""The group whose controller gives a container without a probe one of its port."""


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A container of a long-running workload without ``readinessProbe``, unless nothing would ask for it."""
    if subject.group == KNATIVE:
        return
    for container in subject.containers:
        if container.runs_on and container.unready and (container.has_ports or not is_unasked(subject, others)):
            yield Problem(container.unready)


def is_unasked(subject: Facts, others: Workspace) -> bool:
    """Whether no Service selects the Pod, in a set that has Services; a bare Pod is judged in any set."""
    judged = subject.kind == "Pod" or others.can_judge("Service", subject)
    return judged and not any(others.selecting("Service", subject))
