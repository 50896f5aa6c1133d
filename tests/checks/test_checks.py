"""Checks beyond the examples of their rules: every entry of the lists that they know, and what each list is for."""

import pytest

from kexplain.catalogue.rule import rules
from kexplain.checks.ingress_without_tls import ELSEWHERE
from kexplain.domain.rbac import DISTRIBUTION_ROLES
from kexplain.engine.linter import Options, lint
from kexplain.objects.whole import BUILTIN_CLUSTER_ROLES
from kexplain.syntax.source import Source


def found(rule: str, *texts: str, complete: bool | None = True) -> list[str]:
    """The messages of one rule over texts, each a file of one folder."""
    sources = [Source(f"{number}.yaml", text) for number, text in enumerate(texts)]
    return [finding.message for finding in lint(sources, Options({rule: rules()[rule]}, complete=complete)).findings]


INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: shop, annotations: {{{annotation}: "yes"}}}}
spec: {{tls: [{{secretName: shop-tls}}], defaultBackend: {{service: {{name: web, port: {{number: 80}}}}}}}}
"""


ISSUERS = [
    "cert-manager.io/issuer",
    "cert-manager.io/cluster-issuer",
    "kubernetes.io/tls-acme",
    "cert.gardener.cloud/purpose",
]


@pytest.mark.parametrize("annotation", ISSUERS)
def test_the_secret_of_a_certificate_that_is_issued_is_not_missing(annotation: str) -> None:
    assert found("missing-secret", INGRESS.format(annotation=annotation)) == []


def test_the_secret_of_a_certificate_that_nobody_issues_is_missing() -> None:
    assert found("missing-secret", INGRESS.format(annotation="example.com/note")) == [
        'Ingress "shop" refers to what is not there: there is no Secret "shop-tls" here'
    ]


BINDING = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {{name: b}}
roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: {kind}, name: "{name}"}}
subjects: [{{kind: ServiceAccount, name: a, namespace: n}}]
"""
ROLES = [
    "cluster-admin",
    "admin",
    "edit",
    "view",
    "basic-user",
    "cluster-reader",
    "cluster-status",
    "self-provisioner",
    "system:node",
]


def test_the_roles_that_are_there_already() -> None:
    assert {*ROLES} - {"system:node"} == BUILTIN_CLUSTER_ROLES | DISTRIBUTION_ROLES


@pytest.mark.parametrize("name", ROLES)
def test_a_role_that_is_there_already_does_not_dangle(name: str) -> None:
    assert found("dangling-role-ref", BINDING.format(kind="ClusterRole", name=name)) == []
    assert len(found("dangling-role-ref", BINDING.format(kind="Role", name=name))) == (not name.startswith("system:"))


def test_a_role_that_is_not_there_dangles() -> None:
    assert len(found("dangling-role-ref", BINDING.format(kind="ClusterRole", name="mine"))) == 1


def test_a_cluster_role_is_in_no_namespace_whatever_it_says() -> None:
    role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: mine, namespace: other}\nrules: []\n"
    binding = BINDING.format(kind="ClusterRole", name="mine").replace("{name: b}", "{name: b, namespace: here}")
    assert found("dangling-role-ref", binding, role) == []


CONFIG_MAP_OF = """\
apiVersion: v1
kind: Pod
metadata: {{name: p}}
spec: {{containers: [{{name: c, image: i, envFrom: [{{configMapRef: {{name: {name}}}}}]}}]}}
"""


@pytest.mark.parametrize(
    "name", ["kube-root-ca.crt", "istio-ca-root-cert", "openshift-service-ca.crt", "extension-apiserver-authentication"]
)
def test_a_config_map_that_the_cluster_brings_is_not_missing(name: str) -> None:
    assert found("missing-config-map", CONFIG_MAP_OF.format(name=name)) == []


def test_a_config_map_that_a_custom_object_names_is_not_missing() -> None:
    """Its controller may make it."""
    custom = "apiVersion: example.org/v1\nkind: Store\nmetadata: {name: s}\nspec: {target: made}\n"
    assert found("missing-config-map", CONFIG_MAP_OF.format(name="made"), custom) == []
    assert len(found("missing-config-map", CONFIG_MAP_OF.format(name="other"), custom)) == 1


