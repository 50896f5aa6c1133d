"""References and selectors are called dangling on evidence only: what may be made, labelled or brought is not missing."""

from itertools import product

import pytest
from support import growth

from kexplain.catalogue.rule import rules
from kexplain.engine.linter import Options, lint
from kexplain.syntax.source import Source, Unread

RULES = {name: rule for name, rule in rules().items() if rule.compares}
DANGLING = ("dangling-service", "dangling-network-policy", "dangling-pdb")


def found(*texts: str, rule: str = "", complete: bool | None = None) -> list[str]:
    """The messages of a rule over texts, each a file of one folder; of every rule about references where none is said."""
    sources = [Source(f"shop/{number}.yaml", text) for number, text in enumerate(texts)]
    chosen = {name: RULES[name] for name in ([rule] if rule else REFERENCES)}
    return [finding.message for finding in lint(sources, Options(chosen, complete=complete)).findings]


def selecting(kind: str, labels: str, name: str = "web", namespace: str = "") -> str:
    """An object whose selector asks for labels."""
    metadata = f"metadata: {{name: {name}{f', namespace: {namespace}' if namespace else ''}}}\n"
    if kind == "Service":
        return f"apiVersion: v1\nkind: Service\n{metadata}spec: {{selector: {{{labels}}}, ports: [{{port: 80}}]}}\n"
    if kind == "NetworkPolicy":
        head = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"
        return f"{head}{metadata}spec: {{podSelector: {{matchLabels: {{{labels}}}}}}}\n"
    head = "apiVersion: policy/v1\nkind: PodDisruptionBudget\n"
    return f"{head}{metadata}spec: {{minAvailable: 1, selector: {{matchLabels: {{{labels}}}}}}}\n"


SELECTING = dict(zip(DANGLING, ("Service", "NetworkPolicy", "PodDisruptionBudget"), strict=True))
SPEC = "containers: [{name: c, image: 'a:1'}]"


def pod(labels: str, name: str = "web", spec: str = SPEC) -> str:
    """A Pod with labels."""
    return f"apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, labels: {{{labels}}}}}\nspec: {{{spec}}}\n"


def workload(kind: str, name: str, labels: str, own: str = "") -> str:
    """A Job, Deployment or StatefulSet whose Pods have labels."""
    group, more = ("batch/v1", "restartPolicy: Never, ") if kind == "Job" else ("apps/v1", "")
    selector = "" if kind == "Job" else f"selector: {{matchLabels: {{{labels}}}}}, "
    template = f"template: {{metadata: {{labels: {{{labels}}}}}, spec: {{{more}{SPEC}}}}}"
    return f"apiVersion: {group}\nkind: {kind}\nmetadata: {{name: {name}, labels: {{{own}}}}}\nspec: {{{selector}{template}}}\n"


def custom(api_version: str, kind: str, spec: str, name: str = "made") -> str:
    """A custom object."""
    return f"apiVersion: {api_version}\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {{{spec}}}\n"


NEAR = pod("app: webb")
"""Pods by whose label a selector for ``app: web`` is a slip: a finding, unless something may make the Pods."""


@pytest.mark.parametrize("rule", DANGLING)
@pytest.mark.parametrize(
    ("wanted", "there", "differs"),
    [
        ("app: website", pod("app: websit", "a"), "app=websit, not app=website"),
        ("app: website, tier: web", pod("app: website, tier: wbe", "a"), None),
        ("app: website", pod("app: Website", "a"), "app=Website, not app=website"),
        ("app: web", pod("app: site", "web"), "app=site, not app=web"),
        ("app: web", pod("app.kubernetes.io/name: web", "web"), "app.kubernetes.io/name=web, not app=web"),
        ("app: web, tier: front", pod("app: web", "web"), "no tier=front"),
        ("app: web", workload("Deployment", "other", "name: x", own="app: web"), "no app=web"),
    ],
)  # fmt: skip
def test_a_near_miss_is_told_with_what_differs(rule: str, wanted: str, there: str, differs: str | None) -> None:
    said = found(selecting(SELECTING[rule], wanted), there, rule=rule)
    assert [message.partition("; the nearest is ")[2].partition(": ")[2] for message in said] == (
        [differs] if differs else []
    )


