"""Questions that many checks ask about a container or Pod where it stands."""

from collections.abc import Iterator

from kexplain.api.release import Release
from kexplain.domain.image import Image, parse_image
from kexplain.objects.pod import FINITE_KINDS, pod_spec
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence, descend, string

BASELINE_CAPABILITIES = frozenset(
    {"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP",
     "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"}
)  # fmt: skip
"""What a container may add under the baseline Pod Security Standard, every version of it."""


ALWAYS_RUN = frozenset({"Deployment", "DaemonSet", "ReplicaSet", "ReplicationController", "StatefulSet"})


def restart_policies(visit: Visit) -> tuple[str, ...]:
    """The values of a Pod's ``restartPolicy`` that its workload allows."""
    manifest = visit.manifest
    if manifest.builtin and manifest.kind in ALWAYS_RUN:
        return ("Always",)
    finite = manifest.builtin and manifest.kind in FINITE_KINDS
    return ("OnFailure", "Never") if finite else ("Always", "OnFailure", "Never")


def pod_level(container: Visit, name: str) -> Node | None:
    """A field of the Pod's security context, which a container inherits where it does not set it."""
    spec = pod_spec(container)
    return spec.get("securityContext", name) if spec else None


def effective(container: Visit, name: str) -> Node | None:
    """A field of a container's security context, or that of its Pod where the container does not set it."""
    own = container.get("securityContext", name)
    return own if own is not None else pod_level(container, name)


def has_ordinary_user(visit: Visit) -> bool:
    """Whether ``runAsUser`` is above 0: of a container at or around a visit, else of every container of the Pod."""
    container = visit.up("core/v1 Container") or visit.up("core/v1 EphemeralContainer")
    if container is not None:
        return is_ordinary(effective(container, "runAsUser"))
    spec = pod_spec(visit)
    if spec is None:
        return False
    own = [descend(item, "securityContext", "runAsUser") for _, item in containers(spec)]
    return all(is_ordinary(user if user is not None else spec.get("securityContext", "runAsUser")) for user in own)


def is_ordinary(user: Node | None) -> bool:
    """Whether a user's number is one, and not that of root."""
    value = scalar(user)
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def is_host_process(visit: Visit) -> bool:
    """Whether a Pod runs straight on a Windows node, by its own word or that of a container; they have to agree."""
    spec = pod_spec(visit)
    holders = [spec.node, *(item for _, item in containers(spec))] if spec else []
    asked = (descend(holder, "securityContext", "windowsOptions", "hostProcess") for holder in holders)
    return any(scalar(node) is True for node in asked)


def is_windows(visit: Visit) -> bool:
    """Whether the Pod says that it runs on Windows (``spec.os.name``)."""
    spec = pod_spec(visit)
    return spec is not None and spec.read("os", "name") == "windows"


def containers(spec: Visit) -> list[tuple[str, Mapping]]:
    """Every container below a Pod's spec, with the list it is in."""
    lists = ("initContainers", "containers", "ephemeralContainers")
    return [(name, item) for name in lists for item in spec.items(name) if isinstance(item, Mapping)]


def image_of(container: Visit) -> Image | None:
    """The image of a container; None where it has none, or one that is no reference."""
    try:
        return parse_image(string(container.get("image")))
    except ValueError:
        return None


def ports_of(container: Node | None) -> list[tuple[object, object]]:
    """Name and number of the ports that a container declares, None for what one leaves out."""
    ports = container.get("ports") if isinstance(container, Mapping) else None
    rows = [port for port in ports.items if isinstance(port, Mapping)] if isinstance(ports, Sequence) else []
    return [(scalar(row.get("name")), scalar(row.get("containerPort"))) for row in rows]


def probed_ports(probe: Visit) -> Iterator[Visit]:
    """The ports that a probe asks in its own Pod; not those of a ``host`` that it names."""
    for action in ("httpGet", "tcpSocket", "grpc"):
        if probe.get(action, "port") is not None and not probe.read(action, "host"):
            yield probe.child(action).child("port")


def scalar(node: Node | None) -> object:
    """The value of a scalar, None for anything else."""
    return node.value if isinstance(node, Scalar) else None


def bearer(visit: Visit) -> str:
    """Whose setting it is, in words: a container's or the Pod's."""
    container = visit.up("core/v1 Container") or visit.up("core/v1 EphemeralContainer")
    return f'container "{container.read("name") or "?"}"' if container else "the Pod"


def reach(visit: Visit, *names: str) -> tuple[Visit, str]:
    """As far down those keys as something is set: the visit there, and the path of what is missing below."""
    for index, name in enumerate(names):
        if visit.get(name) is None:
            return visit, ".".join(names[index:])
        visit = visit.child(name)
    return visit, ""


def windows_exempt(visit: Visit, release: Release) -> bool:
    """Whether Pod Security spares a Windows Pod what only Linux has; its policies do so from 1.25 on."""
    return release >= (1, 25) and is_windows(visit)


def user_namespace_exempt(visit: Visit, release: Release) -> bool:
    """Whether Pod Security allows root since the Pod has its own user namespace; it does so from 1.35 on."""
    spec = pod_spec(visit)
    return release >= (1, 35) and spec is not None and spec.read("hostUsers") is False


def is_pod_annotation(annotation: Visit) -> bool:
    """Whether an annotation is one of a Pod or its template, not of the object that makes the Pods."""
    metadata = annotation.up("meta/v1 ObjectMeta")
    owner = metadata.parent if metadata else None
    return owner is not None and owner.type is not None and owner.type.short in {"Pod", "PodTemplateSpec"}


def volume_of(mount: Visit) -> Mapping | None:
    """The Pod's volume that an entry of ``volumeMounts`` mounts."""
    spec, name = pod_spec(mount), mount.read("name")
    volumes = spec.items("volumes") if spec and isinstance(name, str) else []
    return next((v for v in volumes if isinstance(v, Mapping) and string(v.get("name")) == name), None)


def is_mounted(volume: Visit) -> bool:
    """Whether a container mounts a volume of its Pod."""
    spec = pod_spec(volume)
    lists = [item.get("volumeMounts") for _, item in containers(spec)] if spec else []
    mounts = [mount for node in lists if isinstance(node, Sequence) for mount in node.items]
    return any(isinstance(m, Mapping) and string(m.get("name")) == volume.read("name") for m in mounts)
