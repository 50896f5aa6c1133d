"""--render: what kustomizations and Helm charts make is checked, and findings lead back to the files it comes from."""

import base64
import json
import os
import shutil
import stat
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from kexplain import library
from kexplain.engine.report import Report
from kexplain.files import program
from kexplain.output import report_format as formats
from kexplain.output.report_format import View
from kexplain.rendering.alignment import Alignment
from kexplain.syntax.source import Source

TOOLS = os.environ.get("KEXPLAIN_TOOLS", "")
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs POSIX")


def tool(name: str) -> str:
    """A program that renders, from the folder KEXPLAIN_TOOLS or the PATH; the test is skipped without it."""
    found = shutil.which(name, path=os.pathsep.join(p for p in (TOOLS, os.environ.get("PATH", "")) if p))
    if not found:
        pytest.skip(f"{name} is neither on the PATH nor in KEXPLAIN_TOOLS")
    return found


def only(monkeypatch: pytest.MonkeyPatch, folder: Path, *paths: str) -> None:
    """Makes these programs the only ones on the PATH."""
    folder.mkdir()
    for path in paths:
        (folder / Path(path).name).symlink_to(path)
    monkeypatch.setenv("PATH", str(folder))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "repo").mkdir()
    monkeypatch.chdir(tmp_path / "repo")
    return tmp_path / "repo"


@pytest.fixture(params=["kustomize", "kubectl"])
def kustomize(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, here: Path) -> Path:
    only(monkeypatch, tmp_path / "bin", tool(request.param))
    return here


@pytest.fixture
def helm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, here: Path) -> Path:
    only(monkeypatch, tmp_path / "bin", tool("helm"))
    return here


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def lint(paths: list[str], **settings: object) -> Report:
    return library.lint(*paths, **settings)


def places(report, *rules: str) -> list[tuple[str, str, int, int]]:
    """Rule, path, line and column of the findings of some rules, or of all."""
    found = [(f.rule.id, f.place.path, f.place.line, f.place.column) for f in report.findings]
    return [place for place in found if not rules or place[0] in rules]


def unread(report) -> list[tuple[str, str, str]]:
    return [(o.path, o.status.value, o.reason) for o in report.outcomes if o.status.value != "checked"]


def shown(report, folder: Path) -> str:
    """Everything that any format says."""
    view = View(width=100)
    return "\n".join("".join(formats.render(name, report, view)) for name in formats.names())


DEPLOYMENT = """\
# the shop
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations:
    note: mine
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: nginx
        envFrom: [{configMapRef: {name: settings}}]
        nosuch: 1
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80}]}
"""
OVERLAY = """\
namePrefix: NAME-
nameSuffix: -x
namespace: NAME
resources: [../base]
components: [../common]
patches:
- path: more.yaml
- target: {kind: Service}
  patch: |-
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec:
      type: LoadBalancer
"""
MORE = """\
kind: Deployment
apiVersion: apps/v1
metadata: {name: web}
spec:
  template:
    spec:
      hostPID: true
      containers:
      - name: sidecar
        image: busybox:latest
      - name: web
        securityContext: {privileged: true}
"""
COMPONENT = """\
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
- target: {kind: Deployment}
  patch: |-
    - op: add
      path: /spec/template/spec/hostNetwork
      value: true
"""
BASE = """\
resources: [web.yaml]
configMapGenerator:
- name: settings
  literals: [A=b]
secretGenerator:
- name: creds
  literals: [password=xyzzy-plugh]
"""


def two_overlays(folder: Path) -> None:
    write(
        folder, {"base/kustomization.yaml": BASE, "base/web.yaml": DEPLOYMENT, "common/kustomization.yaml": COMPONENT}
    )
    for name in ("dev", "prod"):
        write(folder, {f"{name}/kustomization.yaml": OVERLAY.replace("NAME", name), f"{name}/more.yaml": MORE})


