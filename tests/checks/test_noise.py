"""What a good reviewer would not raise is not found: each kind beside its nearest neighbour that is."""

import pytest

from kexplain.catalogue.rule import rules
from kexplain.catalogue.selection import select
from kexplain.engine.linter import Options, lint
from kexplain.syntax.source import Source

RECOMMENDED = select("recommended", (), (), ())


def found(text: str, *names: str) -> list[str]:
    """The rules, of those named or else of the default profile, that find something in a text."""
    chosen = {name: rules()[name] for name in names} or RECOMMENDED
    return [finding.rule.id for finding in lint([Source("a.yaml", text)], Options(chosen)).findings]


def pod(container: str = "", spec: str = "", image: str = "registry.example/a:1.0.0") -> str:
    """A Pod of one container."""
    head = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n"
    return f"{head}  {spec}\n  containers: [{{name: c, image: '{image}', {container}}}]\n"


def role(groups: str, resources: str, verbs: str) -> str:
    """A ClusterRole of one rule."""
    head = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n"
    return f"{head}rules: [{{apiGroups: {groups}, resources: {resources}, verbs: {verbs}}}]\n"


PROBES = ("missing-liveness-probe", "missing-readiness-probe")


@pytest.mark.parametrize(
    "container",
    [
        "command: [sleep, infinity]",
        "command: [/bin/sleep, '3600']",
        "command: [sleep], args: [1d]",
        "command: [sh, -c, 'sleep infinity']",
        "command: [/bin/sh, -ec, 'while true; do sleep 30; done']",
        "command: [/bin/bash, -c, --], args: ['while true; do sleep 30; done;']",
        "command: [tail, -f, /dev/null]",
        "command: [sh, -c, 'trap : TERM INT; sleep infinity & wait']",
        "args: [sleep, '10']",
    ],
)
def test_what_only_waits_needs_no_probe(container: str) -> None:
    assert found(pod(f"{container}, ports: [{{containerPort: 80}}]"), *PROBES) == []


@pytest.mark.parametrize(
    "image", ["registry.k8s.io/pause:3.9", "gcr.io/google_containers/pause", "example/pause@sha256:0"]
)
def test_the_pause_image_needs_no_probe(image: str) -> None:
    assert found(pod("ports: [{containerPort: 80}]", image=image), *PROBES) == []


@pytest.mark.parametrize(
    "container",
    [
        "command: [sh, -c, 'sleep 5; exec server']",
        "command: [sh, -c, 'server & sleep infinity']",
        "command: [sleepy, infinity]",
        "command: [sh, -c]",
        "command: {not: a list}",
        "args: [--sleep, '10']",
    ],
)
def test_what_works_after_a_wait_needs_probes(container: str) -> None:
    assert found(pod(f"{container}, ports: [{{containerPort: 80}}]"), *PROBES) == list(PROBES)


LIMIT = "resources: {limits: {memory: 1Gi}}"
SHM = "volumes: [{name: v, emptyDir: {medium: Memory}}]"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (pod(LIMIT, SHM), 0),
        (pod("", f"{LIMIT}\n  {SHM}"), 0),
        (pod(LIMIT, f"initContainers: [{{name: i, image: 'a:1'}}]\n  {SHM}"), 1),
        (pod(LIMIT, f"initContainers: [{{name: i, image: 'a:1', {LIMIT}}}]\n  {SHM}"), 0),
        (pod("resources: {limits: {cpu: 1}}", SHM), 1),
        (pod("", "volumes: [{name: v, emptyDir: {medium: Memory, sizeLimit: 1Gi}}]"), 0),
        (pod("", "volumes: [{name: v, emptyDir: {}}]"), 0),
    ],
)
def test_files_in_memory_are_bounded_by_the_limits_of_their_pod(text: str, number: int) -> None:
    assert len(found(text, "memory-empty-dir-without-size-limit")) == number


RBAC = tuple(name for name in rules() if name.startswith("rbac-"))


@pytest.mark.parametrize(
    ("groups", "resources", "verbs", "rule"),
    [
        ("[serving.knative.dev]", '["*"]', '["*"]', ""),
        ("[shop.example]", "[carts]", '["*"]', ""),
        ("[apps, batch]", '["*"]', "[get, list, watch]", ""),
        ('[""]', '["*"]', "[get]", "rbac-wildcard-resource"),
        ("[apps]", '["*"]', "[get, patch]", "rbac-wildcard-resource"),
        ("[shop.example, apps]", '["*"]', '["*"]', "rbac-wildcard-resource"),
        ('["*"]', '["*"]', '["*"]', "rbac-wildcard-resource"),
        ("[rbac.authorization.k8s.io]", "[roles, clusterroles]", '["*"]', "rbac-wildcard-verb"),
        ("['']", "[serviceaccounts, pods/exec, secrets, nodes/proxy]", '["*"]', "rbac-wildcard-verb"),
        ("[rbac.authorization.k8s.io]", "[clusterroles]", "[escalate]", "rbac-escalate-verb"),
    ],
)
def test_one_rule_of_a_role_is_one_finding(groups: str, resources: str, verbs: str, rule: str) -> None:
    assert found(role(groups, resources, verbs), *RBAC) == ([rule] if rule else [])


USER = "securityContext: {runAsUser: 1000}"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (pod(USER), "non-root-not-enforced"),
        (pod("", USER), "non-root-not-enforced"),
        (pod("securityContext: {runAsUser: 0}", USER), "run-as-root-allowed"),
        (pod("", "securityContext: {runAsUser: 0}"), "run-as-root-allowed"),
        (pod("securityContext: {runAsUser: true}"), "run-as-root-allowed"),
        (pod(USER, "securityContext: {runAsNonRoot: true}"), ""),
    ],
)
def test_an_ordinary_user_cannot_start_as_root(text: str, rule: str) -> None:
    assert found(text, "run-as-root-allowed", "non-root-not-enforced") == ([rule] if rule else [])


def test_one_cause_on_the_node_is_one_finding() -> None:
    node = ("host-network", "host-port", "windows-host-process", "run-as-root-allowed")
    process = "os: {name: windows}\n  hostNetwork: true\n  securityContext: {windowsOptions: {hostProcess: true}}"
    assert found(pod("", process), *node) == ["windows-host-process"]
    assert found(pod(f"{USER}, ports: [{{containerPort: 80, hostPort: 80}}]", "hostNetwork: true"), *node) == [
        "host-network"
    ]
    assert found(pod(f"{USER}, ports: [{{containerPort: 80, hostPort: 81}}]", "hostNetwork: true"), *node) == [
        "host-network", "host-port"]  # fmt: skip
    assert found(pod(f"{USER}, ports: [{{containerPort: 80, hostPort: 80}}]"), *node) == ["host-port"]


@pytest.mark.parametrize(
    ("port", "rule"),
    [("8081", "probe-port-number-not-declared"), ("web", "probe-port-not-declared"), ("http", ""), ("8080", "")],
)
def test_only_a_port_name_that_is_not_there_is_a_mistake(port: str, rule: str) -> None:
    text = pod(f"ports: [{{name: http, containerPort: 8080}}], livenessProbe: {{httpGet: {{path: /, port: {port}}}}}")
    both = ("probe-port-not-declared", "probe-port-number-not-declared")
    assert found(text, *both) == ([rule] if rule else [])
    assert "probe-port-number-not-declared" not in found(text)
