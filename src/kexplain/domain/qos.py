"""The quality-of-service class of a Pod, as the kubelet computes it.

Source: ComputePodQOS in the Kubernetes sources, pkg/apis/core/v1/helper/qos.
"""

from kexplain.api.quantity import billionths
from kexplain.objects.walk import Visit
from kexplain.syntax.tree import Mapping, Node, Scalar

COMPUTE = ("cpu", "memory")
Amounts = dict[str, int]
Pair = tuple[Amounts, Amounts]
"""Requests and limits."""


def qos_class(spec: Visit) -> str:
    """``Guaranteed``, ``Burstable`` or ``BestEffort`` for a Pod's spec; empty where that cannot be told.

    It cannot where a quantity cannot be read, and where the Pod has requests of its own and only its containers have
    limits, which depends on the version. Pod-level resources decide alone where they are set (by default since 1.34).
    """
    try:
        first = [pair_of(node.get("resources")) for node in mappings(spec, "initContainers")]
        pairs = [pair_of(node.get("resources")) for node in mappings(spec, "containers")]
        own = amounts(spec.get("resources"), "requests"), amounts(spec.get("resources"), "limits")
    except ValueError:
        return ""
    if not any(own):
        return class_of([*first, *pairs])
    if any(name not in own[1] and any(name in limits for _, limits in pairs) for name in own[0]):
        return ""
    asked = {name: total for name in COMPUTE if (total := most(name, first, pairs)) is not None}
    return class_of([({**own[1], **asked, **own[0]}, own[1])])


def mappings(spec: Visit, name: str) -> list[Mapping]:
    """The containers of a list."""
    return [item for item in spec.items(name) if isinstance(item, Mapping)]


def pair_of(resources: Node | None) -> Pair:
    """Requests and limits of a container; what is only limited is requested as much, a written 0 is 0."""
    limits = amounts(resources, "limits")
    return {**limits, **amounts(resources, "requests")}, limits


def most(name: str, first: list[Pair], pairs: list[Pair]) -> int | None:
    """How much of a resource the containers request at once, which a Pod requests that says nothing itself."""
    asked = [requests[name] for requests, _ in pairs if name in requests]
    before = [requests[name] for requests, _ in first if name in requests]
    return max(sum(asked), *before, 0) if asked or before else None


def class_of(pairs: list[Pair]) -> str:
    """The class of what some containers, or the Pod as a whole, request and may use."""
    requests = {name: sum(asked.get(name, 0) for asked, _ in pairs) for name in COMPUTE}
    limits = {name: sum(most.get(name, 0) for _, most in pairs) for name in COMPUTE}
    if not any(requests.values()) and not any(limits.values()):
        return "BestEffort"
    limited = all(all(most.get(name, 0) > 0 for name in COMPUTE) for _, most in pairs)
    return "Guaranteed" if limited and requests == limits else "Burstable"


def amounts(resources: Node | None, kind: str) -> Amounts:
    """CPU and memory in ``requests`` or ``limits``. Raises ValueError for what is no quantity."""
    node = resources.get(kind) if isinstance(resources, Mapping) else None
    if not isinstance(node, Mapping):
        return {}
    values = {name: node.get(name) for name in COMPUTE}
    return {
        name: billionths(str(v.value)) for name, v in values.items() if isinstance(v, Scalar) and v.value is not None
    }
