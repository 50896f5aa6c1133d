"""The facts that an object shows as a whole: who it is, what it makes, gives, scales or allows."""

from collections.abc import Collection, Iterator

from kexplain.api.provided import may_make
from kexplain.api.references import Labels, Selector, labels_of, selector_of
from kexplain.objects.bound_facts import bounds_of
from kexplain.objects.facts import (
    BindingFacts,
    BudgetFacts,
    Facts,
    ReplicaFacts,
    RoleFacts,
    ScalerFacts,
    ServiceFacts,
)
from kexplain.objects.manifest import Manifest
from kexplain.objects.spot import Spot
from kexplain.objects.spotting import lacking, spot_of
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence, descend, items, nodes_below, span_of, string

SCALERS = {"HorizontalPodAutoscaler": ("minReplicas", 1), "ScaledObject": ("minReplicaCount", 0)}
"""Kinds that set ``replicas`` by load, with the field of their lower bound and its default."""
SELECTING = {"Service": "selector", "PodDisruptionBudget": "selector", "NetworkPolicy": "podSelector",
             "Deployment": "selector", "StatefulSet": "selector", "DaemonSet": "selector", "ReplicaSet": "selector",
             "ReplicationController": "selector", "DeploymentConfig": "selector"}  # fmt: skip
