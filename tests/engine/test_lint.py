"""A run: target versions, the life of API versions, failing checks, order, secrets, and what is said of what was not checked."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import ROOT, calls

from kexplain.api.lifecycle import Lifecycle, lifecycle
from kexplain.api.release import NEWEST, Release, parse_release
from kexplain.catalogue.rule import Rule, rules
from kexplain.catalogue.selection import select
from kexplain.check import Problem
from kexplain.config.settings import Settings
from kexplain.engine.finding import Finding
from kexplain.engine.linter import Options, RuleError, lint
from kexplain.engine.report import Report
from kexplain.engine.wording import lifecycle_words
from kexplain.filters import filter as filters
from kexplain.objects.manifest import identify
from kexplain.objects.outcome import Status
from kexplain.syntax.parse import parse
from kexplain.syntax.source import Source, Unread

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    image: i:1\n"


def run(*texts: str, rule: str = "", release: Release = NEWEST, **options: object) -> Report:
    chosen = {name: rules()[name] for name in rule.split()} if rule else rules()
    return lint([Source(f"{n}.yaml", text) for n, text in enumerate(texts)], Options(chosen, release, **options))


def told(report: Report) -> list[tuple[str, str]]:
    return [(finding.rule.id, finding.message) for finding in report.findings]


# The target version

SLEEP = POD + "    lifecycle: {preStop: {sleep: {seconds: 3}}}\n"  # since 1.29


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ("1.24", "LifecycleHandler has no field sleep; it exists since Kubernetes 1.29"),
        ("1.25", "LifecycleHandler has no field sleep; it exists since Kubernetes 1.29"),
        ("1.28", "LifecycleHandler has no field sleep; it exists since Kubernetes 1.29"),
        ("1.29", ""),
        ("1.37", ""),
        ("1.99", ""),
    ],
)
def test_a_field_newer_than_the_target(release: str, expected: str) -> None:
    report = run(SLEEP, rule="unknown-field", release=parse_release(release))
    assert [message for _, message in told(report)] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("release", "notes"),
    [
        ("1.24", ["Kubernetes 1.24 is not bundled; its types are taken from 1.25"]),
        ("1.25", []),
        ("v1.30.4", []),
        ("1.37", []),
        ("1.38", ["Kubernetes 1.38 is not bundled; its types are taken from 1.37"]),
        ("1.99", ["Kubernetes 1.99 is not bundled; its types are taken from 1.37"]),
    ],
)
def test_a_version_without_types_is_said(release: str, notes: list[str]) -> None:
    report = run(POD, rule="unknown-field", release=parse_release(release))
    assert report.notes == notes
    assert report.kubernetes_version == str(parse_release(release))
    assert [o.status for o in report.outcomes] == [Status.CHECKED]


@pytest.mark.parametrize("text", ["", "1", "2.0", "1.x", "one", "1.1000", "latest", "-1.2", "1.29.x"])
def test_what_is_no_version(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a Kubernetes version; write 1\.37"):
        parse_release(text)


def test_versions_compare_by_age() -> None:
    assert parse_release("1.9") < parse_release("v1.10.3") < NEWEST
    assert parse_release("1.29.0-rc.1+k3s1") == Release(1, 29)


# The life of API versions

LIFE = [line.split("\t")[:5] for line in (ROOT / "api" / "lifecycle.tsv").read_text(encoding="utf-8").splitlines()[2:]]
API_RULES = "removed-api-version deprecated-api-version unknown-kind-version"


def object_of(version: str, kind: str) -> str:
    return f"apiVersion: {version}\nkind: {kind if kind != '*' else 'Policy'}\nmetadata: {{name: x}}\n"


def is_object(version: str, kind: str) -> bool:
    """Whether it is sent to the API server: not the configuration file of a component, which is skipped."""
    text = object_of(version, kind)
    (found,) = identify(Source("x.yaml", text), parse(text)[0])
    return getattr(found, "status", None) is None and "/" in f"{version}/" and version != "rbac.istio.io"


KUBERNETES = [row for row in LIFE if is_object(*row[:2]) and Lifecycle(*row[:2], None, None, "", "").is_kubernetes]
OTHERS = [row for row in LIFE if is_object(*row[:2]) and row not in KUBERNETES]


def test_the_table_is_whole() -> None:
    assert len(LIFE) > 190
    assert len(KUBERNETES) > 150
    assert {Lifecycle(*row[:2], None, None, "", "").product for row in OTHERS} == {"cert-manager", "Istio"}


@pytest.mark.parametrize(("version", "kind", "deprecated", "removed", "instead"), [row for row in KUBERNETES if row[3]])
def test_a_removed_version(version: str, kind: str, deprecated: str, removed: str, instead: str) -> None:
    gone = parse_release(removed)
    text = object_of(version, kind)
    (at,) = run(text, rule=API_RULES, release=gone).findings
    assert at.rule.id == "removed-api-version"
    assert at.message.startswith(f"{version} {kind} was removed in Kubernetes {removed}")
    ends = {"": " without a direct replacement", "none": ")"}
    assert at.message.endswith(ends.get(instead, f"; use {instead}"))
    assert (at.place.line, at.place.column, at.place.end_column, at.field_path) == (
        1,
        13,
        13 + len(version),
        "apiVersion",
    )
    before = Release(1, gone.minor - 1)
    expected = ["deprecated-api-version"] if parse_release(deprecated) <= before else []
    found = run(text, rule=API_RULES, release=before).findings
    assert [finding.rule.id for finding in found] == expected
    assert all(f"deprecated since {deprecated} and removed in {removed}" in finding.message for finding in found)
    assert all((f"; use {instead}" in finding.message) == (instead not in ends) for finding in found)


@pytest.mark.parametrize(
    ("version", "kind", "deprecated", "removed", "instead"), [row for row in KUBERNETES if not row[3]]
)
def test_a_deprecated_version(version: str, kind: str, deprecated: str, removed: str, instead: str) -> None:
    since = parse_release(deprecated)
    ids = API_RULES.removesuffix(" unknown-kind-version")
    assert [name for name, _ in told(run(object_of(version, kind), rule=ids, release=since))] == [
        "deprecated-api-version"
    ]
    assert told(run(object_of(version, kind), rule=ids, release=Release(1, since.minor - 1))) == []


@pytest.mark.parametrize(("version", "kind", "deprecated", "removed", "instead"), OTHERS)
def test_a_version_of_another_product(version: str, kind: str, deprecated: str, removed: str, instead: str) -> None:
    product = "Istio" if "istio" in version else "cert-manager"
    short = [".".join(text.split(".")[:2]) for text in (deprecated, removed)]
    words = f"deprecated since {product} {short[0]} and removed in {product} {short[1]}; use {instead}"
    for release in (Release(1, 25), NEWEST):
        ((name, message),) = told(run(object_of(version, kind), rule=API_RULES, release=release))
        assert name == "deprecated-api-version"
        assert message.endswith(words)
    row = lifecycle(version, "Policy" if kind == "*" else kind)
    assert row is not None
    assert lifecycle_words(row, Release(1, 5)) == f"{words[0].upper()}{words[1:]}."


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ("1.20", []),
        ("1.24", ["deprecated-api-version"]),
        ("1.25", ["removed-api-version"]),
        ("1.37", ["removed-api-version"]),
    ],
)
def test_pod_security_policy(release: str, expected: list[str]) -> None:
    text = "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: {name: p}\nspec: {privileged: 3}\n"
    report = run(text, rule=f"{API_RULES} wrong-type", release=parse_release(release))
    assert [finding.rule.id for finding in report.findings] == [*expected, "wrong-type"]
    assert report.outcomes[0].status is Status.CHECKED


@pytest.mark.parametrize(
    ("text", "release", "message"),
    [
        ("apiVersion: v1\nkind: Deployment\n", "1.37", "Kubernetes 1.37 has no Deployment in v1; Deployment is in apps/v1"),
        ("apiVersion: apps/v1\nkind: Deploymnt\n", "1.37", "Kubernetes 1.37 has no Deploymnt in apps/v1; did you mean Deployment?"),
        ("apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n", "1.25", ""),
        ("apiVersion: example.org/v1\nkind: Deployment\n", "1.37", ""),
        ("apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\n", "1.29",
         "Kubernetes 1.29 has no ValidatingAdmissionPolicy in admissionregistration.k8s.io/v1; it exists since 1.30"),
        ("apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\n", "1.30", ""),
    ],
)  # fmt: skip
def test_an_unknown_kind(text: str, release: str, message: str) -> None:
    report = run(f"{text}metadata: {{name: x}}\n", rule="unknown-kind-version", release=parse_release(release))
    assert [words for _, words in told(report)] == ([message] if message else [])


# Checks that fail


def test_a_check_that_raises_names_rule_file_and_line(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = rules()["latest-image-tag"]

    def check(visit: object, context: object, tags: object) -> Iterator[Problem]:
        raise ZeroDivisionError("by hand")
        yield

    monkeypatch.setitem(rule.__dict__, "check", check)
    with pytest.raises(RuleError) as caught:
        run("# one\n---\n" + POD, rule=rule.id)
    assert (
        str(caught.value)
        == "rule latest-image-tag failed at 0.yaml:8 (spec.containers[0]): ZeroDivisionError('by hand')"
    )


def test_a_check_that_raises_after_a_problem_stops_the_run_too(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = rules()["latest-image-tag"]

    def check(visit: object, context: object, tags: object) -> Iterator[Problem]:
        yield Problem(visit, {"what": "x"})
        raise KeyError("late")

    monkeypatch.setitem(rule.__dict__, "check", check)
    with pytest.raises(RuleError, match=r"^rule latest-image-tag failed at 0\.yaml:\d+ \(.+\): KeyError\('late'\)$"):
        run(POD, rule=rule.id)


# Order, and each finding once


def test_findings_are_in_order_and_stand_once() -> None:
    texts = [POD.replace("i:1", "i") + "    nosuch: 1\n---\n" + POD, POD + "  hostNetwork: 'x'\n"]
    report = run(*texts)
    keys = [(f.place.path, f.place.line, f.place.column, f.rule.id) for f in report.findings]
    assert keys == sorted(keys)
    assert len(set(report.findings)) == len(report.findings) > 10
    assert {f.place.path for f in report.findings} == {"0.yaml", "1.yaml"}


def test_two_runs_never_differ(tmp_path: Path) -> None:
    crd = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x}\nspec: {versions: [{}]}\n"
    (tmp_path / "a.yaml").write_text(crd)
    command = [sys.executable, "-m", "kexplain", "lint", "-q", "--format", "json", "a.yaml"]
    answers = {
        subprocess.run(
            command, check=False, cwd=tmp_path, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2", "3", "4")
    }
    assert len(answers) == 1
    assert answers.pop().count(b'"missing-required-field"') == 5


@pytest.mark.parametrize(
    ("least", "left"), [("info", {"info", "warning", "error"}), ("warning", {"warning", "error"}), ("error", {"error"})]
)
def test_the_least_severity(least: str, left: set[str]) -> None:
    report = run(POD.replace("i:1", "i") + "    nosuch: 1\n")
    left_out = sum(finding.severity not in left for finding in report.findings)
    report = filters.apply(report, Settings(min_severity=least))
    assert {finding.severity.value for finding in report.findings} == left
    said = [note for note in report.notes if "min-severity" in note]
    assert said == [f"not reported: {left_out} findings below {least} (min-severity)"] * (left_out > 0)


# Secrets

SECRET = """\
apiVersion: v1
kind: Secret
metadata:
  name: s
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"data":{"a":"HUNTER2"}}'
data:
  a: HUNTER2
  b: [HUNTER2]
  c: {d: HUNTER2}
  e: 'HUNTER2'
  f: |
    HUNTER2
    HUNTER2
  g: 'HUNTER2
    HUNTER2'
  e: HUNTER2
