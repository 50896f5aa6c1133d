"""Constraints of Services, Ingresses and policies that no general kind can say.

Source: pkg/apis/core/validation and pkg/apis/networking/validation, as of Kubernetes 1.37.
"""

from collections.abc import Iterator

from kexplain.constraints.addresses import address, cidr, network
from kexplain.constraints.nodes import Violation, is_set, items_of, scalar_text, shown, unresolved, value_at, whole
from kexplain.syntax.tree import Mapping, Scalar, descend

CLASS = "kubernetes.io/ingress.class"
HINTS, MODE = "service.kubernetes.io/topology-aware-hints", "service.kubernetes.io/topology-mode"
SOURCES = "service.beta.kubernetes.io/load-balancer-source-ranges"


def named_ports(holder: Mapping, arguments: str) -> Iterator[Violation]:
    """Several ports need a name each."""
    ports = items_of(holder, "ports")
    for index, port in enumerate(ports if len(ports) > 1 else []):
        if type(port) is Mapping and not is_set(port.get("name")):
            number = scalar_text(port.get("port"))
            yield Violation(
                ("ports", str(index)), f"port {number} has no name, and there are {len(ports)} ports", missing="name"
            )


def unique_port_names(slice_: Mapping, arguments: str) -> Iterator[Violation]:
    """No name of a port twice, the empty one included."""
    seen: set[str] = set()
    for index, port in enumerate(items_of(slice_, "ports")):
        node = descend(port, "name")
        name = scalar_text(node)
        if name in seen and not unresolved(node):
            yield Violation(("ports", str(index)), f'the port name "{name}" stands twice')
        seen.add(name)


def cluster_ips(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """The addresses of a Service: the first is clusterIP, one of each family, None alone."""
    nodes, own = items_of(spec, "clusterIPs"), spec.get("clusterIP")
    texts = [scalar_text(node) for node in nodes]
    if not texts or any(map(unresolved, nodes)) or unresolved(own):
        return
    if is_set(own) and texts[0] != scalar_text(own):
        yield Violation(("clusterIPs", "0"), f'clusterIPs begins with "{texts[0]}", clusterIP is "{scalar_text(own)}"')
    if texts[0] == "None" and len(texts) > 1:
        yield Violation(("clusterIPs",), "clusterIPs has None and more beside it", at_key=True)
    found = [address(text) for text in texts]
    if len(found) == 2 and found[0] and found[1] and found[0].version == found[1].version:
        yield Violation(("clusterIPs",), f"clusterIPs are both IPv{found[0].version}", at_key=True)
    families = [scalar_text(node) for node in items_of(spec, "ipFamilies")]
    for index, (ip, family) in enumerate(zip(found, families, strict=False)):
        if ip and family in {"IPv4", "IPv6"} and f"IPv{ip.version}" != family:
            yield Violation(("clusterIPs", str(index)), f"{ip} is no {family} address, as ipFamilies says")


def topology_annotations(service: Mapping, arguments: str) -> Iterator[Violation]:
    """Two annotations that mean the same must say the same."""
    annotations = descend(service, "metadata", "annotations")
    old, new = descend(annotations, HINTS), descend(annotations, MODE)
    if is_set(old) and is_set(new) and scalar_text(old) != scalar_text(new):
        yield Violation(("metadata", "annotations", MODE), f"{MODE} and {HINTS} differ")


def source_ranges(service: Mapping, arguments: str) -> Iterator[Violation]:
    """Ranges of addresses in the annotation from before there was a field."""
    node = descend(service, "metadata", "annotations", SOURCES)
    if is_set(descend(service, "spec", "loadBalancerSourceRanges")) or not is_set(node) or unresolved(node):
        return
    if value_at(service, ("spec", "type")) != "LoadBalancer":
        yield Violation(
            ("metadata", "annotations", SOURCES), f"{SOURCES} is only for the type LoadBalancer", at_key=True
        )
    for text in scalar_text(node).split(","):
        if text.strip() and (wrong := cidr(text.strip())):
            yield Violation(("metadata", "annotations", SOURCES), f'"{text.strip()}" {wrong}')


def backend_port(backend: Mapping, arguments: str) -> Iterator[Violation]:
    """A port by its number or by its name."""
    port = backend.get("port")
    name, number = descend(port, "name"), descend(port, "number")
    has_number = is_set(number) and whole(number) != 0
    if is_set(name) and has_number:
        yield Violation(("port",), "the port has a name and a number; one is enough", at_key=True)
    elif not is_set(name) and not has_number:
        where = ("port",) if type(port) is Mapping else ()
        yield Violation(where, "the service has no port number and no port name", missing="number" if where else "port")


def class_annotation(ingress: Mapping, arguments: str) -> Iterator[Violation]:
    """The old annotation and the field name one class."""
    annotation, name = descend(ingress, "metadata", "annotations", CLASS), descend(ingress, "spec", "ingressClassName")
    if (
        type(annotation) is Scalar
        and type(name) is Scalar
        and name.value is not None
        and annotation.value != name.value
    ) and not (unresolved(annotation) or unresolved(name)):
        what = f"the annotation {CLASS} says {shown(annotation)}, ingressClassName {shown(name)}"
        yield Violation(("metadata", "annotations", CLASS), what)


def end_port(port: Mapping, arguments: str) -> Iterator[Violation]:
    """The end of a range of ports: it needs a beginning that is a number."""
    start, end = port.get("port"), whole(port.get("endPort"))
    if not is_set(start):
        yield Violation(("endPort",), f"endPort {end} stands without port")
    elif whole(start) is None:
        if not unresolved(start):
            yield Violation(("endPort",), f"endPort {end} stands beside a port by name")
    elif end is not None and end < (whole(start) or 0):
        yield Violation(("endPort",), f"endPort {end} is below port {whole(start)}")


def except_inside(block: Mapping, arguments: str) -> Iterator[Violation]:
    """What is taken out of a range of addresses lies within it."""
    outer = network(scalar_text(block.get("cidr")))
    for index, node in enumerate(items_of(block, "except") if outer else []):
        inner = network(scalar_text(node))
        if outer is None or inner is None:
            continue
        if (
            inner.version != outer.version
            or inner.prefixlen <= outer.prefixlen
            or not inside(inner.network_address, outer)
        ):
            yield Violation(("except", str(index)), f"{shown(node)} is not a part of {outer}")


def inside(one: object, outer: object) -> bool:
    """Whether an address is in a range."""
    return one in outer  # type: ignore[operator]


def dual_stack(holder: Mapping, arguments: str) -> Iterator[Violation]:
    """Two ranges of addresses are of two families."""
    name = arguments
    found = [network(scalar_text(node)) for node in items_of(holder, name)]
    if len(found) == 2 and found[0] and found[1] and found[0].version == found[1].version:
        yield Violation((name,), f"{name} are both of IPv{found[0].version}", at_key=True)


def subject_namespaces(binding: Mapping, arguments: str) -> Iterator[Violation]:
    """A ServiceAccount in a ClusterRoleBinding needs its namespace."""
    for index, subject in enumerate(items_of(binding, "subjects")):
        if value_at(subject, ("kind",)) == "ServiceAccount" and not is_set(descend(subject, "namespace")):
            name = scalar_text(descend(subject, "name"))
            yield Violation(
                ("subjects", str(index)), f'the ServiceAccount "{name}" has no namespace', missing="namespace"
            )
