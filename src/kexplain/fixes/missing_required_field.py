"""missing-required-field: the selector of a workload."""

from kexplain.fix import Fix, Put, Target
from kexplain.fixes._shared import labels_of_pods

SELECTORS = frozenset(
    {f"apps/v1 {kind}Spec.selector" for kind in ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet")}
)


def fix(target: Target) -> Fix | None:
    """The labels of the Pods that a workload makes."""
    owner, name = target.visit.type, ".".join(target.rest)
    position = f"{owner.name}.{name}" if owner else ""
    labels = labels_of_pods(target) if position in SELECTORS else {}
    if not labels:
        return None
    return Fix("select the labels of the Pod template", (Put(target.path, {"matchLabels": labels}),), safe=True)