stringData: {p: HUNTER2, q: [HUNTER2, {r: HUNTER2}], nosuch: "HUNTER2"}
data2: 1
"""
SECRETS = {
    "YAML": SECRET,
    "in a list": "apiVersion: v1\nkind: List\nitems:\n- " + SECRET.replace("\n", "\n  ").rstrip() + "\n",
    "in a list of its kind": "apiVersion: v1\nkind: SecretList\nitems:\n- metadata: {name: a}\n  data: {a: [HUNTER2], b: {c: HUNTER2}}\n",
    "numbers": "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: 5318008, b: 5318008.5}\nstringData: {c: 5318008}\n",
    "written the long way": 'apiVersion: v1\nkind: !!str "Secret"\nmetadata: {name: s}\nstringData: {p: [HUNTER2]}\n',
    "no scalar at all": "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: HUNTER2\nstringData: [HUNTER2]\n",
    "JSON": '{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "data": {"a": ["HUNTER2"]}, "nosuch": 1}\n',
    "aliases": "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: &a HUNTER2, b: [*a]}\nstringData: {c: *a, d: [*a]}\n",
    "after an error": SECRET + "x: [\n",
    "a tag that does not fit": "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {p: !!int HUNTER2}\n",
    "as the key of a duplicate": "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {p: HUNTER2, p: HUNTER2}\n",
}  # fmt: skip


SECRETS |= {
    f"a kind that is written {kind}": f"apiVersion: v1\nkind: {kind}\nmetadata: {{name: s}}\nstringData: {{p: HUNTER2, p: HUNTER2}}\n"
    for kind in ("secret", "SECRET", "Secrets", "secrets")
}


@pytest.mark.parametrize("text", SECRETS.values(), ids=SECRETS.keys())
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_no_finding_tells_a_secret(text: str, newline: str) -> None:
    report = run(text.replace("\n", newline))
    assert report.findings
    for finding in report.findings:
        said = [finding.message, report.visible_line(finding), *(other.message for other in finding.related)]
        assert [words for words in said if "HUNTER2" in words or "5318008" in words] == []


def test_hiding_twice_as_many_secrets_takes_twice_the_work() -> None:
    def work(number: int) -> int:
        text = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata:\n" + "".join(
            f"  k{n}: 53180080{n}\n" for n in range(number)
        )
        report = run(text, rule="wrong-type")
        assert len(report.findings) == number
        ends = set()
        done = calls(lambda: ends.update(report.visible_line(finding)[-8:] for finding in report.findings))
        assert ends == {"•" * 8}
        return done

    assert work(1000) < 2.2 * work(500)


class Template:
    """Leads every span of a rendered text to the actions in the line of the same number of its template."""

    def __init__(self, text: str) -> None:
        self.source = Source("templates/x.yaml", text)
        self.rendered: Source | None = None

    def back(self, start: int, end: int) -> tuple[Source, int, int]:
        assert self.rendered
        line, _ = self.rendered.place(start)
        begin = self.source.text.index("{{", self.source.starts[line - 1])
        return self.source, begin, self.source.text.index("}}", begin) + 2


def rendered(template: str, text: str, rule: str) -> Report:
    origin = Template(template)
    origin.rendered = Source("x.yaml", text, origin)
    return lint([origin.rendered], Options({rule: rules()[rule]}))


@pytest.mark.parametrize("kind", ["Secret", "secret", "SECRET"])
def test_no_line_of_a_template_that_makes_a_secret_is_shown(kind: str) -> None:
    """What of it is the value cannot be told: here it stands in a comment beside what puts it in."""
    template = f"apiVersion: v1\nkind: {kind} # {{{{ x }}}} HUNTER2\nmetadata: {{name: s}}\nstringData:\n  p: [{{{{ .p }}}}] # HUNTER2\n"
    rule = "wrong-type" if kind == "Secret" else "unknown-kind-version"
    report = rendered(
        template, f"apiVersion: v1\nkind: {kind}\nmetadata: {{name: s}}\nstringData:\n  p: [HUNTER2]\n", rule
    )
    (finding,) = report.findings
    assert {*report.visible_line(finding)} == {"•"}


def test_what_a_rule_finds_to_be_secret_is_hidden_in_the_template_too() -> None:
    template = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: s}\ndata:\n  password: {{ "hunter22" }} # no secret\n'
    report = rendered(
        template,
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: s}\ndata:\n  password: hunter22\n",
        "secret-in-config-map",
    )
    (finding,) = report.findings
    assert report.visible_line(finding) == "  password: •••••••••••••••• # no secret"


def test_the_fields_of_a_successor_are_not_asked_of_what_went_before() -> None:
    """An API version that no bundled one has is read as its successor, whose fields it need not have, nor know."""
    text = "apiVersion: extensions/v1beta1\nkind: DaemonSet\nmetadata: {name: d}\nspec: {templateGeneration: 1, template: {spec: {containers: [{image: 5}]}}}\n"
    found = told(run(text, rule="unknown-field missing-required-field wrong-type"))
    assert found == [("wrong-type", "image takes a string, not the number 5; quote it")]


def test_what_is_no_secret_is_shown() -> None:
    report = run(POD + "    nosuch: HUNTER2\n", rule="unknown-field")
    assert [report.visible_line(finding) for finding in report.findings] == ["    nosuch: HUNTER2"]


# What is reported of which documents


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (POD + "kind: Pod\n", ["duplicate-key"]),
        ("a: 1\na: 2\n", []),
        ("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\na: 1\na: 2\n", ["duplicate-key"]),
        ("on: push\njobs: {}\njobs: {}\n", []),
        (POD + "on: 1\n", ["non-string-key"]),
        ("on: 1\n", []),
        ("a: [\n", ["unparseable-yaml"]),
        ("a: {{ .Values.x }}\n", []),
        ("a: [\n---\n" + POD, ["unparseable-yaml"]),
        (POD + "8080: 1\n", []),
        ("apiVersion: v1\nkind: List\nitems: []\nitems: []\n", []),
        (
            "apiVersion: v1\nkind: List\nkind: List\nitems: [{apiVersion: v1, kind: Namespace, metadata: {name: a}}]\n",
            ["duplicate-key"],
        ),
    ],
)
def test_marks_are_reported_for_manifests_only(text: str, expected: list[str]) -> None:
    report = run(text, rule="duplicate-key non-string-key unparseable-yaml")
    assert [finding.rule.id for finding in report.findings] == expected


def test_a_duplicate_names_its_first_place_and_its_object() -> None:
    (finding,) = run(
        "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n  name: b\n", rule="duplicate-key"
    ).findings
    assert finding.place[1:] == (5, 3, 5, 7)
    assert [(other.place[1:], other.message) for other in finding.related] == [((4, 3, 4, 7), "first written here")]
    assert str(finding.identity) == "Namespace b"


def test_a_file_that_cannot_be_read_is_a_finding_and_an_outcome() -> None:
    report = lint([Unread("a.yaml", "not UTF-8 (byte 3); save it as UTF-8"), Source("b.yaml", POD)], Options(rules()))
    first = report.findings[0]
    assert (first.rule.id, first.place) == ("unparseable-yaml", ("a.yaml", 1, 1, 1, 1))
    assert [(o.path, o.document, o.status.value) for o in report.outcomes] == [
        ("a.yaml", 0, "unreadable"),
        ("b.yaml", 1, "checked"),
    ]
    assert [o.path for o in report.unchecked()] == ["a.yaml"]


def test_a_kustomize_patch_is_not_judged() -> None:
    kustomization = Source("o/kustomization.yaml", "patches: [{path: p.yaml}]\n")
    patch = Source(
        "o/p.yaml",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {template: {spec: {containers: [{name: c}]}}}\n",
    )
    report = lint([patch, kustomization], Options(rules()))
    assert report.findings == []
    assert [o.status.value for o in report.outcomes] == ["skipped", "skipped"]
    assert lint([patch], Options(rules())).findings != []


@pytest.mark.parametrize(
    ("text", "unchecked"),
    [
        (POD, []),
        ("", []),
        ("---\n# nothing\n", []),
        ("a: 1\n", ["skipped"]),
        ("a: [\n", ["unreadable"]),
        ("apiVersion: example.org/v1\nkind: X\n", ["partly-checked"]),
        ("apiVersion: apps/v1beta1\nkind: Deployment\n", []),
        (POD + "---\na: 1\n---\nb: [\n", ["skipped", "unreadable"]),
    ],
)
def test_what_was_not_checked(text: str, unchecked: list[str]) -> None:
    assert [outcome.status.value for outcome in run(text).unchecked()] == unchecked


def test_outcomes_are_in_the_order_of_files_and_documents() -> None:
    report = run("a: 1\n---\n" + POD, POD + "---\n\n")
    assert [(o.path, o.document) for o in report.outcomes] == [
        ("0.yaml", 1),
        ("0.yaml", 2),
        ("1.yaml", 1),
        ("1.yaml", 2),
    ]


# Places


def findings_by_rule(report: Report) -> dict[str, Finding]:
    return {finding.rule.id: finding for finding in report.findings}


def test_what_is_missing_points_at_the_parent() -> None:
    found = findings_by_rule(run(POD, rule="missing-liveness-probe missing-required-field"))
    assert found["missing-liveness-probe"].place[1:] == (6, 5, 6, 9)
    assert found["missing-liveness-probe"].field_path == "spec.containers[0].livenessProbe"
    empty = "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec:\n  ports:\n  - name: a\n"
    (finding,) = run(empty, rule="missing-required-field").findings
    assert (finding.place[1:], finding.field_path) == ((6, 5, 6, 9), "spec.ports[0].port")


def test_columns_count_code_points() -> None:
    text = "apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {'😀漢': 1}}\nspec: {containers: []}\n"
    (finding,) = run(text, rule="wrong-type").findings
    assert finding.place[1:] == (3, 36, 3, 37)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_count_as_they_end(newline: str) -> None:
    text = (POD + "    nosuch: 1\n").replace("\n", newline)
    (finding,) = run(text, rule="unknown-field").findings
    assert finding.place[1:] == (8, 5, 8, 11)
    assert text.split(newline)[7] == Source("x", text).line(8) == "    nosuch: 1"


# Selecting rules


def test_selection() -> None:
    everything = {rule.id for rule in rules().values() if not rule.preview}
    assert set(select("pedantic", [], [], [])) == everything
    assert set(select("recommended", [], [], [])) == {
        r.id for r in rules().values() if "recommended" in r.profiles and not r.preview
    }
    assert list(select("recommended", ["latest-image-tag"], [], [])) == ["latest-image-tag"]
    assert {rule.category for rule in select("recommended", ["yaml"], [], []).values()} == {"yaml"}
    assert all(name.startswith("rbac-") for name in select("recommended", ["rbac-*"], [], []))
    assert "latest-image-tag" not in select("pedantic", [], [], ["latest-*"])
    assert set(select("pss-baseline", [], ["latest-image-tag"], [])) - set(select("pss-baseline", [], [], [])) == {
        "latest-image-tag"
    }
    assert select("recommended", ["all"], [], ["all"]) == {}


def test_the_rules_of_a_run_are_kept_in_the_report() -> None:
    chosen: dict[str, Rule] = select("recommended", ["latest-image-tag"], [], [])
    assert lint([], Options(chosen)).rules == chosen


def test_a_list_where_a_mapping_belongs_ends_no_run() -> None:
    text = "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: a}\nroleRef: [{name: b}]\nsubjects: []\n"
    report = lint([Source("a.yaml", text)], Options(rules()))
    assert "wrong-type" in {finding.rule.id for finding in report.findings}
