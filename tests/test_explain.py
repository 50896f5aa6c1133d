"""Explaining a name: whatever people call a thing, in every spelling, or the nearest names there are."""

import json
from pathlib import Path

import pytest

from kexplain.explain import Explanation, UnknownNameError, explain
from kexplain.explanation import as_json, as_text
from kexplain.format import View
from kexplain.release import Release
from kexplain.rule import rules
from kexplain.term import places, terms

ROOT = Path(__file__).parent.parent
RESOURCES = [line.split("\t") for line in (ROOT / "api" / "resources.tsv").read_text(encoding="utf-8").splitlines()[2:]]
KEYS = ["name", "kind", "title", "text", "at", "related", "rules", "source"]


def what(name: str) -> list[tuple[str, str]]:
    return [(found.kind, found.title) for found in explain(name)]


@pytest.mark.parametrize("id_", terms())
def test_every_name_of_a_term(id_: str) -> None:
    term = terms()[id_]
    for name in (id_, term.title, *term.aka):
        for written in (name, name.upper(), f" {name} "):
            (found,) = [e for e in explain(written) if e.text.split("\n\n")[0] == term.definition]
            assert (found.kind in {"term", "kind"}, found.source) == (True, term.source)
            assert found.rules == [rule.id for rule in rules().values() if id_ in rule.terms]
            if found.kind == "term":
                assert (found.title, found.at) == (term.title, list(term.at))


@pytest.mark.parametrize(("group", "kind", "plural", "scope", "short"), RESOURCES, ids=lambda part: part)
def test_every_name_of_a_kind(group: str, kind: str, plural: str, scope: str, short: str) -> None:
    shared = [row[1] for row in RESOURCES if row[1] == kind or row[2] == plural]
    names = [f"{plural}.{group}", f"{kind.lower()}.{group}"]
    if len(shared) == 1 or group == "core":
        names += [kind, kind.lower(), plural, plural.upper(), *filter(None, short.split(","))]
    for name in names:
        (found,) = [found for found in explain(name) if found.kind == "kind"]
        assert found.title == kind
        assert found.at[0].partition(" ")[0] == plural
        assert ("Exists in a namespace." in found.text) == (scope == "namespaced")


@pytest.mark.parametrize("rule", rules())
def test_every_rule(rule: str) -> None:
    (found,) = [found for found in explain(rule) if found.kind == "rule"]
    assert (found.title, found.related, found.source) == (rules()[rule].title, list(rules()[rule].terms), rules()[rule].source)
    assert found.text.startswith(rules()[rule].article["what"])
    assert all(heading in found.text for heading in ("Why it matters", "How to fix", "When to ignore"))


@pytest.mark.parametrize(
    ("path", "position", "type_"),
    [
        ("deployment.spec.strategy", "apps/v1 DeploymentSpec.strategy", "DeploymentStrategy"),
        ("Deployment.Spec.STRATEGY", "apps/v1 DeploymentSpec.strategy", "DeploymentStrategy"),
        ("deploy.spec.template.spec.containers", "core/v1 PodSpec.containers", "list of Container"),
        ("deployments.spec.template.spec.containers[0].image", "core/v1 Container.image", "string"),
        ("pod.spec.containers[*].livenessProbe.httpGet.port", "core/v1 HTTPGetAction.port", "int-or-string"),
        ("pod.spec.containers.livenessProbe.httpGet.port", "core/v1 HTTPGetAction.port", "int-or-string"),
        ("po.spec.containers[0].resources.limits", "core/v1 ResourceRequirements.limits", "map of quantity"),
        ("po.spec.containers[0].resources.limits.memory", "core/v1 ResourceRequirements.limits", "map of quantity"),
        ("po.metadata.labels[app.kubernetes.io/name]", "meta/v1 ObjectMeta.labels", "map of string"),
        ("cm.data.app.properties", "core/v1 ConfigMap.data", "map of string"),
        ("container.image", "core/v1 Container.image", "string"),
        ("PodSpec.hostNetwork", "core/v1 PodSpec.hostNetwork", "boolean"),
        ("hpa.spec.metrics", "autoscaling/v2 HorizontalPodAutoscalerSpec.metrics", "list of MetricSpec"),
        ("hpa.spec.targetCPUUtilizationPercentage", "autoscaling/v1 HorizontalPodAutoscalerSpec.targetCPUUtilizationPercentage", "int32"),
        ("ing.spec.rules.http.paths", "networking.k8s.io/v1 HTTPIngressRuleValue.paths", "list of HTTPIngressPath"),
        ("crd.spec.versions.schema.openAPIV3Schema.properties.x.type", "apiextensions.k8s.io/v1 JSONSchemaProps.type", "string"),
        ("secret.data", "core/v1 Secret.data", "map of bytes"),
    ],
)
def test_a_field_path(path: str, position: str, type_: str) -> None:
    (found,) = explain(path)
    assert (found.kind, found.name, found.at) == ("field", path, [position])
    assert f"Type: {type_}" in found.text
    assert found.rules == [rule.id for rule in rules().values() if any(position in place.positions for place in rule.places)]


