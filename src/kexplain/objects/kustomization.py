"""What a kustomization says about other files of the run: which of them are patches and so not whole objects."""

from kexplain.objects.nonmanifest import BY_NAME, KUSTOMIZATION
from kexplain.syntax.source import Source, normal
from kexplain.syntax.tree import Document, Mapping, items, string

PATCH = "a kustomize patch, only part of an object"


def patch_files(source: Source, document: Document) -> set[str]:
    """The paths that a kustomization applies as patches; empty for any other document."""
    root = document.root
    if not isinstance(root, Mapping) or not is_kustomization(source.path, root):
        return set()
    names = [string(item) for item in items(root.get("patchesStrategicMerge"))]
    for field in ("patches", "patchesJson6902"):
        names += [string(item.get("path")) for item in items(root.get(field)) if isinstance(item, Mapping)]
    return {normal(f"{source.folder}/{name}" if source.folder else name) for name in names if name and "\n" not in name}


def generated(source: Source, document: Document) -> set[tuple[str, str]]:
    """The kinds and names of the ConfigMaps and Secrets that a kustomization makes; empty for any other document."""
    root = document.root
    if not isinstance(root, Mapping) or not is_kustomization(source.path, root):
        return set()
    generators = {"ConfigMap": "configMapGenerator", "Secret": "secretGenerator"}
    return {
        (kind, string(item.get("name")))
        for kind, field in generators.items()
        for item in items(root.get(field))
        if isinstance(item, Mapping)
    }


def is_kustomization(path: str, root: Mapping) -> bool:
    """Whether a document is a kustomization, by its group or its file's name."""
    named = BY_NAME.get(path.rpartition("/")[2]) == KUSTOMIZATION
    return named or string(root.get("apiVersion")).startswith("kustomize.config.k8s.io/")
