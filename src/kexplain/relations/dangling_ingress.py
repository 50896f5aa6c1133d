"""dangling-ingress: an Ingress that sends requests to a Service, or a port of one, that is not there."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.reference import named_there
from kexplain.objects.manifest import Manifest
from kexplain.objects.walk import Visit
from kexplain.syntax.tree import Mapping, Scalar, Sequence, Value, descend


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A backend whose Service the run lacks, or has without that port."""
    name = visit.read("name")
    number, port_name = visit.read("port", "number"), visit.read("port", "name")
    wanted = port_name if number is None else number
    if not isinstance(name, str) or port_name == "use-annotation":  # an action of the AWS controller
        return
    workspace, near = context.workspace, visit.manifest
    services = workspace.nearest("Service", name, near)
    if not services:
        if workspace.lacks("Service", name, near):
            yield Problem(visit.child("name"), {"what": f'Service "{name}", which does not exist here'})
        return
    known = [ports_of(service) for service in services]
    if wanted is None or not all(known) or not workspace.beside(services[0], near):
        return
    if not any(wanted in ports for ports in known):
        field = visit.child("port").child("number" if number is not None else "name")
        what = f'port {wanted} of Service "{name}", which has no such port'
        yield Problem(field, {"what": what}, elsewhere=(named_there(services[0]),))


def ports_of(service: Manifest) -> set[Value]:
    """The numbers and names of a Service's ports; none where it only stands for a name outside."""
    kind, ports = descend(service.root, "spec", "type"), descend(service.root, "spec", "ports")
    if not isinstance(ports, Sequence) or (isinstance(kind, Scalar) and kind.value == "ExternalName"):
        return set()
    nodes = [item.get(field) for item in ports.items if isinstance(item, Mapping) for field in ("port", "name")]
    return {node.value for node in nodes if isinstance(node, Scalar)}
