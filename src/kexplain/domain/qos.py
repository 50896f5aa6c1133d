"""The quality-of-service class of a Pod, as the kubelet computes it.

Source: ComputePodQOS in the Kubernetes sources, pkg/apis/core/v1/helper/qos.
"""

from kexplain.api.quantity import billionths
from kexplain.objects.walk import Visit
from kexplain.syntax.tree import Mapping, Node, Scalar

COMPUTE = ("cpu", "memory")
Amounts = dict[str, int]


def qos_class(spec: Visit) -> str:
    """``Guaranteed``, ``Burstable`` or ``BestEffort`` for a Pod's spec; empty where a quantity cannot be read.

    Pod-level resources decide alone where they are set (on by default since 1.34).
    """
    nodes = [*spec.items("initContainers"), *spec.items("containers")]
    resources = [node.get("resources") for node in nodes if isinstance(node, Mapping)]
    own = spec.get("resources")
    try:
        per_pod = [own] if own is not None and any(amounts(own, kind) for kind in ("requests", "limits")) else resources
        pairs = [(amounts(node, "requests"), amounts(node, "limits")) for node in per_pod]
    except ValueError:
        return ""
    if not any(requests or limits for requests, limits in pairs):
        return "BestEffort"
    guaranteed = all(len(limits) == len(COMPUTE) and {**limits, **requests} == limits for requests, limits in pairs)
    return "Guaranteed" if guaranteed else "Burstable"


def amounts(resources: Node | None, kind: str) -> Amounts:
    """CPU and memory above zero in ``requests`` or ``limits``. Raises ValueError for what is no quantity."""
    node = resources.get(kind) if isinstance(resources, Mapping) else None
    if not isinstance(node, Mapping):
        return {}
    values = {name: node.get(name) for name in COMPUTE}
    parsed = {
        name: billionths(str(v.value)) for name, v in values.items() if isinstance(v, Scalar) and v.value is not None
    }
    return {name: amount for name, amount in parsed.items() if amount > 0}
