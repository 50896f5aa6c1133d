"""hpa-target-has-static-replicas: a Deployment that undoes its autoscaler with every apply."""

from collections.abc import Iterator

from kexplain.check import Context, Elsewhere, Problem
from kexplain.manifest import descend
from kexplain.pods import beside, scalers
from kexplain.tree import Span
from kexplain.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """``replicas`` of a Deployment that an HPA beside it scales; 0 switches the HPA off and is meant."""
    if visit.get("spec", "replicas") is None or visit.read("spec", "replicas") == 0:
        return
    for scaler in scalers(visit.manifest, context.workspace):
        target = descend(scaler.root, "spec", "scaleTargetRef")
        if scaler.kind == "HorizontalPodAutoscaler" and target is not None and beside(scaler, visit.manifest):
            place = Elsewhere(scaler, Span(target.start, target.end), "the autoscaler that sets replicas")
            yield Problem(visit.child("spec").child("replicas"), {"hpa": scaler.name}, elsewhere=(place,))
            return
