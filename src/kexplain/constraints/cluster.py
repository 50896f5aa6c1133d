"""Constraints of the rarer kinds that no general kind of constraint can say.

Source: pkg/apis/core, scheduling, node, certificates and kube-aggregator: validation, as of Kubernetes 1.37.
"""

import re
from collections.abc import Iterator

from kexplain.constraints.names import dns_subdomain, qualified_name
from kexplain.constraints.nodes import Violation, is_set, scalar_text, shown, unresolved, value_at, whole
from kexplain.syntax.tree import Mapping, Scalar, descend

LEVELS, MODES = ("privileged", "baseline", "restricted"), ("enforce", "audit", "warn")
HIGHEST = 1_000_000_000
SYSTEM = {"system-cluster-critical": 2_000_000_000, "system-node-critical": 2_000_001_000}


def pod_security(metadata: Mapping, arguments: str) -> Iterator[Violation]:
    """The labels by which a Namespace chooses a Pod Security Standard."""
    for mode in MODES:
        level, version = (
            descend(metadata, "labels", f"pod-security.kubernetes.io/{mode}{end}") for end in ("", "-version")
        )
        if type(level) is Scalar and level.value is not None and level.value not in LEVELS and not unresolved(level):
            where = ("labels", f"pod-security.kubernetes.io/{mode}")
            yield Violation(where, f"{shown(level)} is no level; there are {', '.join(LEVELS)}")
        if type(version) is not Scalar or version.value is None or unresolved(version):
            continue
        if not re.fullmatch(r"latest|v1\.(0|[1-9][0-9]*)", version.text):
            where = ("labels", f"pod-security.kubernetes.io/{mode}-version")
            yield Violation(where, f"{shown(version)} is no version; it is latest, or such as v1.37")


def priority(holder: Mapping, arguments: str) -> Iterator[Violation]:
    """The value of a PriorityClass, and the names that the system keeps for itself."""
    name, value = descend(holder, "metadata", "name"), whole(holder.get("value"))
    text = scalar_text(name)
    if text.startswith("system-"):
        if text not in SYSTEM or value != SYSTEM[text] or value_at(holder, ("globalDefault",)) is True:
            what = f"the name {shown(name) if name else ''} begins with system-, as the cluster's own classes do"
            yield Violation(("metadata", "name"), what)
    elif value is not None and value > HIGHEST:
        yield Violation(("value",), f"value {value} is above {HIGHEST}, the highest of a class of one's own")


def event(holder: Mapping, arguments: str) -> Iterator[Violation]:
    """An Event: in the namespace of what it is about, and whole where it has an eventTime."""
    regarding, note, controller = arguments.split()
    own = scalar_text(descend(holder, "metadata", "namespace")) or "default"
    node = descend(holder, regarding, "namespace")
    about = scalar_text(node)
    has_time = is_set(holder.get("eventTime"))
    if unresolved(node) or unresolved(descend(holder, "metadata", "namespace")):
        return
    if about and not has_time and about != own:
        yield Violation(
            (regarding, "namespace"), f'the event stands in the namespace "{own}", what it is about in "{about}"'
        )
    elif not about and own not in ({"default", "kube-system"} if has_time else {"default"}):
        yield Violation(
            (regarding,) if regarding in holder.fields else (),
            f'the event stands in the namespace "{own}", what it is about in none',
            missing="namespace",
        )
    if has_time:
        yield from whole_event(holder, note, controller)


def whole_event(holder: Mapping, note: str, controller: str) -> Iterator[Violation]:
    """What an Event with an eventTime must say."""
    for name, most in ((controller, 0), ("reportingInstance", 128), ("action", 128), ("reason", 128)):
        node = holder.get(name)
        text = scalar_text(node)
        if not text:
            yield Violation((), f"an event with eventTime has no {name}", missing=name)
        elif most and len(text) > most:
            yield Violation((name,), f"{name} has {len(text)} characters, {most} are allowed")
        elif not most and not unresolved(node) and (wrong := qualified_name(text)):
            yield Violation((name,), f"{name} {shown(node) if node else ''} {wrong}")
    if len(scalar_text(holder.get(note))) > 1024:
        yield Violation((note,), f"{note} has more than 1024 characters")


def pem_request(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """A certificate request in PEM, in base64."""
    import base64

    node = spec.get("request")
    if type(node) is not Scalar or type(node.value) is not str or unresolved(node):
        return
    try:
        content = base64.b64decode(node.value).decode("ascii", "replace")
    except ValueError:
        return
    if "-----BEGIN CERTIFICATE REQUEST-----" not in content:
        yield Violation(("request",), "request holds no CERTIFICATE REQUEST in PEM")


def pem_certificate(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """Certificates in PEM."""
    node = spec.get("trustBundle")
    if type(node) is not Scalar or type(node.value) is not str or unresolved(node):
        return
    if "-----BEGIN CERTIFICATE-----" not in node.value:
        yield Violation(("trustBundle",), "trustBundle holds no CERTIFICATE in PEM")


def bundle_name(bundle: Mapping, arguments: str) -> Iterator[Violation]:
    """The name of a bundle begins with its signer."""
    name, signer = descend(bundle, "metadata", "name"), scalar_text(descend(bundle, "spec", "signerName"))
    text, start = scalar_text(name), f"{signer.replace('/', ':')}:" if signer else ""
    if not text or unresolved(name) or unresolved(descend(bundle, "spec", "signerName")):
        return
    if not text.startswith(start):
        yield Violation(
            ("metadata", "name"), f"the name {shown(name) if name else ''} does not begin with its signer, {start}"
        )
    elif wrong := dns_subdomain(text[len(start) :]) if ":" not in text[len(start) :] else "holds :":
        yield Violation(("metadata", "name"), f"the name {shown(name) if name else ''} {wrong}")


def api_service_name(service: Mapping, arguments: str) -> Iterator[Violation]:
    """An APIService is named after its version and group."""
    name = descend(service, "metadata", "name")
    version, group = scalar_text(descend(service, "spec", "version")), scalar_text(descend(service, "spec", "group"))
    wanted = f"{version}.{group}"
    if scalar_text(name) and scalar_text(name) != wanted and not unresolved(name):
        yield Violation(("metadata", "name"), f"the name {shown(name) if name else ''} is not version.group, {wanted}")
