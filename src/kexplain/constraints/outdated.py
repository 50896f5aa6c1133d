"""What the API server takes with a warning: old labels and annotations, and what has no effect where it stands."""

import re
from collections.abc import Iterator

from kexplain.constraints.nodes import Violation, scalar_text
from kexplain.syntax.tree import Mapping, Node, descend, items

NODE_LABELS = {
    "beta.kubernetes.io/arch": "kubernetes.io/arch",
    "beta.kubernetes.io/os": "kubernetes.io/os",
    "beta.kubernetes.io/instance-type": "node.kubernetes.io/instance-type",
    "failure-domain.beta.kubernetes.io/region": "topology.kubernetes.io/region",
    "failure-domain.beta.kubernetes.io/zone": "topology.kubernetes.io/zone",
    "node-role.kubernetes.io/master": "node-role.kubernetes.io/control-plane",
}
"""Old labels of nodes, and what each is called now."""

ANNOTATIONS = {
    "scheduler.alpha.kubernetes.io/critical-pod": "priorityClassName",
    "seccomp.security.alpha.kubernetes.io/pod": "seccompProfile",
    "container.seccomp.security.alpha.kubernetes.io/": "seccompProfile",
    "container.apparmor.security.beta.kubernetes.io/": "appArmorProfile",
    "security.alpha.kubernetes.io/sysctls": "sysctls",
    "security.alpha.kubernetes.io/unsafe-sysctls": "sysctls",
}
"""Old annotations of Pods, and the field of today. Those that end in a slash go on with a container's name."""

REFERENCE = re.compile(r"\$\$|\$\(([-._a-zA-Z0-9]+)\)")
POD_SECURITY = re.compile(r"pod-security\.kubernetes\.io/(?!(enforce|audit|warn)(-version)?$)")


def node_labels(selector: Mapping, arguments: str) -> Iterator[Violation]:
    """Labels by which nodes are chosen, under their names of today."""
    for key in selector.fields:
        if new := NODE_LABELS.get(key):
            yield Violation((key,), f"the node label {key} is deprecated; it is {new} now", at_key=True)


def node_label(holder: Mapping, field: str) -> Iterator[Violation]:
    """The label by which nodes are chosen, under its name of today."""
    key = scalar_text(holder.get(field))
    if new := NODE_LABELS.get(key):
        yield Violation((field,), f"the node label {key} is deprecated; it is {new} now")


def pod_annotations(pod: Mapping, arguments: str) -> Iterator[Violation]:
    """No annotation that one of these fields has replaced, without the field."""
    found = descend(pod, "metadata", "annotations")
    for key in found.fields if type(found) is Mapping else ():
        head, slash, name = key.partition("/")
        field = ANNOTATIONS.get(key) or ANNOTATIONS.get(head + slash)
        if field in arguments.split() and not has_field(pod.get("spec"), name, field):
            what = f"the annotation {key} is outdated; the field {field} took its place"
            yield Violation(("metadata", "annotations", key), what, at_key=True)


def has_field(spec: Node | None, container: str, field: str) -> bool:
    """Whether a Pod, or the container of that name, has a field, in its security context or beside it."""
    lists = (items(descend(spec, name)) for name in ("containers", "initContainers"))
    of_it = [c for found in lists for c in found if scalar_text(descend(c, "name")) == container]
    return any(descend(holder, *where, field) for holder in (spec, *of_it) for where in ((), ("securityContext",)))


def env_order(container: Mapping, arguments: str) -> Iterator[Violation]:
    """Variables are defined above those that refer to them."""
    entries = items(container.get("env"))
    names = [scalar_text(descend(entry, "name")) for entry in entries]
    for index, entry in enumerate(entries):
        for match in REFERENCE.finditer(scalar_text(descend(entry, "value"))):
            wanted = match[1]
            if wanted and wanted in names[index + 1 :] and wanted not in names[:index]:
                what = f"{names[index]} refers to $({wanted}), which is defined below it and so stays as text"
                yield Violation(("env", str(index), "value"), what)
                break


def pod_security_names(metadata: Mapping, arguments: str) -> Iterator[Violation]:
    """Labels under pod-security.kubernetes.io are those that are read."""
    labels = metadata.get("labels")
    for key in labels.fields if type(labels) is Mapping else ():
        if POD_SECURITY.match(key):
            what = f"the label {key} is read by nobody; there are enforce, audit and warn, each also with -version"
            yield Violation(("labels", key), what, at_key=True)


def no_sources(volume: Mapping, arguments: str) -> Iterator[Violation]:
    """A projected volume brings something."""
    projected = volume.get("projected")
    if type(projected) is Mapping and not items(projected.get("sources")):
        yield Violation(("projected",), "the projected volume has no sources, so it is empty", at_key=True)
