"""What a kustomization says: which files it takes in, which are patches, and what it will do to objects."""

from functools import lru_cache
from typing import NamedTuple

from kexplain.objects.nonmanifest import BY_NAME, KUSTOMIZATION
from kexplain.syntax.source import Source, normal
from kexplain.syntax.tree import Document, Mapping, Node, Scalar, descend, items, nodes_below, plain_value, string

PATCH = "a kustomize patch, only part of an object"
PARTS = ("resources", "bases", "components")
PLUGINS = ("generators", "transformers", "validators", "configurations")
GENERATORS = {"ConfigMap": "configMapGenerator", "Secret": "secretGenerator"}
DIRECTIVES = ("$patch", "$retainKeys", "$setElementOrder/", "$deleteFromPrimitiveList/")
"""How keys begin that only a patch has. Source: kubernetes/kubernetes, apimachinery, strategicpatch."""
STATIC_PODS = frozenset({"kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd"})
"""The Pods of a control plane that kubeadm writes, and patches from a folder of its own."""
NAMES = tuple(name for name, what in BY_NAME.items() if what == KUSTOMIZATION)
"""The names by which Kustomize finds a kustomization."""


class Effects(NamedTuple):
    """What kustomizations will do to the objects they take in.

    ``images`` are the names whose tag or digest they set; ``labels`` go into ``metadata``, ``template_labels`` into Pod
    templates as well, ``selector_labels`` into selectors too; ``replicas`` are numbers by the name of the workload.
    """

    images: frozenset[str] = frozenset()
    labels: tuple[tuple[str, str], ...] = ()
    template_labels: tuple[tuple[str, str], ...] = ()
    selector_labels: tuple[tuple[str, str], ...] = ()
    namespace: str = ""
    prefix: str = ""
    suffix: str = ""
    replicas: tuple[tuple[str, int], ...] = ()


class Kustomization(NamedTuple):
    """One kustomization: the paths of its folder, of what it takes in, and of its components; and what it will do."""

    folder: str
    parts: frozenset[str]
    components: frozenset[str]
    effects: Effects


def kustomization_of(source: Source, document: Document) -> Kustomization | None:
    """What a document says as a kustomization, or as the Skaffold configuration of a folder; None for any other."""
    root = document.root
    if not isinstance(root, Mapping):
        return None
    folder = normal(source.folder)
    if string(root.get("apiVersion")).startswith("skaffold/"):
        images = frozenset(names_in(descend(root, "build", "artifacts"), "image"))
        return Kustomization(folder, frozenset({f"{folder}/**"}), frozenset(), Effects(images))
    if not is_kustomization(source.path, root):
        return None
    components = frozenset(paths(source, map(string, items(root.get("components")))))
    named = [string(item) for field in PARTS for item in items(root.get(field))]
    return Kustomization(folder, frozenset(paths(source, named)), components, effects_of(root))


def effects_of(root: Mapping) -> Effects:
    """What the fields of a kustomization will do."""
    common = pairs(root.get("commonLabels"))
    labels, template, selector = list(common), list(common), list(common)
    for item in items(root.get("labels")):
        more = pairs(descend(item, "pairs"))
        labels += more
        selects = is_true(descend(item, "includeSelectors"))
        template += more if selects or is_true(descend(item, "includeTemplates")) else []
        selector += more if selects else []
    rows = items(root.get("replicas"))
    counts = [(string(descend(row, "name")), plain_value(descend(row, "count"))) for row in rows]
    return Effects(
        frozenset(string(descend(row, "name")) for row in items(root.get("images")) if is_pinned(row)),
        tuple(labels), tuple(template), tuple(selector),
        string(root.get("namespace")), string(root.get("namePrefix")), string(root.get("nameSuffix")),
        tuple((name, number) for name, number in counts if isinstance(number, int)),
    )  # fmt: skip


def patch_files(source: Source, document: Document) -> set[str]:
    """The paths that a kustomization applies as patches or reads as settings; empty for any other document."""
    root = document.root
    if not isinstance(root, Mapping) or not is_kustomization(source.path, root):
        return set()
    names = [string(item) for item in items(root.get("patchesStrategicMerge"))]
    names += [string(item) for field in PLUGINS for item in items(root.get(field))]
    for field in ("patches", "patchesJson6902", "replacements"):
        names += names_in(root.get(field), "path")
    return paths(source, names)


def generated(source: Source, document: Document) -> set[tuple[str, str]]:
    """The kinds and names of the ConfigMaps and Secrets that a kustomization makes; empty for any other document.

    A generator may be a file of its own (``apiVersion: builtin``).
    """
    root = document.root
    if not isinstance(root, Mapping):
        return set()
    if is_builtin(root):
        kind = string(root.get("kind")).removesuffix("Generator")
        return {(kind, string(descend(root, "metadata", "name")))} if kind in GENERATORS else set()
    if not is_kustomization(source.path, root):
        return set()
    made = {(kind, name) for kind, field in GENERATORS.items() for name in names_in(root.get(field), "name")}
    effects = effects_of(root)
    return made | {(kind, f"{effects.prefix}{name}{effects.suffix}") for kind, name in made}


def is_kustomization(path: str, root: Mapping) -> bool:
    """Whether a document is a kustomization, by its group or its file's name."""
    named = BY_NAME.get(path.rpartition("/")[2]) == KUSTOMIZATION
    version = string(root.get("apiVersion"))
    return (named and "." not in version.partition("/")[0]) or version.startswith("kustomize.config.k8s.io/")


def is_builtin(root: Mapping) -> bool:
    """Whether a document configures a generator or transformer of kustomize itself."""
    return string(root.get("apiVersion")) == "builtin"


def is_patch(text: str, root: Mapping) -> bool:
    """Whether an object of a text can only be a patch, whoever applies it: by its keys, or a piece of a static Pod."""
    if string(root.get("kind")) == "Pod" and string(descend(root, "metadata", "name")) in STATIC_PODS:
        containers = items(descend(root, "spec", "containers"))
        if any(isinstance(one, Mapping) and "image" not in one.fields for one in containers) or not containers:
            return True
    if not speaks_of_patches(text):
        return False
    keys = (key for node in nodes_below([root]) if isinstance(node, Mapping) for key in node.fields)
    return any(key.startswith(DIRECTIVES) for key in keys)


@lru_cache(maxsize=1)
def speaks_of_patches(text: str) -> bool:
    """Whether a file may hold a patch; asked for each of its objects, and answered once."""
    return any(directive in text for directive in DIRECTIVES)


def is_pinned(image: Node) -> bool:
    """Whether an entry of ``images`` gives a version, or another image altogether."""
    tag, digest = string(descend(image, "newTag")), string(descend(image, "digest"))
    return bool(digest) or (tag != "latest" if tag else bool(string(descend(image, "newName"))))


def names_in(node: Node | None, field: str) -> list[str]:
    """The texts in one field of the items of a list."""
    return [text for item in items(node) if (text := string(descend(item, field)))]


def pairs(node: Node | None) -> list[tuple[str, str]]:
    """The labels in a mapping."""
    fields = node.fields.items() if isinstance(node, Mapping) else ()
    return [(key, entry.value.text) for key, entry in fields if isinstance(entry.value, Scalar)]


def is_true(node: Node | None) -> bool:
    """Whether a field says true."""
    return isinstance(node, Scalar) and node.value is True


def paths(source: Source, names: "list[str] | map[str]") -> set[str]:
    """Names beside a file as paths; inline YAML is none."""
    folder = f"{source.folder}/" if source.folder else ""
    return {normal(folder + name.rstrip("/")) for name in names if name and "\n" not in name}
