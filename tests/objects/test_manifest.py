"""Identifying documents: each gives its objects, or exactly one outcome that says why it holds none."""

import pytest

from kexplain.engine.linter import Options, lint
from kexplain.objects.manifest import Manifest, identify
from kexplain.objects.outcome import Outcome, Status
from kexplain.syntax.parse import parse
from kexplain.syntax.source import Source

KUSTOMIZATION = "a kustomization; --render, or kustomize build … | kexplain lint -, checks what it makes"
TEMPLATE = "a template, not yet a manifest; render it first (helm template … | kexplain lint -)"
NO_META = "no apiVersion and no kind, so not a Kubernetes object"
NO_OBJECT = "not a mapping, so not a Kubernetes object"
POD = "{apiVersion: v1, kind: Pod, metadata: {name: a}}"


def found(text: str, path: str = "x.yaml") -> list[Manifest | Outcome]:
    source = Source(path, text)
    return [item for document in parse(text) for item in identify(source, document)]


def objects(text: str) -> list[tuple[str, str, str]]:
    items = found(text)
    assert all(isinstance(item, Manifest) for item in items)
    return [(item.api_version, item.kind, item.name) for item in items]


def outcomes(*files: tuple[str, str]) -> list[tuple[str, int, str, str, str]]:
    """Path, document, status, kind and reason of every outcome of a run."""
    report = lint([Source(path, text) for path, text in files], Options({}))
    return sorted((o.path, o.document, o.status.value, o.kind, o.reason) for o in report.outcomes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{POD}\n", [("v1", "Pod", "a")]),
        (f"{POD}\n---\n{POD}\n", [("v1", "Pod", "a")] * 2),
        (
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d, namespace: n}\n",
            [("apps/v1", "Deployment", "d")],
        ),
        ("apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}\n", [("v1", "Pod", "a-")]),
        ("apiVersion: v1\nkind: Pod\n", [("v1", "Pod", "")]),
        ("apiVersion: v1\nkind: Pod\nmetadata: []\n", [("v1", "Pod", "")]),
        ("apiVersion: v1\nkind: Pod\nmetadata: {name: 1}\n", [("v1", "Pod", "")]),
        ('{"apiVersion": "v1", "kind": "Pod"}', [("v1", "Pod", "")]),
        (f"apiVersion: v1\nkind: List\nitems: [{POD}, {POD}]\n", [("v1", "Pod", "a")] * 2),
        (f"apiVersion: v1\nkind: PodList\nitems: [{POD}]\n", [("v1", "Pod", "a")]),
        (
            "apiVersion: apps/v1\nkind: DeploymentList\nitems: [{metadata: {name: d}}]\n",
            [("apps/v1", "Deployment", "d")],
        ),
        (
            f"apiVersion: v1\nkind: List\nitems:\n- {{apiVersion: v1, kind: List, items: [{POD}]}}\n- {POD}\n",
            [("v1", "Pod", "a")] * 2,
        ),
        ("x: &p {apiVersion: v1}\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\n", [("v1", "Pod", "a")]),
        ("<<: {apiVersion: v1, kind: Pod}\nmetadata: {name: a}\n", [("v1", "Pod", "a")]),
    ],
)
def test_objects(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert objects(text) == expected


@pytest.mark.parametrize(
    ("path", "text", "status", "reason"),
    [
        ("x.yaml", "apiVersion: v1\nkind: List\nitems: []\n", "skipped", "a List without items"),
        ("x.yaml", "apiVersion: v1\nkind: List\nitems:\n", "skipped", "a List without items"),
        ("x.yaml", "apiVersion: v1\nkind: PodList\nitems: []\n", "skipped", "a List without items"),
        ("x.yaml", "apiVersion: v1\nkind: List\nitems: [3]\n", "skipped", NO_OBJECT),
        ("x.yaml", "apiVersion: v1\nkind: List\nitems: [{a: b}]\n", "skipped", NO_META),
        (
            "x.yaml",
            "apiVersion: v1\nkind: PodList\nitems: [{kind: Pod}]\n",
            "skipped",
            "no apiVersion, so not a Kubernetes object",
        ),
        ("kustomization.yaml", "resources: [a.yaml]\n", "skipped", KUSTOMIZATION),
        ("a/kustomization.yml", "patches: []\n", "skipped", KUSTOMIZATION),
        ("Kustomization", "resources: []\n", "skipped", KUSTOMIZATION),
        ("x.yaml", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n", "skipped", KUSTOMIZATION),
        ("x.yaml", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n", "skipped", KUSTOMIZATION),
        ("values.yaml", "image: x\n", "skipped", "values for a Helm chart"),
        ("chart/values-prod.yaml", "image: x\n", "skipped", "values for a Helm chart"),
        ("chart/Chart.yaml", "name: x\n", "skipped", "a Helm chart's description"),
        ("t.yaml", "{{- if .x }}\napiVersion: v1\nkind: Pod\n{{- end }}\n", "skipped", TEMPLATE),
        ("t.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.x }}\n", "skipped", TEMPLATE),
        ("t.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: '{{ .Values.x }}'\n", "skipped", TEMPLATE),
        ("t.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web-{{ .Values.x }}\n", "skipped", TEMPLATE),
        ("t.yaml", 'apiVersion: v1\nkind: Pod\nmetadata:\n  namespace: "{{ .x }}"\n', "skipped", TEMPLATE),
        ("docker-compose.yml", "services: {}\n", "skipped", "a Compose file"),
        ("x.yaml", "version: '3'\nservices: {}\n", "skipped", "a Compose file"),
        (".github/workflows/ci.yml", "on: push\njobs: {}\n", "skipped", "a GitHub Actions workflow"),
        (".github/workflows/ci.yml", "'on': push\njobs: {}\n", "skipped", "a GitHub Actions workflow"),
        (".gitlab-ci.yml", "build: {}\n", "skipped", "a GitLab CI pipeline"),
        ("p.json", '[{"op": "add", "path": "/a", "value": 1}]', "skipped", "a JSON 6902 patch"),
        ("p.yaml", "- {op: remove, path: /a}\n", "skipped", "a JSON 6902 patch"),
        ("play.yaml", "- hosts: all\n  tasks: []\n", "skipped", "an Ansible playbook"),
        ("x.yaml", "apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers: []\n", "skipped", "a kubeconfig"),
        ("x.yaml", "apiVersion: skaffold/v4beta6\nkind: Config\n", "skipped", "a Skaffold configuration"),
        ("x.yaml", "apiVersion: audit.k8s.io/v1\nkind: Policy\n", "skipped", "an audit policy file of the API server"),
        ("x.yaml", "apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\n", "skipped", "a kind cluster configuration"),
        ("x.yaml", "a: 1\n", "skipped", NO_META),
        ("x.yaml", "{}\n", "skipped", NO_META),
        ("x.yaml", "kind: Pod\n", "skipped", "no apiVersion, so not a Kubernetes object"),
        ("x.yaml", "apiVersion: v1\n", "skipped", "no kind, so not a Kubernetes object"),
        ("x.yaml", "apiVersion: 1\nkind: Pod\n", "unreadable", "apiVersion is the number 1, not text"),
        ("x.yaml", "apiVersion: v1\nkind: [Pod]\n", "unreadable", "kind is a list, not text"),
        ("x.yaml", "apiVersion: ''\nkind: ''\n", "skipped", NO_META),
        ("x.yaml", "apiVersion:\nkind: Pod\n", "unreadable", "apiVersion is empty"),
        ("x.yaml", "- 1\n", "skipped", NO_OBJECT),
        ("x.yaml", "text\n", "skipped", NO_OBJECT),
        ("x.yaml", "", "skipped", "empty document"),
        ("x.yaml", "# nothing\n", "skipped", "empty document"),
        ("x.yaml", "---\n", "skipped", "empty document"),
        ("x.yaml", "null\n", "skipped", "empty document"),
        ("x.yaml", "apiVersion: v1\nkind: Pod\n\tmetadata: {}\n", "unreadable", "a tab cannot indent YAML; use spaces"),
        ("x.yaml", "a: 'b\n", "unreadable", "the file ends inside a quoted value or a bracket"),
    ],
)
def test_a_document_without_object_has_one_outcome(path: str, text: str, status: str, reason: str) -> None:
    items = found(text, path)
    assert [(type(item), item.path, item.document) for item in items] == [(Outcome, path, 1)]
    assert (items[0].status, items[0].reason) == (Status(status), reason)


def test_every_document_of_a_file_has_its_outcome() -> None:
    text = f"{POD}\n---\n# nothing\n---\na: 1\n---\nb: [\n---\n{{{{ .x }}}}\n---\napiVersion: v1\nkind: List\nitems: [{POD}, 3]\n"
    assert outcomes(("x.yaml", text)) == [
        ("x.yaml", 1, "checked", "Pod", ""),
        ("x.yaml", 2, "skipped", "", "empty document"),
        ("x.yaml", 3, "skipped", "", NO_META),
        ("x.yaml", 4, "unreadable", "", "expected a value here; a template ({{ … }}) is not YAML until rendered"),
        ("x.yaml", 5, "skipped", "", TEMPLATE),
        ("x.yaml", 6, "checked", "Pod", ""),
        ("x.yaml", 6, "skipped", "", NO_OBJECT),
    ]


@pytest.mark.parametrize(
    "how",
    [
        "patchesStrategicMerge: [web.yaml]",
        "patches: [{path: web.yaml}]",
        "patches: [{path: ./web.yaml, target: {kind: Pod}}]",
        "patchesJson6902: [{path: ../o/web.yaml}]",
    ],
)
def test_a_patch_that_a_kustomization_names_is_no_whole_object(how: str) -> None:
    files = [("o/kustomization.yaml", f"{how}\n"), ("o/web.yaml", f"{POD}\n"), ("p/web.yaml", f"{POD}\n")]
    expected = [
        ("o/kustomization.yaml", 1, "skipped", "", KUSTOMIZATION),
        ("o/web.yaml", 1, "skipped", "Pod", "a kustomize patch, only part of an object"),
        ("p/web.yaml", 1, "checked", "Pod", ""),
    ]
    assert outcomes(*files) == expected
    assert outcomes(*reversed(files)) == expected


@pytest.mark.parametrize(
    "text",
    [
        'patches: [{patch: "- op: add\\n  path: /a"}]\n',
        "patches: 3\n",
        "patches: [3]\n",
        "patchesStrategicMerge: web.yaml\n",
    ],
)
def test_a_kustomization_without_patch_files_makes_no_patch(text: str) -> None:
    assert outcomes(("kustomization.yaml", text), ("web.yaml", f"{POD}\n"))[1] == ("web.yaml", 1, "checked", "Pod", "")


@pytest.mark.parametrize(
    ("text", "status", "reason"),
    [
        ("apiVersion: example.org/v1\nkind: Thing\n", "partly-checked",
         "no schema for example.org/v1 Thing; add its CustomResourceDefinition to the run, or name it with --crd"),
        ("apiVersion: v1\nkind: Thing\n", "partly-checked", "no schema for v1 Thing; Kubernetes has no such kind"),
        ("apiVersion: apps/v1beta1\nkind: Deployment\n", "checked", "read as apps/v1 Deployment, its successor"),
        ("apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\n", "checked", ""),
        ("apiVersion: batch/v1beta1\nkind: CronJob\n", "checked", "read as batch/v1 CronJob, its successor"),
        ("apiVersion: flowcontrol.apiserver.k8s.io/v1beta2\nkind: FlowSchema\n", "checked", ""),
    ],
)  # fmt: skip
def test_what_the_schema_of_an_object_is(text: str, status: str, reason: str) -> None:
    assert [o[2::2] for o in outcomes(("x.yaml", text))] == [(status, reason)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"{POD}\n", 1),
        ("apiVersion: apps/v1\nkind: Deployment\nspec: {template: {spec: {}}}\n", 1),
        ("apiVersion: batch/v1\nkind: CronJob\nspec: {jobTemplate: {spec: {template: {spec: {}}}}}\n", 1),
        ("apiVersion: v1\nkind: PodTemplate\ntemplate: {spec: {}}\n", 1),
        ("apiVersion: example.org/v1\nkind: Rollout\nspec: {template: {spec: {}}}\n", 1),
        ("apiVersion: v1\nkind: ConfigMap\ndata: {template: x}\n", 0),
        ("apiVersion: apps/v1\nkind: Deployment\nspec: {template: 3}\n", 0),
    ],
)
def test_pod_templates(text: str, number: int) -> None:
    (manifest,) = found(text)
    assert isinstance(manifest, Manifest)
    assert len(manifest.pod_templates) == number
