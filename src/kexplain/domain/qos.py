"""The quality-of-service class of a Pod, as the kubelet computes it.

Source: ComputePodQOS in the Kubernetes sources, pkg/apis/core/v1/helper/qos.
"""

from kexplain.api.quantity import billionths
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, Node, Scalar

COMPUTE = ("cpu", "memory")
Amounts = dict[str, int]


def qos_class(spec: Visit) -> str:
    """``Guaranteed``, ``Burstable`` or ``BestEffort`` for a Pod's spec; empty where a quantity cannot be read.

    Pod-level resources decide where they are set (on by default since 1.34); of those, empty as well where the answer
    depends on the version, since limits of containers became limits of the Pod only lately.
    """
    nodes = [*spec.items("initContainers"), *spec.items("containers")]
    resources = [node.get("resources") for node in nodes if isinstance(node, Mapping)]
    own = spec.get("resources")
    try:
        pairs = [defaulted(amounts(node, "requests"), amounts(node, "limits")) for node in resources]
        if own is not None and any(amounts(own, kind) for kind in ("requests", "limits")):
            wanted, limits = amounts(own, "requests"), amounts(own, "limits")
            if any(name not in limits and name in below for _, below in pairs for name in COMPUTE):
                return ""
            pairs = [defaulted({**asked(name_sums(pairs), limits), **wanted}, limits)]
    except ValueError:
        return ""
    if not any(amount for pair in pairs for amounts_ in pair for amount in amounts_.values()):
        return "BestEffort"
    guaranteed = all(requests == limits and len(positive(limits)) == len(COMPUTE) for requests, limits in pairs)
    return "Guaranteed" if guaranteed else "Burstable"


def defaulted(requests: Amounts, limits: Amounts) -> tuple[Amounts, Amounts]:
    """Requests and limits, a request that is not set following the limit; one that is 0 is set."""
    return {**limits, **requests}, limits


def name_sums(pairs: list[tuple[Amounts, Amounts]]) -> Amounts:
    """What all containers request together."""
    return {name: sum(r.get(name, 0) for r, _ in pairs) for name in COMPUTE if any(name in r for r, _ in pairs)}


def asked(sums: Amounts, limits: Amounts) -> Amounts:
    """The requests that a Pod with limits gets from those of its containers."""
    return {name: amount for name, amount in sums.items() if name in limits}


def positive(amounts_: Amounts) -> Amounts:
    """Those above zero."""
    return {name: amount for name, amount in amounts_.items() if amount > 0}


def amounts(resources: Node | None, kind: str) -> Amounts:
    """CPU and memory in ``requests`` or ``limits``. Raises ValueError for what is no quantity."""
    node = resources.get(kind) if isinstance(resources, Mapping) else None
    if not isinstance(node, Mapping):
        return {}
    values = {name: node.get(name) for name in COMPUTE}
    known = {name: v for name, v in values.items() if isinstance(v, Scalar) and v.value is not None}
    return {name: billionths(str(v.value)) for name, v in known.items()}
