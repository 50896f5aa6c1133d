"""undefined-volume: a container that uses a volume which its Pod does not have."""

from collections.abc import Iterator, Mapping

from kexplain.check import Context, Problem
from kexplain.constraints.nodes import unresolved
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping as Mapped
from kexplain.syntax.tree import Node, descend, items, string
from kexplain.words import resembling

LISTS = ("initContainers", "containers", "ephemeralContainers")


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """Names of mounts and devices that neither the volumes nor the claim templates of a StatefulSet have."""
    manifest = visit.manifest
    if not manifest.builtin or not manifest.exact or is_part(visit):
        return
    named = [(descend(volume, "name"), volume) for volume in visit.items("volumes")]
    volumes = {string(node): volume for node, volume in named if node}
    if manifest.kind == "StatefulSet":
        claims = items(descend(manifest.root, "spec", "volumeClaimTemplates"))
        volumes |= {string(descend(claim, "metadata", "name")): claim for claim in claims}
    if any(unresolved(node) for node, _ in named):
        return
    for kind in LISTS:
        for number, container in enumerate(visit.items(kind)):
            for field in ("volumeMounts", "volumeDevices"):
                for index, use in enumerate(items(descend(container, field))):
                    node = descend(use, "name")
                    name = string(node)
                    what = wrong(name, volumes, field) if name and not unresolved(node) else ""
                    if what:
                        there = visit.child(kind).child(str(number)).child(field).child(str(index)).child("name")
                        yield Problem(there, {"what": what})


def is_part(visit: Visit) -> bool:
    """Whether this is a patch of something else: what every whole Pod or workload has is missing."""
    spec = descend(visit.manifest.root, "spec")
    needs_selector = visit.manifest.group == "apps" and isinstance(spec, Mapped)
    containers = [container for container in visit.items("containers") if isinstance(container, Mapped)]
    return (needs_selector and descend(spec, "selector") is None) or any(c.get("image") is None for c in containers)


def wrong(name: str, volumes: Mapping[str, Node], field: str) -> str:
    """What is wrong with the volume that a mount or device names; "" where nothing is."""
    if name not in volumes:
        near = resembling(name, volumes.keys(), 0.8)
        return f'the Pod has no volume "{name}"' + (f"; did you mean {near}?" if near else "")
    volume = volumes[name]
    if field == "volumeMounts" or not isinstance(volume, Mapped) or "metadata" in volume.fields:
        return ""
    is_claim = "persistentVolumeClaim" in volume.fields or "ephemeral" in volume.fields
    return "" if is_claim else f'the volume "{name}" is no claim, so it cannot be used as a block device'
