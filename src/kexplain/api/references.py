"""What points where, as typed data: fields that name another object, selectors; and what a selector means."""

from typing import NamedTuple

from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence, string


class Reference(NamedTuple):
    """A field whose value is the name of an object of ``kind``.

    ``key`` is the sibling field that names one entry of it, ``optional`` the sibling that allows it to be absent.
    """

    kind: str
    key: str = ""
    optional: str = ""


REFERENCES: dict[str, Reference] = {
    "core/v1 ConfigMapKeySelector.name": Reference("ConfigMap", "key", "optional"),
    "core/v1 ConfigMapEnvSource.name": Reference("ConfigMap", optional="optional"),
    "core/v1 ConfigMapVolumeSource.name": Reference("ConfigMap", optional="optional"),
    "core/v1 ConfigMapProjection.name": Reference("ConfigMap", optional="optional"),
    "core/v1 SecretKeySelector.name": Reference("Secret", "key", "optional"),
    "core/v1 SecretEnvSource.name": Reference("Secret", optional="optional"),
    "core/v1 SecretVolumeSource.secretName": Reference("Secret", optional="optional"),
    "core/v1 SecretProjection.name": Reference("Secret", optional="optional"),
    "networking.k8s.io/v1 IngressTLS.secretName": Reference("Secret"),
    "core/v1 PersistentVolumeClaimVolumeSource.claimName": Reference("PersistentVolumeClaim"),
    "core/v1 PodSpec.serviceAccountName": Reference("ServiceAccount"),
    "core/v1 PodSpec.priorityClassName": Reference("PriorityClass"),
    "core/v1 PodSpec.runtimeClassName": Reference("RuntimeClass"),
    "core/v1 PersistentVolumeClaimSpec.storageClassName": Reference("StorageClass"),
    "apps/v1 StatefulSetSpec.serviceName": Reference("Service"),
    "networking.k8s.io/v1 IngressServiceBackend.name": Reference("Service"),
    "networking.k8s.io/v1 IngressSpec.ingressClassName": Reference("IngressClass"),
}

SELECTORS: dict[str, str] = {
    "core/v1 ServiceSpec.selector": "Pod",
    "policy/v1 PodDisruptionBudgetSpec.selector": "Pod",
    "networking.k8s.io/v1 NetworkPolicySpec.podSelector": "Pod",
}
"""Positions whose value selects objects of a kind, in the object's own namespace. ``Pod`` means every Pod template."""


def labels_of(node: Node | None) -> dict[str, str]:
    """Labels as a dict; entries that are not strings are left out."""
    if not isinstance(node, Mapping):
        return {}
    return {name: string(entry.value) for name, entry in node.fields.items() if isinstance(entry.value, Scalar)}


def selects(selector: Node | None, labels: dict[str, str]) -> bool:
    """Whether a selector selects an object with these labels.

    Takes both forms: a LabelSelector (``matchLabels``, ``matchExpressions``; empty selects everything) and a plain map
    (Service, ReplicationController). Source: k8s.io/apimachinery, LabelSelectorAsSelector.
    """
    if not isinstance(selector, Mapping):
        return False
    match, expressions = selector.get("matchLabels"), selector.get("matchExpressions")
    if match is None and expressions is None:
        return labels_of(selector).items() <= labels.items()
    rows = expressions.items if isinstance(expressions, Sequence) else []
    return labels_of(match).items() <= labels.items() and all(expression_holds(row, labels) for row in rows)


def required_labels(selector: Node | None) -> list[tuple[str, str]]:
    """The labels that everything a selector selects must have; more conditions may apply."""
    if not isinstance(selector, Mapping):
        return []
    match, expressions = selector.get("matchLabels"), selector.get("matchExpressions")
    return list(labels_of(match if match is not None or expressions is not None else selector).items())


def expression_holds(expression: Node, labels: dict[str, str]) -> bool:
    """Whether one ``matchExpressions`` entry holds for the labels; an operator that does not exist holds for none."""
    if not isinstance(expression, Mapping):
        return False
    key, operator = string(expression.get("key")), string(expression.get("operator"))
    values = expression.get("values")
    texts = {string(item) for item in values.items} if isinstance(values, Sequence) else set()
    if operator == "In":
        return key in labels and labels[key] in texts
    if operator == "NotIn":
        return labels.get(key) not in texts or key not in labels
    return key in labels if operator == "Exists" else operator == "DoesNotExist" and key not in labels