@pytest.mark.parametrize("rule", DANGLING)
@pytest.mark.parametrize(
    "there",
    [
        pod("app: cache", "cache"),
        pod("app: web-2", "other"),
        pod("version: web", "other"),
        workload("Deployment", "other", "name: x", own="app: site"),
        workload("StatefulSet", "db", "app: db"),
        pod("app: web", "web").replace("{name: web,", "{name: web, namespace: test,"),
    ],
)
def test_what_is_not_near_is_no_evidence(rule: str, there: str) -> None:
    text = selecting(SELECTING[rule], "app: web-1", "web-1", "shop")
    assert found(text, there, rule=rule) == []
    assert len(found(text, there, rule=rule, complete=True)) == 1
    assert found(text, there, rule=rule, complete=False) == []


@pytest.mark.parametrize("rule", DANGLING)
@pytest.mark.parametrize(
    ("labels", "maker"),
    [
        ("job-name: train", workload("Job", "train", "app: x")),
        ("batch.kubernetes.io/job-name: train", workload("Job", "train", "app: x")),
        ("app: x, batch.kubernetes.io/job-completion-index: '0'", workload("Job", "train", "app: x")),
        ("statefulset.kubernetes.io/pod-name: db-0", workload("StatefulSet", "db", "app: db")),
        ("app: db, apps.kubernetes.io/pod-index: '0'", workload("StatefulSet", "db", "app: db")),
        ("app: web, pod-template-hash: abc", workload("Deployment", "web", "app: web")),
        ("app: web, rollouts-pod-template-hash: abc", workload("Deployment", "web", "app: web")),
    ],
)
def test_labels_of_controllers_are_known(rule: str, labels: str, maker: str) -> None:
    text = selecting(SELECTING[rule], labels, "other")
    assert found(text, maker, rule=rule) == []
    assert found(text, maker, rule=rule, complete=True) == []


def test_the_job_of_another_name_is_told_where_all_is_there() -> None:
    text = selecting("Service", "job-name: train")
    assert len(found(text, workload("Job", "score", "app: x"), rule="dangling-service", complete=True)) == 1


MAKERS = [
    custom("helm.toolkit.fluxcd.io/v2", "HelmRelease", "interval: 1h"),
    custom("argoproj.io/v1alpha1", "Application", "project: default"),
    custom("monitoring.coreos.com/v1", "Prometheus", "replicas: 2"),
    custom("postgresql.cnpg.io/v1", "Cluster", "instances: 3"),
    custom("unheard-of.example/v1", "Thing", "size: 1"),
]
"""Objects of which nobody can say that they make no Pods, Secrets, ServiceAccounts and so on."""
HARMLESS = [
    custom("monitoring.coreos.com/v1", "ServiceMonitor", "endpoints: [{port: http}]"),
    custom("networking.istio.io/v1", "VirtualService", "hosts: [x.example]"),
    custom("argoproj.io/v1alpha1", "AppProject", "description: x"),
]


def reference(field: str) -> str:
    """A Pod with a field of its spec."""
    return pod("app: p", "p", f"{field}, {SPEC}")


def holder(kind: str, name: str, api_version: str = "v1", body: str = "") -> str:
    """An object of a kind."""
    return f"apiVersion: {api_version}\nkind: {kind}\nmetadata: {{name: {name}}}\n{body}"


