"""stateful-set-without-headless-service: Pods with names of their own that DNS does not know."""

from collections.abc import Iterator

from kexplain.api.references import Labels
from kexplain.objects.facts import Facts, StatefulFacts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem, named_there
from kexplain.relations._nearest import lost_name


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A StatefulSet without ``serviceName``, or whose Service is not there, not headless or for other Pods."""
    for stateful in subject.stateful:
        if stateful.name is not None:
            yield from of_service(stateful, stateful.name, subject, others)
        elif stateful.judged:
            yield Problem(stateful.spot, {"what": "has no serviceName", "nearest": ""})


def of_service(stateful: StatefulFacts, name: str, subject: Facts, others: Workspace) -> Iterator[Problem]:
    """What is wrong with the Service that a StatefulSet names."""
    services = others.nearest("Service", name, subject)
    flaws = [flaw(service, stateful.labels, subject, others) for service in services if others.beside(service, subject)]
    lost = None if services else lost_name("Service", name, subject, others)
    if lost:
        values = {"what": f'names the Service "{name}", which does not exist here', "nearest": lost.nearest}
        yield Problem(stateful.spot, values, lost.elsewhere)
    elif flaws and all(flaws):
        values = {"what": f'names the Service "{name}", which {flaws[0]}', "nearest": ""}
        yield Problem(stateful.spot, values, (named_there(services[0]),))


def flaw(service: Facts, labels: Labels, subject: Facts, others: Workspace) -> str:
    """What keeps a Service from giving names to an object's Pods with those labels; empty when nothing does."""
    if not service.service or service.service.cluster_ip != "None":
        return "is not headless"
    if service.selector is None or service.selector.selects(labels):
        return ""
    found = others.selected(service.selector, service)  # by a label of the controller
    return "" if any(one is subject for one in found) else "does not select its Pods"
