"""AuthorizationPolicies of Istio and policies of Cilium in one sentence each: who may reach whom."""

from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, Node, Sequence, string
from kexplain.values._shared import fit, shown, text_at

ISTIO = "security.istio.io AuthorizationPolicy"
POLICIES = ("cilium.io CiliumNetworkPolicy", "cilium.io CiliumClusterwideNetworkPolicy")
WAYS = {"ingress": ("from", "to them"), "egress": ("to", "from them"),
        "ingressDeny": ("from", "to them"), "egressDeny": ("to", "from them")}  # fmt: skip
AT = (
    f"{ISTIO}.spec",
    f"{ISTIO}.spec.rules[]",
    *(f"{kind}.{spec}" for kind in POLICIES for spec in ("spec", "specs[]")),
    *(f"{kind}.{spec}.{way}[]" for kind in POLICIES for spec in ("spec", "specs[]") for way in WAYS),
)

DOES = {"ALLOW": "Allows", "DENY": "Refuses", "AUDIT": "Notes", "CUSTOM": "Asks another program about"}
WHO = (("principals", "callers {}"), ("requestPrincipals", "tokens of {}"), ("namespaces", "the namespaces {}"),
       ("serviceAccounts", "the ServiceAccounts {}"), ("ipBlocks", "the addresses {}"),
       ("remoteIpBlocks", "the client addresses {}"))  # fmt: skip
WHAT = (("methods", "{}"), ("paths", "on {}"), ("ports", "at port {}"), ("hosts", "for {}"))
MOST = 3
"""Names that are listed."""


def explain(visit: Visit) -> str:
    """What a policy, or one rule of it, allows or refuses; empty where that is more than one sentence can hold."""
    if not isinstance(visit.node, Mapping):
        return ""
    if visit.position == f"{ISTIO}.spec":
        return istio(visit.node)
    if visit.position.startswith(ISTIO):
        return istio_rule(visit)
    way = visit.position.rpartition(".")[2].removesuffix("[]")
    return cilium_rule(visit.node, way) if way in WAYS else cilium(visit.node)


def istio(spec: Mapping) -> str:
    """A whole AuthorizationPolicy, as far as it is about everything or nothing."""
    action = text_at(spec, "action") or "ALLOW"
    rules = spec.get("rules")
    listed = rules.items if isinstance(rules, Sequence) else []
    whom = "the Pods it selects" if spec.get("selector") is not None else "all Pods of its namespace"
    if spec.get("targetRefs") is not None or spec.get("targetRef") is not None:
        whom = "what it names"
    if not listed:
        none = {"ALLOW": f"No rule, so every request to {whom} is refused.", "DENY": "No rule, so it refuses nothing."}
        return none.get(action, "No rule, so it does nothing.")
    if any(is_empty(rule) for rule in listed):
        every = {"ALLOW": f"Allows every request to {whom}.", "DENY": f"Refuses every request to {whom}."}
        return every.get(action, "")
    what = {"ALLOW": f"Of requests to {whom}, only those that fit one of {len(listed)} rules are allowed.",
            "DENY": f"Of requests to {whom}, those that fit one of {len(listed)} rules are refused."}  # fmt: skip
    return what.get(action, "").replace("fit one of 1 rules", "fit its rule")


def istio_rule(visit: Visit) -> str:
    """One rule: who may do what."""
    rule = visit.node
    spec = visit.parent.parent if visit.parent else None
    action = (spec.read("action") if spec else None) or "ALLOW"
    does = DOES.get(str(action), "")
    if not isinstance(rule, Mapping) or not does:
        return ""
    if is_empty(rule):
        return f"{does} everything."
    sources, operations = ([inner(one, name) for one in entries(rule, field)]
                           for field, name in (("from", "source"), ("to", "operation")))  # fmt: skip
    who = alternatives([told(one, WHO, " and ") for one in sources])
    what = alternatives([told(one, WHAT, " ") for one in operations])
    if (sources and not who) or (operations and not what):
        return ""
    when = " under further conditions" if entries(rule, "when") else ""
    from_ = f" from {who}" if who else " from everyone" if not when else ""
    return fit(f"{does} requests{f' {what}' if what else ''}{from_}{when}.")


def told(node: Node | None, fields: tuple[tuple[str, str], ...], joint: str) -> str:
    """The conditions of one entry, all of which must hold; empty where one of them is of another kind."""
    if not isinstance(node, Mapping) or not node.fields.keys() <= {name for name, _ in fields}:
        return ""
    parts = []
    for name, words in fields:
        values = [shown(string(value)) for value in entries(node, name)]
        if values:
            parts.append(words.format(named(values)) if all(values) else "")
    return joint.join(parts) if all(parts) else ""