REFERENCES = {
    "missing-config-map": (
        reference("volumes: [{name: v, configMap: {name: settings}}]"), holder("ConfigMap", "setings")),
    "missing-secret": (
        reference("volumes: [{name: v, secret: {secretName: database-login}}]"), holder("Secret", "databse-login")),
    "missing-persistent-volume-claim": (
        reference("volumes: [{name: v, persistentVolumeClaim: {claimName: uploads}}]"),
        holder("PersistentVolumeClaim", "upload")),
    "non-existent-service-account": (
        reference("serviceAccountName: mailer"), holder("ServiceAccount", "mailers")),
    "missing-priority-class": (
        reference("priorityClassName: critical"), holder("PriorityClass", "criticl", "scheduling.k8s.io/v1")),
    "missing-runtime-class": (
        reference("runtimeClassName: sandboxed"), holder("RuntimeClass", "sandbox-ed", "node.k8s.io/v1")),
    "missing-storage-class": (
        holder("PersistentVolumeClaim", "c", body="spec: {storageClassName: fast-disk}\n"),
        holder("StorageClass", "fastdisk", "storage.k8s.io/v1")),
    "missing-ingress-class": (
        holder("Ingress", "i", "networking.k8s.io/v1", "spec: {ingressClassName: internal}\n"),
        holder("IngressClass", "interal", "networking.k8s.io/v1")),
    "dangling-ingress": (
        holder("Ingress", "i", "networking.k8s.io/v1",
               "spec: {defaultBackend: {service: {name: website, port: {number: 80}}}}\n"),
        selecting("Service", "a: b", "websites") + "---\n" + pod("a: b")),
    "dangling-hpa": (
        holder("HorizontalPodAutoscaler", "h", "autoscaling/v2",
               "spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: website}}\n"),
        workload("Deployment", "web-site", "a: b")),
    "dangling-role-ref": (
        holder("RoleBinding", "b", "rbac.authorization.k8s.io/v1",
               "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}\n"),
        holder("Role", "readers", "rbac.authorization.k8s.io/v1", "rules: []\n")),
}  # fmt: skip
"""A reference of each kind, and an object whose name is a slip of what it names."""


@pytest.mark.parametrize("rule", REFERENCES)
def test_every_reference_is_judged_by_a_near_name(rule: str) -> None:
    text, near = REFERENCES[rule]
    (message,) = found(text, near, rule=rule)
    assert "; the nearest is " in message
    assert found(text, near.replace("---\n", "---\nx: 1\n---\n"), rule=rule, complete=False) == []
    assert found(text, rule=rule) == []
    (alone,) = found(text, rule=rule, complete=True)
    assert "the nearest" not in alone


@pytest.mark.parametrize(("rule", "maker"), [*product(REFERENCES, MAKERS)])
def test_what_may_make_the_object_silences_every_reference_alike(rule: str, maker: str) -> None:
    text, near = REFERENCES[rule]
    assert found(text, near, maker, rule=rule) == []
    assert len(found(text, near, maker, rule=rule, complete=True)) == 1


@pytest.mark.parametrize(("rule", "maker"), [*product(DANGLING, MAKERS)])
def test_what_may_make_pods_silences_every_selector_alike(rule: str, maker: str) -> None:
    text = selecting(SELECTING[rule], "app: web")
    assert len(found(text, NEAR, rule=rule)) == 1
    assert found(text, NEAR, maker, rule=rule) == []


@pytest.mark.parametrize(("rule", "other"), [*product((*DANGLING, "missing-config-map"), HARMLESS)])
def test_what_makes_nothing_silences_nothing(rule: str, other: str) -> None:
    text, near = REFERENCES.get(rule) or (selecting(SELECTING[rule], "app: web"), NEAR)
    assert len(found(text, near, other, rule=rule)) == 1


@pytest.mark.parametrize(
    "spec",
    [
        "podTemplate: {metadata: {labels: {app: worker}}, spec: {containers: [{name: c, image: 'a:1'}]}}",
        "deployment: {podTemplate: {metadata: {labels: {app: worker}}}}",
        "leaderWorkerTemplate: {leaderTemplate: {metadata: {labels: {app: worker}}}}",
        "podMetadata: {labels: {app: worker}}",
        "deep: [{er: {metadata: {labels: {app: worker}}}}]",
    ],
)
def test_labels_of_pods_anywhere_in_a_custom_object_count(spec: str) -> None:
    """They are found also where the set is complete, where nothing else would silence the selector."""
    maker = custom("unheard-of.example/v1", "Thing", spec)
    texts = [selecting("NetworkPolicy", "app: worker", "p"), maker, pod("app: o", "o")]
    assert found(*texts, rule="dangling-network-policy", complete=True) == []
    texts[0] = selecting("NetworkPolicy", "app: works", "p")
    assert len(found(*texts, rule="dangling-network-policy", complete=True)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: extension-apiserver-authentication-reader}",
        *(f"roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: {name}}}" for name in (
            "view", "system:auth-delegator", "cluster-monitoring-view", "registry-viewer", "aws-node", "self-provisioner")),
    ],
)  # fmt: skip
def test_roles_that_come_with_a_cluster_are_never_missing(text: str) -> None:
    binding = f"apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {{name: b, namespace: kube-system}}\n{text}\n"
    roles = "".join(
        f"apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: {name}}}\nrules: []\n---\n"
        for kind, name in (("Role", "any"), ("ClusterRole", "viewers"), ("ClusterRole", "aws-nod"))
    )
    assert found(binding, roles, rule="dangling-role-ref", complete=True) == []


