"""too-few-replicas: a Deployment with fewer Pods than it needs to survive the loss of one."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem
from kexplain.relations._shared import DEPLOYMENT_TYPES


def check(subject: Facts, others: Workspace, *, minimum: int) -> Iterator[Problem]:
    """A Deployment of fewer replicas that no autoscaler scales; one of none is switched off."""
    if subject.type not in DEPLOYMENT_TYPES or not subject.replicas or any(others.scalers(subject)):
        return
    pods = subject.replicas.number or 0
    if 0 < pods < minimum:
        what = "a single Pod" if pods == 1 else f"{pods} Pods, fewer than {minimum}"
        yield Problem(subject.replicas.spot, {"what": what})
