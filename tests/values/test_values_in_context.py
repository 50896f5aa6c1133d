"""What a value does depends on what stands around it: workload, version, user, volume, autoscaler, LimitRange."""

import pytest
from support import annotate

from kexplain.api.release import NEWEST, Release
from kexplain.syntax.source import Source


def details(*texts: str, release: Release = NEWEST) -> dict[str, str]:
    found = annotate([Source(f"{n}.yaml", text) for n, text in enumerate(texts)], release)
    return {a.field_path: a.detail for o in found[0].objects for a in o.annotations}


def pod(spec: str) -> str:
    return f"apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec: {spec}\n"


def workload(kind: str, spec: str, group: str = "apps/v1") -> str:
    return f"apiVersion: {group}\nkind: {kind}\nmetadata: {{name: w}}\nspec: {spec}\n"


@pytest.mark.parametrize(
    ("text", "path", "words"),
    [
        (workload("Deployment", "{template: {spec: {restartPolicy: Always}}}"), "spec.template.spec.restartPolicy",
         "The container is started again whenever it ends."),
        (workload("Job", "{template: {spec: {restartPolicy: Never}}}", "batch/v1"), "spec.template.spec.restartPolicy",
         "The container is not started again once it has ended."),
        (pod("{tolerations: [{key: a, operator: Exists}]}"), "spec.tolerations[0].operator",
         "The taint's value does not matter."),
        (workload("StatefulSet", "{updateStrategy: {type: OnDelete}}"), "spec.updateStrategy.type",
         "A Pod gets the new template only once somebody deletes it."),
        (workload("NetworkPolicy", "{podSelector: {}, policyTypes: [Ingress]}", "networking.k8s.io/v1"),
         "spec.policyTypes[0]", "Connections to these Pods are restricted to what `ingress` allows."),
    ],
)  # fmt: skip
def test_a_chosen_value_says_what_it_does_and_offers_no_other(text: str, path: str, words: str) -> None:
    assert details(text)[path] == words


def container(requests: str = "", limits: str = "") -> str:
    return f"{{name: c, image: 'i:1', resources: {{requests: {{{requests}}}, limits: {{{limits}}}}}}}"


BOTH = "cpu: 1, memory: 1Gi"


@pytest.mark.parametrize(
    ("spec", "qos"),
    [
        (f"{{containers: [{container(BOTH, BOTH)}]}}", "Guaranteed"),
        (f"{{containers: [{container('', BOTH)}]}}", "Guaranteed"),
        (f"{{containers: [{container('cpu: 0', BOTH)}]}}", "Burstable"),
        (f"{{containers: [{container('memory: 0', BOTH)}]}}", "Burstable"),
        (f"{{containers: [{container('cpu: 0')}]}}", "BestEffort"),
        (f"{{containers: [{container('', 'cpu: 1')}]}}", "Burstable"),
        (f"{{containers: [{container('', BOTH)}, {container()}]}}", "Burstable"),
        (f"{{resources: {{limits: {{{BOTH}}}}}, containers: [{container()}]}}", "Guaranteed"),
        (f"{{resources: {{limits: {{{BOTH}}}}}, containers: [{container('cpu: 100m')}]}}", "Burstable"),
        (
            f"{{resources: {{limits: {{{BOTH}}}, requests: {{cpu: 1}}}}, containers: [{container('cpu: 100m')}]}}",
            "Guaranteed",
        ),
        (f"{{resources: {{requests: {{{BOTH}}}}}, containers: [{container('', BOTH)}]}}", ""),
    ],
)
def test_the_quality_of_service(spec: str, qos: str) -> None:
    said = [word.removesuffix(" QoS:") for word in details(pod(spec))["spec"].split(". ") if " QoS: " in word]
    assert [word.partition(" QoS")[0] for word in said] == ([qos] if qos else [])


def test_a_limit_range_beside_decides_on_the_quality_of_service() -> None:
    limits = (
        "apiVersion: v1\nkind: LimitRange\nmetadata: {name: l, namespace: a}\nspec: {limits: [{type: Container}]}\n"
    )
    bare = pod(f"{{containers: [{container()}]}}")
    assert "QoS" in details(bare)["spec"]
    assert "QoS" not in details(bare, limits)["spec"]
    assert "QoS" in details(bare.replace("name: p", "name: p, namespace: b"), limits)["spec"]


def test_a_number_of_pods_that_an_autoscaler_sets_is_not_one() -> None:
    deployment = workload("Deployment", "{strategy: {rollingUpdate: {maxUnavailable: 25%}}}")
    words = details(deployment)["spec.strategy.rollingUpdate.maxUnavailable"]
    assert words == "During a rollout as many may be unavailable as are 25 % of those wanted, rounded down."


@pytest.mark.parametrize(
    ("policy", "probe", "end"),
    [
        ("Always", "livenessProbe", "then the container is restarted."),
        ("Never", "livenessProbe", "then the container is killed for good."),
        ("Never", "startupProbe", "then the container is killed for good."),
        ("Never", "readinessProbe", "then Services stop sending it traffic."),
    ],
)
def test_what_follows_on_a_failed_probe(policy: str, probe: str, end: str) -> None:
    found = details(pod(f"{{restartPolicy: {policy}, containers: [{{name: c, {probe}: {{failureThreshold: 3}}}}]}}"))
    assert found[f"spec.containers[0].{probe}.failureThreshold"].endswith(end)


