"""What points where, as typed data: fields that name another object, selectors; and what a selector means."""

from collections import abc
from typing import NamedTuple

from kexplain.syntax.tree import Mapping, Node, Scalar, items, string, waits

Labels = abc.Mapping[str, str]


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


class Selector(NamedTuple):
    """Which objects are selected: those with all ``labels``, for which every one of ``expressions`` holds.

    An expression is its key, operator and values. One that is not ``valid`` selects nothing. What one selects that is
    ``unresolved`` is known when its values are there.
    """

    labels: Labels
    expressions: tuple[tuple[str, str, frozenset[str]], ...] = ()
    valid: bool = True
    unresolved: bool = False

    @property
    def asks(self) -> bool:
        """Whether it asks for anything; one that does not selects everything."""
        return bool(self.labels or self.expressions)

    def selects(self, labels: Labels) -> bool:
        """Whether it selects an object with these labels. Source: k8s.io/apimachinery, LabelSelectorAsSelector."""
        return (
            self.valid
            and self.labels.items() <= labels.items()
            and all(holds(labels, *expression) for expression in self.expressions)
        )


def holds(labels: Labels, key: str, operator: str, values: frozenset[str]) -> bool:
    """Whether one expression holds for the labels; an operator that does not exist holds for none."""
    if operator == "In":
        return key in labels and labels[key] in values
    if operator == "NotIn":
        return labels.get(key) not in values
    return key in labels if operator == "Exists" else operator == "DoesNotExist" and key not in labels


def selector_of(node: Node | None) -> Selector:
    """What a selector means, in both its forms: ``matchLabels`` and ``matchExpressions``, or a plain map of labels."""
    if not isinstance(node, Mapping):
        return Selector({}, valid=False)
    match, expressions = node.get("matchLabels"), node.get("matchExpressions")
    if match is None and expressions is None:
        return Selector(labels_of(node), unresolved=waits(node))
    return Selector(labels_of(match), tuple(expression_of(row) for row in items(expressions)), unresolved=waits(node))


def expression_of(node: Node) -> tuple[str, str, frozenset[str]]:
    """One entry of ``matchExpressions``: key, operator, values."""
    if not isinstance(node, Mapping):
        return "", "", frozenset()
    values = frozenset(string(item) for item in items(node.get("values")))
    return string(node.get("key")), string(node.get("operator")), values
