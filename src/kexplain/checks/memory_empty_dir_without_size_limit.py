"""memory-empty-dir-without-size-limit: files in memory that nothing bounds."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.pods import containers
from kexplain.objects.pod import pod_spec
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Node, descend


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """An ``emptyDir`` in memory without ``sizeLimit``, unless memory limits bound the Pod: the kubelet takes these.

    Source: k8s.io/kubernetes, pkg/volume/emptydir, calculateEmptyDirMemorySize.
    """
    if visit.read("medium") == "Memory" and visit.get("sizeLimit") is None and not is_bounded(pod_spec(visit)):
        yield Problem(visit)


def is_bounded(spec: Visit | None) -> bool:
    """Whether a Pod has a memory limit: its own, or one of each of its containers."""
    if spec is None:
        return False
    lists = [item for name, item in containers(spec) if name != "ephemeralContainers"]
    return has_limit(spec.node) or (bool(lists) and all(map(has_limit, lists)))


def has_limit(holder: Node) -> bool:
    """Whether a container or Pod has a memory limit."""
    return descend(holder, "resources", "limits", "memory") is not None
