"""All manifests of a run, indexed: who is there, whom a name or a selector finds, and whether that can be judged."""

from collections import defaultdict
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

from kexplain.link import labels_of, selects
from kexplain.manifest import Manifest
from kexplain.tree import Mapping, Node, Scalar, Sequence

CLUSTER_SCOPED = frozenset(
    {"ClusterRole", "ClusterRoleBinding", "IngressClass", "Namespace", "Node", "PersistentVolume", "PriorityClass",
     "RuntimeClass", "StorageClass"}
)  # fmt: skip


class Pods(NamedTuple):
    """The Pods that one object is or makes: their labels, and the object."""

    manifest: Manifest
    labels: dict[str, str]
    template: Mapping


class Workspace:
    """The objects of a run.

    ``complete`` says whether they are all there is: True, False, or None when that has to be judged from what is there;
    ``generated`` are the kinds and names that kustomizations of the run make.
    """

    def __init__(
        self, manifests: list[Manifest], *, complete: bool | None = None, generated: frozenset[tuple[str, str]] = frozenset()
    ) -> None:
        self.manifests = manifests
        self.complete = complete
        self.generated = generated

    @cached_property
    def by_kind(self) -> dict[str, list[Manifest]]:
        """Objects by kind."""
        index: dict[str, list[Manifest]] = defaultdict(list)
        for manifest in self.manifests:
            index[manifest.kind].append(manifest)
        return index

    @cached_property
    def pods(self) -> list[Pods]:
        """Every Pod template, with the labels its Pods have."""
        return [
            Pods(manifest, labels_of(metadata.get("labels")) if isinstance(metadata, Mapping) else {}, template)
            for manifest in self.manifests
            for template in manifest.pod_templates
            for metadata in [template.get("metadata")]
        ]

    @cached_property
    def custom_words(self) -> frozenset[str]:
        """Every string in objects that are not built in: what one of them mentions, its controller may make."""
        stack: list[Node] = [manifest.root for manifest in self.manifests if not manifest.builtin]
        words: set[str] = set()
        seen: set[int] = set()
        while stack:
            node = stack.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            if isinstance(node, Mapping):
                stack += (entry.value for entry in node.fields.values())
            elif isinstance(node, Sequence):
                stack += node.items
            elif isinstance(node, Scalar) and isinstance(node.value, str):
                words.add(node.value)
        return frozenset(words)

    def lacks(self, kind: str, name: str, near: Manifest) -> bool:
        """Whether the object of that kind and name that ``near`` means is missing, as far as that can be judged.

        What a kustomization generates is there; what a custom object mentions may be made by its controller.
        """
        if not name or not self.can_judge(kind, near) or self.find(kind, name, near) is not None:
            return False
        return (kind, name) not in self.generated and name not in self.custom_words

    def find(self, kind: str, name: str, near: Manifest) -> Manifest | None:
        """The object of that kind and name that ``near`` means: one in its namespace."""
        return next((m for m in self.by_kind.get(kind, ()) if m.name == name and same_namespace(m, near)), None)

    def selected(self, selector: Node | None, near: Manifest) -> list[Pods]:
        """The Pods that a selector in ``near`` selects."""
        return [pods for pods in self.pods if same_namespace(pods.manifest, near) and selects(selector, pods.labels)]

    def can_judge(self, kind: str, near: Manifest) -> bool:
        """Whether a missing object of that kind may be called missing.

        When the set was said to be complete or not, that decides; else the folder of the manifest must hold at least
        one object of the kind (``Pod`` means anything that makes Pods) in its namespace.
        """
        if self.complete is not None:
            return self.complete
        there = (pods.manifest for pods in self.pods) if kind == "Pod" else self.by_kind.get(kind, ())
        folder = PurePosixPath(near.source.path).parent
        return any(m is not near and same_namespace(m, near) and PurePosixPath(m.source.path).parent == folder for m in there)


def same_namespace(one: Manifest, other: Manifest) -> bool:
    """Whether two objects can be in one namespace; where a manifest names none, it can be any."""
    if one.kind in CLUSTER_SCOPED or not one.namespace or not other.namespace:
        return True
    return one.namespace == other.namespace
