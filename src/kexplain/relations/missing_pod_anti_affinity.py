"""missing-pod-anti-affinity: replicas that may all land on one node."""

from collections.abc import Iterator

from kexplain.api.references import labels_of, selects
from kexplain.check import Context, Problem, missing
from kexplain.domain.pods import fewest_replicas, items_of
from kexplain.objects.walk import Visit
from kexplain.syntax.tree import Node, descend


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """Two replicas or more whose Pods neither avoid each other nor are spread."""
    replicas = fewest_replicas(visit.manifest, context.workspace)
    if replicas is None or replicas < 2 or visit.get("spec", "template", "spec") is None:
        return
    labels = labels_of(visit.get("spec", "template", "metadata", "labels"))
    if not any(selects(descend(term, "labelSelector"), labels) for term in terms(visit)):
        yield missing(visit, "spec.template.spec.affinity.podAntiAffinity", replicas=replicas)


def terms(visit: Visit) -> Iterator[Node]:
    """Everything in the Pod template that can keep Pods apart: anti-affinity terms, spread constraints."""
    spec = visit.get("spec", "template", "spec")
    anti = descend(spec, "affinity", "podAntiAffinity")
    yield from items_of(descend(spec, "topologySpreadConstraints"))
    yield from items_of(descend(anti, "requiredDuringSchedulingIgnoredDuringExecution"))
    for preferred in items_of(descend(anti, "preferredDuringSchedulingIgnoredDuringExecution")):
        term = descend(preferred, "podAffinityTerm")
        if term is not None:
            yield term
