"""Files around manifests, read as objects of kinds of their own: kustomizations and descriptions of charts.

They are never sent to an API server: what holds for any object does not hold for them, and no object means them.
"""

from kexplain.objects.kustomization import is_kustomization
from kexplain.objects.manifest import Manifest
from kexplain.objects.nonmanifest import BY_NAME
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Document, Mapping, string

KUSTOMIZE, CHART = "kustomize.config.k8s.io", "chart.helm.sh"
GROUPS = {
    "kustomization": (KUSTOMIZE, "Kustomization"),
    "component": (KUSTOMIZE, "Component"),
    "chart": (CHART, "Chart"),
}
"""Group and kind in the table of custom kinds, by the names that people ask for."""


def settings_in(source: Source, document: Document) -> Manifest | None:
    """The kustomization or the description of a chart that a document is; None for any other."""
    root = document.root
    if not isinstance(root, Mapping):
        return None
    if is_kustomization(source.path, root):
        kind = "Component" if string(root.get("kind")) == "Component" else "Kustomization"
        version = "v1alpha1" if kind == "Component" else "v1beta1"
        return unapplied(Manifest(source, document, root, f"{KUSTOMIZE}/{version}", kind))
    if BY_NAME.get(source.path.rpartition("/")[2]) == BY_NAME["Chart.yaml"] and "kind" not in root.fields:
        version = "v1" if string(root.get("apiVersion")) == "v1" else "v2"
        found = unapplied(Manifest(source, document, root, f"{CHART}/{version}", "Chart"))
        found.name = string(root.get("name"))
        return found
    return None


def unapplied(manifest: Manifest) -> Manifest:
    """The same, marked as a file that nobody applies."""
    manifest.applied = False
    return manifest
