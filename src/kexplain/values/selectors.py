"""Whom the labels of a selector mean in this set."""

from kexplain.api.references import Selector, selector_of
from kexplain.catalogue.value import Near
from kexplain.objects.facts import Facts
from kexplain.objects.visit import Visit
from kexplain.values._shared import called, fit, listed, pods_of, shown

AT = (
    "core/v1 ServiceSpec.selector[]",
    "core/v1 ReplicationControllerSpec.selector[]",
    "meta/v1 LabelSelector.matchLabels[]",
    "core/v1 PodSpec.nodeSelector[]",
    "core/v1 ServiceSpec.selector",
    "networking.k8s.io/v1 NetworkPolicySpec.podSelector",
    "policy/v1 PodDisruptionBudgetSpec.selector",
)

NODES = {
    "kubernetes.io/os": "Only nodes that run {}.",
    "beta.kubernetes.io/os": "Only nodes that run {}.",
    "kubernetes.io/arch": "Only nodes with processors of type {}.",
    "beta.kubernetes.io/arch": "Only nodes with processors of type {}.",
    "kubernetes.io/hostname": "Only the node {}.",
    "topology.kubernetes.io/zone": "Only nodes in the zone {}.",
    "topology.kubernetes.io/region": "Only nodes in the region {}.",
    "node.kubernetes.io/instance-type": "Only nodes of the machine type {}.",
}
MOST = 200
"""Pod templates that are looked through for a label much like one."""
NAMES = frozenset({"app", "name", "k8s-app", "app.kubernetes.io/name", "app.kubernetes.io/instance"})
"""Labels that mostly hold the name of an application."""
OF_PODS = frozenset(
    {
        "ServiceSpec.selector",
        "ReplicationControllerSpec.selector",
        "NetworkPolicySpec.podSelector",
        "NetworkPolicyPeer.podSelector",
        "PodDisruptionBudgetSpec.selector",
        "PodAffinityTerm.labelSelector",
        "TopologySpreadConstraint.labelSelector",
    }
)
"""Selectors of Pods; others are of namespaces, volumes, metrics, or objects of any kind."""
NAMESPACE = "kubernetes.io/metadata.name"
"""The label that each namespace has by itself."""


def relate(visit: Visit, near: Near) -> str:
    """The objects that a selector, or one label of it, means."""
    value = visit.value
    if not visit.position.endswith("[]"):
        return whole(visit, near)
    if not isinstance(value, str):
        return ""
    if visit.position.endswith("nodeSelector[]"):
        template = NODES.get(visit.name, "Only nodes that somebody has given this label.")
        return fit(template.format(shown(value)))
    field = (visit.parent.parent if visit.parent else None) if visit.position.startswith("meta/v1") else visit.parent
    if field is None:
        return ""
    if field.position.endswith("namespaceSelector"):
        if visit.name == NAMESPACE:
            return fit(f"The namespace {shown(value)}, by the label that each has by itself." if shown(value) else "")
        return "Namespaces that somebody has given this label."
    if is_own(field):
        return own(field, visit.name, value)
    if field.position.endswith("objectSelector"):
        return "Only objects with this label are meant."
    if field.position.endswith("clusterRoleSelectors"):
        return "ClusterRoles with this label are gathered."
    if field.position.rpartition(" ")[2] not in OF_PODS:
        return ""
    if field.parent is not None and field.parent.get("namespaceSelector") is not None:
        return "Pods with this label, in the namespaces that the selector beside it means."
    selected = near.selected(Selector({visit.name: value}))
    return having(selected) if selected else nearest(visit.name, value, near)


def having(selected: list[Facts]) -> str:
    """The objects whose Pods have a label."""
    if len({one.kind == "Pod" for one in selected}) == 2:
        return fit(f"This label is on {pods_of(selected)}.", f"This label is on Pods of {len(selected)} objects.")
    have = "has" if len({called(one) for one in selected}) == 1 else "have"
    what = "" if all(one.kind == "Pod" for one in selected) else " Pods with"
    return fit(f"{listed(selected)} {have}{what} this label.", f"{len(selected)} objects here have{what} this label.")


def nearest(key: str, value: str, near: Near) -> str:
    """That no Pod has a label, and which has one much like it: another key with the value, or another value."""
    nobody = "No Pod in these files has this label"
    for one, labels in near.workspace.pods.rows[:MOST]:
        if not near.is_beside(one):
            continue
        other = next((name for name, label in labels.items() if label == value and name != key), "")
        if other and shown(other) and {key, other} <= NAMES:
            return fit(f"{nobody}; {called(one)} has {other}: {shown(value)}.", f"{nobody}.")
        if key in labels and key in NAMES and same(labels[key], value):
            return fit(f"{nobody}; {called(one)} has {shown(labels[key])}.", f"{nobody}.")
    return f"{nobody}."


def same(one: str, other: str) -> bool:
    """Whether two values differ in a few letters only."""
    return (
        bool(one) and bool(other) and (one.startswith(other) or other.startswith(one) or one.lower() == other.lower())
    )


def is_own(field: Visit) -> bool:
    """Whether a selector is that by which a controller knows its Pods."""
    holder = field.parent
    return holder is not None and holder.get("template") is not None and field.name == "selector"


def own(field: Visit, key: str, value: str) -> str:
    """Whether the Pods of a controller's own template have a label of its selector."""
    holder = field.parent
    written = holder.read("template", "metadata", "labels", key) if holder else None
    if written == value:
        return "The Pods of its template have this label, as they must."
    return "The template below lacks this label, so the API server refuses the object."


def whole(visit: Visit, near: Near) -> str:
    """All objects that a whole selector means."""
    selector = selector_of(visit.node)
    selected: list[Facts] = near.selected(selector)
    if not selector.labels and not selector.expressions:
        return "" if visit.name == "selector" else "All Pods of the namespace."
    return fit(f"Selects {pods_of(selected)}.") if selected else "No Pod in these files has all these labels."
