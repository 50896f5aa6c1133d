"""Core types inside custom ones: which built-in type an object schema of a custom kind spells out, if any.

A schema *is* a core type when it has the fields that only this one has together, few others, and each shared field in
the same shape. Older and newer releases of a type differ by a few fields. What fits several types is none of them.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from kexplain.api.type import Type

Json = dict[str, Any]
Resolve = Callable[[Any], Json]

META = "meta/v1 ObjectMeta"
POD_SPEC, POD_TEMPLATE, CONTAINER = "core/v1 PodSpec", "core/v1 PodTemplateSpec", "core/v1 Container"
MOST_FOREIGN = 0.2
"""The part of a schema's fields that may be unknown to the core type."""
OF_FEW = 6
"""Of so few fields, none may be."""


class Mark(NamedTuple):
    """What tells a core type: fields it must have, of which others how many, and what the field's name must hold."""

    type: str
    has: frozenset[str]
    some: frozenset[str] = frozenset()
    least: int = 0
    name: str = ""


def mark(type_: str, has: str, some: str = "", least: int = 1, name: str = "") -> Mark:
    """A mark, its fields as words."""
    return Mark(type_, frozenset(has.split()), frozenset(some.split()), least if some else 0, name)


MARKS = (
    mark(POD_SPEC, "containers", "volumes restartPolicy serviceAccountName nodeSelector tolerations initContainers", 2),
    mark(CONTAINER, "name image", "command args env envFrom ports resources volumeMounts securityContext", 3),
    mark("core/v1 ResourceRequirements", "limits requests"),
    mark("meta/v1 LabelSelector", "matchLabels matchExpressions"),
    mark("core/v1 EnvVar", "name value valueFrom", name="env"),
    mark("core/v1 EnvVarSource", "configMapKeyRef secretKeyRef"),
    mark("core/v1 EnvFromSource", "configMapRef secretRef"),
    mark("core/v1 Affinity", "podAffinity podAntiAffinity"),
    mark("core/v1 NodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", name="nodeaffinity"),
    mark("core/v1 PodAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution "
         "preferredDuringSchedulingIgnoredDuringExecution", name="podantiaffinity"),
    mark("core/v1 PodAffinity", "requiredDuringSchedulingIgnoredDuringExecution "
         "preferredDuringSchedulingIgnoredDuringExecution", name="podaffinity"),
    mark("core/v1 NodeSelector", "nodeSelectorTerms"),
    mark("core/v1 Toleration", "effect key operator value"),
    mark("core/v1 Taint", "effect key value", name="taint"),
    mark("core/v1 Volume", "name emptyDir", "configMap secret persistentVolumeClaim hostPath projected", 2),
    mark("core/v1 VolumeMount", "name mountPath", "readOnly subPath subPathExpr mountPropagation", 2),
    mark("core/v1 Probe", "", "exec httpGet tcpSocket grpc failureThreshold periodSeconds initialDelaySeconds", 4),
    mark("core/v1 Lifecycle", "postStart preStop"),
    mark("core/v1 SecurityContext", "", "allowPrivilegeEscalation privileged capabilities readOnlyRootFilesystem", 3),
    mark("core/v1 PodSecurityContext", "runAsUser fsGroup", "runAsNonRoot runAsGroup supplementalGroups sysctls", 2),
    mark("core/v1 SecretKeySelector", "key name", name="secret"),
    mark("core/v1 ConfigMapKeySelector", "key name", name="configmap"),
    mark("core/v1 ObjectReference", "apiVersion kind name namespace uid resourceVersion"),
    mark("core/v1 TopologySpreadConstraint", "maxSkew topologyKey whenUnsatisfiable"),
    mark("core/v1 PersistentVolumeClaimSpec", "accessModes resources", "storageClassName volumeMode dataSource", 2),
    mark("core/v1 ServiceSpec", "clusterIP ports type", "sessionAffinity selector externalTrafficPolicy", 1),
    mark("core/v1 ServicePort", "port targetPort", "nodePort appProtocol", 1),
    mark("core/v1 HostAlias", "hostnames ip"),
    mark("core/v1 PodDNSConfig", "nameservers searches options"),
    mark("batch/v1 JobSpec", "template backoffLimit completions parallelism"),
    mark("policy/v1 PodDisruptionBudgetSpec", "minAvailable maxUnavailable selector"),
    mark("autoscaling/v2 HorizontalPodAutoscalerBehavior", "scaleDown scaleUp"),
)  # fmt: skip
TEMPLATE_OF = {POD_SPEC: POD_TEMPLATE, "core/v1 PersistentVolumeClaimSpec": "core/v1 PersistentVolumeClaimTemplate",
               "batch/v1 JobSpec": "batch/v1 JobTemplateSpec"}  # fmt: skip
