"""Values that are filled in later are judged by no rule, type or selector; what is known around them is."""

import pytest
from support import annotate

from kexplain.catalogue.rule import rules
from kexplain.catalogue.severity import Severity
from kexplain.engine.linter import Options, lint
from kexplain.engine.report import Report
from kexplain.syntax.source import Source


def run(text: str, *, complete: bool | None = None) -> Report:
    return lint([Source("a.yaml", text)], Options(rules(), complete=complete))


def errors(text: str) -> list[tuple[str, str]]:
    return [(f.rule.id, f.message) for f in run(text).findings if f.severity is Severity.ERROR]


def at(report: Report, line: int) -> list[str]:
    return [f.rule.id for f in report.findings if f.place.line == line]


WORKLOAD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web, labels: {{app: "{x}", rev: "{x}-1"}}}}
spec:
  replicas: {x}
  paused: "{x}"
  strategy: {{type: "{x}"}}
  selector: {{matchLabels: {{app: "{x}"}}}}
  template:
    metadata: {{labels: {{app: "{x}-pod"}}}}
    spec:
      hostNetwork: "{x}"
      terminationGracePeriodSeconds: "{x}"
      restartPolicy: "{x}"
      tolerations: "{x}"
      nodeSelector: "{x}"
      securityContext: "{x}"
      containers:
        - name: c
          image: "registry.example/{x}"
          imagePullPolicy: "{x}"
          ports: [{{containerPort: "{x}", name: "{x}", protocol: "{x}"}}]
          resources: {{requests: {{cpu: "{x}", memory: "{x}"}}, limits: {{cpu: "{x}", memory: 1Mi}}}}
          securityContext: {{privileged: "{x}", allowPrivilegeEscalation: "{x}", runAsUser: "{x}", runAsNonRoot: "{x}"}}
          livenessProbe: {{tcpSocket: {{port: "{x}"}}, periodSeconds: "{x}"}}
          env: [{{name: A, value: "{x}"}}]
"""


@pytest.mark.parametrize(
    "written",
    ["${VAR}", "${var:=dev}", "$(var)", "{{ .Values.x }}", "{{args.x}}", "{{x}}", "$$x$$", "@X@", "<fill-in>", "{X}"],
)
def test_nothing_is_said_of_a_value_that_is_not_there_yet(written: str) -> None:
    text = WORKLOAD.format(x=written).replace(f"replicas: {written}", f'replicas: "{written}"')
    assert errors(text) == []
    report = run(text)
    assert not {"latest-image-tag", "host-network", "privileged-container", "mismatching-selector"} & {
        f.rule.id for f in report.findings
    }
    assert [o.reason for o in report.outcomes] == ["27 values are filled in later"]


def test_what_is_known_is_judged_all_the_same() -> None:
    report = run(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  hostNetwrk: ${X}\n  hostPID: true\n  hostIPC: yes please\n"
        "  containers:\n  - {name: c, image: 'i:latest', env: [{name: A, value: 1}]}\n"
    )
    assert "unknown-field" in at(report, 5)
    assert "host-pid" in at(report, 6)
    assert "wrong-type" in at(report, 7)
    assert {"latest-image-tag", "wrong-type"} <= set(at(report, 9))


def test_a_word_in_braces_without_quotes_is_a_placeholder() -> None:
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  nodeName: {NODE}\n  hostNetwork: {NET}\n  priority: {P}\n"
    pod += "  containers: [{name: c, image: 'i:1', resources: {RESOURCES}}]\n"
    assert errors(pod) == []
    assert [e[0] for e in errors(pod.replace("{NODE}", "{node: name}"))] == ["wrong-type"]


def test_nothing_dangles_because_of_one() -> None:
    text = (
        "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: '${APP}'}}\n---\n"
        "apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {app: web}}\n"
        "spec: {serviceAccountName: '${SA}', volumes: [{name: v, secret: {secretName: '{{ x }}'}}],\n"
        "  containers: [{name: c, image: 'i:1', envFrom: [{configMapRef: {name: '@X@'}}]}]}\n"
    )
    found = {f.rule.id for f in run(text, complete=True).findings}
    assert not {"dangling-service", "missing-config-map", "missing-secret", "non-existent-service-account"} & found


def test_texts_for_programs_are_texts() -> None:
    text = (
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, annotations: {x: '${Y}'}}\n"
        "data: {run.sh: 'echo ${HOME}', url: 'postgres://root:hunter22@db/${NAME}'}\n"
    )
    report = run(text)
    assert [o.reason for o in report.outcomes] == [""]
    assert "secret-in-config-map" in {f.rule.id for f in report.findings}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("a: {{HF_TOKEN}}\n", "skipped"),
        ("a: {{ name }}\n", "skipped"),
        ("a: {PREFIX}.16\n", "skipped"),
        ("a: @IMAGE@\n", "skipped"),
        ("a: [${X}, {{ y }}]\n", "skipped"),
        ("{% if x %}\na: 1\n{% else %}\n- b\n{% endif %}\n", "skipped"),
        ("a: |\n  {{ x }}\nb: c: d\n", "unreadable"),
        ("a: ${X}\nb: c: d\n", "unreadable"),
        ("a: [\n", "unreadable"),
        ("a: %X%\n", "skipped"),
        ("a: {b: ${X}}\nc: d: e\n", "unreadable"),
        ("{{ if .x }}\na: ${X}\n{{ else }}\n- b\n{{ end }}\n", "skipped"),
    ],
)
def test_a_template_is_no_syntax_error(text: str, status: str) -> None:
    report = run("apiVersion: v1\nkind: ConfigMap\n" + text)
    assert [o.status.value for o in report.outcomes] == [status]
    assert [f.rule.id for f in report.findings] == (["unparseable-yaml"] if status == "unreadable" else [])


def test_the_annotator_tells_who_fills_it_in() -> None:
    text = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  dnsPolicy: ${DNS}\n  containers: [{name: c, args: [$(X)]}]\n"
    details = {a.field_path: a.detail for o in annotate([Source("a.yaml", text)])[0].objects for a in o.annotations}
    assert details["spec.dnsPolicy"] == "Filled in later, by Flux, envsubst or a script."
    assert "Filled in" not in details["spec.containers[0].args[0]"]
