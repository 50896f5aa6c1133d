"""default-deny: a policy for every Pod of the namespace that allows nothing in the directions it governs."""

from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, Sequence, plain_value


def matches(visit: Visit) -> bool:
    """Whether a NetworkPolicy's spec selects all Pods and gives no rule for any direction it governs."""
    selector = visit.get("podSelector")
    if isinstance(selector, Mapping) and any(
        plain_value(e.value) not in ({}, [], None) for e in selector.fields.values()
    ):
        return False
    types = [plain_value(item) for item in visit.items("policyTypes")] or [
        "Ingress",
        *(["Egress"] if visit.items("egress") else []),
    ]
    governed = [field for kind, field in (("Ingress", "ingress"), ("Egress", "egress")) if kind in types]
    return bool(governed) and all(is_empty(visit, field) for field in governed)


def is_empty(visit: Visit, name: str) -> bool:
    """Whether a list below a visit is missing or has no items."""
    node = visit.get(name)
    return node is None or (isinstance(node, Sequence) and not node.items)
