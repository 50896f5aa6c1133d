"""dangling-ingress: an Ingress that sends requests to a Service, or a port of one, that is not there."""

from collections.abc import Iterator

from kexplain.check import Context, Elsewhere, Problem, span_of
from kexplain.manifest import Manifest, descend
from kexplain.tree import Mapping, Scalar, Sequence, Value
from kexplain.walk import Visit

ACTION = "use-annotation"
"""The port that says, to the AWS load balancer controller, that the name is that of an action."""


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A backend whose Service the run lacks, or has without that port."""
    name, port = visit.read("name"), visit.get("port")
    number, port_name = visit.read("port", "number"), visit.read("port", "name")
    if not isinstance(name, str) or port_name == ACTION:
        return
    service = context.workspace.find("Service", name, visit.manifest)
    if service is None:
        if context.workspace.lacks("Service", name, visit.manifest):
            yield Problem(visit.child("name"), {"what": f'Service "{name}", which does not exist here'})
        return
    wanted = number if number is not None else port_name
    known = ports_of(service)
    if isinstance(port, Mapping) and wanted is not None and known and wanted not in known:
        field = visit.child("port").child("number" if number is not None else "name")
        there = Elsewhere(service, span_of(service.root), "the Service")
        yield Problem(field, {"what": f'port {wanted} of Service "{name}", which has no such port'}, elsewhere=(there,))


def ports_of(service: Manifest) -> set[Value]:
    """The numbers and names of a Service's ports; none where it only stands for a name outside."""
    kind, ports = descend(service.root, "spec", "type"), descend(service.root, "spec", "ports")
    if not isinstance(ports, Sequence) or (isinstance(kind, Scalar) and kind.value == "ExternalName"):
        return set()
    nodes = [item.get(field) for item in ports.items if isinstance(item, Mapping) for field in ("port", "name")]
    return {node.value for node in nodes if isinstance(node, Scalar)}
