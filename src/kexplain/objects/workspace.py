"""All manifests of a run, indexed: who is there, whom a name or a selector finds, and whether that can be judged."""

from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from kexplain.api.references import labels_of, required_labels, selects
from kexplain.objects.manifest import Manifest
from kexplain.syntax.tree import Mapping, Node, Scalar, descend, nodes_below

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
        self,
        manifests: list[Manifest],
        *,
        complete: bool | None = None,
        generated: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        self.manifests = manifests
        self.complete = complete
        self.generated = generated
        self._selecting: dict[str, dict[int, list[Manifest]]] = {}

    @cached_property
    def by_kind(self) -> dict[str, list[Manifest]]:
        """Objects by kind."""
        index: dict[str, list[Manifest]] = defaultdict(list)
        for manifest in self.manifests:
            index[manifest.kind].append(manifest)
        return index

    @cached_property
    def by_name(self) -> dict[tuple[str, str], list[Manifest]]:
        """Objects by kind and name."""
        index: dict[tuple[str, str], list[Manifest]] = defaultdict(list)
        for manifest in self.manifests:
            index[manifest.kind, manifest.name].append(manifest)
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
    def pods_by_label(self) -> dict[tuple[str, str], list[Pods]]:
        """The same, by each of their labels."""
        index: dict[tuple[str, str], list[Pods]] = defaultdict(list)
        for pods in self.pods:
            for pair in pods.labels.items():
                index[pair].append(pods)
        return index

    @cached_property
    def custom_words(self) -> frozenset[str]:
        """Every string in objects that are not built in: what one of them mentions, its controller may make."""
        below = nodes_below(manifest.root for manifest in self.manifests if not manifest.builtin)
        return frozenset(node.value for node in below if isinstance(node, Scalar) and isinstance(node.value, str))

    def lacks(self, kind: str, name: str, near: Manifest) -> bool:
        """Whether the object of that kind and name that ``near`` means is missing, as far as that can be judged.

        What a kustomization generates is there; what a custom object mentions may be made by its controller.
        """
        if not name or not self.can_judge(kind, near) or self.find(kind, name, near) is not None:
            return False
        return (kind, name) not in self.generated and name not in self.custom_words

    def find(self, kind: str, name: str, near: Manifest) -> Manifest | None:
        """The object of that kind and name that ``near`` means: one in its namespace, the nearest there is."""
        return next(iter(self.nearest(kind, name, near)), None)

    def nearest(self, kind: str, name: str, near: Manifest) -> list[Manifest]:
        """All objects that ``near`` can mean by a kind and name: those of its file, else its folder, else the run.

        A run over many folders may hold several of one name; only those beside it are compared with it field by field.
        """
        found = [m for m in self.by_name.get((kind, name), ()) if same_namespace(m, near)]
        same_file = [m for m in found if m.source.path == near.source.path]
        return same_file or [m for m in found if self.beside(m, near)] or found

    def beside(self, one: Manifest, other: Manifest) -> bool:
        """Whether two objects were written to go together: in one folder, or in a set that is complete."""
        return self.complete is True or one.source.folder == other.source.folder

    def selected(self, selector: Node | None, near: Manifest) -> list[Pods]:
        """The Pods that a selector in ``near`` selects."""
        wanted = required_labels(selector)
        candidates = min((self.pods_by_label.get(pair, []) for pair in wanted), key=len) if wanted else self.pods
        return [pods for pods in candidates if same_namespace(pods.manifest, near) and selects(selector, pods.labels)]

    def selecting(self, kind: str, workload: Manifest) -> list[Manifest]:
        """The objects of a kind (Services, …) whose ``spec.selector`` selects Pods of a workload."""
        if kind not in self._selecting:
            index = self._selecting[kind] = defaultdict(list)
            for other in self.by_kind.get(kind, ()):
                chosen = {id(p.manifest) for p in self.selected(descend(other.root, "spec", "selector"), other)}
                for key in chosen:
                    index[key].append(other)
        return self._selecting[kind].get(id(workload), [])

    def can_judge(self, kind: str, near: Manifest) -> bool:
        """Whether a missing object of that kind may be called missing.

        When the set was said to be complete or not, that decides; else the folder of the manifest must hold at least
        one object of the kind (``Pod`` means anything that makes Pods) in its namespace.
        """
        if self.complete is not None:
            return self.complete
        there = (pods.manifest for pods in self.pods) if kind == "Pod" else self.by_kind.get(kind, ())
        folder = near.source.folder
        return any(m is not near and m.source.folder == folder and same_namespace(m, near) for m in there)


def same_namespace(one: Manifest, other: Manifest) -> bool:
    """Whether two objects can be in one namespace; where a manifest names none, it can be any."""
    if one.kind in CLUSTER_SCOPED or not one.namespace or not other.namespace:
        return True
    return one.namespace == other.namespace
