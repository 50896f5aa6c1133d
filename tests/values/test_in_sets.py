"""Values among other objects: exactly these sentences about whom a name, selector, port or number means in the set."""

import pytest
from support import annotate

from kexplain.syntax.source import Source

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  revisionHistoryLimit: 0
  selector: {matchLabels: {app: web}}
  strategy: {rollingUpdate: {maxSurge: 25%, maxUnavailable: 0}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: web
      terminationGracePeriodSeconds: 5
      volumes:
      - {name: config, configMap: {name: web-config, items: [{key: a.conf, path: x/a.conf}]}}
      - {name: unused, emptyDir: {}}
      containers:
      - name: web
        image: nginx:1.27
        command: [sh, -c, "exec nginx"]
        args: [--port=80, --level, info]
        ports: [{name: http, containerPort: 8080}]
        env:
        - {name: URL, value: "http://db:5432/x"}
        - {name: DEBUG, value: "true"}
        - {name: BOTH, value: "$(URL)/$(NONE)"}
        - {name: KEY, valueFrom: {configMapKeyRef: {name: web-config, key: a.conf}}}
        - {name: LOST, valueFrom: {configMapKeyRef: {name: web-config, key: lost}}}
        - {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
        volumeMounts: [{name: config, mountPath: /etc/web, readOnly: true}, {name: gone, mountPath: /gone}]
        readinessProbe: {httpGet: {path: /ready, port: http}, periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 2}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web-config}
data: {a.conf: "x\\ny\\n", b: "7"}
---
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {selector: {app: wep}, ports: [{port: 5432}]}
---
apiVersion: v1
kind: Service
metadata: {name: front}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, minReplicas: 2, maxReplicas: 8}
"""
CONTAINER = "spec.template.spec.containers[0]"
ENV = f"{CONTAINER}.env"


def details(text: str, kind: str, name: str = "") -> dict[str, str]:
    """What is said of the values of one object, by path."""
    (file,) = annotate([Source("set.yaml", text)])
    (found,) = [o for o in file.objects if o.identity.kind == kind and name in {"", o.identity.name}]
    return {a.field_path: a.detail for a in found.annotations}


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("spec.replicas",
         "The HorizontalPodAutoscaler web (line 50 of this file) sets the number; `kubectl apply` puts this one back."),
        ("spec.revisionHistoryLimit", "No earlier state is kept, so `kubectl rollout undo` cannot go back."),
        ("spec.selector.matchLabels.app", "The Pods of its template have this label, as they must."),
        ("spec.strategy.rollingUpdate.maxSurge",
         "In a rollout 25 % of the Pods that web wants, at least 2, rounded up, may be added."),
        ("spec.template.spec.serviceAccountName",
         "The ServiceAccount web is not in these files: it must come from elsewhere."),
        ("spec.template.spec.terminationGracePeriodSeconds",
         "After the stop signal it has 5 s to end, less than the usual 30 s; then it is killed."),
        ("spec.template.spec.volumes[0].name", "Container web mounts it at /etc/web."),
        ("spec.template.spec.volumes[0].configMap.name", "The ConfigMap web-config, line 35 of this file."),
        ("spec.template.spec.volumes[0].configMap.items[0].key", "Becomes the file x/a.conf."),
        ("spec.template.spec.volumes[0].configMap.items[0].path", "The container finds it as /etc/web/x/a.conf."),
        ("spec.template.spec.volumes[1].name", "No container of the Pod mounts it."),
        (f"{CONTAINER}.command[0]", "A shell, sh: it reads the words below."),
        (f"{CONTAINER}.command[1]", "The shell takes the next word as what to run."),
        (f"{CONTAINER}.command[2]", "A command line, which the shell reads and runs."),
        (f"{CONTAINER}.args[0]", "Sets the option port."),
        (f"{CONTAINER}.args[2]", "Perhaps the value of the option level."),
        (f"{CONTAINER}.ports[0].containerPort", "The Service front (line 45 of this file) leads its port 80 here."),
        (f"{ENV}[0].value", "Leads to the Service db, port 5432, line 40 of this file."),
        (f"{ENV}[1].value", "The text true: a variable is always text, and its program decides what it means."),
        (f"{ENV}[2].value",
         "$(NONE) is set nowhere above; it stays as it is unless `envFrom` or a Service sets it."),
        (f"{ENV}[3].name", "$KEY is the entry a.conf of the ConfigMap web-config."),
        (f"{ENV}[3].valueFrom.configMapKeyRef.key",
         "The entry a.conf of ConfigMap web-config (line 35 of this file) becomes $KEY."),
        (f"{ENV}[4].valueFrom.configMapKeyRef.key",
         "The ConfigMap web-config, line 35 of this file, has no entry lost."),
        (f"{ENV}[5].name", "$NODE: the name of the node that the Pod runs on."),
        (f"{CONTAINER}.volumeMounts[0].name", "Mounted: the ConfigMap web-config."),
        (f"{CONTAINER}.volumeMounts[0].mountPath",
         "There the container finds the ConfigMap web-config, which it may only read."),
        (f"{CONTAINER}.volumeMounts[1].name", "No volume of this Pod has this name."),
        (f"{CONTAINER}.readinessProbe",
         "Asks every 5 s, waits up to 2 s for an answer, and fails after 2 misses in a row."),
        (f"{CONTAINER}.readinessProbe.httpGet.path",
         "Asks http://POD:8080/ready and wants an answer from 200 to 399."),
    ],
)  # fmt: skip
def test_a_deployment(path: str, sentence: str) -> None:
    assert details(DEPLOYMENT, "Deployment")[path] == sentence


def test_what_is_not_written_stands_at_kind() -> None:
    assert details(DEPLOYMENT, "Deployment")["kind"] == (
        "Service front and HorizontalPodAutoscaler web act on its Pods. It uses ServiceAccount web and ConfigMap "
        "web-config. BestEffort QoS, as no container asks for CPU or memory: it is the first to be evicted."
    )


def test_services_and_their_neighbours() -> None:
    front, db = (details(DEPLOYMENT, "Service", name) for name in ("front", "db"))
    assert front["kind"].startswith("It selects the Pods of Deployment web. Without a type it is a ClusterIP")
    assert front["spec.selector.app"] == "Deployment web has Pods with this label."
    assert (
        front["spec.ports[0].port"] == "Clients use front:80; it leads to port 8080 of container web of Deployment web."
    )
    assert db["spec.selector.app"] == "No Pod in these files has this label."
    assert details(DEPLOYMENT.replace("wep", "web-db"), "Service", "db")["spec.selector.app"] == (
        "No Pod in these files has this label; Deployment web has web."
    )
    data = details(DEPLOYMENT, "ConfigMap")
    assert data["data[a.conf]"] == "2 lines of settings, for Deployment web."
    assert data["data.b"] == "7, which is text here as every entry is, for Deployment web."
    scaler = details(DEPLOYMENT, "HorizontalPodAutoscaler")
    assert scaler["kind"] == "It scales Deployment web."
    assert scaler["spec.maxReplicas"] == "Never more than 8 Pods, so between 2 and 8."


def test_another_folder_is_another_set() -> None:
    service = "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: {app: web}}\n"
    files = annotate([Source("a/set.yaml", DEPLOYMENT), Source("b/s.yaml", service)])
    found = {a.field_path: a.detail for a in files[1].objects[0].annotations}
    assert found["spec.selector"] == "No Pod in these files has all these labels."


RULES = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\nrules: [%s]\n"


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("{apiGroups: [''], resources: [pods, secrets], verbs: [get, list]}", "May get and list pods and secrets."),
        ("{apiGroups: [apps], resources: [deployments], verbs: ['*']}", "May do everything with deployments of apps."),
        ("{apiGroups: ['*'], resources: ['*'], verbs: ['*']}", "May do everything with all resources of all groups."),
        ("{apiGroups: [''], resources: [secrets], resourceNames: [a], verbs: [get]}", "May get secrets, only a."),
        ("{nonResourceURLs: [/metrics], verbs: [get]}", "May get the paths /metrics."),
        ("{apiGroups: [''], resources: [pods]}", "The rule allows nothing: it lacks verbs or resources."),
    ],
)  # fmt: skip
def test_a_rule_of_rbac_is_one_sentence(rule: str, sentence: str) -> None:
    assert any(sentence in detail for detail in details(RULES % rule, "ClusterRole").values())


def test_rights_one_by_one() -> None:
    found = details(
        RULES % "{apiGroups: ['', x.dev], resources: [pods/exec, deployments/scale], verbs: [bind]}", "ClusterRole"
    )
    assert found["rules[0].apiGroups[0]"] == "The core group: Pods, Services, ConfigMaps, Secrets, nodes."
    assert (
        found["rules[0].apiGroups[1]"]
        == "The group x.dev, which is not built in: a definition or another API server adds it."
    )
    assert found["rules[0].resources[0]"] == "Commands run inside containers."
    assert found["rules[0].resources[1]"] == "The number of Pods of deployments."
    assert found["rules[0].verbs[0]"] == "Grant a role, even one with more rights than one's own."


def test_bindings_say_who_gets_what() -> None:
    binding = (
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: b}\n"
        "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}\n"
        "subjects: [{kind: Group, name: 'system:authenticated'}, {kind: ServiceAccount, name: web, namespace: n}]\n---\n"
    )
    found = details(binding + DEPLOYMENT, "ClusterRoleBinding")
    assert found["roleRef.name"] == "Everything in the cluster, as far as the binding reaches."
    assert found["subjects[0].name"] == "Everybody who is logged in, all ServiceAccounts among them."
    assert found["subjects[1].name"] == "Deployment web runs as this account."


POLICY = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec: {%s}\n"


@pytest.mark.parametrize(
    ("spec", "path", "sentence"),
    [
        ("podSelector: {}, policyTypes: [Ingress]", "spec",
         "For all Pods of its namespace, no connections to them are allowed; those from them are not restricted."),
        ("podSelector: {matchLabels: {a: b}}, ingress: [{}], egress: [{to: [{podSelector: {}}]}]", "spec",
         "For the Pods it selects, all connections to them and only some connections from them are allowed."),
        ("podSelector: {}, ingress: [{from: [{podSelector: {}}, {namespaceSelector: {}}]}]", "spec.ingress[0].from",
         "Whoever fits one of the 2 entries: separate entries are `or`, two selectors in one are `and`."),
        ("podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {a: b}}, namespaceSelector: {}}]}]",
         "spec.ingress[0].from[0].podSelector",
         "The selected Pods of all namespaces: in one entry, both selectors must fit."),
        ("podSelector: {}, egress: []", "spec.egress", "Nothing is allowed in this direction."),
        ("podSelector: {}, egress: [{to: [{ipBlock: {cidr: 10.1.0.0/16}}]}]", "spec.egress[0].to[0].ipBlock.cidr",
         "A range of 65,536 addresses."),
    ],
)  # fmt: skip
def test_a_network_policy_is_one_sentence(spec: str, path: str, sentence: str) -> None:
    assert sentence in details(POLICY % spec, "NetworkPolicy")[path]


@pytest.mark.parametrize(
    ("fields", "path", "sentence"),
    [
        ("backoffLimit: 0", "spec.backoffLimit", "The first failure ends the Job."),
        ("backoffLimit: 3", "spec.backoffLimit",
         "The Job fails for good after 4 failures, with growing pauses between them."),
        ("parallelism: 0", "spec.parallelism", "No Pod runs: the Job is paused."),
        ("completions: 5", "spec.completions", "The Job is done when 5 Pods have succeeded."),
        ("ttlSecondsAfterFinished: 0", "spec.ttlSecondsAfterFinished", "The Job is deleted as soon as it finishes."),
        ("ttlSecondsAfterFinished: 3600", "spec.ttlSecondsAfterFinished",
         "The Job and its logs are deleted 1 hour after it has ended."),
        ("activeDeadlineSeconds: 90", "spec.activeDeadlineSeconds",
         "The Job is ended as failed 1 minute 30 seconds after its start, whatever it has done."),
        ("suspend: false", "spec.suspend", "Off: the Job runs."),
        ("backoffLimit: -1", "spec.backoffLimit", "May be 0 or more."),
    ],
)  # fmt: skip
def test_jobs(fields: str, path: str, sentence: str) -> None:
    job = f"apiVersion: batch/v1\nkind: Job\nmetadata: {{name: j}}\nspec: {{{fields}}}\n"
    assert details(job, "Job")[path] == sentence


POD = (
    "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {%s containers: [{name: a, image: a:1, resources: {%s}}]}\n"
)


@pytest.mark.parametrize(
    ("pod", "container", "class_"),
    [
        ("", "", "BestEffort"),
        ("", "requests: {cpu: 1}", "Burstable"),
        ("", "limits: {cpu: 1, memory: 1Gi}", "Guaranteed"),
        ("", "requests: {cpu: 0}, limits: {cpu: 1, memory: 1Gi}", "Burstable"),
        ("resources: {limits: {cpu: 1, memory: 1Gi}},", "requests: {cpu: 100m}", "Burstable"),
        ("resources: {limits: {cpu: 1, memory: 1Gi}},", "", "Guaranteed"),
    ],
)
def test_quality_of_service(pod: str, container: str, class_: str) -> None:
    assert f"{class_} QoS" in details(POD % (pod, container), "Pod")["kind"]
    limits = "---\napiVersion: v1\nkind: LimitRange\nmetadata: {name: l}\nspec: {limits: [{type: Container}]}\n"
    assert not any("QoS" in detail for detail in details(POD % (pod, container) + limits, "Pod").values())


def test_secrets_stay_hidden() -> None:
    secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: aHVudGVyMg==}\nstringData: {b: hunter2}\n"
    assert not any("hunter2" in detail or "aHVu" in detail for detail in details(secret, "Secret").values())
