"""Questions that many checks ask about a container or Pod where it stands."""

from collections.abc import Iterator

from kexplain.api.release import Release
from kexplain.check import Context, Problem, missing
from kexplain.domain.image import Image, parse_image
from kexplain.domain.quantity import billionths
from kexplain.objects.manifest import Manifest
from kexplain.objects.walk import Visit
from kexplain.objects.workspace import Workspace, same_namespace
from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence, descend, string

FINITE_KINDS = frozenset({"Job", "CronJob"})
BASELINE_CAPABILITIES = frozenset(
    {"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP",
     "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"}
)  # fmt: skip
"""What a container may add under the baseline Pod Security Standard, every version of it."""
SCALERS = {"HorizontalPodAutoscaler": ("minReplicas", 1), "ScaledObject": ("minReplicaCount", 0)}
"""Kinds that set ``replicas`` by load, with the field of their lower bound and its default."""
LIMIT_RANGE_DEFAULTS = {"limits": ("default", "max"), "requests": ("defaultRequest", "default", "max", "min")}
"""Where a LimitRange keeps what a container gets that says nothing itself."""


def is_init(container: Visit) -> bool:
    """Whether a container is in ``initContainers``."""
    return container.position == "core/v1 PodSpec.initContainers[]"


def is_sidecar(container: Visit) -> bool:
    """Whether a container is a native sidecar: an init container that restarts always."""
    return is_init(container) and container.read("restartPolicy") == "Always"


def runs_on(container: Visit) -> bool:
    """Whether a container is meant to run until it is stopped: no plain init container, no Job, no debug container."""
    if container.position == "core/v1 PodSpec.ephemeralContainers[]" or (
        is_init(container) and not is_sidecar(container)
    ):
        return False
    return not is_finite(container)


def is_finite(visit: Visit) -> bool:
    """Whether a Pod is to end by itself: of a Job or CronJob, or one that is not restarted once it succeeded."""
    manifest = visit.manifest
    if manifest.kind in FINITE_KINDS:
        return True
    if manifest.definition is not None:
        from kexplain.api.custom_references import makes_finite_pods  # here: most runs have no custom objects

        return makes_finite_pods(manifest.group, manifest.kind)
    spec = pod_spec(visit)
    return visit.manifest.kind == "Pod" and spec is not None and spec.read("restartPolicy") in {"Never", "OnFailure"}


def pod_spec(visit: Visit) -> Visit | None:
    """The Pod's spec around a visit."""
    return visit.up("core/v1 PodSpec")


def pod_level(container: Visit, name: str) -> Node | None:
    """A field of the Pod's security context, which a container inherits where it does not set it."""
    spec = pod_spec(container)
    return spec.get("securityContext", name) if spec else None


def effective(container: Visit, name: str) -> Node | None:
    """A field of a container's security context, or that of its Pod where the container does not set it."""
    own = container.get("securityContext", name)
    return own if own is not None else pod_level(container, name)


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


def scalar(node: Node | None) -> object:
    """The value of a scalar, None for anything else."""
    return node.value if isinstance(node, Scalar) else None


def amount(holder: Visit, section: str, resource: str) -> int | None:
    """What a container or Pod says in ``requests`` or ``limits``, in billionths; None where that cannot be read."""
    try:
        return billionths(holder.read("resources", section, resource))
    except ValueError:
        return None


def lacks(container: Visit, section: str, resource: str, workspace: Workspace) -> bool:
    """Whether a container has no request or limit (``section``) of a resource, or one of zero.

    It has one too where the API server fills it in, from the limit or a LimitRange of the run, and where the
    whole Pod has one.
    """
    sections = ("limits",) if section == "limits" else ("requests", "limits")
    if container.get("resources", section, resource) is not None:
        return amount(container, section, resource) == 0
    holders = [holder for holder in (container, pod_spec(container)) if holder is not None]
    if any(holder.get("resources", s, resource) is not None for holder in holders for s in sections):
        return False
    return not any(
        descend(item, name, resource) is not None
        for limits in workspace.by_kind.get("LimitRange", ())
        if together(limits, container.manifest, workspace)
        for item in items_of(descend(limits.root, "spec", "limits"))
        if string(descend(item, "type")) == "Container"
        for name in LIMIT_RANGE_DEFAULTS[section]
    )


def unset(container: Visit, section: str, resource: str, context: Context) -> Iterator[Problem]:
    """The problem of a container that lacks a request or limit: at its zero, else at what should hold it."""
    if not lacks(container, section, resource, context.workspace):
        return
    if container.get("resources", section, resource) is not None:
        yield Problem(container.child("resources").child(section).child(resource))
    else:
        yield missing(container, f"resources.{section}.{resource}")


def items_of(node: Node | None) -> list[Node]:
    """The items of a list; empty for anything else."""
    return node.items if isinstance(node, Sequence) else []


def together(one: Manifest, other: Manifest, workspace: Workspace) -> bool:
    """Whether two objects surely live together: in a namespace that both name, else beside each other."""
    if one.namespace and other.namespace:
        return one.namespace == other.namespace
    return workspace.beside(one, other)


def scalers(workload: Manifest, workspace: Workspace) -> Iterator[Manifest]:
    """The autoscalers of the run that set the ``replicas`` of a workload."""
    for kind in SCALERS:
        for scaler in workspace.by_kind.get(kind, ()):
            target = descend(scaler.root, "spec", "scaleTargetRef")
            aim = string(descend(target, "kind")) or "Deployment", string(descend(target, "name"))
            if aim == (workload.kind, workload.name) and same_namespace(scaler, workload):
                yield scaler


def fewest_replicas(workload: Manifest, workspace: Workspace) -> int | None:
    """How many Pods a workload has, or the lower bound of its autoscaler; None where that cannot be read."""
    for scaler in scalers(workload, workspace):
        field, default = SCALERS[scaler.kind]
        return spec_number(scaler, field, default)
    return spec_number(workload, "replicas", 1)


def spec_number(manifest: Manifest, field: str, default: int) -> int | None:
    """A whole number in an object's ``spec``: the default where it is absent, None for anything else."""
    node = descend(manifest.root, "spec", field)
    if node is None or (isinstance(node, Scalar) and node.value is None):
        return default
    value = scalar(node)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


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


def service_account(spec: Visit) -> str:
    """The name of the ServiceAccount that a Pod runs as."""
    return str(spec.read("serviceAccountName") or spec.read("serviceAccount") or "default")


def mounts_token(spec: Visit, workspace: Workspace) -> bool:
    """Whether a Pod gets its ServiceAccount's token: neither it nor the ServiceAccount, if here, says no."""
    own = spec.read("automountServiceAccountToken")
    if own is not None:
        return own is not False
    account = workspace.find("ServiceAccount", service_account(spec), spec.manifest)
    said = account.root.get("automountServiceAccountToken") if account else None
    return not (isinstance(said, Scalar) and said.value is False)