"""What ``metadata`` and a ``spec`` of a type are together."""
META_FIELDS = frozenset({"annotations", "labels", "name", "namespace", "finalizers", "generateName", "ownerReferences",
                         "creationTimestamp"})  # fmt: skip
QUANTITY_PATTERN = "numkMGTPE"
"""What the pattern that tools write for a quantity holds, and no other."""


def core_type(name: str, schema: Json, resolve: Resolve, lookup: Callable[[str], Type | None]) -> str:
    """The core type that an object schema in a field of that name spells out; empty where it is none, or unclear."""
    properties: Json = schema.get("properties") or {}
    if metadata_like(name, properties):
        return META
    if {"metadata", "spec"} <= properties.keys() <= {"metadata", "spec", "apiVersion", "kind", "status"}:
        inner = core_type("spec", resolve(properties["spec"]), resolve, lookup)
        return TEMPLATE_OF.get(inner, "")
    low = name.lower()
    if properties.keys() == {"name"} and schema.get("x-kubernetes-map-type") == "atomic":
        return "core/v1 LocalObjectReference"
    found = [m for m in MARKS if m.has <= properties.keys() and m.name in low
             and len(m.some & properties.keys()) >= m.least]  # fmt: skip
    fitting = [m.type for m in found if (type_ := lookup(m.type)) and fits(properties, type_, resolve)]
    return fitting[0] if len(fitting) == 1 else named_first(fitting)


def named_first(types: list[str]) -> str:
    """Of the types that fit, the one that settles it: a Pod's anti-affinity names its affinity too; else none."""
    return types[0] if set(types) == {"core/v1 PodAntiAffinity", "core/v1 PodAffinity"} else ""


def metadata_like(name: str, properties: Json) -> bool:
    """Whether fields are those of an object's metadata: labels and annotations, and few others of it."""
    if not properties.keys() <= META_FIELDS:
        return False
    there = {"labels", "annotations"} & properties.keys()
    return bool(there) if name == "metadata" else len(there) == 2 and "meta" in name.lower()


def fits(properties: Mapping[str, Any], type_: Type, resolve: Resolve) -> bool:
    """Whether a schema's fields are those of a type: few others, and the shared ones of the same shape."""
    foreign = [name for name in properties if name not in type_.fields]
    if foreign and (len(properties) <= OF_FEW or len(foreign) > MOST_FOREIGN * len(properties)):
        return False
    shared = [name for name in properties if name in type_.fields]
    return bool(shared) and all(same_shape(resolve(properties[name]), type_.fields[name].ref) for name in shared)


def same_shape(schema: Json, ref: str) -> bool:
    """Whether a schema can hold what a type reference stands for; an open one can hold anything."""
    kind = schema.get("type")
    if ref == "any" or is_int_or_string(schema):
        return ref in {"any", "int-or-string", "quantity", "string", "int32", "int64"}
    if kind is None:
        return True
    if ref[:2] == "[]":
        return kind == "array" and same_shape(schema.get("items") or {}, ref[2:])
    if ref[:2] == "{}":
        return kind == "object" and not schema.get("properties")
    if " " in ref or ref == "object":
        return bool(kind == "object")
    return bool(kind == SHAPES.get(ref, "string"))


SHAPES = {"int32": "integer", "int64": "integer", "number": "number", "boolean": "boolean"}


def is_int_or_string(schema: Json) -> bool:
    """Whether a schema takes a whole number or a string, as definitions and as plain JSON schemas say it."""
    if schema.get("x-kubernetes-int-or-string") is True:
        return True
    if "type" in schema:
        return False
    for junction in ("anyOf", "oneOf"):
        branches = schema.get(junction)
        if isinstance(branches, list) and len(branches) == 2 and all(isinstance(b, dict) for b in branches):
            return {b.get("type") for b in branches} == {"integer", "string"}
    return False