POLICIES = ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy", "ClusterNetworkPolicy", "AdminNetworkPolicy",
            "BaselineAdminNetworkPolicy", "GlobalNetworkPolicy"]  # fmt: skip


@pytest.mark.parametrize("kind", POLICIES)
def test_policies_of_other_kinds_may_select_every_pod(kind: str) -> None:
    policies = "".join(
        f"apiVersion: {group}\nkind: {name}\nmetadata: {{name: p}}\nspec: {{podSelector: {{matchLabels: {{app: x}}}}}}\n---\n"
        for group, name in (("networking.k8s.io/v1", "NetworkPolicy"), ("example.org/v1", kind))
    )
    pod = CONFIG_MAP_OF.format(name="x")
    assert found("pod-without-network-policy", pod, policies) == []
    assert len(found("pod-without-network-policy", pod, policies.replace(f"kind: {kind}", "kind: Something"))) == 1


def test_an_object_does_not_complete_its_own_set() -> None:
    """Whether something is missing is judged by another object of nearly its name, which the one that asks is not."""
    scaler = "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: scaler}\nspec: {maxReplicas: 3, scaleTargetRef: {kind: HorizontalPodAutoscaler, name: scalers}}\n"
    assert found("dangling-hpa", scaler, complete=None) == []
    assert len(found("dangling-hpa", scaler, scaler.replace("name: scaler}", "name: scalerz}"), complete=None)) == 2


@pytest.mark.parametrize(
    ("operator", "labels", "selects"),
    [
        ("operator: In, values: [a, b]", "{k: b}", True),
        ("operator: In, values: [a, b]", "{k: c}", False),
        ("operator: In, values: [a, b]", "{}", False),
        ("operator: NotIn, values: [a, b]", "{k: b}", False),
        ("operator: NotIn, values: [a, b]", "{k: c}", True),
        ("operator: NotIn, values: [a, b]", "{}", True),
        ("operator: Exists", "{k: x}", True),
        ("operator: Exists", "{}", False),
        ("operator: DoesNotExist", "{}", True),
        ("operator: DoesNotExist", "{k: x}", False),
        ("operator: Near", "{k: x}", False),
    ],
)
def test_an_expression_of_a_selector(operator: str, labels: str, selects: bool) -> None:
    policy = f"apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: p}}\nspec: {{podSelector: {{matchExpressions: [{{key: k, {operator}}}]}}}}\n"
    pod = f"apiVersion: v1\nkind: Pod\nmetadata: {{name: p, labels: {labels}}}\nspec: {{containers: [{{name: c, image: i}}]}}\n"
    assert len(found("dangling-network-policy", policy, pod)) == (not selects)
    assert len(found("pod-without-network-policy", policy, pod)) == (not selects)


@pytest.mark.parametrize("annotation", ELSEWHERE)
def test_tls_that_is_handled_elsewhere(annotation: str) -> None:
    text = INGRESS.format(annotation=annotation).replace("tls: [{secretName: shop-tls}], ", "")
    assert found("ingress-without-tls", text) == []


def workload(kind: str = "Deployment", *, spec: str = "", pod: str = "", container: str = "") -> str:
    api, containers = ("v1", "") if kind == "Pod" else ("apps/v1", "")
    inner = f"{{{pod}containers: [{{name: web, image: i{container}}}]{containers}}}"
    body = (
        inner
        if kind == "Pod"
        else f"{{{spec}selector: {{matchLabels: {{app: web}}}}, template: {{metadata: {{labels: {{app: web}}}}, spec: {inner}}}}}"
    )
    return f"apiVersion: {api}\nkind: {kind}\nmetadata: {{name: web}}\nspec: {body}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (workload(), 1),
        (workload("Pod"), 1),
        (workload("Pod", pod="restartPolicy: Always, "), 1),
        (workload("Pod", pod="restartPolicy: Never, "), 0),
        (workload("Pod", pod="restartPolicy: OnFailure, "), 0),
        (workload(pod="restartPolicy: OnFailure, "), 1),  # which a Deployment does not take
        (workload(pod="initContainers: [{name: a, image: i, restartPolicy: Always}], "), 2),
        (workload(pod="initContainers: [{name: a, image: i, restartPolicy: OnFailure}], "), 1),
        (workload(pod="initContainers: [{name: a, image: i}], "), 1),
        (workload("Pod", pod="ephemeralContainers: [{name: a, image: i}], "), 1),
    ],
)
def test_who_needs_a_liveness_probe(text: str, expected: int) -> None:
    assert len(found("missing-liveness-probe", text)) == expected


