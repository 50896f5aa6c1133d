"""Questions about a container where it stands in its Pod: in which list, does it run on, what does it ask for."""

from kexplain.api.quantity import billionths
from kexplain.objects.walk import Visit

FINITE_KINDS = frozenset({"Job", "CronJob"})


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


def amount(holder: Visit, section: str, resource: str) -> int | None:
    """What a container or Pod says in ``requests`` or ``limits``, in billionths; None where that cannot be read."""
    try:
        return billionths(holder.read("resources", section, resource))
    except ValueError:
        return None
