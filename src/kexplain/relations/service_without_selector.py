"""service-without-selector: a Service whose endpoints somebody has to write by hand."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.objects.walk import Visit
from kexplain.syntax.tree import Mapping, string

OWNER = "kubernetes.io/service-name"


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A Service of any type but ExternalName without selector, for which the run has no endpoints either."""
    selector = visit.get("spec", "selector")
    if (isinstance(selector, Mapping) and selector.fields) or visit.read("spec", "type") == "ExternalName":
        return
    if not visit.get("spec") or context.workspace.find("Endpoints", visit.manifest.name, visit.manifest):
        return
    for slices in context.workspace.by_kind.get("EndpointSlice", ()):
        labels = slices.metadata.get("labels")
        if isinstance(labels, Mapping) and string(labels.get(OWNER)) == visit.manifest.name:
            return
    yield missing(visit.child("spec"), "selector")