@pytest.mark.parametrize(
    ("fields", "span"),
    [
        ("timeoutSeconds: 60, periodSeconds: 5", "about 15 s (3 minutes if it hangs)"),
        ("timeoutSeconds: 5, periodSeconds: 5", "about 15 s,"),
        ("timeoutSeconds: 7, periodSeconds: 5", "about 15 s (21 s if it hangs)"),
    ],
)
def test_how_long_a_probe_takes_that_hangs(fields: str, span: str) -> None:
    found = details(pod(f"{{containers: [{{name: c, livenessProbe: {{failureThreshold: 3, {fields}}}}}]}}"))
    assert span in found["spec.containers[0].livenessProbe.failureThreshold"]


@pytest.mark.parametrize(
    ("context", "words"),
    [
        ("", "0400: owner reads, group and others have no access."),
        (
            "securityContext: {fsGroup: 2000}, ",
            "0400, with fsGroup 0440: owner and group read, others have no access.",
        ),
    ],
)
def test_what_an_fs_group_makes_of_a_mode(context: str, words: str) -> None:
    found = details(pod(f"{{{context}volumes: [{{name: v, secret: {{secretName: s, defaultMode: 0400}}}}]}}"))
    assert found["spec.volumes[0].secret.defaultMode"] == words


@pytest.mark.parametrize(
    ("context", "given"),
    [
        ("{}", True),
        ("{runAsUser: 0}", True),
        ("{runAsNonRoot: true}", False),
        ("{runAsUser: 1000}", False),
    ],
)
@pytest.mark.parametrize("level", ["pod", "container"])
def test_a_capability_is_of_no_use_without_root(context: str, given: bool, level: str) -> None:
    added = "capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}"
    own = context[1:-1] + ", " if level == "container" and context != "{}" else ""
    whole = f"securityContext: {context}, " if level == "pod" else ""
    found = details(pod(f"{{{whole}containers: [{{name: c, securityContext: {{{own}{added}}}}}]}}"))
    words = found["spec.containers[0].securityContext.capabilities.add[0]"]
    assert words.startswith("Given: the right to listen") == given


@pytest.mark.parametrize(
    ("names", "is_there"),
    [(("a", "b"), False), (("web", "istio-proxy"), True), (("web", "log-shipper"), True), (("web",), False)],
)
def test_two_containers_are_not_a_sidecar(names: tuple[str, ...], is_there: bool) -> None:
    listed = ", ".join(f"{{name: {name}, image: 'i:1'}}" for name in names)
    found = details(pod(f"{{containers: [{listed}]}}"))["spec.containers"]
    assert ("sidecar" in found) == is_there


UPDATE = "{{replicas: 5, {more}updateStrategy: {{rollingUpdate: {{maxUnavailable: 3{partition}}}}}}}"


@pytest.mark.parametrize(
    ("more", "partition", "minor", "words"),
    [
        (
            "podManagementPolicy: Parallel, ",
            "",
            37,
            "During an update up to 3 of the 5 Pods wanted may be unavailable.",
        ),
        ("", "", 37, "In an update up to 3 of the 5 Pods wanted may be missing; fewer if OrderedReady."),
        (
            "",
            ", partition: 4",
            37,
            "During an update up to 1 of the 1 Pods from the partition on may be unavailable.",
        ),
        ("", ", partition: 9", 37, "During an update up to 0 of the 0 Pods from the partition on may be unavailable."),
        ("", "", 30, "Dropped by default before Kubernetes 1.37: one Pod after the other is replaced."),
    ],
)
def test_an_update_of_a_stateful_set(more: str, partition: str, minor: int, words: str) -> None:
    text = workload("StatefulSet", UPDATE.format(more=more, partition=partition))
    found = details(text, release=Release(1, minor))
    assert found["spec.updateStrategy.rollingUpdate.maxUnavailable"] == words


@pytest.mark.parametrize(
    ("spec", "path", "words"),
    [
        ("{hostNetwork: false}", "spec.hostNetwork", "Off: the Pod has a network of its own."),
        ("{hostPID: false}", "spec.hostPID", "Off: the Pod sees its own processes only."),
        ("{hostIPC: false}", "spec.hostIPC", "Off: the Pod shares no memory with its node."),
        (
            "{shareProcessNamespace: false}",
            "spec.shareProcessNamespace",
            "Off: each container sees its own processes only.",
        ),
        (
            "{securityContext: {runAsNonRoot: false}}",
            "spec.securityContext.runAsNonRoot",
            "Off: containers may start as root.",
        ),
        (
            "{containers: [{name: c, securityContext: {readOnlyRootFilesystem: false}}]}",
            "spec.containers[0].securityContext.readOnlyRootFilesystem",
            "Off: the container can write into its root file system, which is lost with it.",
        ),
        (
            "{containers: [{name: c, volumeMounts: [{name: v, readOnly: false}]}]}",
            "spec.containers[0].volumeMounts[0].readOnly",
            "Off: it can be written to.",
        ),
        (
            "{containers: [{name: c, envFrom: [{secretRef: {name: s, optional: false}}]}]}",
            "spec.containers[0].envFrom[0].secretRef.optional",
            "Off: without it no container starts.",
        ),
    ],
)
def test_what_false_means(spec: str, path: str, words: str) -> None:
    assert words in details(pod(spec))[path]
    assert "Off:" not in details(pod(spec.replace("false", "true")))[path]