@pytest.mark.parametrize(
    "label", ["component: kube-scheduler", "component: kube-controller-manager", "k8s-app: kube-dns"]
)
def test_static_pods_are_known_in_their_namespace(label: str) -> None:
    text = selecting("Service", label, "s", "kube-system")
    assert found(text, NEAR, rule="dangling-service", complete=True) == []
    elsewhere = selecting("Service", label, "s", "shop")
    assert len(found(elsewhere, NEAR, rule="dangling-service", complete=True)) == 1


@pytest.mark.parametrize(
    "field",
    [
        "volumes: [{name: v, configMap: {name: kube-root-ca.crt}}]",
        "serviceAccountName: default",
        "priorityClassName: system-node-critical",
        "runtimeClassName: nvidia",
    ],
)
def test_objects_that_come_with_a_cluster_are_never_missing(field: str) -> None:
    assert found(reference(field), complete=True) == []


def test_what_is_filled_in_later_may_be_the_object() -> None:
    service = selecting("Service", "app: web")
    assert found(service, workload("Deployment", "web", 'app: "${APP}"'), rule="dangling-service") == []
    text, near = REFERENCES["missing-config-map"]
    assert found(text, near, holder("ConfigMap", '"${NAME}"'), rule="missing-config-map") == []


def test_a_role_that_lets_a_program_create_the_object_silences_it() -> None:
    text, near = REFERENCES["missing-secret"]
    role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {{name: r}}\nrules: [{{apiGroups: [''], resources: [{}], verbs: [create]}}]\n"
    assert found(text, near, role.format("secrets"), rule="missing-secret") == []
    assert len(found(text, near, role.format("events"), rule="missing-secret")) == 1


@pytest.mark.parametrize("opaque", [
    Unread("shop/templates/web.yaml", "a Helm template", wrong=False, skipped=True),
    Source("shop/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n"),
    Source("shop/t.yaml", "a: {{ .Values.x }}\n{{- if .y }}\nb: 1\n{{- end }}\n"),
    Source("shop/broken.yaml", "a: [\n"),
])  # fmt: skip
def test_what_cannot_be_read_may_make_anything(opaque: Source | Unread) -> None:
    text, near = REFERENCES["missing-config-map"]
    sources: list[Source | Unread] = [Source("shop/a.yaml", text), Source("shop/b.yaml", near)]
    options = Options({"missing-config-map": RULES["missing-config-map"]})
    assert len(lint(sources, options).findings) == 1
    above = [opaque._replace(path="shop/x") if isinstance(opaque, Unread) else opaque]
    assert lint([*sources, *above], options).findings == []


def test_numbers_tell_siblings_apart() -> None:
    text, _ = REFERENCES["missing-config-map"]
    for one, other in (("settings-1", "settings-2"), ("settings-v1", "settings-v2"), ("db", "dbs"), ("http", "https")):
        assert found(text.replace("settings", one), holder("ConfigMap", other), rule="missing-config-map") == []


def many(size: int) -> list[Source]:
    """As many Services as Pods, each selecting one, all of one more label."""
    services = "---\n".join(selecting("Service", f"app: a{at}, tier: web", f"s{at}") for at in range(size))
    pods = "---\n".join(pod(f"app: a{at}, tier: web", f"p{at}") for at in range(size))
    return [Source("a.yaml", services), Source("b.yaml", pods)]


