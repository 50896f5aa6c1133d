"""stateful-set-without-headless-service: Pods with names of their own that DNS does not know."""

from collections.abc import Iterator

from kexplain.api.references import labels_of, selects
from kexplain.check import Context, Problem, missing
from kexplain.domain.reference import named_there
from kexplain.objects.manifest import Manifest
from kexplain.objects.walk import Visit
from kexplain.syntax.tree import Scalar, descend, string


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A StatefulSet without ``serviceName``, or whose Service is not there, not headless or for other Pods."""
    name, near, workspace = visit.read("serviceName"), visit.manifest, context.workspace
    if not name and visit.get("selector"):
        yield missing(visit, "serviceName", what="has no serviceName")
    if not name or not isinstance(name, str):
        return
    services = workspace.nearest("Service", name, near)
    labels = labels_of(visit.get("template", "metadata", "labels"))
    flaws = [flaw(service, labels) for service in services if workspace.beside(service, near)]
    if not services and workspace.lacks("Service", name, near):
        yield Problem(visit.child("serviceName"), {"what": f'names the Service "{name}", which does not exist here'})
    elif flaws and all(flaws):
        values = {"what": f'names the Service "{name}", which {flaws[0]}'}
        yield Problem(visit.child("serviceName"), values, elsewhere=(named_there(services[0]),))


def flaw(service: Manifest, labels: dict[str, str]) -> str:
    """What keeps a Service from giving names to Pods with those labels; empty when nothing does."""
    address, selector = descend(service.root, "spec", "clusterIP"), descend(service.root, "spec", "selector")
    if string(address) != "None":
        return "is not headless"
    no_selector = selector is None or (isinstance(selector, Scalar) and selector.value is None)
    return "" if no_selector or selects(selector, labels) else "does not select its Pods"
