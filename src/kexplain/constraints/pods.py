"""Constraints of Pods that no general kind can say: each a function, the object that a row hangs on → violations.

Source: pkg/apis/core/validation, as of Kubernetes 1.37.
"""

import re
from collections.abc import Iterator

from kexplain.api.quantity import billionths
from kexplain.constraints.names import qualified_name
from kexplain.constraints.nodes import Violation, is_set, leaves, scalar_text, shown, unresolved, value_at, whole
from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence, descend, items

PROBES = ("livenessProbe", "readinessProbe", "startupProbe", "lifecycle")
ENV_FIELDS = ("metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
              "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs")  # fmt: skip
VOLUME_FIELDS = ("metadata.name", "metadata.namespace", "metadata.labels", "metadata.annotations", "metadata.uid")
RESOURCES = [f"{side}.{name}" for side in ("limits", "requests") for name in ("cpu", "memory", "ephemeral-storage")]
SIZES = ("1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei")
NOT_WINDOWS_POD = ("appArmorProfile", "seLinuxOptions", "seccompProfile", "fsGroup", "fsGroupChangePolicy", "sysctls",
                   "runAsUser", "runAsGroup", "supplementalGroups", "supplementalGroupsPolicy",
                   "seLinuxChangePolicy")  # fmt: skip
NOT_WINDOWS = ("appArmorProfile", "seLinuxOptions", "seccompProfile", "capabilities", "readOnlyRootFilesystem",
               "privileged", "allowPrivilegeEscalation", "procMount", "runAsUser", "runAsGroup")  # fmt: skip
LISTS = ("initContainers", "containers", "ephemeralContainers")
DELETION_COST, WHOLE = "controller.kubernetes.io/pod-deletion-cost", re.compile(r"-?(0|[1-9]\d*)|-\d+")
SYSTEM_CLASSES = ("system-node-critical", "system-cluster-critical")
SECCOMP, APPARMOR = "seccomp.security.alpha.kubernetes.io/pod", "container.apparmor.security.beta.kubernetes.io/"


def containers(spec: Node | None, names: tuple[str, ...] = LISTS) -> Iterator[tuple[tuple[str, ...], Mapping]]:
    """The containers of a Pod's spec with the steps to each."""
    for name in names:
        for index, item in enumerate(items(descend(spec, name))):
            if type(item) is Mapping:
                yield (name, str(index)), item