def test_findings_lead_to_resources_patches_and_components(kustomize):
    two_overlays(kustomize)
    report = lint(["."], render=True)
    assert unread(report) == []
    assert set(
        places(report, "unknown-field", "latest-image-tag", "privileged-container", "host-pid", "load-balancer-service")
    ) == {
        ("unknown-field", "base/web.yaml", 18, 9),
        ("latest-image-tag", "base/web.yaml", 16, 16),
        *(("latest-image-tag", f"{name}/more.yaml", 10, 16) for name in ("dev", "prod")),
        *(("privileged-container", f"{name}/more.yaml", 12, 39) for name in ("dev", "prod")),
        *(("host-pid", f"{name}/more.yaml", 7, 16) for name in ("dev", "prod")),
    }
    assert {place[1:3] for place in places(report, "host-network")} == {("common/kustomization.yaml", 8)}


def test_one_place_and_message_from_two_overlays_is_one_finding(kustomize):
    two_overlays(kustomize)
    report = lint(["."], render=True, select=["unknown-field"])
    assert len(report.findings) == 1
    checked = Counter((o.path, o.kind, o.name.removesuffix("-x")) for o in report.outcomes)
    assert checked["dev/kustomization.yaml", "Deployment", "dev-web"] == 1
    assert checked["prod/kustomization.yaml", "Deployment", "prod-web"] == 1
    assert {path for path, _, _ in checked} == {"dev/kustomization.yaml", "prod/kustomization.yaml"}


def test_an_inline_patch_is_led_to_by_line(kustomize):
    two_overlays(kustomize)
    found = places(lint(["prod"], render=True, select=["load-balancer-service"]))
    assert found == [("load-balancer-service", "prod/kustomization.yaml", 14, 13)]


def test_only_the_named_base_is_built_beside_its_overlays(kustomize):
    two_overlays(kustomize)
    paths = {o.path for o in lint(["base", "prod"], render=True).outcomes}
    assert paths == {"base/kustomization.yaml", "prod/kustomization.yaml"}
    listed = [path.as_posix() for path in sorted(Path().rglob("*.yaml"))]
    assert {o.path for o in lint(listed, render=True).outcomes} == {"dev/kustomization.yaml", "prod/kustomization.yaml"}


def test_annotations_are_those_of_the_manifest(kustomize):
    two_overlays(kustomize)
    (source,) = lint(["prod"], render=True).sources
    assert "config.kubernetes.io" not in source.text
    assert source.text.count("annotations:") == 1
    assert source.text.count("note: mine") == 1


def test_the_values_of_generated_secrets_are_in_no_report(kustomize):
    two_overlays(kustomize)
    report = lint(["."], render=True, profile="pedantic")
    assert any(o.kind == "Secret" for o in report.outcomes)
    assert_hidden(shown(report, kustomize))


def assert_hidden(said: str) -> None:
    """No report says the one value that the Secrets of these tests hold, as it is or in base64."""
    assert "xyzzy" not in said
    assert base64.b64encode(b"xyzzy-plugh").decode() not in said


def test_secrets_on_the_line_of_a_finding_are_blacked_out(kustomize):
    text = (
        "{configMapGenerator: [{name: c, literals: [DB_PASSWORD=abcdefgh12345678]}],"
        " secretGenerator: [{name: s, literals: [password=xyzzy-plugh]}]}\n"
    )
    write(kustomize, {"kustomization.yaml": text})
    report = lint(["."], render=True, select=["secret-in-config-map"])
    (finding,) = report.findings
    line = report.visible_line(finding)
    assert line.startswith("{configMapGenerator: [{name: c, literals: [")
    assert line.endswith(" secretGenerator: [{name: s, literals: [••••••••••••••••••••]}]}")
    assert_hidden(shown(report, kustomize))


@pytest.mark.parametrize("folder", ["base", "chart"])
def test_a_password_in_an_environment_is_blacked_out_in_its_file(folder, here, tmp_path, monkeypatch):
    only(monkeypatch, tmp_path / "bin", tool("kustomize" if folder == "base" else "helm"))
    env = "        env:\n        - {name: DB_PASSWORD, value: xyzzy-plugh}\n"
    path = "base/web.yaml" if folder == "base" else "chart/templates/deployment.yaml"
    write(here, {**CHART, "base/kustomization.yaml": BASE, path: DEPLOYMENT.replace("        nosuch: 1\n", env)})
    report = lint([folder], render=True, select=["hard-coded-secret-in-env"])
    assert [f.place.path for f in report.findings] == [path]
    assert_hidden(shown(report, here))


