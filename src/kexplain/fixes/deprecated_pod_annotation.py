"""deprecated-pod-annotation: the field that took the annotation's place."""

from typing import Any

from kexplain.constraints.outdated import ANNOTATIONS
from kexplain.fix import Drop, Fix, Path, Put, Target, node_at
from kexplain.syntax.tree import descend, items, string

TYPES = {"runtime/default": "RuntimeDefault", "docker/default": "RuntimeDefault", "unconfined": "Unconfined"}


def fix(target: Target) -> Fix | None:
    """A profile as a field of the Pod or of the container that the annotation names."""
    key, pod = target.visit.name, target.path[:-3]
    head, slash, name = key.partition("/")
    profile = profile_of(target.visit.text)
    field = ANNOTATIONS.get(key) or ANNOTATIONS.get(head + slash)
    place: Path | None = (*pod, "spec") if key in ANNOTATIONS else container(target, pod, name)
    if field not in {"seccompProfile", "appArmorProfile"} or place is None or profile is None:
        return None
    changes = (Put((*place, "securityContext", field), profile), Drop(target.path, 1))
    return Fix(f"the field {field} takes the place of the annotation {key}", changes)


def container(target: Target, pod: Path, name: str) -> Path | None:
    """Where the container of that name stands."""
    for field in ("containers", "initContainers"):
        listed = node_at(target.visit.manifest.root, (*pod, "spec", field))
        for index, one in enumerate(items(listed)):
            if string(descend(one, "name")) == name:
                return (*pod, "spec", field, index)
    return None


def profile_of(text: str) -> dict[str, Any] | None:
    """The profile that an annotation names."""
    if text.startswith("localhost/"):
        return {"type": "Localhost", "localhostProfile": text.removeprefix("localhost/")}
    return {"type": TYPES[text]} if text in TYPES else None