def test_a_field_without_term_has_the_words_and_the_values_of_the_api() -> None:
    untold = [p for p in ("pod.spec.preemptionPolicy", "pod.spec.schedulerName", "lease.spec.holderIdentity") if not explain(p)[0].related]
    assert untold
    assert all(len(explain(path)[0].text.split("\n\n")[0]) > 20 for path in untold)
    assert "Values: Always, IfNotPresent, Never" in explain("container.imagePullPolicy")[0].text
    assert ", required." in explain("pod.spec.containers")[0].text


@pytest.mark.parametrize("name", ["nosuch", "deployment.nosuch", "deployment.spec.replicas.x", "pod.spec.containers.x", "pod.", ".", "", "[", "x:1", "pod..spec", "a" * 5000])
def test_an_unknown_name(name: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        explain(name)
    assert repr(name) in str(caught.value)
    assert len(caught.value.suggestions) <= 3


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [("deploymnt", "deployment"), ("livenes probe", "liveness-probe"), ("latest-image-tags", "latest-image-tag"), ("headless servise", "headless-service"),
     ("StatefullSet", "stateful-set"), ("podd", "pod")],
)  # fmt: skip
def test_suggestions(name: str, suggestion: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        explain(name)
    found = caught.value.suggestions
    assert suggestion in [near.lower() for near in found] or suggestion.replace("-", "") in [near.lower() for near in found]
    assert len({near.lower() for near in found}) == len(found)
    for near in found:
        assert explain(near)


def test_labels_and_annotations() -> None:
    for position, kind in (("meta/v1 ObjectMeta.labels[]", "label"), ("meta/v1 ObjectMeta.annotations[]", "annotation")):
        keys = {place.key for place, _ in places()[position] if place.key and not place.key.endswith("*")}
        assert len(keys) > 3
        for key in keys:
            assert explain(key)[0].kind in {kind, "term", "label"}
    assert what("pod-security.kubernetes.io/enforce")[0][0] == "label"


PODS = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n\nspec:\n  hostNetwork: true\n  containers: [{name: c, image: 'nginx:1'}]\n"


@pytest.mark.parametrize(
    ("line", "paths"),
    [
        (1, ["apiVersion"]),
        (2, ["kind"]),
        (7, ["spec.hostNetwork"]),
        (8, ["spec.containers", "spec.containers[0].name", "spec.containers[0].image"]),
    ],
)
def test_a_line_of_a_file(line: int, paths: list[str], tmp_path: Path) -> None:
    path = tmp_path / "web.yaml"
    path.write_text(PODS)
    for name in (f"{path}:{line}", f"{path}:{line}:3"):
        found = explain(name)
        assert [e.at for e in found] == [[p] for p in paths]
        assert {(e.kind, e.name) for e in found} == {("place", f"{path}:{line}")}
        assert all(e.text for e in found)


@pytest.mark.parametrize("line", [0, 5, 9, 100])
def test_a_line_that_says_nothing(line: int, tmp_path: Path) -> None:
    path = tmp_path / "web.yaml"
    path.write_text(PODS)
    with pytest.raises(UnknownNameError):
        explain(f"{path}:{line}")


def test_a_line_of_a_secret_tells_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text("apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: HUNTER2}\nstringData: {b: HUNTER2}\n")
    for line in (4, 5):
        assert "HUNTER2" not in as_json(explain(f"{path}:{line}"))


def test_the_target_version() -> None:
    assert "sleep" not in explain("lifecyclehandler", Release(1, 28))[-1].text
    assert "sleep" in explain("lifecyclehandler", Release(1, 29))[-1].text
    assert "API versions in Kubernetes 1.25: autoscaling/v2, autoscaling/v1, autoscaling/v2beta2." in explain("hpa", Release(1, 25))[-1].text
    assert "API versions in Kubernetes 1.26: autoscaling/v2, autoscaling/v1." in explain("hpa", Release(1, 26))[-1].text


@pytest.mark.parametrize("name", ["liveness probe", "po", "deployment.spec.strategy", "latest-image-tag", "pod-security.kubernetes.io/enforce"])
def test_json(name: str) -> None:
    data = json.loads(as_json(explain(name)))
    records = data if isinstance(data, list) else [data]
    assert len(records) == len(explain(name))
    for record in records:
        assert list(record) == KEYS
        assert [type(record[key]) for key in KEYS] == [str, str, str, str, list, list, list, str]


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("name", ["liveness probe", "po", "deployment.spec.strategy", "latest-image-tag"])
def test_text(name: str, width: int) -> None:
    found = explain(name)
    shown = as_text(found, View(False, width))
    assert shown.startswith(f"{found[0].title} ({found[0].kind})\n\n")
    assert shown.endswith("\n")
    assert "\x1b" not in shown
    assert [line for line in shown.split("\n") if len(line) > min(width, 100) and line.count(" ") > 12] == []
    assert "\x1b[1m" in as_text(found, View(True, width))


def test_text_of_a_hostile_definition_is_harmless() -> None:
    shown = as_text([Explanation("x", "term", "a\x1b[31m", "b\x9b\u202e", ["c\x07"], [], [], "")], View())
    assert "\x1b" not in shown
    assert "\x9b" not in shown
    assert "\u202e" not in shown