def test_a_complaint_does_not_quote_a_secret(kustomize):
    write(kustomize, {"kustomization.yaml": "secretGenerator:\n- name: s\n  literals: [xyzzy-plugh]\n"})
    report = lint(["."], render=True)
    (failed,) = [o for o in report.outcomes if o.status.value == "unreadable"]
    assert failed.reason.startswith("cannot be built: ")
    assert "xyzzy" not in shown(report, kustomize)


def test_a_generated_object_leads_to_its_generator(kustomize):
    text = "configMapGenerator:\n- name: first\n  literals: [A=b]\n- name: second\n  literals:\n  - A=b\n  - DB_PASSWORD=abcdefgh12345678\n"
    write(kustomize, {"kustomization.yaml": text})
    report = lint(["."], render=True, select=["secret-in-config-map"])
    assert places(report) == [("secret-in-config-map", "kustomization.yaml", 7, 5)]


def test_an_image_that_a_kustomization_changes_leads_there(kustomize):
    write(kustomize, {
        "kustomization.yaml": "resources: [web.yaml]\nimages:\n- name: nginx\n  newTag: latest\n",
        "web.yaml": DEPLOYMENT.replace("image: nginx", "image: nginx:1.29"),
    })  # fmt: skip
    report = lint(["."], render=True, select=["latest-image-tag"])
    assert places(report) == [("latest-image-tag", "kustomization.yaml", 4, 11)]


def test_a_failing_build_hides_nothing(kustomize):
    two_overlays(kustomize)
    (kustomize / "dev" / "more.yaml").unlink()
    write(kustomize, {"other/pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {nosuch: 1}\n"})
    report = lint(["."], render=True, select=["unknown-field", "unparseable-yaml"])
    reason = "cannot be built: dev/kustomization.yaml refers to more.yaml, which is not there"
    assert ("dev/kustomization.yaml", "unreadable", reason) in unread(report)
    assert {place[:2] for place in places(report)} == {
        ("unknown-field", "base/web.yaml"), ("unknown-field", "other/pod.yaml"),
        ("unparseable-yaml", "dev/kustomization.yaml"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "resources: ['https://example.org/x.yaml']\n",
        "resources: ['github.com/org/repo//deploy?ref=v1']\n",
        "resources: ['git@example.org:org/repo.git']\n",
        "components: ['ssh://git@example.org/org/repo//x']\n",
        "patches: [{path: 'https://example.org/x.yaml'}]\n",
        "configMapGenerator: [{name: c, files: ['a=https://example.org/x?y=1']}]\n",
        "openapi: {path: 'https://example.org/x.json'}\n",
    ],
)
def test_remote_resources_are_not_fetched(text, here, tmp_path, monkeypatch):
    fake(tmp_path, monkeypatch, "kustomize", "touch started")
    write(here, {"base/kustomization.yaml": text, "kustomization.yaml": "resources: [base]\n"})
    report = lint(["."], render=True)
    (left,) = [o for o in report.outcomes if o.reason.startswith("not rendered: ")]
    assert (left.path, left.status.value, left.understood) == ("kustomization.yaml", "skipped", False)
    assert left.reason.startswith("not rendered: has remote resources; kexplain makes no network connection")
    assert report.findings == []
    assert not (here / "started").exists()


def test_comments_in_the_files_of_a_kustomization_suppress(kustomize):
    two_overlays(kustomize)
    web = kustomize / "base" / "web.yaml"
    web.write_text(DEPLOYMENT.replace("nosuch: 1", "nosuch: 1 # kexplain: ignore[unknown-field] on purpose"))
    report = lint(["."], render=True, select=["unknown-field", "unused-suppression"])
    assert places(report) == []
    assert [kept.words for kept in report.suppressed] == ["comment: on purpose"]


def test_an_origin_that_a_manifest_claims_is_not_read(kustomize, tmp_path):
    write(tmp_path, {"outside.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: stolen}\n"})
    claimed = DEPLOYMENT.replace("note: mine", f"config.kubernetes.io/origin: 'path: {tmp_path}/outside.yaml'")
    write(kustomize, {"kustomization.yaml": "resources: [web.yaml]\n", "web.yaml": claimed})
    report = lint(["."], render=True)
    assert {f.place.path for f in report.findings} <= {"kustomization.yaml", "web.yaml"}
    assert "stolen" not in shown(report, kustomize)


