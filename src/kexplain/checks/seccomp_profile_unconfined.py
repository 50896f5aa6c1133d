"""seccomp-profile-unconfined: system calls that nothing filters."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.pods import bearer, containers, is_pod_annotation
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import string

FIELD, TYPES = "core/v1 SeccompProfile.type", frozenset({"RuntimeDefault", "Localhost"})


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A profile type other than those two; up to 1.18 what the alpha annotations of a Pod say instead."""
    if context.release >= (1, 19):
        if visit.position == FIELD and visit.value is not None and visit.value not in TYPES:
            yield Problem(visit, {"who": bearer(visit)})
    elif visit.position != FIELD and is_pod_annotation(visit):
        container = visit.name.partition("/")[2]
        whole_pod = not visit.name.startswith("container.")
        if (whole_pod or container in container_names(visit)) and not is_allowed(str(visit.value)):
            yield Problem(visit, {"who": "the Pod" if whole_pod else f'container "{container}"'})


def is_allowed(profile: str) -> bool:
    """Whether the annotation names the runtime's profile or one of the node."""
    return profile in {"runtime/default", "docker/default"} or profile.startswith("localhost/")


def container_names(annotation: Visit) -> set[str]:
    """The names of the containers of an annotated Pod; annotations of others mean nothing."""
    metadata = annotation.up("meta/v1 ObjectMeta")
    pod = metadata.parent if metadata else None
    return {string(item.get("name")) for _, item in containers(pod.child("spec"))} if pod else set()
