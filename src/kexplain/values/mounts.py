"""Volumes and mounts of one Pod: what is behind a name, and where a file ends up."""

from kexplain.catalogue.value import Near
from kexplain.domain.pods import containers, volume_of
from kexplain.objects.pod import pod_spec
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, Sequence, descend, string
from kexplain.values._shared import fit, shown, text_at

AT = (
    "core/v1 VolumeMount.name",
    "core/v1 VolumeMount.mountPath",
    "core/v1 VolumeMount.subPath",
    "core/v1 Volume.name",
    "core/v1 KeyToPath.key",
    "core/v1 KeyToPath.path",
    "core/v1 DownwardAPIVolumeFile.path",
    "core/v1 ServiceAccountTokenProjection.path",
    "core/v1 HostPathVolumeSource.path",
)

MOST = 100
"""Containers of a Pod, and mounts of a container, that are looked through."""
KINDS = {
    "configMap": ("the ConfigMap {}", "name"),
    "secret": ("the Secret {}", "secretName"),
    "persistentVolumeClaim": ("the claim {}", "claimName"),
    "hostPath": ("{} of the node", "path"),
    "emptyDir": ("a scratch folder that is deleted with the Pod", ""),
    "projected": ("files from several sources", ""),
    "downwardAPI": ("facts about the Pod itself", ""),
    "nfs": ("the NFS share {}", "path"),
    "csi": ("a volume of the driver {}", "driver"),
    "ephemeral": ("a claim made for this Pod alone", ""),
    "image": ("the files of the image {}", "reference"),
}
FOLLOWING = ("configMap", "secret", "projected", "downwardAPI")
"""Volumes whose files follow later changes, unless they are mounted by a ``subPath``."""
PATHS = {
    "/": "The whole file system of the node.",
    "/dev": "All devices of the node.",
    "/etc": "The configuration of the node.",
    "/etc/kubernetes": "The configuration of Kubernetes on the node, with its keys.",
    "/etc/localtime": "The time zone of the node.",
    "/etc/ssl/certs": "The certificates that the node trusts.",
    "/lib/modules": "The kernel modules of the node.",
    "/proc": "The processes and kernel settings of the node.",
    "/run/containerd/containerd.sock": "Who reaches this socket controls all containers of the node.",
    "/sys": "The devices and kernel settings of the node.",
    "/tmp": "The node's folder for temporary files, which all its Pods may share.",  # noqa: S108 - a word, not a file
    "/var/lib/docker/containers": "The logs that Docker keeps of the node's containers.",
    "/var/lib/kubelet": "The kubelet's own folder, with the Secrets of all Pods of the node.",
    "/var/log": "The logs of the node and of its Pods.",
    "/var/run/docker.sock": "Who reaches this socket controls all containers of the node.",
}


def relate(visit: Visit, near: Near) -> str:
    """What a line about a volume or mount means in this Pod."""
    value, holder = visit.value, visit.parent
    if not isinstance(value, str) or holder is None:
        return ""
    if visit.position.endswith("HostPathVolumeSource.path"):
        return PATHS.get(value.rstrip("/") or "/", "")
    if visit.position.endswith("Volume.name"):
        return mounted(holder, value)
    if visit.name in {"path", "key"}:
        return file_of(visit, holder)
    return of_mount(visit, holder, value)


def of_mount(visit: Visit, mount: Visit, value: str) -> str:
    """One line of ``volumeMounts``."""
    volume = volume_of(mount)
    behind = words(volume) if volume else claim(mount)
    if visit.name == "name":
        if not behind:
            return (
                "" if volume or pod_spec(visit) is None or is_claimed(mount) else "No volume of this Pod has this name."
            )
        return fit(f"Mounted: {behind}.")
    if visit.name == "subPath":
        fixed = volume is not None and any(kind in volume.fields for kind in FOLLOWING)
        return fit(f"Only {shown(value)} of it is mounted{'; later changes of it do not arrive' if fixed else ''}.")
    if not behind:
        return ""
    part = text_at(mount.node, "subPath")
    limited = ", which it may only read" if mount.read("readOnly") is True else ""
    return fit(f"There the container finds {f'{part} of ' if part else ''}{behind}{limited}.",
               f"There the container finds {behind}.")  # fmt: skip


def words(volume: Mapping) -> str:
    """What a volume is: ``the ConfigMap web-config``."""
    for kind, (template, field) in KINDS.items():
        if (source := volume.get(kind)) is not None:
            if kind == "emptyDir" and string(descend(source, "medium")) == "Memory":
                return "a folder in memory that is deleted with the Pod"
            name = text_at(source, field) if field else ""
            return template.format(name).strip() if name or not field else ""
    kind = next((name for name in volume.fields if name != "name"), "")
    return f"storage of type {kind}" if shown(kind) else ""


def is_claimed(mount: Visit) -> bool:
    """Whether the Pods belong to an object that adds volumes by itself, or of which only a part is written."""
    return mount.up("StatefulSetSpec") is not None or not mount.manifest.exact


def claim(mount: Visit) -> str:
    """The claim template of a StatefulSet that a mount names."""
    owner, name = mount.up("StatefulSetSpec"), mount.read("name")
    for template in owner.items("volumeClaimTemplates") if owner else ():
        if isinstance(name, str) and string(descend(template, "metadata", "name")) == name:
            return f"the claim {shown(name)} of each Pod, which outlives it" if shown(name) else ""
    return ""


def mounts_of(spec: Visit, name: str) -> list[tuple[str, Mapping]]:
    """The mounts of a volume, each with the name of its container."""
    lists = [(container, container.get("volumeMounts")) for _, container in containers(spec)[:MOST]]
    return [
        (text_at(container, "name"), mount)
        for container, mounts in lists
        for mount in (mounts.items[:MOST] if isinstance(mounts, Sequence) else ())
        if isinstance(mount, Mapping) and string(mount.get("name")) == name
    ]


def mounted(volume: Visit, name: str) -> str:
    """Who mounts a volume, and where."""
    spec = pod_spec(volume)
    if spec is None:
        return ""
    mounts = mounts_of(spec, name)
    if not mounts:
        devices = (container.get("volumeDevices") for _, container in containers(spec))
        return "" if any(node is not None for node in devices) else "No container of the Pod mounts it."
    container, mount = mounts[0]
    path = text_at(mount, "mountPath")
    more = f" and {len(mounts) - 1} more" if len(mounts) > 1 else ""
    times = f"{len(mounts)} times" if len(mounts) > 1 else "once"
    return fit(f"Container {container} mounts it at {path}{more}." if container and path else "",
               f"Mounted {times} in this Pod.")  # fmt: skip


def file_of(visit: Visit, item: Visit) -> str:
    """Where a container finds the file that an entry becomes."""
    volume = visit.up("Volume")
    spec = pod_spec(visit)
    path, name = text_at(item.node, "path"), volume.read("name") if volume else None
    if not path or not isinstance(name, str) or spec is None:
        return ""
    if visit.name == "key":
        return fit(f"Becomes the file {path}.")
    mounts = [mount for _, mount in mounts_of(spec, name) if mount.get("subPath") is None]
    folder = text_at(mounts[0], "mountPath").rstrip("/") if mounts else ""
    return fit(f"The container finds it as {folder}/{path}.") if folder else ""
