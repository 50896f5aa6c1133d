"""What is wrong with the Services that an Ingress or a route sends requests to."""

from collections.abc import Iterator

from kexplain.objects.facts import BackendFacts, Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem, named_there
from kexplain.relations._nearest import lost_name


def lost_backends(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """The backends of an object whose Service the run lacks, or has without that port."""
    for backend in subject.backends:
        if not backend.by_annotation:  # an action of the AWS controller
            yield from of_backend(backend, subject, others)


def of_backend(backend: BackendFacts, subject: Facts, others: Workspace) -> Iterator[Problem]:
    """What is wrong with one backend."""
    services = others.nearest("Service", backend.name, subject)
    if not services:
        if lost := lost_name("Service", backend.name, subject, others):
            what = f'Service "{backend.name}", which does not exist here{lost.nearest}'
            yield Problem(backend.spot, {"what": what}, lost.elsewhere)
        return
    known = [service.service.ports if service.service else frozenset() for service in services]
    if backend.port is None or not all(known) or not others.beside(services[0], subject):
        return
    if not any(backend.port in ports for ports in known):
        what = f'port {backend.port} of Service "{backend.name}", which has no such port'
        yield Problem(backend.port_spot, {"what": what}, (named_there(services[0]),))
