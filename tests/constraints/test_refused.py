"""Small objects with one mistake, and strange ones without any: what the API server refuses, and what it takes."""

import pytest

from kexplain.catalogue.selection import select
from kexplain.catalogue.severity import Severity
from kexplain.engine.linter import Options, lint
from kexplain.syntax.source import Source

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {app: a}%s}\nspec: {containers: [{name: a, image: a%s}]%s}\n"
SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {%s}\n"
JOB = (
    "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\n"
    "spec: {%s, template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}\n"
)
LIMITS = "apiVersion: v1\nkind: LimitRange\nmetadata: {name: a}\nspec: {limits: [%s]}\n"
LEASE = "apiVersion: coordination.k8s.io/v1\nkind: Lease\nmetadata: {name: a}\nspec: {%s}\n"
CLASS = "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: a}\nprovisioner: a.b\n%s\n"
TERM = "{topologyKey: kubernetes.io/hostname, matchLabelKeys: [app], labelSelector: {matchLabels: {app: a}}}"
AFFINITY = f", affinity: {{podAffinity: {{requiredDuringSchedulingIgnoredDuringExecution: [{TERM}]}}}}"
REFUSED = [
    (POD % (", finalizers: [cleanup]", "", ""), "invalid-finalizer", "metadata.finalizers[0]"),
    (POD % (', creationTimestamp: ""', "", ""), "invalid-time", "metadata.creationTimestamp"),
    (
        POD % ("", "", AFFINITY),
        "invalid-affinity",
        "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].matchLabelKeys[0]",
    ),
    (
        POD % ("", "", ", priorityClassName: system-node-critical, preemptionPolicy: Never"),
        "invalid-priority",
        "spec.preemptionPolicy",
    ),
    (
        POD % ("", "", ", volumes: [{name: a, azureDisk: {diskName: a, diskURI: /subscriptions/a}}]"),
        "invalid-volume-source",
        "spec.volumes[0].azureDisk.diskURI",
    ),
    (
        JOB % 'podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {containerName: "", operator: In, values: [1]}}]}',
        "invalid-pod-failure-policy",
        "spec.podFailurePolicy.rules[0].onExitCodes.containerName",
    ),
    (LIMITS % "{type: Container, min: {cpu: 1}, default: {cpu: null}}", "invalid-limit-range", "spec.limits[0].default.cpu"),
    (
        LIMITS % '{type: Container, min: {cpu: "-1"}, max: {cpu: 2}, maxLimitRequestRatio: {cpu: 10}}',
        "invalid-limit-range",
        "spec.limits[0].maxLimitRequestRatio.cpu",
    ),
    (LEASE % 'renewTime: "2026-01-31T08:00:00Z"', "invalid-time", "spec.renewTime"),
    (LEASE % 'renewTime: "2026-01-31T08:00:00.123Z"', "invalid-time", "spec.renewTime"),
    (LEASE % 'renewTime: ""', "invalid-time", "spec.renewTime"),
    (CLASS % "allowedTopologies: [{}]", "invalid-affinity", "allowedTopologies[0]"),
    (SERVICE % 'ports: [{port: 80, targetPort: "8080"}]', "invalid-port-name-or-number", "spec.ports[0].targetPort"),
    ("apiVersion: policy/v1\nkind: Eviction\nmetadata: {name: a}\n", "uncreatable-kind", "kind"),
]  # fmt: skip
TAKEN = [
    POD % (", finalizers: [foregroundDeletion, example.org/cleanup], creationTimestamp: null", "", ""),
    POD % ("", ", resources: {requests: {cpu: 0.5, memory: 1e3}, limits: {cpu: 1, memory: 1G}}", ""),
    POD % ("", ', resources: {requests: {cpu: ".5", memory: "+1.5Ki"}, limits: {cpu: "1.", memory: 1E}}', ""),
    POD % ("", ", env: [{name: MY VAR}, {name: a.b-c, value: ''}], ports: [], securityContext: null", ", volumes: null"),
    POD % ("", "", ", tolerations: [{operator: Exists}, {key: a, effect: NoSchedule}], affinity: {}, nodeSelector: {}"),
    POD % ("", ", ports: [{containerPort: 80, hostPort: 0}]", ", volumes: [{name: a}, {name: b, emptyDir: null}]"),
    POD.replace("labels: {app: a}", "labels: {tier: a}") % ("", "", AFFINITY),
    SERVICE % "clusterIP: None, selector: {a: b}",
    SERVICE % 'clusterIP: "", externalIPs: [], loadBalancerIP: "", ports: [{port: 80, nodePort: 0, name: ""}]',
    SERVICE % "type: ExternalName, externalName: a.b.c.",
    JOB % "ttlSecondsAfterFinished: 0, parallelism: 0",
    LIMITS % "{type: Container, default: {cpu: 1}, defaultRequest: {cpu: 100m}}, {type: example.org/Image, max: {storage: 1Gi}}",
    LEASE % 'renewTime: "2026-01-31T08:00:00.000000+01:00", acquireTime: null',
    CLASS % "parameters: {a: ''}\nallowedTopologies: []",
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: 'system:a:B'}\nrules: null\n",
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a.b, labels: {A.b_C: X_y.Z}, annotations: {Foo.Bar/Baz: ''}}\ndata: {.hidden: null}\n",
    "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: a}\nspec: {minAvailable: 0%, selector: {}}\n",
    "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\nspec: {podSelector: {}, ingress: [{}], egress: [{to: [], ports: null}], policyTypes: []}\n",
    "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: a}\nspec: {hard: {count/deployments.apps: '5', requests.example.org/gpu: 4, services.loadbalancers: 0}}\n",
]  # fmt: skip


def errors(text: str) -> list[tuple[str, str]]:
    """Rule and field of every error in an object, by the default profile."""
    report = lint([Source("object.yaml", text)], Options(select("recommended"), complete=False))
    return [(found.rule.id, found.field_path) for found in report.findings if found.severity is Severity.ERROR]


@pytest.mark.parametrize(("text", "rule", "field"), REFUSED)
def test_refused(text: str, rule: str, field: str) -> None:
    assert (rule, field) in errors(text)


@pytest.mark.parametrize("text", TAKEN)
def test_taken(text: str) -> None:
    assert errors(text) == []