def long_sleep(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """A hook that sleeps longer than a Pod has to end."""
    period = spec.get("terminationGracePeriodSeconds")
    grace = whole(period) if is_set(period) else 30
    for steps, container in containers(spec, ("initContainers", "containers")):
        for hook in ("postStart", "preStop"):
            seconds = whole(descend(container, "lifecycle", hook, "sleep", "seconds"))
            if seconds is not None and grace is not None and seconds > grace >= 0:
                where = (*steps, "lifecycle", hook, "sleep", "seconds")
                yield Violation(where, f"seconds {seconds} is above terminationGracePeriodSeconds, {grace}")


def host_sysctls(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """Kernel parameters of a namespace that the Pod shares with its node."""
    for index, item in enumerate(items(descend(spec, "securityContext", "sysctls"))):
        name = scalar_text(descend(item, "name")).replace("/", ".")
        for field, starts in (
            ("hostNetwork", ("net.",)),
            ("hostIPC", ("kernel.shm", "kernel.msg", "kernel.sem", "fs.mqueue.")),
        ):
            if name.startswith(starts) and value_at(spec, (field,)) is True:
                where = ("securityContext", "sysctls", str(index), "name")
                yield Violation(where, f"{name} may not be set with {field}: it would change the node")


def file_keys(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """Files that variables come from: in a volume of the Pod that begins empty."""
    volumes = {scalar_text(descend(volume, "name")): volume for volume in items(spec.get("volumes"))}
    for steps, container in containers(spec):
        for index, variable in enumerate(items(container.get("env"))):
            node = descend(variable, "valueFrom", "fileKeyRef", "volumeName")
            name = scalar_text(node)
            if not name or unresolved(node):
                continue
            where = (*steps, "env", str(index), "valueFrom", "fileKeyRef", "volumeName")
            if name not in volumes:
                yield Violation(where, f'there is no volume "{name}" here')
            elif descend(volumes[name], "emptyDir") is None:
                yield Violation(where, f'the volume "{name}" is no emptyDir')


def annotations(pod: Mapping, arguments: str) -> Iterator[Violation]:
    """Annotations that fields have replaced: well-formed, and of one mind with the fields."""
    found = descend(pod, "metadata", "annotations")
    for key, entry in found.fields.items() if type(found) is Mapping else ():
        text, where = scalar_text(entry.value), ("metadata", "annotations", key)
        if unresolved(entry.value):
            continue
        if key == DELETION_COST:
            if not WHOLE.fullmatch(text) or not -(2**31) <= int(text) < 2**31:
                yield Violation(where, f'"{text}" is no whole number of 32 bits, such as "10" or "-10"')
        elif key.startswith(APPARMOR):
            name = key.removeprefix(APPARMOR)
            if text not in {"", "runtime/default", "unconfined"} and not text.startswith("localhost/"):
                yield Violation(
                    where, f'"{text}" is no AppArmor profile: runtime/default, unconfined or localhost/NAME'
                )
            elif name not in {scalar_text(c.get("name")) for _, c in containers(pod.get("spec"))}:
                yield Violation(where, f'there is no container "{name}" here', at_key=True)
        elif key == SECCOMP:
            own = value_at(pod, ("spec", "securityContext", "seccompProfile", "type"))
            wanted = {
                "runtime/default": "RuntimeDefault",
                "docker/default": "RuntimeDefault",
                "unconfined": "Unconfined",
            }.get(text, "Localhost")
            if text not in {"runtime/default", "docker/default", "unconfined"} and not text.startswith("localhost/"):
                yield Violation(where, f'"{text}" is no seccomp profile: runtime/default, unconfined or localhost/NAME')
            elif type(own) is str and own != wanted:
                yield Violation(where, f'the annotation says "{text}", seccompProfile says {own}')


def preemption_only(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """A preemption policy that no class gives."""
    policy, class_ = value_at(spec, ("preemptionPolicy",)), value_at(spec, ("priorityClassName",))
    if policy == "Never" and (not class_ or class_ in SYSTEM_CLASSES):
        other = f'with priorityClassName "{class_}", which preempts' if class_ else "without priorityClassName"
        yield Violation(("preemptionPolicy",), f"preemptionPolicy Never is set {other}; the class alone gives it")


def init_probes(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """Probes and hooks of init containers that run once."""
    for steps, container in containers(spec, ("initContainers",)):
        if value_at(container, ("restartPolicy",)) == "Always" or unresolved(container.get("restartPolicy")):
            continue
        for name in PROBES:
            if is_set(container.get(name)):
                only = "which only one with restartPolicy Always may have"
                what = f"init container {shown_name(container)} has {name}, {only}"
                yield Violation((*steps, name), what, at_key=True)


def shown_name(container: Mapping) -> str:
    """The name of a container, in quotes."""
    return f'"{scalar_text(container.get("name"))}"'


def bidirectional(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """Mounts that give back to the node, in containers that are not privileged."""
    for steps, container in containers(spec, ("initContainers", "containers")):
        if value_at(container, ("securityContext", "privileged")) is True:
            continue
        for index, mount in enumerate(items(container.get("volumeMounts"))):
            if value_at(mount, ("mountPropagation",)) == "Bidirectional":
                where = (*steps, "volumeMounts", str(index), "mountPropagation")
                yield Violation(
                    where,
                    f"container {shown_name(container)} mounts with Bidirectional propagation without being privileged",
                )


def host_network_ports(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """Ports of the node that differ from those of the container, on the network of the node."""
    for steps, container in containers(spec, ("containers",)):
        for index, port in enumerate(items(container.get("ports"))):
            host, own = whole(descend(port, "hostPort")), whole(descend(port, "containerPort"))
            if host and own and host != own:
                where = (*steps, "ports", str(index), "hostPort")
                yield Violation(
                    where, f"hostPort {host} differs from containerPort {own}, and with hostNetwork they are one"
                )


def no_cap_sys_admin(context: Mapping, arguments: str) -> Iterator[Violation]:
    """CAP_SYS_ADMIN beside allowPrivilegeEscalation: false."""
    for steps, node in leaves(context, ("capabilities", "add", "[]")):
        if scalar_text(node) == "CAP_SYS_ADMIN":
            yield Violation(steps, "CAP_SYS_ADMIN is added while allowPrivilegeEscalation is false")


def keys_not_in_selector(constraint: Mapping, arguments: str) -> Iterator[Violation]:
    """A label key that both matchLabelKeys and the selector name."""
    selector = descend(constraint, "labelSelector")
    labels = descend(selector, "matchLabels")
    known = set(labels.fields) if type(labels) is Mapping else set()
    known |= {scalar_text(descend(item, "key")) for item in items(descend(selector, "matchExpressions"))}
    for steps, node in leaves(constraint, ("matchLabelKeys", "[]")):
        if scalar_text(node) in known:
            yield Violation(steps, f"{shown(node)} stands in matchLabelKeys and in labelSelector")


def field_path(holder: Mapping, arguments: str) -> Iterator[Violation]:
    """A field of the Pod that an environment variable or a file may hold."""
    node = descend(holder, "fieldRef", "fieldPath")
    version = value_at(holder, ("fieldRef", "apiVersion"))
    if type(node) is not Scalar or type(node.value) is not str or unresolved(node):
        return
    if version not in {None, "", "v1"}:
        yield Violation(("fieldRef", "apiVersion"), f'apiVersion "{version}" is not v1')
    known = ENV_FIELDS if arguments == "env" else VOLUME_FIELDS
    path, bracket, rest = node.value.partition("[")
    key = rest[1:-2] if bracket else ""
    if bracket and path in {"metadata.labels", "metadata.annotations"} and rest.endswith(("']", '"]')):
        if wrong := qualified_name(key.lower() if path.endswith("annotations") else key):
            yield Violation(("fieldRef", "fieldPath"), f'the key "{key}" {wrong}')
    elif node.value not in known:
        near = next((name for name in known if name.lower() == node.value.lower()), "")
        hint = (
            f"did you mean {near}?"
            if near
            else f"there are {', '.join(known)}"
            + ("; metadata.labels['KEY'] and metadata.annotations['KEY']" if arguments == "env" else "")
        )
        yield Violation(("fieldRef", "fieldPath"), f"fieldPath {shown(node)} is no field that may stand here; {hint}")


def resource_field(holder: Mapping, arguments: str) -> Iterator[Violation]:
    """A resource of a container that an environment variable or a file may hold."""
    ref = descend(holder, "resourceFieldRef")
    if type(ref) is not Mapping:
        return
    if arguments == "volume" and not is_set(ref.get("containerName")):
        yield Violation(
            ("resourceFieldRef",), "containerName is missing; a volume asks for it", missing="containerName"
        )
        return
    resource = scalar_text(ref.get("resource"))
    if not resource:
        if is_set(ref.get("resource")) or "resource" in ref.fields:
            yield Violation(("resourceFieldRef", "resource"), "resource is empty")
        return
    if resource not in RESOURCES and not resource.startswith(("limits.hugepages-", "requests.hugepages-")):
        if not unresolved(ref.get("resource")):
            yield Violation(
                ("resourceFieldRef", "resource"), f'resource "{resource}" is none of {", ".join(RESOURCES)}'
            )
        return
    yield from divisor(ref, resource)


def divisor(ref: Mapping, resource: str) -> Iterator[Violation]:
    """The unit in which a resource is given."""
    node = ref.get("divisor")
    if type(node) is not Scalar or node.value is None or unresolved(node):
        return
    known = ("1m", "1") if resource.endswith(".cpu") else SIZES
    try:
        amount = billionths(node.value)
        if amount and amount not in [billionths(unit) for unit in known]:
            yield Violation(("resourceFieldRef", "divisor"), f"divisor {shown(node)} is none of {', '.join(known)}")
    except ValueError:
        return


def os_fields(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """Settings of Linux in a Pod of Windows, and the other way round."""
    system = value_at(spec, ("os", "name"))
    wrong_pod: tuple[str, ...]
    wrong: tuple[str, ...]
    if system == "linux":
        wrong_pod, wrong, words = ("windowsOptions",), ("windowsOptions",), "a Pod of Linux"
        top: tuple[str, ...] = ()
    elif system == "windows":
        wrong_pod, wrong, words = NOT_WINDOWS_POD, NOT_WINDOWS, "a Pod of Windows"
        top = ("hostUsers", "hostPID", "hostIPC", "shareProcessNamespace", "resources")
    else:
        return
    for name in top:
        node = spec.get(name)
        if is_set(node) and not (name in {"hostPID", "hostIPC"} and value_at(spec, (name,)) is False):
            yield Violation((name,), f"{name} may not be set in {words}", at_key=True)
    for steps, holder, names in [((), spec, wrong_pod), *((s, c, wrong) for s, c in containers(spec))]:
        for name in names:
            if is_set(descend(holder, "securityContext", name)):
                yield Violation((*steps, "securityContext", name), f"{name} may not be set in {words}", at_key=True)


def host_process(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """Containers that are processes of a Windows node: all or none of a Pod, and on its network."""
    path = ("securityContext", "windowsOptions", "hostProcess")
    whole_pod = value_at(spec, path)
    found = [(steps, c, value_at(c, path)) for steps, c in containers(spec)]
    for steps, container, own in found:
        if type(own) is bool and type(whole_pod) is bool and own != whole_pod:
            yield Violation((*steps, *path), f"hostProcess of container {shown_name(container)} differs from the Pod's")
    processes = [(own if type(own) is bool else whole_pod) is True for _, _, own in found]
    if not any(processes):
        return
    if not all(processes):
        yield Violation((), "some containers of the Pod are hostProcess and some are not")
    if value_at(spec, ("hostNetwork",)) is not True:
        where = ("hostNetwork",) if "hostNetwork" in spec.fields else ()
        yield Violation(where, "hostProcess containers need hostNetwork: true", missing="" if where else "hostNetwork")


def selector_values(requirement: Mapping, arguments: str) -> Iterator[Violation]:
    """The values that an operator of a selector needs or may not have."""
    operator, values = value_at(requirement, ("operator",)), requirement.get("values")
    if type(operator) is not str or unresolved(requirement.get("operator")):
        return
    number = len(values.items) if type(values) is Sequence else 0
    if operator in {"In", "NotIn"} and number == 0:
        yield Violation((), f"the operator {operator} has no values", missing="values")
    elif operator in {"Exists", "DoesNotExist"} and number:
        yield Violation(("values",), f"the operator {operator} has values, and takes none", at_key=True)
    elif arguments == "node" and operator in {"Gt", "Lt"} and number != 1:
        yield Violation(
            ("values",) if number else (),
            f"the operator {operator} takes exactly one value",
            missing="" if number else "values",
        )


def field_selector(requirement: Mapping, arguments: str) -> Iterator[Violation]:
    """A selector of nodes by their fields: only by name."""
    key, operator, values = (requirement.get(name) for name in ("key", "operator", "values"))
    if scalar_text(key) and scalar_text(key) != "metadata.name" and not unresolved(key):
        yield Violation(
            ("key",), f"key {shown(key) if key else ''} is not metadata.name, the only field of a node to select by"
        )
    if scalar_text(operator) not in {"", "In", "NotIn"} and not unresolved(operator):
        yield Violation(("operator",), f"operator {shown(operator) if operator else ''} is neither In nor NotIn")
    elif len(items(values)) != 1 and scalar_text(operator):
        yield Violation(
            ("values",) if is_set(values) else (),
            "a selector by a field takes exactly one value",
            missing="" if is_set(values) else "values",
        )


def priority_only(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """A priority in numbers, which only the class gives."""
    number, name = whole(spec.get("priority")), value_at(spec, ("priorityClassName",))
    wanted = {"system-cluster-critical": 2_000_000_000, "system-node-critical": 2_000_001_000}
    if number is not None and not name and number != 0:
        yield Violation(("priority",), f"priority {number} is set without priorityClassName, which alone gives it")
    elif number is not None and type(name) is str and name in wanted and number != wanted[name]:
        yield Violation(("priority",), f"priority {number} is not that of the class {name}, {wanted[name]}")
