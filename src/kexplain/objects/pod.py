"""Questions about a container where it stands in its Pod: in which list, does it run on, what does it ask for."""

from kexplain.api.quantity import billionths
from kexplain.objects.manifest import Manifest
from kexplain.objects.visit import Visit, is_guessed
from kexplain.syntax.tree import Mapping, items

FINITE_KINDS = frozenset({"Job", "CronJob"})
FINITE_CUSTOM = ("job", "jobset", "jobtemplate", "workflow", "workflowtemplate", "analysistemplate", "analysisrun",
                 "task", "taskrun", "pipeline", "pipelinerun", "sparkapplication", "backup", "restore")  # fmt: skip
"""How kinds end, in lower case, whose Pods come to an end."""
FINITE_FIELDS = ("job", "jobtemplate", "jobspec", "initjob")
"""Fields of custom resources, in lower case, below which a Job is described."""
PROBED_KINDS = frozenset({"RayCluster", "RayService", "RayJob"})
"""Kinds whose operator gives the containers probes of its own (KubeRay since 1.1)."""
ENDING = frozenset({"Never", "OnFailure"})


def is_init(container: Visit) -> bool:
    """Whether a container is in ``initContainers``."""
    return container.position == "core/v1 PodSpec.initContainers[]"


def is_sidecar(container: Visit) -> bool:
    """Whether a container is a native sidecar: an init container that restarts always."""
    return is_init(container) and container.read("restartPolicy") == "Always"


def runs_on(container: Visit) -> bool:
    """Whether a container is meant to run until it is stopped: no plain init container, no Job, no debug container.

    Nor one that a controller made of its owner's template: there its probes are judged.
    """
    if container.position == "core/v1 PodSpec.ephemeralContainers[]" or (
        is_init(container) and not is_sidecar(container)
    ):
        return False
    return not (is_finite(container) or is_generated(container.manifest))


def is_finite(visit: Visit) -> bool:
    """Whether a Pod is to end by itself: of a Job or CronJob, or one that is not restarted once it succeeded.

    In a custom resource the kind or a field above says so, or a ``restartPolicy`` beside the template.
    """
    manifest, spec = visit.manifest, pod_spec(visit)
    if manifest.kind in FINITE_KINDS and manifest.builtin:
        return True
    ends = spec is not None and spec.read("restartPolicy") in ENDING
    if manifest.builtin:
        return manifest.kind == "Pod" and ends
    if manifest.definition is not None:
        from kexplain.api.custom_references import makes_finite_pods  # here: most runs have no custom objects

        ends = ends or makes_finite_pods(manifest.group, manifest.kind)
    return ends or manifest.kind.lower().endswith(FINITE_CUSTOM) or manifest.kind in PROBED_KINDS or is_job_below(spec)


def is_job_below(spec: Visit | None) -> bool:
    """Whether fields above a Pod's spec, or one beside its template, say that it ends."""
    here = spec
    while here is not None:
        if here.name.lower() in FINITE_FIELDS or (here.type is None and here.read("restartPolicy") in ENDING):
            return True
        here = here.parent
    return False


def is_generated(manifest: Manifest) -> bool:
    """Whether an object is what a cluster made or noted, not what a person wrote: it has an owner, or a status."""
    if items(manifest.metadata.get("ownerReferences")):
        return True
    status = manifest.root.get("status")
    return manifest.is_file and isinstance(status, Mapping) and bool(status.fields)


def is_piece(container: Visit) -> bool:
    """Whether a container is a piece that an operator completes: without an image, in a type known by its looks."""
    named = container.type is not None and container.type.name == "core/v1 Container"
    return named and container.get("image") is None and is_guessed(container)


def pod_spec(visit: Visit) -> Visit | None:
    """The Pod's spec around a visit."""
    return visit.up("core/v1 PodSpec")


def amount(holder: Visit, section: str, resource: str) -> int | None:
    """What a container or Pod says in ``requests`` or ``limits``, in billionths; None where that cannot be read."""
    try:
        return billionths(holder.read("resources", section, resource))
    except ValueError:
        return None