def test_objects_of_flux_are_no_kustomization(kustomize):
    text = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {}\n"
    write(kustomize, {"kustomization.yaml": text})
    (outcome,) = lint(["."], render=True).outcomes
    assert (outcome.kind, outcome.name, outcome.status.value) == ("Kustomization", "apps", "checked")


def test_references_are_judged_within_one_overlay(kustomize):
    two_overlays(kustomize)
    write(
        kustomize,
        {
            "dev/kustomization.yaml": OVERLAY.replace("NAME", "dev")
            + "- target: {kind: Service}\n  patch: |-\n    - op: replace\n      path: /spec/selector\n      value: {app: nobody}\n"
        },
    )
    report = lint(["."], render=True, select=["dangling-service"])
    assert [(f.identity.name, f.place.path) for f in report.findings] == [("dev-web-x", "dev/kustomization.yaml")]


def test_without_a_tool_files_are_read_as_they_are(here, tmp_path, monkeypatch):
    only(monkeypatch, tmp_path / "bin")
    two_overlays(here)
    write(here, CHART)
    report = lint(["base", "prod", "chart/templates"], render=True, select=["unknown-field"])
    assert places(report) == [("unknown-field", "base/web.yaml", 18, 9)]
    report = lint(["."], render=True, select=["unknown-field"])
    reasons = {path: reason for path, _, reason in unread(report)}
    assert reasons["chart/templates/web.yaml"] == "a Helm template, and helm is not on the PATH"
    said = [o.reason for o in report.outcomes if o.path == "prod/kustomization.yaml"]
    assert "a kustomization, and neither kustomize nor kubectl is on the PATH" in said


CHART = {
    "chart/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 0.1.0\n",
    "chart/values.yaml": "image: nginx:latest\nports:\n- {name: http, port: 80}\n- {name: admin, port: 22}\nlimits: {memory: 1Gi}\nprivileged: false\n",
    "chart/templates/_helpers.tpl": '{{- define "labels" -}}\napp: shop\ntier: {{ .Chart.Name }}\n{{- end -}}\n',
    "chart/templates/NOTES.txt": "Thank you: {{ .Release.Name }}\n",
    "chart/templates/web.yaml": """\
{{- /* the shop */ -}}
{{- $name := .Release.Name }}
apiVersion: v1
kind: Service
metadata:
  name: {{ $name }}
spec:
  ports:
  {{- range .Values.ports }}
    - name: {{ .name }}
      port: {{ .port }}
  {{- end }}
  selector:
    {{- include "labels" . | nindent 4 }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $name }}
spec:
  selector:
    matchLabels:
      {{- include "labels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "labels" . | nindent 8 }}
    spec:
      hostPID: true
      containers:
        - name: web
          image: {{ .Values.image }}
          securityContext:
            privileged: {{ .Values.privileged }}
          resources:
            limits:
              {{- toYaml .Values.limits | nindent 14 }}
---
apiVersion: v1
kind: Secret
metadata: {name: keys, extra: 1}
stringData: {password: xyzzy-plugh, other: [1]}
""",
    "chart/charts/cache/Chart.yaml": "apiVersion: v2\nname: store\nversion: 0.1.0\n",
    "chart/charts/cache/templates/pod.yaml": """\
apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}-store
spec:
  hostIPC: true
  containers: [{name: store, image: "redis:7"}]
""",
    "chart/crds/car.yaml": """\
# cars
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: cars.example.org}
spec:
  group: example.org
  names: {kind: Car, plural: cars}
  scope: Namespaced
  nosuch: 1
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
""",
    "chart/files/plain.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: plain}\nspec: {nosuch: 1}\n",
}


