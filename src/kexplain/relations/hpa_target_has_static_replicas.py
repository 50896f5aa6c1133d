"""hpa-target-has-static-replicas: a Deployment that undoes its autoscaler with every apply."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Elsewhere, Problem


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """``replicas`` of a Deployment that an HPA beside it scales; 0 switches the HPA off and is meant."""
    replicas = subject.replicas
    if subject.type != "apps/v1 Deployment" or not replicas or not replicas.given or replicas.value == 0:
        return
    for one in others.scalers(subject):
        if one.kind == "ScaledObject" or not one.scaler or not one.scaler.target or not others.together(one, subject):
            continue
        place = Elsewhere(one, one.scaler.target, "the autoscaler that sets replicas")
        yield Problem(replicas.spot, {"hpa": one.name}, (place,))
        return
