"""The QoS class of a Pod is that which the kubelet computes."""

import pytest

from kexplain.api import schema
from kexplain.domain.qos import qos_class
from kexplain.objects.manifest import Manifest, identify
from kexplain.objects.typed import assign_type
from kexplain.objects.walk import walk
from kexplain.syntax.parse import parse
from kexplain.syntax.source import Source

BOTH = "{requests: {cpu: 1, memory: 1Gi}, limits: {cpu: 1, memory: 1Gi}}"


def class_of(spec: str) -> str:
    source = Source("pod.yaml", f"apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec: {{{spec}}}\n")
    (manifest,) = identify(source, parse(source.text)[0])
    assert isinstance(manifest, Manifest)
    assign_type(manifest, schema.load())
    return next(qos_class(visit) for visit in walk(manifest, schema.load()) if visit.path == "spec")


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ("{}", "BestEffort"),
        ("{requests: {cpu: 0}, limits: {memory: 0}}", "BestEffort"),
        ("{requests: {ephemeral-storage: 1Gi}}", "BestEffort"),
        (BOTH, "Guaranteed"),
        ("{limits: {cpu: 1, memory: 1Gi}}", "Guaranteed"),  # the API server takes the limits as requests
        ("{requests: {cpu: 1000m, memory: 1024Mi}, limits: {cpu: 1, memory: 1Gi}}", "Guaranteed"),
        ("{requests: {cpu: 1}, limits: {cpu: 1}}", "Burstable"),  # CPU alone is not enough
        ("{requests: {memory: 1Gi}, limits: {memory: 1Gi}}", "Burstable"),
        ("{requests: {cpu: 500m, memory: 1Gi}, limits: {cpu: 1, memory: 1Gi}}", "Burstable"),
        ("{requests: {cpu: 1, memory: 1Gi}}", "Burstable"),
        ("{requests: {cpu: 1, memory: 1Gi}, limits: {cpu: 1, memory: 0}}", "Burstable"),
        ("{requests: {cpu: a lot}}", ""),
    ],
)
def test_the_class_of_one_container(resources: str, expected: str) -> None:
    assert class_of(f"containers: [{{name: a, image: i, resources: {resources}}}]") == expected


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (f"containers: [{{name: a, resources: {BOTH}}}, {{name: b, resources: {BOTH}}}]", "Guaranteed"),
        (f"containers: [{{name: a, resources: {BOTH}}}, {{name: b}}]", "Burstable"),
        (f"initContainers: [{{name: b}}], containers: [{{name: a, resources: {BOTH}}}]", "Burstable"),
        (f"initContainers: [{{name: b, resources: {BOTH}}}], containers: [{{name: a}}]", "Burstable"),
        (f"resources: {BOTH}, containers: [{{name: a}}]", "Guaranteed"),  # the Pod's own resources decide alone
        # whether the limits of the containers become limits of the Pod depends on the version
        ("resources: {requests: {cpu: 1}}, containers: [{name: a, resources: " + BOTH + "}]", ""),
        ("resources: {requests: {cpu: 0}}, containers: [{name: a, resources: " + BOTH + "}]", ""),
    ],
)
def test_the_class_of_a_pod(spec: str, expected: str) -> None:
    assert class_of(spec) == expected
