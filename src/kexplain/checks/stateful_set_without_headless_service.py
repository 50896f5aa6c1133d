"""stateful-set-without-headless-service: Pods with names of their own that DNS does not know."""

from collections.abc import Iterator

from kexplain.check import Context, Elsewhere, Problem, missing, span_of
from kexplain.link import labels_of, selects
from kexplain.manifest import Manifest, descend
from kexplain.tree import Scalar, string
from kexplain.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A StatefulSet without ``serviceName``, or whose Service is not there, not headless or for other Pods."""
    name = visit.read("serviceName")
    if not name:
        yield missing(visit, "serviceName", what="has no serviceName")
        return
    if not isinstance(name, str):
        return
    service = context.workspace.find("Service", name, visit.manifest)
    if service is None:
        if context.workspace.lacks("Service", name, visit.manifest):
            yield Problem(visit.child("serviceName"), {"what": f'names the Service "{name}", which does not exist here'})
    elif what := flaw(service, labels_of(visit.get("template", "metadata", "labels"))):
        there = Elsewhere(service, span_of(service.root), "the Service")
        values = {"what": f'names the Service "{name}", which {what}'}
        yield Problem(visit.child("serviceName"), values, elsewhere=(there,))


def flaw(service: Manifest, labels: dict[str, str]) -> str:
    """What keeps a Service from giving names to Pods with those labels; empty when nothing does."""
    address, selector = descend(service.root, "spec", "clusterIP"), descend(service.root, "spec", "selector")
    if string(address) != "None":
        return "is not headless"
    no_selector = selector is None or (isinstance(selector, Scalar) and selector.value is None)
    return "" if no_selector or selects(selector, labels) else "does not select its Pods"
