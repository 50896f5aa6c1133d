"""What is not written in an object and matters: who meets it, what it uses, and which defaults are in force."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kexplain.domain.qos import qos_class

if TYPE_CHECKING:
    from kexplain.catalogue.value import Near
    from kexplain.objects.facts import Facts
    from kexplain.objects.visit import Visit

MOST = 3
"""Sentences of a summary."""
LONGEST = 110
SPECS = (("spec", "jobTemplate", "spec", "template", "spec"), ("spec", "template", "spec"), ("spec",))
FINITE = frozenset({"Job", "CronJob"})
"""Kinds whose Pods run to an end and need nobody to reach them."""
USED = frozenset({"ConfigMap", "Secret", "PersistentVolumeClaim", "ServiceAccount"})
ROLES = frozenset({"Role", "ClusterRole"})
SELECTING = frozenset({"Service", "NetworkPolicy", "PodDisruptionBudget"})
WHY = {
    "BestEffort": "BestEffort QoS, as no container asks for CPU or memory: it is the first to be evicted",
    "Burstable": "Burstable QoS, as not every container has equal requests and limits for CPU and memory",
    "Guaranteed": "Guaranteed QoS, as all requests equal the limits: it is the last to be evicted",
}


def summary(root: "Visit", near: "Near") -> list[str]:
    """At most three short sentences about an object as a whole."""
    one = near.facts
    if one.made:
        found = [met(one, near), uses(one), *defaults(root, near)]
    elif one.kind in SELECTING:
        found = [selects(root, near), *of_service(root, one)]
    elif one.kind in USED | ROLES:
        found = [used(one, near)]
    elif one.kind == "HorizontalPodAutoscaler":
        found = [scales(one, near)]
    else:
        return []
    return [text for text in found if text][:MOST]


def named(ones: "list[Facts]", *, kind: bool = True) -> str:
    """Some objects: ``Service web and 2 more``."""
    names = list(dict.fromkeys(f"{one.kind} {one.name}" if kind else one.name for one in ones))
    several = f"{names[0]} and {len(names) - 1} more" if len(names) > 2 else " and ".join(names)
    return several if len(several) <= LONGEST - 40 else f"{len(names)} objects"


def met(one: "Facts", near: "Near") -> str:
    """Who selects, scales, protects and restricts the Pods of an object."""
    groups = {
        "Service": near.selecting("Service"),
        "autoscaler": [scaler for scaler in near.workspace.scalers(one) if near.is_beside(scaler)],
        "PodDisruptionBudget": near.selecting("PodDisruptionBudget"),
        "NetworkPolicy": near.selecting("NetworkPolicy"),
    }
    parts = list(dict.fromkeys(f"{other.kind} {other.name}" for group in groups.values() for other in group))
    whom = "it" if one.kind == "Pod" else "its Pods"
    if not parts and one.kind in FINITE:
        return ""
    if not parts:
        return f"No Service, autoscaler, budget or NetworkPolicy of these files acts on {whom}."
    text = f"{joined(parts)} act{'s' if len(parts) == 1 else ''} on {whom}."
    counts = [f"{len(group)} {kind}{'' if len(group) == 1 else 's'}" for kind, group in groups.items() if group]
    return text if len(text) <= LONGEST else f"{joined(counts)} act on {whom}.".replace("Policys", "Policies")


def joined(parts: list[str]) -> str:
    """``a, b and c``."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def uses(one: "Facts") -> str:
    """The ConfigMaps, Secrets, claims and the account that an object names."""
    names = dict.fromkeys((naming.kind, naming.name) for naming in one.naming if naming.kind in USED and naming.name)
    found = list(names)
    if not found:
        return ""
    kinds: dict[str, list[str]] = {}
    for kind, name in found:
        kinds.setdefault(kind, []).append(name)
    named_ = joined([f"{kind} {joined(ones)}" for kind, ones in kinds.items()])
    counts = joined([f"{len(ones)} {kind}{'s' if len(ones) > 1 else ''}" for kind, ones in kinds.items()])
    return f"It uses {named_}." if len(named_) < LONGEST - 10 else f"It uses {counts}."


def defaults(root: "Visit", near: "Near") -> Iterator[str]:
    """The class of quality of service, and why; where a LimitRange may fill in requests, nothing is said."""
    if limited(near):
        return
    for names in SPECS:
        if root.get(*names, "containers") is not None:
            spec = root
            for name in names:
                spec = spec.child(name)
            why = WHY.get(qos_class(spec), "")
            number = one_pod(root, near)
            yield f"{number}{why}." if why and len(number + why) < LONGEST else f"{why}." if why else ""
            return


def one_pod(root: "Visit", near: "Near") -> str:
    """That the number of Pods is not written, and that no autoscaler sets it."""
    if any(True for _ in near.workspace.scalers(near.facts)):
        return ""
    wants = root.manifest.kind in {"Deployment", "StatefulSet", "ReplicaSet"} and root.get("spec", "replicas") is None
    return "One Pod by default; " if wants else ""


def limited(near: "Near") -> bool:
    """Whether a LimitRange of the set may give the containers of an object requests and limits."""
    ranges = near.workspace.by_kind.get("LimitRange", ())
    return any(not (one.namespace and near.facts.namespace) or one.namespace == near.facts.namespace for one in ranges)


def selects(root: "Visit", near: "Near") -> str:
    """Whose Pods an object selects."""
    one = near.facts
    selected = near.selected(one.selector) if one.selector else []
    if selected:
        bare, makers = [other for other in selected if other.kind == "Pod"], [o for o in selected if o.kind != "Pod"]
        found = [*([named(bare)] if bare else []), *([f"the Pods of {named(makers)}"] if makers else [])]
        return f"It selects {' and '.join(found)}."
    if one.selector is None or root.read("spec", "type") == "ExternalName":
        return ""
    return "It selects no Pod of these files."


def of_service(root: "Visit", one: "Facts") -> Iterator[str]:
    """What a Service is that does not say its type."""
    if one.kind == "Service" and root.get("spec", "type") is None:
        headless = root.read("spec", "clusterIP") == "None"
        yield ("Headless: it has no address of its own, and DNS answers with those of the Pods." if headless else
               "Without a type it is a ClusterIP: reachable inside the cluster only.")  # fmt: skip


def used(one: "Facts", near: "Near") -> str:
    """Who names an object."""
    users = near.workspace.users(one)
    if one.kind in ROLES:
        users += near.workspace.granting(one)
        what = f"It is granted by {named(users)}." if users else "No binding of these files grants it."
        return what if len(what) <= LONGEST else ""
    if one.provided:
        return ""
    return f"It is used by {named(users)}." if users else "Nothing in these files uses it."


def scales(one: "Facts", near: "Near") -> str:
    """Whom an autoscaler scales."""
    found = [relation.object for relation in near.workspace.relations(one) if relation.subject is one]
    return f"It scales {named(found)}." if found else "What it scales is not in these files."
