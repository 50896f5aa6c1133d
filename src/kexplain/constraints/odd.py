"""What the API server takes with a warning because it is hardly meant: entries twice, names that serve badly."""

import base64
import binascii
from collections.abc import Iterator

from kexplain.constraints.names import dns_label, dns_subdomain
from kexplain.constraints.nodes import Violation, items_of, scalar_text, unresolved, value_at, whole
from kexplain.syntax.tree import Mapping, Node, descend, items

STORAGE = "volume.beta.kubernetes.io/"
OLD = {
    ("PersistentVolumeClaim", f"{STORAGE}storage-class"): "spec.storageClassName",
    ("PersistentVolume", f"{STORAGE}storage-class"): "spec.storageClassName",
    ("PersistentVolume", f"{STORAGE}mount-options"): "spec.mountOptions",
    (
        "ServiceAccount",
        "kubernetes.io/enforce-mountable-secrets",
    ): "a namespace for Secrets that are kept apart",
}
"""Annotations by kind, and what is used today."""
PEM = ("tls.crt", "tls.key")


def host_name(workload: Mapping, arguments: str) -> Iterator[Violation]:
    """A name of which host names of Pods are made."""
    node = descend(workload, "metadata", "name")
    text = scalar_text(node)
    if not text or unresolved(node) or dns_subdomain(text):
        return  # what is no name at all is refused
    if wrong := dns_label(text):
        what = f'name "{scalar_text(node)}" is no DNS label, and becomes the host name of the Pod: it {wrong}'
        yield Violation(("metadata", "name"), what)


def side_by_side(spec: Mapping) -> Iterator[tuple[tuple[str, ...], Node]]:
    """The containers of a Pod that run at the same time, sidecars first."""
    for name in ("initContainers", "containers"):
        for index, container in enumerate(items_of(spec, name)):
            if name == "containers" or value_at(container, ("restartPolicy",)) == "Always":
                yield (name, str(index)), container


def overlapping_ports(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """Ports of one number and protocol, which differ in nothing or lack a host port."""
    seen: dict[str, list[tuple[str, str, str]]] = {}
    for steps, container in side_by_side(spec):
        for index, port in enumerate(items_of(container, "ports")):
            node = descend(port, "containerPort")
            if whole(node) is None:
                continue
            key = f"{whole(node)}/{scalar_text(descend(port, 'protocol')) or 'TCP'}"
            host, ip = (scalar_text(descend(port, name)) for name in ("hostPort", "hostIP"))
            here = (scalar_text(descend(container, "name")), "" if host == "0" else host, ip)
            other = next((one for one in seen.get(key, ()) if clash(one, here)), None)
            if other:
                yield Violation(
                    (*steps, "ports", str(index), "containerPort"),
                    f'port {key} is declared before, by container "{other[0]}"',
                )
            seen.setdefault(key, []).append(here)


def clash(one: tuple[str, str, str], other: tuple[str, str, str]) -> bool:
    """Whether two ports of one number are taken by the server, and yet cannot both be had."""
    (_, port, ip), (_, other_port, other_ip) = one, other
    if not port or not other_port:
        return True
    return port == other_port and bool(ip) != bool(other_ip)


def shared_port_names(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """A port name that two containers give."""
    seen: dict[str, str] = {}
    for steps, container in side_by_side(spec):
        own = scalar_text(descend(container, "name"))
        for index, port in enumerate(items_of(container, "ports")):
            node = descend(port, "name")
            name = scalar_text(node)
            if name and not unresolved(node) and seen.setdefault(name, own) != own:
                what = f'the port name "{name}" is that of a port of container "{seen[name]}" as well'
                yield Violation((*steps, "ports", str(index), "name"), what)


def repeated(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """Entries of a list with the same key; the arguments are the list and the key."""
    field, key = arguments.split()
    seen: set[str] = set()
    for index, item in enumerate(items_of(spec, field)):
        node = descend(item, key)
        text, where = scalar_text(node), (field, str(index), key)
        if unresolved(node):
            continue
        if text in seen:
            yield Violation(where, f'{field} has the entry "{text}" twice')
        elif not text and field == "imagePullSecrets":
            what = f"this entry of {field} has no name, and gives no credentials"
            yield Violation(where if node is not None else where[:2], what)
        seen |= {text} if text else set()


def overlapping_paths(volume: Mapping, arguments: str) -> Iterator[Violation]:
    """Files of one volume at the same path, or one below another."""
    for source in ("secret", "configMap", "downwardAPI"):
        seen: list[str] = []
        for index, item in enumerate(items(descend(volume, source, "items"))):
            node = descend(item, "path")
            path = scalar_text(node).strip("/")
            if not path or unresolved(node):
                continue
            if any(f"{path}/".startswith(f"{other}/") or other.startswith(f"{path}/") for other in seen):
                yield Violation(
                    (source, "items", str(index), "path"), f"path {path} is that of another entry of the volume"
                )
            seen.append(path)


def below_zero(holder: Mapping, arguments: str) -> Iterator[Violation]:
    """A number below zero that counts as another; the arguments are the field and as what."""
    field, _, words = arguments.partition(" ")
    number = whole(holder.get(field))
    if number is not None and number < 0:
        yield Violation((field,), f"{field} {number} {words}")


def old_annotations(one: Mapping, arguments: str) -> Iterator[Violation]:
    """Annotations that a field has replaced."""
    found = descend(one, "metadata", "annotations")
    kind = scalar_text(one.get("kind"))
    for key in found.fields if type(found) is Mapping else ():
        if new := OLD.get((kind, key)):
            what = f"the annotation {key} is deprecated; use {new}"
            yield Violation(("metadata", "annotations", key), what, at_key=True)


def no_pem(secret: Mapping, arguments: str) -> Iterator[Violation]:
    """A certificate or key in which no PEM block begins; the value is not told."""
    for key in PEM:
        for field in ("stringData", "data"):
            node = descend(secret, field, key)
            text = scalar_text(node)
            if not text or unresolved(node):
                continue
            try:
                content = base64.b64decode(text, validate=False) if field == "data" else text.encode()
            except (binascii.Error, ValueError):
                break  # invalid-base64 tells it
            if b"-----BEGIN " not in content and b"{{" not in content and b"${" not in content:
                yield Violation((field, key), f"{key} holds no PEM block")
            break