def test_services_by_pods_grow_with_their_number() -> None:
    chosen = {rule: RULES[rule] for rule in ("dangling-service", "missing-readiness-probe")}
    assert growth(lambda size: lint(many(size), Options(chosen)), 100, 4) < 8


def route(backend: str, kind: str = "HTTPRoute") -> str:
    """A route of Gateway API to one backend."""
    return custom("gateway.networking.k8s.io/v1", kind, f"rules: [{{backendRefs: [{{{backend}}}]}}]")


SERVICE = selecting("Service", "a: b", "website") + "---\n" + pod("a: b")


@pytest.mark.parametrize(
    ("backend", "number"),
    [
        ("name: website, port: 80", 0),
        ("name: websites, port: 80", 1),
        ("name: website, port: 81", 1),
        ("name: made-elsewhere, port: 80", 0),
        ("name: websites, port: 80, namespace: other", 0),
        ("name: websites, port: 80, kind: ServiceImport, group: multicluster.x-k8s.io", 0),
        ('name: "${NAME}", port: 80', 0),
        ("name: [websites], port: {a: b}", 0),
    ],
)
def test_the_service_that_a_route_leads_to(backend: str, number: int) -> None:
    for kind in ("HTTPRoute", "GRPCRoute", "TCPRoute"):
        assert len(found(route(backend, kind), SERVICE, rule="dangling-route")) == number
    assert found(route(backend), SERVICE, rule="dangling-ingress") == []


CUSTOM = {
    "missing-secret": (custom("keda.sh/v1alpha1", "TriggerAuthentication", "secretTargetRef: [{name: database-login}]"),
                       holder("Secret", "databse-login")),
    "missing-config-map": (custom("gateway.networking.k8s.io/v1", "BackendTLSPolicy",
                                  "validation: {caCertificateRefs: [{kind: ConfigMap, name: settings}]}"),
                           holder("ConfigMap", "setings")),
    "dangling-route": (custom("argoproj.io/v1alpha1", "Rollout", "strategy: {canary: {stableService: website}}"),
                       holder("Service", "websites", body="spec: {ports: [{port: 80}]}\n")),
}  # fmt: skip


@pytest.mark.parametrize("rule", CUSTOM)
def test_what_custom_objects_name_is_judged_alike(rule: str) -> None:
    text, near = CUSTOM[rule]
    (message,) = found(text, near, rule=rule)
    assert "; the nearest is " in message
    assert found(text, rule=rule) == []
    assert found(text, near, MAKERS[0], rule=rule) == []
    assert len(found(text, rule=rule, complete=True)) == 1


def test_a_key_that_a_custom_object_asks_for() -> None:
    text = custom("keda.sh/v1alpha1", "TriggerAuthentication", "secretTargetRef: [{name: login, key: user}]")
    secret = holder("Secret", "login", body="stringData: {users: x}\n")
    assert found(text, secret, rule="missing-secret") == [
        'TriggerAuthentication "made" refers to what is not there: Secret "login" has no key "user"'
    ]
    assert found(text, secret.replace("users", "user"), rule="missing-secret") == []


@pytest.mark.parametrize("spec", ["[]", "{rules: x}", "{rules: [x, {backendRefs: {a: b}}, {backendRefs: [1, null]}]}"])
def test_any_tree_of_a_custom_object_is_read(spec: str) -> None:
    text = f"apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: r}}\nspec: {spec}\n"
    assert found(text, SERVICE, rule="dangling-route", complete=True) == []


@pytest.mark.parametrize(("says", "missing"), [("tls", False), ("other", True)])
def test_what_a_custom_object_mentions_it_may_make(says: str, missing: bool) -> None:
    source = Source("a.yaml", (
        f"apiVersion: unheard.example/v1\nkind: Maker\nmetadata: {{name: m}}\nspec: {{result: {says}}}\n---\n"
        "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n"
        "spec: {containers: [{name: c, image: 'a:1', envFrom: [{secretRef: {name: tls}}]}]}\n"
    ))  # fmt: skip
    found = lint([source], Options({"missing-secret": rules()["missing-secret"]}, complete=True)).findings
    assert bool(found) == missing
