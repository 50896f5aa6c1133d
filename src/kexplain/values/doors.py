"""Ports end to end: from whom a connection comes and to which container it goes."""

from kexplain.catalogue.value import Near
from kexplain.objects.facts import DoorFacts, PortFacts
from kexplain.objects.visit import Visit
from kexplain.values._shared import called, fit, listed, place, shown

AT = (
    "core/v1 ContainerPort.containerPort",
    "core/v1 ContainerPort.name",
    "core/v1 ContainerPort.hostPort",
    "core/v1 ServicePort.port",
    "core/v1 ServicePort.name",
    "core/v1 ServicePort.targetPort",
    "core/v1 ServicePort.nodePort",
    "networking.k8s.io/v1 NetworkPolicyPort.port",
    "networking.k8s.io/v1 NetworkPolicyPort.endPort",
    "networking.k8s.io/v1 ServiceBackendPort.number",
    "networking.k8s.io/v1 ServiceBackendPort.name",
)

LARGEST = 65535
KNOWN = {22: "SSH", 25: "mail", 53: "DNS", 80: "HTTP", 443: "HTTPS", 2379: "etcd", 3306: "MySQL", 5432: "PostgreSQL",
         5672: "AMQP", 6379: "Redis", 6443: "the Kubernetes API", 9090: "Prometheus", 9092: "Kafka",
         9200: "Elasticsearch", 10250: "the kubelet", 11211: "Memcached", 27017: "MongoDB"}  # fmt: skip
"""What mostly listens on a port."""


def relate(visit: Visit, near: Near) -> str:
    """Where a port leads to, or who leads to it."""
    value, holder = visit.value, visit.parent
    if holder is None or not (shown(value) or (type(value) is int and 0 < value <= LARGEST)):
        return ""
    if visit.position.startswith("core/v1 ServicePort."):
        return of_service(visit, holder, near)
    if visit.position.startswith("networking.k8s.io/v1 ServiceBackendPort."):
        return of_ingress(visit, holder, near)
    if visit.position.startswith("networking.k8s.io/v1 NetworkPolicyPort."):
        return of_policy(visit, holder, value, near)
    if visit.name == "hostPort":
        return fit(f"The node's port {value} leads into this container, so one such Pod fits on a node.")
    return of_container(visit, holder, near)


def of_container(visit: Visit, port: Visit, near: Near) -> str:
    """A port that a container declares: the Service that leads to it."""
    own = PortFacts(str(port.read("name") or ""), port.read("containerPort"), "")
    for service in near.selecting("Service"):
        for door in service.doors:
            if leads(door, own):
                at = f"port {door.number}" if type(door.number) is int else "a port"
                return fit(f"The Service {shown(service.name)} ({place(service, near)}) leads its {at} here.",
                           f"A Service ({place(service, near)}) leads here.")  # fmt: skip
    if visit.name == "name":
        return fit(f"The name of port {own.number}." if type(own.number) is int else "")
    usual = KNOWN.get(own.number) if isinstance(own.number, int) else None
    return fit(f"Usually the port of {usual}; no Service in these files leads to it." if usual else
               "No Service in these files leads to it.")  # fmt: skip


def leads(door: DoorFacts, port: PortFacts) -> bool:
    """Whether a Service's port leads to a container's."""
    return door.target is not None and door.target in {port.number, port.name or None}


def of_service(visit: Visit, holder: Visit, near: Near) -> str:
    """A line of a Service's port: the container that gets the connections."""
    number, target = holder.read("port"), holder.read("targetPort")
    if visit.name == "name":
        protocol = str(holder.read("protocol") or "TCP").lower()
        found = fit(
            f"DNS knows it as _{visit.value}._{protocol}.{shown(near.facts.name)}, and an Ingress may use the name."
        )
        return found if near.facts.name and shown(visit.value) else ""
    if visit.name == "nodePort":
        return fit(f"Each node leads its port {visit.value} to port {number} of the Service.")
    door = DoorFacts("", number, number if target is None else target)
    selected = near.selected(near.facts.selector) if near.facts.selector else []
    for one in selected:
        for port in one.ports:
            if leads(door, port):
                name = f" ({port.name})" if shown(port.name) and port.name != str(door.target) else ""
                into = f"container {shown(port.container)} of {called(one)}"
                ends = f"port {port.number}{name}" if type(port.number) is int else "a port"
                start = (
                    "Leads"
                    if visit.name == "targetPort"
                    else f"Clients use {shown(near.facts.name)}:{number}; it leads"
                )
                return fit(f"{start} to {ends} of {into}.", f"{start} to {ends} of {called(one)}.", f"Leads to {ends}.")
    if selected and isinstance(door.target, str):
        return fit(f"No container of {listed(selected)} names a port {shown(door.target)}.")
    if visit.name == "targetPort" or type(number) is not int:
        return ""
    return fit(f"Clients in the cluster use {shown(near.facts.name)}:{number}." if shown(near.facts.name) else "")


def of_ingress(visit: Visit, holder: Visit, near: Near) -> str:
    """The Service's port that an Ingress means."""
    backend = holder.parent
    name = backend.read("name") if backend else None
    service = near.workspace.find("Service", name, near.facts) if isinstance(name, str) and name else None
    if service is None:
        return ""
    door = next((d for d in service.doors if visit.value in {d.number, d.name or None}), None)
    if door is None:
        return fit(f"The {called(service)}, {place(service, near)}, has no such port.")
    return fit(f"Port {door.number} of {called(service)}, which leads to port {door.target} of its Pods.",
               f"Leads to port {door.target} of the Pods.")  # fmt: skip


def of_policy(visit: Visit, holder: Visit, value: object, near: Near) -> str:
    """A port of a NetworkPolicy: the containers of the selected Pods that have it."""
    first, last = holder.read("port"), holder.read("endPort")
    if type(first) is int and type(last) is int and first <= last <= LARGEST:
        return (
            f"All ports from {first:,} to {last:,}." if visit.name == "port" else f"{last - first + 1:,} ports in all."
        )
    rule = holder.parent.parent if holder.parent else None
    if rule is None or "Egress" in rule.ref or (rule.type and rule.type.short == "NetworkPolicyEgressRule"):
        usual = KNOWN.get(value) if isinstance(value, int) else None
        return fit(f"Usually the port of {usual}; it is that of the Pods, not of a Service." if usual else
                   "The port of the Pods that are connected to, not of a Service before them.")  # fmt: skip
    selected = near.selected(near.facts.selector) if near.facts.selector else []
    having = [one for one in selected if any(value in {port.number, port.name} for port in one.ports)]
    if having:
        port = next(p for p in having[0].ports if value in {p.number, p.name})
        other = f"named {port.name}" if value == port.number and shown(port.name) else ""
        other = other or (f"number {port.number}" if value == port.name else "")
        return fit(f"The port{f', {other},' if other else ''} of {listed(having)}.", f"A port of {listed(having)}.")
    return fit(
        f"No container of {listed(selected)} declares it."
        if selected
        else "The Pods that the policy selects are not in these files."
    )
