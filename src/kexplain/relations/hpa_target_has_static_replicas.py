"""hpa-target-has-static-replicas: a Deployment that undoes its autoscaler with every apply."""

from collections.abc import Iterator

from kexplain.check import Context, Elsewhere, Problem
from kexplain.domain.pods import scalers, together
from kexplain.objects.walk import Visit
from kexplain.syntax.tree import descend, span_of


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """``replicas`` of a Deployment that an HPA beside it scales; 0 switches the HPA off and is meant."""
    if visit.get("spec", "replicas") is None or visit.read("spec", "replicas") == 0:
        return
    for scaler in scalers(visit.manifest, context.workspace):
        target = descend(scaler.root, "spec", "scaleTargetRef")
        if scaler.kind == "ScaledObject" or target is None or not together(scaler, visit.manifest, context.workspace):
            continue
        place = Elsewhere(scaler, span_of(target), "the autoscaler that sets replicas")
        yield Problem(visit.child("spec").child("replicas"), {"hpa": scaler.name}, elsewhere=(place,))
        return
