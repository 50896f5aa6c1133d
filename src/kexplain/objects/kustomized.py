"""Objects as the kustomizations of the run will make them, without building: labels, images, namespace, replicas."""

from collections.abc import Iterable, Iterator

from kexplain.api.kinds import is_cluster_scoped
from kexplain.objects.kustomization import Effects, Kustomization
from kexplain.objects.manifest import Manifest
from kexplain.syntax.source import normal
from kexplain.syntax.tree import Entry, Mapping, Node, Scalar, descend

Path = tuple[str, ...]
TEMPLATES: dict[str, Path] = {
    **dict.fromkeys(["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "Job"], ("spec", "template")),
    "ReplicationController": ("spec", "template"),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}
SELECTORS: dict[str, Path] = {
    **dict.fromkeys(["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"], ("spec", "selector", "matchLabels")),
    "Service": ("spec", "selector"),
    "ReplicationController": ("spec", "selector"),
}
"""Selectors that kustomize makes where there is none. Source: kustomize, api/internal/konfig, commonlabels.go."""
LOOSE_SELECTORS: dict[str, Path] = {
    "Job": ("spec", "selector", "matchLabels"),
    "CronJob": ("spec", "jobTemplate", "spec", "selector", "matchLabels"),
    "PodDisruptionBudget": ("spec", "selector", "matchLabels"),
    "NetworkPolicy": ("spec", "podSelector", "matchLabels"),
}
"""Selectors that it adds to where they are."""
MOST = 2_000
"""Kustomizations that are looked at; more do not lead to one file."""


def kustomized(manifests: Iterable[Manifest], kustomizations: list[Kustomization]) -> set[tuple[str, str]]:
    """Changes the objects as the kustomizations that take in their files will; gives the kinds and names they get."""
    if not kustomizations:
        return set()
    scopes = Scopes(kustomizations)
    made: set[tuple[str, str]] = set()
    for manifest in manifests:
        if manifest.source.origin is None:  # what was rendered has it behind it
            for effects in scopes.of(normal(manifest.source.path), normal(manifest.source.folder)):
                apply(manifest, effects)
                if effects.prefix or effects.suffix:
                    made.add((manifest.kind, f"{effects.prefix}{manifest.name}{effects.suffix}"))
    return made


class Scopes:
    """Which kustomizations a file is taken in by, at once or by way of others."""

    def __init__(self, kustomizations: list[Kustomization]) -> None:
        self.takers: dict[str, list[Kustomization]] = {}
        for one in kustomizations[:MOST]:
            for part in one.parts:
                self.takers.setdefault(part, []).append(one)
        self.by_folder = {one.folder: one for one in kustomizations[:MOST] if not is_whole_folder(one)}
        self.known: dict[str, tuple[Effects, ...]] = {}

    def of(self, path: str, folder: str) -> tuple[Effects, ...]:
        """What will be done to the objects of a file, each once."""
        found = dict.fromkeys(effects for taker in self.takers.get(path, ()) for effects in self.all_of(taker.folder))
        while True:
            found.update(dict.fromkeys(one.effects for one in self.takers.get(f"{folder}/**", ())))
            if not folder:
                return tuple(effects for effects in found if effects != Effects())
            folder = folder.rpartition("/")[0]

    def all_of(self, folder: str) -> tuple[Effects, ...]:
        """What the kustomization of a folder does, with its components, and those that take it in."""
        if folder not in self.known:
            above: dict[str, None] = {}
            waiting = [folder]
            while waiting:
                here = waiting.pop()
                if here not in above:
                    above[here] = None
                    waiting += (taker.folder for taker in self.takers.get(here, ()))
            whole = dict.fromkeys(part for one in above for part in self.with_components(one))
            self.known[folder] = tuple(self.by_folder[name].effects for name in whole if name in self.by_folder)
        return self.known[folder]

    def with_components(self, folder: str) -> list[str]:
        """A folder and the components that its kustomization uses, at once or by way of others."""
        found = [folder]
        for here in found:
            found += (c for c in (self.by_folder[here].components if here in self.by_folder else ()) if c not in found)
        return found


def is_whole_folder(one: Kustomization) -> bool:
    """Whether it is about all that lies below its folder, as Skaffold is."""
    return any(part.endswith("/**") for part in one.parts)


def apply(manifest: Manifest, effects: Effects) -> None:
    """Does to an object what one kustomization will."""
    kind, root = manifest.kind, manifest.root
    manifest.images |= effects.images
    for path, value in changes(kind, root, effects):
        root = put(root, path, value)
    if effects.namespace and not is_cluster_scoped(kind):
        root = put(root, ("metadata", "namespace"), effects.namespace)
    number = dict(effects.replicas).get(manifest.name)
    if number is not None and kind in {"Deployment", "ReplicaSet", "StatefulSet", "ReplicationController"}:
        root = put(root, ("spec", "replicas"), number)
    manifest.root = root


def changes(kind: str, root: Mapping, effects: Effects) -> Iterator[tuple[Path, str]]:
    """The labels that are put in, each with its path."""
    yield from ((("metadata", "labels", key), value) for key, value in effects.labels)
    if kind in TEMPLATES:
        path = (*TEMPLATES[kind], "metadata", "labels")
        yield from (((*path, key), value) for key, value in effects.template_labels)
    selector = SELECTORS.get(kind) or LOOSE_SELECTORS.get(kind)
    if selector and (kind in SELECTORS or descend(root, *selector) is not None):
        yield from (((*selector, key), value) for key, value in effects.selector_labels)


def put(node: Mapping, path: Path, value: str | int) -> Mapping:
    """A copy of a mapping with a value at a path; what is new stands where the mapping begins."""
    first, *rest = path
    entry = node.fields.get(first)
    below: Node | None = entry.value if entry else None
    key = entry.key if entry else Scalar(node.start, node.start, first, first, plain=True)
    if rest:
        inner = below if isinstance(below, Mapping) else Mapping(node.start, node.start, {})
        new: Node = put(inner, tuple(rest), value)
    else:
        start, end = (below.start, below.end) if below is not None else (node.start, node.start)
        new = Scalar(start, end, str(value), value, plain=True)
    return Mapping(node.start, node.end, {**node.fields, first: Entry(key, new)})
