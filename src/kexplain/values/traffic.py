"""NetworkPolicies in one sentence each: who may connect to whom, and when two conditions are ``or`` or ``and``."""

from kexplain.catalogue.value import Near
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, Node, Sequence, string
from kexplain.values._shared import fit, shown

SPEC = "networking.k8s.io/v1 NetworkPolicy.spec"
LISTS = ("networking.k8s.io/v1 NetworkPolicyIngressRule.from", "networking.k8s.io/v1 NetworkPolicyEgressRule.to")
AT = (
    SPEC,
    *LISTS,
    *(f"{position}[]" for position in LISTS),
    "networking.k8s.io/v1 NetworkPolicySpec.ingress",
    "networking.k8s.io/v1 NetworkPolicySpec.egress",
    "networking.k8s.io/v1 IPBlock.cidr",
    "networking.k8s.io/v1 IPBlock.except[]",
)

RANGES = {"0.0.0.0/0": "All IPv4 addresses, in the cluster and outside.", "::/0": "All IPv6 addresses."}
PRIVATE = {"10.0.0.0/8": "", "172.16.0.0/12": "", "192.168.0.0/16": ""}
METADATA = "169.254.169.254/32"


def relate(visit: Visit, near: Near) -> str:
    """What a policy, or a part of it, allows."""
    if isinstance(visit.value, str):
        return addresses(visit.value)
    if visit.position == SPEC:
        return policy(visit)
    if visit.position in LISTS:
        return peers(visit)
    if visit.position.endswith("[]"):
        return peer(visit.node)
    return rules(visit)


def addresses(cidr: str) -> str:
    """A range of addresses."""
    if cidr == METADATA:
        return "The metadata service of clouds, which hands out credentials of the node."
    if cidr in PRIVATE:
        return "Private addresses, mostly those of the cluster and the networks beside it."
    if words := RANGES.get(cidr):
        return words
    bits = cidr.rpartition("/")[2]
    if not bits.isascii() or not bits.isdigit() or len(bits) > 3:
        return ""
    free = (128 if ":" in cidr else 32) - int(bits)
    if not 0 <= free <= 32:
        return ""
    return "A single address." if free == 0 else f"A range of {2**free:,} addresses."


def policy(visit: Visit) -> str:
    """What a whole policy allows, in both directions."""
    written = {string(item) for item in visit.items("policyTypes")}
    types = written or {"Ingress", *(["Egress"] if visit.items("egress") else [])}
    parts = []
    for type_, field, way in (("Ingress", "ingress", "to them"), ("Egress", "egress", "from them")):
        if type_ in types:
            listed = visit.items(field)
            much = "no" if not listed else "all" if any(is_empty(item) for item in listed) else "only some"
            parts.append(f"{much} connections {way}")
    whom = "all Pods of its namespace" if is_empty(visit.get("podSelector")) else "the Pods it selects"
    free = "" if len(types) > 1 else f"; those {'from' if 'Ingress' in types else 'to'} them are not restricted"
    return fit(f"For {whom}, {' and '.join(parts)} are allowed{free}.") if parts else ""


def is_empty(node: Node | None) -> bool:
    """Whether a mapping asks for nothing."""
    return isinstance(node, Mapping) and not node.fields


def rules(visit: Visit) -> str:
    """All rules of a direction."""
    if not isinstance(visit.node, Sequence):
        return ""
    listed = visit.node.items
    if not listed:
        return "Nothing is allowed in this direction."
    if any(is_empty(item) for item in listed):
        return "An empty rule allows everything in this direction."
    return "" if len(listed) == 1 else f"A connection is allowed that fits one of the {len(listed)} rules."


def peers(visit: Visit) -> str:
    """The list of those at the other end; of a single one its own line tells."""
    if not isinstance(visit.node, Sequence) or len(visit.node.items) == 1:
        return ""
    count = len(visit.node.items)
    if count == 0:
        return "An empty list: everybody is meant."
    return f"Whoever fits one of the {count} entries: separate entries are `or`, two selectors in one are `and`."


def peer(node: Node) -> str:
    """One entry: two selectors in it are ``and``."""
    if not isinstance(node, Mapping):
        return ""
    pods, namespaces, block = (node.get(name) for name in ("podSelector", "namespaceSelector", "ipBlock"))
    if block is not None:
        cidr = shown(string(block.get("cidr"))) if isinstance(block, Mapping) else ""
        return fit(f"Addresses in the range {cidr}.") if cidr else ""
    who = "All Pods" if pods is None or is_empty(pods) else "The selected Pods"
    if namespaces is None:
        return f"{who} of the policy's own namespace." if pods is not None else ""
    where = "all namespaces" if is_empty(namespaces) else "the selected namespaces"
    both = ": in one entry, both selectors must fit" if pods is not None and not is_empty(pods) else ""
    return f"{who} of {where}{both}."