@pytest.mark.parametrize(
    ("rule", "given"),
    [
        ("missing-cpu-limit", ["default: {cpu: 1}", "max: {cpu: 1}"]),
        ("missing-cpu-request", ["defaultRequest: {cpu: 1}", "default: {cpu: 1}", "max: {cpu: 1}", "min: {cpu: 1}"]),
        ("missing-memory-limit", ["default: {memory: 1Gi}", "max: {memory: 1Gi}"]),
        (
            "missing-memory-request",
            ["defaultRequest: {memory: 1Gi}", "default: {memory: 1Gi}", "max: {memory: 1Gi}", "min: {memory: 1Gi}"],
        ),
    ],
)
def test_what_a_limit_range_gives_to_containers(rule: str, given: list[str]) -> None:
    def missing(type_: str, field: str) -> int:
        limits = (
            f"apiVersion: v1\nkind: LimitRange\nmetadata: {{name: l}}\nspec: {{limits: [{{type: {type_}, {field}}}]}}\n"
        )
        return len(found(rule, workload(), limits))

    fields = ["default", "defaultRequest", "max", "min"]
    amount = given[0].partition(" ")[2]
    assert [field for field in fields if not missing("Container", f"{field}: {amount}")] == sorted(
        g.partition(":")[0] for g in given
    )
    assert all(missing("Pod", f"{field}: {amount}") for field in fields)


def test_an_autoscaler_that_is_switched_off_by_no_replicas() -> None:
    scaler = "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: a}\nspec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}\n"
    assert len(found("hpa-target-has-static-replicas", workload(spec="replicas: 1, "), scaler)) == 1
    assert found("hpa-target-has-static-replicas", workload(spec="replicas: 0, "), scaler) == []


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        ("ports: [{port: 81}]", 1),
        ("ports: [{port: 80}]", 0),
        ("type: ExternalName, externalName: a.example, ports: [{port: 81}]", 0),
        ("{}", 0),
    ],
)
def test_the_ports_of_a_service_that_an_ingress_names(service: str, expected: int) -> None:
    text = f"apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\nspec: {{{service.strip('{}')}}}\n"
    assert len(found("dangling-ingress", INGRESS.format(annotation="a"), text)) == expected


def test_the_binding_that_every_cluster_begins_with() -> None:
    binding = BINDING.format(kind="ClusterRole", name="cluster-admin")
    assert len(found("cluster-admin-binding", binding)) == 1
    assert found("cluster-admin-binding", binding.replace("{name: b}", "{name: cluster-admin}")) == []


def same_probes(liveness: str, readiness: str) -> str:
    action = "httpGet: {path: /, port: 80}"
    return workload(container=f", livenessProbe: {{{action}{liveness}}}, readinessProbe: {{{action}{readiness}}}")


@pytest.mark.parametrize(
    ("liveness", "readiness", "expected"),
    [
        ("", "", 1),  # 3 misses, 10 seconds apart, are the default
        ("", ", periodSeconds: 10", 1),
        ("", ", periodSeconds: 9", 0),
        ("", ", periodSeconds: 11", 1),
        ("", ", failureThreshold: 2", 0),
        (", failureThreshold: 4", ", periodSeconds: 14", 1),
        (", periodSeconds: 15", ", failureThreshold: 4", 0),
        (", periodSeconds: 13", ", failureThreshold: 4", 1),
    ],
)
def test_patience_of_identical_probes(liveness: str, readiness: str, expected: int) -> None:
    assert len(found("identical-liveness-and-readiness-probe", same_probes(liveness, readiness))) == expected
