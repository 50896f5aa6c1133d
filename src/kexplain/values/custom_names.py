"""Whom a name in a custom object means: where it stands in this set, or that it does not."""

from kexplain.api.custom_references import MAKES, NAMES, custom_references
from kexplain.catalogue.value import Near
from kexplain.objects.facts import Facts
from kexplain.objects.visit import Visit
from kexplain.values._shared import called, fit, listed, place, shown
from kexplain.values.names import CLUSTERS_OWN, meant

FIELDS = {
    "secretName": "Secret", "credentialName": "Secret", "existingSecret": "Secret", "configMapName": "ConfigMap",
    "serviceAccountName": "ServiceAccount", "serviceAccount": "ServiceAccount", "storageClassName": "StorageClass",
    "storageClass": "StorageClass", "ingressClassName": "IngressClass", "gatewayClassName": "GatewayClass",
    "serviceName": "Service", "claimName": "PersistentVolumeClaim", "priorityClassName": "PriorityClass",
    "runtimeClassName": "RuntimeClass", "volumeSnapshotClassName": "VolumeSnapshotClass", "stableService": "Service",
    "canaryService": "Service", "activeService": "Service", "previewService": "Service",
    "persistentVolumeClaimName": "PersistentVolumeClaim",
}  # fmt: skip
"""Kinds that fields of these names mean wherever they stand."""
HOLDERS = {
    "secretRef": "Secret", "secretKeyRef": "Secret", "imagePullSecrets": "Secret", "configMapRef": "ConfigMap",
    "configMapKeyRef": "ConfigMap", "serviceAccountRef": "ServiceAccount", "issuerRef": "Issuer",
    "parentRefs": "Gateway", "backendRefs": "Service", "backendRef": "Service", "scaleTargetRef": "Deployment",
    "sourceRef": "GitRepository", "taskRef": "Task", "pipelineRef": "Pipeline", "secretStoreRef": "SecretStore",
    "workflowTemplateRef": "WorkflowTemplate", "authenticationRef": "TriggerAuthentication", "dependsOn": ".",
    "certificateRefs": "Secret", "functionRef": "Function", "tokenSecretRef": "Secret", "passwordSecretRef": "Secret",
    "privateKeySecretRef": "Secret", "apiTokenSecretRef": "Secret", "certSecretRef": "Secret", "secret": "Secret",
    "passwordSecret": "Secret", "superuserSecret": "Secret",
    **dict.fromkeys(("objectRef", "targetRef", "targetRefs", "nodeClassRef", "valuesFrom", "subjects", "ref",
                     "resourceRef", "clusterRef", "policyRef", "healthChecks", "controlPlaneRef", "infrastructureRef",
                     "substituteFrom", "workloadRef", "parametersRef", "chartRef"), ""),
}  # fmt: skip
"""Kinds that ``name`` means in an object of such a field, where no ``kind`` stands beside it; ``.``: its own."""
OTHER_CLASSES = frozenset({"GatewayClass", "VolumeSnapshotClass", "ClusterIssuer", "ClusterSecretStore"})
OWN_ROWS = tuple(position for position, rows in custom_references().items() if rows[0].relation in {NAMES, MAKES})
AT = (*OWN_ROWS, "custom .name", *(f"custom .{field}" for field in FIELDS))


def relate(visit: Visit, near: Near) -> str:
    """The object that a name means, with its line; of one that is made, who uses it."""
    name = visit.value
    if not isinstance(name, str) or not name or visit.unresolved:
        return ""
    row = next(iter(custom_references().get(visit.position, ())), None)
    kind = kind_of(visit)
    if row is not None and row.relation == MAKES and row.kind != "Pod":
        return used(row.kind, name, near)
    if not kind:
        return ""
    found = meant(visit, kind, name, near)
    if found is not None and found is not near.facts:
        return fit(f"The {called(found)}, {place(found, near)}.", f"The {kind} of {place(found, near)}.")
    if (kind, name) in near.workspace.generated:
        return "A kustomization of this set makes it."
    if kind in CLUSTERS_OWN or kind in OTHER_CLASSES:
        return fit(f"The {kind} {shown(name)}, which is not in these files: the cluster must have it.")
    return fit(f"The {kind} {shown(name)}, which is not in these files.") if shown(name) else ""


def kind_of(visit: Visit) -> str:
    """The kind of object that a name means; empty where it is the name of something else."""
    row = next(iter(custom_references().get(visit.position, ())), None)
    holder = visit.parent
    if row is not None:
        beside = holder.read(row.kind_field) if holder and row.kind_field else None
        return shown(beside) or row.kind
    if visit.name != "name" or holder is None:
        return FIELDS.get(visit.position.rpartition(".")[2], "")
    field = holder.position.rpartition(".")[2].removesuffix("[]")
    if field not in HOLDERS:
        return ""
    known = HOLDERS[field]
    return shown(holder.read("kind")) or (visit.manifest.kind if known == "." else known)


def used(kind: str, name: str, near: Near) -> str:
    """Who names an object that this one makes."""
    users: list[Facts] = [
        one for one in near.workspace.objects
        if one is not near.facts and any((n.kind, n.name) == (kind, name) for n in one.naming)
    ]  # fmt: skip
    if users:
        return fit(f"It makes this {kind}, which {listed(users)} use{'s' if len(users) == 1 else ''}.")
    return f"It makes this {kind}, which no object of these files names."
