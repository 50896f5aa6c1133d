"""missing-node-affinity: Pods for which every node will do."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A Pod's spec that chooses no node in any of three ways."""
    if visit.manifest.kind == "DaemonSet" or visit.get("nodeSelector") or visit.get("nodeName"):
        return
    if visit.get("affinity", "nodeAffinity") is None:
        yield missing(visit, "affinity.nodeAffinity")
