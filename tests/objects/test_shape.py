"""Pods in objects without a schema: what is seen as one, what is not, and what is never said of a guess."""

import pytest

from kexplain.catalogue.rule import rules
from kexplain.engine.linter import Options, lint
from kexplain.engine.report import Report
from kexplain.syntax.source import Source

PRIVILEGED = "{name: c, image: 'registry.example/a:1', securityContext: {privileged: true}}"
SCHEMA = {"unknown-field", "wrong-type", "missing-required-field", "invalid-enum-value"}
PROBES = {"missing-liveness-probe", "missing-readiness-probe"}


def run(text: str, *, path: str = "a.yaml") -> Report:
    return lint([Source(path, text)], Options(rules()))


def ids(text: str) -> set[str]:
    return {finding.rule.id for finding in run(text).findings}


def custom(body: str, kind: str = "App") -> str:
    return f"apiVersion: example.org/v1\nkind: {kind}\nmetadata: {{name: a}}\n{body}\n"


@pytest.mark.parametrize(
    "body",
    [
        f"spec: {{template: {{spec: {{containers: [{PRIVILEGED}]}}}}}}",
        "spec: {template: {spec: {containers: [{image: 'a:1', securityContext: {privileged: true}}]}}}",
        f"spec: {{deployment: {{podTemplate: {{metadata: {{}}, spec: {{containers: [{PRIVILEGED}]}}}}}}}}",
        f"spec: {{leaderTemplate: {{spec: {{containers: [{PRIVILEGED}], own: 1}}}}}}",
        "spec: {podTemplate: {spec: {containers: [{name: c, securityContext: {privileged: true}}]}}}",
        f"spec: {{workers: [{{containers: [{PRIVILEGED}]}}]}}",
        f"spec: {{containers: [{PRIVILEGED}], flavour: 1}}",
        f"spec: {{driver: {{podSpec: {{containers: [{PRIVILEGED}], other: x}}}}}}",
        f"spec: {{objects: [{{apiVersion: v1, kind: Pod, spec: {{containers: [{PRIVILEGED}]}}}}]}}",
    ],
)
def test_a_pod_is_seen_wherever_it_is(body: str) -> None:
    assert "privileged-container" in ids(custom(body))


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("WorkloadAllowlist", f"matchingCriteria: {{containers: [{PRIVILEGED}]}}"),
        ("App", f"matchingCriteria: {{containers: [{PRIVILEGED}]}}"),
        ("App", f"spec: {{allowed: {{containers: [{PRIVILEGED}]}}}}"),
        ("App", f"spec: {{allowed: [{{spec: {{containers: [{PRIVILEGED}]}}}}]}}"),
        ("ClusterPolicy", f"spec: {{rules: [{{validate: {{pattern: {{spec: {{containers: [{PRIVILEGED}]}}}}}}}}]}}"),
        ("PodConstraint", f"spec: {{containers: [{PRIVILEGED}]}}"),
        ("Workflow", f"spec: {{templates: [{{containerSet: {{volumeMounts: [], containers: [{PRIVILEGED}]}}}}]}}"),
        ("App", f"status: {{podTemplate: {{spec: {{containers: [{PRIVILEGED}]}}}}}}"),
        ("App", f"spec: {{sources: {{containers: [{PRIVILEGED}], buckets: []}}}}"),
        ("App", "spec: {containers: [a, b]}"),
        ("App", "spec: {containers: {a: {image: b}}}"),
        ("App", "spec: {containers: []}"),
    ],
)
def test_what_only_looks_like_one(kind: str, body: str) -> None:
    assert "privileged-container" not in ids(custom(body, kind))


@pytest.mark.parametrize(
    "body",
    [
        "spec: {template: {spec: {volumeMounts: [], replicas: 1, containers: [{name: a, image: 'b:1', dependencies: [c]}]}}}",
        "spec: {template: {spec: {containers: [{image: 'b:1', ports: [{}], env: [{value: 1}], imagePullPolicy: Sometimes}]}}}",
        "spec: {jobs: {podSpec: {restartPolicy: Perhaps, volumes: none, containers: [{name: a, image: 'b:1', args: x}]}}}",
    ],
)
def test_a_guess_is_no_schema(body: str) -> None:
    assert not SCHEMA & ids(custom(body))


def test_what_a_piece_lacks_is_unknown() -> None:
    piece = custom("spec: {podTemplate: {spec: {containers: [{name: c, resources: {}}]}}}")
    whole = piece.replace("resources", "image: 'a:1', resources")
    lacking = {"missing-memory-limit", "missing-liveness-probe", "run-as-root-allowed"}
    assert not lacking & ids(piece)
    assert lacking <= ids(whole)


POD = "{spec: {containers: [{name: c, image: 'busybox:1.36', ports: [{containerPort: 80}]}]}}"
NEVER = POD.replace("spec: {", "spec: {restartPolicy: Never, ", 1)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("AnalysisTemplate", f"spec: {{metrics: [{{name: m, provider: {{job: {{spec: {{template: {NEVER}}}}}}}}}]}}"),
        ("App", f"spec: {{template: {NEVER}}}"),
        ("App", f"spec: {{template: {NEVER.replace('Never', 'OnFailure')}}}"),
        ("App", f"spec: {{migration: {{job: {{template: {POD}}}}}}}"),
        ("JobSet", f"spec: {{replicatedJobs: [{{template: {{spec: {{template: {POD}}}}}}}]}}"),
        ("MPIJob", f"spec: {{mpiReplicaSpecs: {{Launcher: {{template: {POD}}}}}}}"),
        ("Trainer", f"spec: {{replicas: {{Worker: {{restartPolicy: Never, template: {POD}}}}}}}"),
        ("CronWorkflow", f"spec: {{podTemplate: {POD}}}"),
        ("RayService", f"spec: {{headGroupSpec: {{template: {POD}}}}}"),
    ],
)
def test_pods_that_end_need_no_probes(kind: str, body: str) -> None:
    assert not PROBES & ids(custom(body, kind))


def test_pods_that_run_on_do() -> None:
    assert ids(custom(f"spec: {{template: {POD}}}")) >= PROBES


OWNED = "apiVersion: v1\nkind: Pod\nmetadata: {{name: a{more}}}\nspec: {spec}\n{status}\n"


@pytest.mark.parametrize(
    ("more", "status", "silent"),
    [
        ("", "", False),
        ("", "status: {}", False),
        (", ownerReferences: []", "", False),
        (", ownerReferences: [{kind: ReplicaSet}]", "", True),
        ("", "status: {phase: Running}", True),
    ],
)
def test_what_a_cluster_made_is_judged_where_it_comes_from(more: str, status: str, silent: bool) -> None:
    spec = POD.removeprefix("{spec: ").removesuffix("}")
    text = OWNED.format(more=more, spec=spec, status=status)
    assert (not PROBES & ids(text)) == silent


def test_an_object_of_a_cluster_has_a_status_and_is_judged() -> None:
    spec = POD.removeprefix("{spec: ").removesuffix("}")
    source = Source(
        "cluster/prod/shop/pods/a.yaml", OWNED.format(more="", spec=spec, status="status: {phase: Running}")
    )
    source.folder = "cluster/prod"
    assert {f.rule.id for f in lint([source], Options(rules())).findings} >= PROBES