def test_findings_lead_to_the_lines_of_templates(helm):
    write(helm, CHART)
    rules = ("ssh-port-exposed", "host-pid", "latest-image-tag", "unknown-field", "host-ipc", "missing-readiness-probe")
    report = lint(["."], render=True, select=rules)
    assert unread(report) == []
    web = "chart/templates/web.yaml"
    assert set(places(report)) == {
        ("ssh-port-exposed", web, 11, 7),
        ("host-pid", web, 29, 16),
        ("missing-readiness-probe", web, 31, 11),
        ("latest-image-tag", web, 32, 11),
        ("unknown-field", web, 40, 1),  # in a Secret's template, whose lines below the head nobody may be shown
        ("host-ipc", "chart/charts/cache/templates/pod.yaml", 6, 12),
        ("unknown-field", "chart/crds/car.yaml", 9, 3),
        ("unknown-field", "chart/files/plain.yaml", 4, 8),
    }


def test_values_decide_what_is_found(helm):
    write(helm, {**CHART, "strict.yaml": "image: nginx:1.29\nprivileged: true\n"})
    report = lint(
        ["chart"], render=True, helm_values=["strict.yaml"], select=["latest-image-tag", "privileged-container"]
    )
    assert places(report) == [("privileged-container", "chart/templates/web.yaml", 34, 13)]


def test_a_missing_file_of_values_is_misuse(here):
    write(here, CHART)
    done = command("lint", "--render", "--helm-values", "nosuch.yaml", "chart")
    assert done.returncode == 2
    assert "no such file of values: nosuch.yaml" in done.stderr


def test_the_values_of_a_charts_secrets_are_in_no_report(helm):
    write(helm, CHART)
    report = lint(["."], render=True, profile="pedantic")
    assert [f.rule.id for f in report.findings if f.identity.kind == "Secret"]
    assert "xyzzy" not in shown(report, helm)


def test_what_a_chart_makes_belongs_together(helm):
    write(
        helm,
        {
            **CHART,
            "chart/templates/service.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: none}\nspec: {selector: {app: shopp}, ports: [{port: 80}]}\n",
        },
    )
    report = lint(["."], render=True, select=["dangling-service"])
    assert places(report) == [("dangling-service", "chart/templates/service.yaml", 4, 8)]


def test_outcomes_name_templates(helm):
    write(helm, CHART)
    named = {(o.path, o.kind) for o in lint(["chart"], render=True).outcomes}
    assert {(path, kind) for path, kind in named if "files" not in path} == {
        ("chart/crds/car.yaml", "CustomResourceDefinition"), ("chart/templates/web.yaml", "Service"),
        ("chart/templates/web.yaml", "Deployment"), ("chart/templates/web.yaml", "Secret"),
        ("chart/charts/cache/templates/pod.yaml", "Pod"),
    }  # fmt: skip


def test_a_packed_subchart_leads_to_the_chart(helm):
    write(helm, CHART)
    shutil.make_archive("store-0.1.0", "gztar", "chart/charts", "cache")
    shutil.rmtree("chart/charts/cache")
    Path("store-0.1.0.tar.gz").rename("chart/charts/store-0.1.0.tgz")
    report = lint(["chart"], render=True, select=["host-ipc"])
    assert places(report) == [("host-ipc", "chart/Chart.yaml", 1, 1)]


def test_a_chart_without_its_dependencies_says_what_to_run(helm):
    write(helm, CHART)
    Path("chart/Chart.yaml").write_text(
        CHART["chart/Chart.yaml"] + "dependencies: [{name: redis, version: 1.0.0, repository: 'https://example.org'}]\n"
    )
    report = lint(["chart"], render=True)
    (failed,) = [o for o in report.outcomes if o.status.value == "unreadable"]
    assert failed.path == "chart/Chart.yaml"
    assert failed.reason.startswith("cannot be rendered: run `helm dependency build chart`: ")
    reasons = {path: reason for path, _, reason in unread(report)}
    assert reasons["chart/templates/web.yaml"] == "a Helm template; its chart could not be rendered"
    assert any(o.path == "chart/files/plain.yaml" and o.status.value == "checked" for o in report.outcomes)


def test_a_library_chart_is_not_rendered(helm):
    write(helm, CHART)
    Path("chart/Chart.yaml").write_text(CHART["chart/Chart.yaml"] + "type: library\n")
    report = lint(["chart/Chart.yaml", "chart/templates"], render=True)
    reasons = {path: reason for path, _, reason in unread(report)}
    assert reasons["chart/templates/web.yaml"] == "a template of a library chart, which makes nothing by itself"