"""Kinds whose ``spec`` selects Pods, with the field; workloads know their own Pods by it."""
REPLICATED = frozenset({"Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "DeploymentConfig"})
TOKEN_TYPE, TOKEN_KEYS = "kubernetes.io/service-account-token", {"token", "ca.crt", "namespace"}
LIMIT_RANGE_DEFAULTS = {"limits": ("default", "max"), "requests": ("defaultRequest", "default", "max", "min")}
"""Where a LimitRange keeps what a container gets that says nothing itself."""
BUILTIN_CLUSTER_ROLES = frozenset({"cluster-admin", "admin", "edit", "view"})
EVERY_VERB = ("get", "list", "watch", "create", "update", "patch", "delete")
"""Spelt out, these are as good as ``*``."""
BOOTSTRAP_LABEL = "kubernetes.io/bootstrapping"


def whole_facts(manifest: Manifest, file: int, root: Visit) -> Facts:
    """What an object says of itself; what stands at typed positions below it is added by the collector."""
    labels, annotations = manifest.metadata.get("labels"), manifest.metadata.get("annotations")
    name = manifest.metadata.get("name")
    return Facts(
        file, manifest.source.path, manifest.source.folder, manifest.document.number, manifest.api_version,
        manifest.kind, manifest.name, manifest.namespace, manifest.builtin, manifest.type.name,
        spot_of(root), name_spot(root), span_of(name or manifest.root), labels_of(labels),
        frozenset(annotations.fields) if isinstance(annotations, Mapping) else frozenset(),
        provided=is_builtin_role(manifest), made=tuple(made_by(manifest)), selector=selector_in(root),
        scaler=scaler_of(manifest, root),
        replicas=replicas_of(manifest, root), budget=budget_of(manifest, root), service=service_of(manifest, root),
        binding=binding_of(manifest, root), role=role_of(manifest), keys=keys_of(manifest), gives=gives_of(manifest),
        bounds=bounds_of(manifest),
        mounts_token=token_of(manifest), words=frozenset() if manifest.builtin else words_of(manifest),
    )  # fmt: skip


def name_spot(root: Visit) -> Spot:
    """Where an object has its name; the object where it has none."""
    named = root.get("metadata", "name") is not None
    return spot_of(root.child("metadata").child("name") if named else root)


def made_by(manifest: Manifest) -> list[Labels]:
    """The labels of the Pods that an object is or makes, for each of its Pod templates.

    In a custom object that may make Pods, whatever gives labels below it may give them to those.
    """
    holders = [template.get("metadata") for template in manifest.pod_templates]
    made: list[Labels] = [labels_of(holder.get("labels")) if isinstance(holder, Mapping) else {} for holder in holders]
    if manifest.builtin:
        return made
    known = {id(holder) for holder in holders}
    given = {id(labels): labels for holder, labels in given_labels(manifest) if id(holder) not in known}
    if given and may_make(manifest.group, manifest.kind, "Pod"):
        made += map(labels_of, given.values())
    return made


def given_labels(manifest: Manifest) -> Iterator[tuple[Node, Node]]:
    """Labels below an object that are not its own: what holds them, be it metadata by whatever name, and they."""
    for node in nodes_below([entry.value for name, entry in manifest.root.fields.items() if name != "metadata"]):
        for name, entry in node.fields.items() if isinstance(node, Mapping) else ():
            holder, plain = entry.value, name.lower()
            if plain.endswith("metadata") and isinstance(holder, Mapping):
                if isinstance(labels := holder.get("labels"), Mapping):
                    yield holder, labels
            elif plain.endswith("podlabels") and isinstance(holder, Mapping):
                yield holder, holder


def selector_in(root: Visit) -> Selector | None:
    """Which Pods an object is for."""
    field = SELECTING.get(root.manifest.kind)
    node = root.get("spec", field) if field else None
    return None if node is None else selector_of(node)


def scaler_of(manifest: Manifest, root: Visit) -> ScalerFacts | None:
    """What an autoscaler scales."""
    if manifest.kind not in SCALERS:
        return None
    kind, name, version = (root.read("spec", "scaleTargetRef", field) for field in ("kind", "name", "apiVersion"))
    field, default = SCALERS[manifest.kind]
    spot = spot_of(root.child("spec").child("scaleTargetRef"))
    target = descend(manifest.root, "spec", "scaleTargetRef")
    return ScalerFacts(
        version, kind if isinstance(kind, str) else None, name if isinstance(name, str) else None, spot,
        span_of(target) if target else None,
        spec_number(manifest, field, default),
    )  # fmt: skip


def replicas_of(manifest: Manifest, root: Visit) -> ReplicaFacts | None:
    """How many Pods a workload asks for, and whether something keeps them apart."""
    if manifest.kind not in REPLICATED:
        return None
    given = root.get("spec", "replicas") is not None
    spot = spot_of(root.child("spec").child("replicas")) if given else lacking(root, "spec.replicas")
    unspread = None
    if root.get("spec", "template", "spec") is not None and not is_spread(root):
        unspread = lacking(root, "spec.template.spec.affinity.podAntiAffinity")
    spec = root.get("spec", "template", "spec")
    constrained = spec is None or items(descend(spec, "topologySpreadConstraints"))
    unconstrained = None if constrained else lacking(root, "spec.template.spec.topologySpreadConstraints")
    number, value = spec_number(manifest, "replicas", 1), root.read("spec", "replicas")
    return ReplicaFacts(number, given, value, spot, unspread, unconstrained)


def is_spread(root: Visit) -> bool:
    """Whether anti-affinity or a spread constraint of a Pod template speaks of its own Pods."""
    spec, labels = root.get("spec", "template", "spec"), labels_of(root.get("spec", "template", "metadata", "labels"))
    anti = descend(spec, "affinity", "podAntiAffinity")
    terms = [*items(descend(spec, "topologySpreadConstraints"))]  # a list of our own: the tree stays as it is
    terms += items(descend(anti, "requiredDuringSchedulingIgnoredDuringExecution"))
    preferred = items(descend(anti, "preferredDuringSchedulingIgnoredDuringExecution"))
    terms += [term for item in preferred if (term := descend(item, "podAffinityTerm")) is not None]
    return any(selector_of(descend(term, "labelSelector")).selects(labels) for term in terms)


def budget_of(manifest: Manifest, root: Visit) -> BudgetFacts | None:
    """The ``minAvailable`` of a PodDisruptionBudget."""
    wanted = root.read("spec", "minAvailable") if manifest.type.name == "policy/v1 PodDisruptionBudget" else None
    return None if wanted is None else BudgetFacts(wanted, spot_of(root.child("spec").child("minAvailable")))


def service_of(manifest: Manifest, root: Visit) -> ServiceFacts | None:
    """A Service: its address, whom it selects, its ports."""
    if manifest.kind != "Service":
        return None
    selector, ports = root.get("spec", "selector"), descend(manifest.root, "spec", "ports")
    nodes = [item.get(f) for item in items(ports) if isinstance(item, Mapping) for f in ("port", "name")]
    selects = isinstance(selector, Mapping) and selector.fields
    type_ = root.read("spec", "type")
    return ServiceFacts(
        type_, string(descend(manifest.root, "spec", "clusterIP")),
        frozenset(node.value for node in nodes if isinstance(node, Scalar)) if type_ != "ExternalName" else frozenset(),
        None if selects or not root.get("spec") else lacking(root.child("spec"), "selector"),
    )  # fmt: skip


def binding_of(manifest: Manifest, root: Visit) -> BindingFacts | None:
    """The role that a binding hands out."""
    if manifest.kind not in {"RoleBinding", "ClusterRoleBinding"}:
        return None
    place = root.child("roleRef").child("name")
    return BindingFacts(root.read("roleRef", "kind"), root.read("roleRef", "name"), spot_of(place))


def role_of(manifest: Manifest) -> RoleFacts | None:
    """What a role allows."""
    if manifest.kind not in {"Role", "ClusterRole"}:
        return None
    rules = items(manifest.root.get("rules"))
    everything = next((span_of(rule) for rule in rules if is_everything(rule)), None)
    making = (rule for rule in rules if holds(rule, "verbs", {"create", "*"}))
    return RoleFacts(everything, tuple((words_in(rule, "apiGroups"), words_in(rule, "resources")) for rule in making))


def words_in(rule: Node, field: str) -> frozenset[str]:
    """The words of a rule's list."""
    return frozenset(string(item) for item in items(descend(rule, field)))


def keys_of(manifest: Manifest) -> frozenset[str]:
    """The keys of a ConfigMap or Secret, those that a controller adds included."""
    if manifest.kind not in {"ConfigMap", "Secret"}:
        return frozenset()
    maps = (manifest.root.get(field) for field in ("data", "binaryData", "stringData"))
    keys = {name for entries in maps if isinstance(entries, Mapping) for name in entries.fields}
    return frozenset(keys | TOKEN_KEYS if string(manifest.root.get("type")) == TOKEN_TYPE else keys)


def gives_of(manifest: Manifest) -> frozenset[tuple[str, str]]:
    """The requests and limits that a LimitRange gives containers which say nothing themselves."""
    if manifest.kind != "LimitRange":
        return frozenset()
    return frozenset(
        (section, resource)
        for item in items(descend(manifest.root, "spec", "limits"))
        if string(descend(item, "type")) == "Container"
        for section, names in LIMIT_RANGE_DEFAULTS.items()
        for resource in ("cpu", "memory")
        if any(descend(item, name, resource) is not None for name in names)
    )


def token_of(manifest: Manifest) -> bool | None:
    """What a ServiceAccount says of its token."""
    said = manifest.root.get("automountServiceAccountToken") if manifest.kind == "ServiceAccount" else None
    return None if not isinstance(said, Scalar) or said.value is None else said.value is not False


def words_of(manifest: Manifest) -> frozenset[str]:
    """Every text in an object."""
    below = nodes_below([manifest.root])
    return frozenset(node.value for node in below if isinstance(node, Scalar) and isinstance(node.value, str))


def spec_number(manifest: Manifest, field: str, default: int) -> int | None:
    """A whole number in an object's ``spec``: the default where it is absent, None for anything else."""
    node = descend(manifest.root, "spec", field)
    if node is None or (isinstance(node, Scalar) and node.value is None):
        return default
    value = node.value if isinstance(node, Scalar) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def is_everything(rule: Node) -> bool:
    """Whether a rule grants every verb on every resource of every API group."""
    verbs = holds(rule, "verbs", {"*"}) or all(holds(rule, "verbs", {verb}) for verb in EVERY_VERB)
    return verbs and all(holds(rule, field, {"*"}) for field in ("apiGroups", "resources"))


def holds(rule: Node, field: str, wanted: Collection[str]) -> bool:
    """Whether a rule's list holds one of the wanted words."""
    values = rule.get(field) if isinstance(rule, Mapping) else None
    return isinstance(values, Sequence) and any(string(item) in wanted for item in values.items)


def is_builtin_role(manifest: Manifest) -> bool:
    """Whether an object is one that the API server itself creates: by name, or by the label it puts on them."""
    labels = manifest.metadata.get("labels")
    if isinstance(labels, Mapping) and string(labels.get(BOOTSTRAP_LABEL)) == "rbac-defaults":
        return True
    return is_builtin_name(manifest.kind, manifest.name)


def is_builtin_name(kind: str, name: str) -> bool:
    """Whether every cluster has a role of that name."""
    return name.startswith("system:") or (kind == "ClusterRole" and name in BUILTIN_CLUSTER_ROLES)
