"""non-rolling-update-strategy: an update that stops everything first, or that waits for a person."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A strategy other than ``RollingUpdate`` or OpenShift's ``Rolling``, save where a Deployment holds a claim."""
    if visit.value in {None, "RollingUpdate", "Rolling"} or holds_claim(visit):
        return
    yield Problem(visit)


def holds_claim(visit: Visit) -> bool:
    """Whether the Pods of a Deployment mount a volume claim, which only one of them may be able to hold."""
    workload = visit.up("DeploymentSpec")
    volumes = workload.items("template", "spec", "volumes") if workload else []
    return any(isinstance(v, Mapping) and v.get("persistentVolumeClaim") for v in volumes)
