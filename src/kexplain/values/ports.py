"""Where the number or name of a port leads."""

import re

from kexplain.objects.spotting import container_around
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping

AT = (
    "core/v1 GRPCAction.port",
    "core/v1 HTTPGetAction.port",
    "core/v1 ServicePort.targetPort",
    "core/v1 TCPSocketAction.port",
)

NAME = re.compile(r"(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_NAME, LARGEST = 15, 65535


def explain(visit: Visit) -> str:
    """The port behind a name, and the name behind a port."""
    port = visit.value
    if isinstance(port, str):
        if len(port) > LONGEST_NAME or not NAME.fullmatch(port):
            return ""
        return target(visit, port) if visit.name == "targetPort" else named(visit, port)
    if type(port) is not int or not 0 < port <= LARGEST:
        return ""
    return target(visit, port) if visit.name == "targetPort" else numbered(visit, port)


def target(visit: Visit, port: str | int) -> str:
    """The Pods' port that a Service's port leads to."""
    own = visit.parent.read("port") if visit.parent else None
    if type(own) is not int or not 0 < own <= LARGEST:
        return ""
    if isinstance(port, str):
        return f"Port {own} of the Service leads to the port that each Pod names {port}."
    where = "the same port" if port == own else f"port {port}"
    return f"Port {own} of the Service leads to {where} of the Pods."


def ports(visit: Visit) -> list[tuple[object, object]]:
    """Name and number of every port of the container around; a probe's port is looked up nowhere else."""
    container = container_around(visit)
    found = []
    for item in container.items("ports") if container else ():
        if isinstance(item, Mapping):
            entries = (item.get("name"), item.get("containerPort"))
            found.append(tuple(getattr(entry, "value", None) for entry in entries))
    return [(name, number) for name, number in found]


def named(visit: Visit, name: str) -> str:
    """The number behind a name."""
    number = next((number for known, number in ports(visit) if known == name), None)
    if type(number) is not int or not 0 < number <= LARGEST:
        return ""
    return f"Port {number}, which this container names {name}."


def numbered(visit: Visit, port: int) -> str:
    """The name of a number."""
    name = next((known for known, number in ports(visit) if number == port and known), None)
    if not isinstance(name, str) or len(name) > LONGEST_NAME or not NAME.fullmatch(name):
        return ""
    return f"The port that this container names {name}."
