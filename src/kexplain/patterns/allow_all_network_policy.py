"""allow-all-network-policy: a policy for every Pod of the namespace that lets everything in, or out."""

from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, plain_value


def matches(visit: Visit) -> bool:
    """Whether a NetworkPolicy's spec selects all Pods and has an ingress or egress rule without any condition."""
    selector = visit.get("podSelector")
    if isinstance(selector, Mapping) and selector.fields:
        return False
    rules = [*visit.items("ingress"), *visit.items("egress")]
    return any(
        isinstance(rule, Mapping) and not any(plain_value(e.value) for e in rule.fields.values()) for rule in rules
    )