def named(values: list[str]) -> str:
    """``a, b or c``, or how many."""
    if len(values) > MOST:
        return f"({len(values)} of them)"
    return " or ".join(filter(None, [", ".join(values[:-1]), values[-1]]))


def alternatives(parts: list[str]) -> str:
    """Entries, any one of which is enough; empty where one cannot be told."""
    return " or ".join(parts) if parts and all(parts) else ""


def inner(node: Node, name: str) -> Node | None:
    """What stands under a name."""
    return node.get(name) if isinstance(node, Mapping) else None


def entries(node: Node | None, name: str) -> list[Node]:
    """The items of a list; none where there is no list."""
    found = node.get(name) if isinstance(node, Mapping) else None
    return found.items if isinstance(found, Sequence) else []


def is_empty(node: Node | None) -> bool:
    """Whether a mapping asks for nothing."""
    return isinstance(node, Mapping) and not node.fields


def cilium(spec: Mapping) -> str:
    """What a whole policy leaves open, in both directions; a direction without rules stays as it is."""
    parts = []
    for way in ("ingress", "egress"):
        rules = entries(spec, way)
        if rules:
            much = "no" if all(is_empty(rule) for rule in rules) else "only some"
            parts.append(f"{much} connections {WAYS[way][1]}")
    if not parts or spec.get("enableDefaultDeny") is not None:
        return ""
    on_nodes = spec.get("nodeSelector") is not None
    whom = "the Pods it selects" if not is_empty(spec.get("endpointSelector")) else "all Pods"
    return fit(f"For {'the nodes it selects' if on_nodes else whom}, {' and '.join(parts)} are allowed.")


def cilium_rule(rule: Node, way: str) -> str:
    """One rule of a direction: the other side and the ports."""
    if is_empty(rule):
        return "An empty rule allows nothing, and so shuts this direction." if "Deny" not in way else ""
    side = WAYS[way][0]
    if not isinstance(rule, Mapping):
        return ""
    about = {name for name in rule.fields if name.startswith(side)}
    if not about <= known(side) or not all(entries(rule, name) for name in about):
        return ""
    others = [
        *labels(entries(rule, f"{side}Endpoints")),
        *(f"the group {string(one)}" for one in entries(rule, f"{side}Entities")),
        *(string(one) for one in entries(rule, f"{side}CIDR")),
        *(text_at(one, "cidr") for one in entries(rule, f"{side}CIDRSet")),
        *(text_at(one, "matchName") or text_at(one, "matchPattern") for one in entries(rule, f"{side}FQDNs")),
    ]
    if not all(map(is_short, others)):
        return ""
    ports = [port(one) for rule_ in entries(rule, "toPorts") for one in entries(rule_, "ports")]
    if not all(ports):
        return ""
    who = f" {side} {named(others)}" if others else f" {side} anywhere"
    at = f" at port {named(ports)}" if ports else ""
    limited = any(inner(one, "rules") is not None for one in entries(rule, "toPorts"))
    deny = "Deny" in way
    return fit(f"{'Refuses' if deny else 'Allows'} connections{who}{at}{', within further rules' if limited else ''}.")


def known(side: str) -> set[str]:
    """The fields of a rule about the other side that a sentence can tell."""
    return {f"{side}{what}" for what in ("Endpoints", "Entities", "CIDR", "CIDRSet", "FQDNs", "Ports")}


def is_short(text: str) -> bool:
    """Whether a text may be repeated in a sentence."""
    return bool(text) and all(shown(word) for word in text.split(" "))


def labels(selectors: list[Node]) -> list[str]:
    """The Pods that some selectors mean; an empty text where one has expressions."""
    found = []
    for selector in selectors:
        wanted = inner(selector, "matchLabels")
        if is_empty(selector):
            found.append("all Pods")
        elif isinstance(wanted, Mapping) and inner(selector, "matchExpressions") is None:
            pairs = (f"{key}={string(entry.value)}" for key, entry in wanted.fields.items())
            found.append(f"Pods with {' '.join(pairs)}")
        else:
            found.append("")
    return found


def port(node: Node) -> str:
    """A port with its protocol: ``443/TCP``."""
    number, protocol = text_at(node, "port"), text_at(node, "protocol")
    return f"{number}/{protocol}" if number and protocol not in {"", "ANY"} else number