@POSIX
def test_a_chart_with_a_link_to_elsewhere_is_not_rendered(helm, tmp_path):
    write(tmp_path, {"private.txt": "private\n"})
    write(
        helm,
        {
            **CHART,
            "chart/templates/leak.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: leak}\ndata: {a: '{{ .Files.Get \"files/p.txt\" }}'}\n",
        },
    )
    Path("chart/files/p.txt").symlink_to(tmp_path / "private.txt")
    report = lint(["chart"], render=True)
    reason = "not rendered: has a link that leads out of the chart (files/p.txt)"
    assert ("chart/Chart.yaml", "skipped", reason) in unread(report)
    assert "unparseable-yaml" not in {finding.rule.id for finding in report.findings}
    assert "private\n" not in "".join(source.text for source in report.sources)


def test_without_render_nothing_is_started_and_templates_are_left_out(here, tmp_path, monkeypatch):
    for name in ("helm", "kustomize", "kubectl"):
        fake(tmp_path, monkeypatch, name, "touch started")
    write(
        here,
        {**CHART, "chart/templates/plain.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {nosuch: 1}\n"},
    )
    two_overlays(here)
    for paths in (["."], ["chart/templates/plain.yaml", "base/web.yaml"]):
        report = lint(paths, select=["unknown-field"])
        reasons = {path: (status, reason) for path, status, reason in unread(report)}
        assert reasons["chart/templates/plain.yaml"] == (
            "skipped",
            "a Helm template; --render checks what its chart makes",
        )
        assert not [place for place in places(report) if "templates" in place[1]]
        assert ("unknown-field", "base/web.yaml", 18, 9) in places(report)
    assert not (here / "started").exists()
    write(here, {"templates/pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {nosuch: 1}\n"})
    assert places(lint(["templates"], select=["unknown-field"])) == [("unknown-field", "templates/pod.yaml", 4, 8)]


def fake(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, script: str) -> Path:
    """Puts a shell script before all else on the PATH."""
    if os.name != "posix":
        pytest.skip("needs POSIX")
    path = folder / "fakes" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{path.parent}{os.pathsep}{os.environ['PATH']}")
    return path


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "kexplain", *arguments], capture_output=True, text=True, check=False)


def test_a_tool_gets_no_network_no_input_and_no_shell(here, tmp_path, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example.org")
    script = 'cat >&2; printf "%s\\n" "$HTTPS_PROXY" "$NO_PROXY" "$GIT_ALLOW_PROTOCOL" "$KUBECONFIG" "$HELM_NO_PLUGINS" "$@" >"$OUT"\n'
    script = script.replace("$OUT", str(tmp_path / "seen"))
    fake(tmp_path, monkeypatch, "kustomize", script)
    write(here, {"a $(touch owned);b/kustomization.yaml": "resources: []\n"})
    lint(["."], render=True)
    proxy, no_proxy, git, kubeconfig, plugins, *arguments = (tmp_path / "seen").read_text().splitlines()
    assert (proxy, no_proxy, git, kubeconfig, plugins) == (program.REFUSES, "", "none", os.devnull, "1")
    assert arguments[0] == "build"
    assert not arguments[1].startswith(str(here))
    assert list(here.iterdir()) == [here / "a $(touch owned);b"]


@POSIX
def test_a_tool_in_the_current_folder_is_not_started(here, monkeypatch):
    write(here, {"kustomization.yaml": "resources: []\n", "kustomize": "#!/bin/sh\ntouch started\n"})
    (here / "kustomize").chmod(0o755)
    for path in (".", str(here)):
        monkeypatch.setenv("PATH", path)
        said = [o.reason for o in lint(["."], render=True).outcomes]
        assert "a kustomization, and neither kustomize nor kubectl is on the PATH" in said
    assert not (here / "started").exists()


def python(code: str, **limits: float) -> program.Output:
    return program.start([sys.executable, "-c", code], **limits)


def test_a_tool_that_does_not_end_is_ended():
    said = python("import sys, time; sys.stdout.close(); time.sleep(600)", seconds=1).trouble
    assert said.endswith("had not finished after 1 seconds")


@POSIX
def test_what_a_tool_started_is_ended_with_it():
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(600)'])"
    assert python(code, seconds=1).trouble.endswith("had not finished after 1 seconds")


def test_a_tool_that_writes_without_end_is_ended():
    code = "import sys\nwhile True: sys.stdout.write('x' * 65536)"
    assert python(code, largest=1024**2).trouble.endswith("wrote more than 1 MiB")
    code = "import sys\nfor _ in range(100): sys.stderr.write('Error: x' * 65536)\nsys.exit(1)"
    assert python(code).trouble.startswith("x")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("# Warning: 'bases' is deprecated\nError: no such thing\nhelp\n", "no such thing"),
        ('E1121 04:40:35.5  77 run.go:72] "command failed" err="it \\"broke\\""\n', 'it "broke"'),
        ("coalesce.go:286: warning: x\nError: chart requires kubeVersion\n", "chart requires kubeVersion"),
        ("", "failed with exit code 3"),
    ],
)
def test_the_complaint_of_a_tool(said, told):
    trouble = python(f"import sys; sys.stderr.write({said!r}); sys.exit(3)").trouble
    assert trouble == told or (not said and trouble.endswith(told))


def test_a_complaint_is_harmless_on_a_terminal(here, tmp_path, monkeypatch):
    fake(tmp_path, monkeypatch, "kustomize", "printf 'Error: \\033[31mred\\033]0;title\\007\\n' >&2; exit 1")
    write(here, {"kustomization.yaml": "resources: []\n"})
    done = command("lint", "--render", "-v", "--color", "never", ".")
    assert "\x1b" not in done.stdout + done.stderr
    assert "red" in done.stdout


def aligned(template: str, rendered: str) -> list[int]:
    """The template's line, from 1, of each rendered line."""
    return [line.number + 1 for line in Alignment(Source("t", template), Source("r", rendered)).lines]


def test_equal_lines_have_exact_columns():
    template, rendered = Source("t", "{{ if .x }}\n    a: {b: 1}\n{{ end }}\n"), Source("r", "a: {b: 1}\n")
    start = rendered.text.index("1")
    begin, end = Alignment(template, rendered).back(start, start + 1)
    assert template.text[begin:end] == "1"
    assert template.place(begin) == (2, 12)


def test_a_span_on_a_changed_line_is_the_whole_line():
    template, rendered = Source("t", "a: 1\n  b: {{ .Values.b }}\n"), Source("r", "a: 1\n  b: long\n")
    begin, end = Alignment(template, rendered).back(rendered.text.index("long"), len(rendered.text) - 1)
    assert template.text[begin:end] == "b: {{ .Values.b }}"


def test_inserted_text_leads_to_what_inserts_it():
    template = 'labels:\n  {{- include "labels" . | nindent 2 }}\nspec:\n  x: 1\n'
    assert aligned(template, "labels:\n  app: shop\n  tier: a\nspec:\n  x: 1\n")[:4] == [1, 2, 2, 3]


def test_every_turn_of_a_loop_leads_into_it():
    template = "a:\n{{- range .Values.a }}\n- name: {{ . }}\n  same: 1\n{{- end }}\nb: 1\n"
    rendered = "a:\n- name: x\n  same: 1\n- name: y\n  same: 1\n- name: z\n  same: 1\nb: 1\n"
    assert aligned(template, rendered)[:8] == [1, 3, 4, 3, 4, 3, 4, 6]


def test_long_texts_are_aligned_by_what_stands_there_once():
    template = "".join(f"key{number}: {number}\nsame: 1\n" for number in range(3000)) + "{{ .Values.x }}\n"
    found = aligned(template, template.replace("{{ .Values.x }}", "y: 1"))
    assert found[:6000:2] == list(range(1, 6001, 2))
    assert found[1:6000:2] == list(range(2, 6001, 2))


def test_the_command_says_where(kustomize):
    two_overlays(kustomize)
    done = command("lint", "--render", "-o", "json", "--select", "unknown-field", ".")
    assert done.returncode == 1, done.stderr
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["path"], finding["line"], finding["kind"]) == ("base/web.yaml", 18, "Deployment")
