"""Whatever a person types is explained: bare fields, values, states, capabilities, checks of other tools, questions."""

import json
import re
from pathlib import Path

import pytest
from support import ROOT

from kexplain.api import schema
from kexplain.api.custom_table import kinds as custom_kinds
from kexplain.api.custom_types import with_custom
from kexplain.api.definition import Definition
from kexplain.api.kinds import resources
from kexplain.api.release import BUNDLED, NEWEST, Release
from kexplain.catalogue.rule import rules
from kexplain.catalogue.term import names, terms
from kexplain.engine.asked import Asked
from kexplain.engine.explainer import explain
from kexplain.engine.explanation import UnknownNameError
from kexplain.engine.sample import sample_of
from kexplain.library import lint
from kexplain.output.explanation import as_json, as_text
from kexplain.output.report_format import View
from kexplain.output.sample import as_yaml
from kexplain.syntax.parse import parse
from kexplain.syntax.tree import plain_value

CATALOGUE = ROOT / "tests" / "catalogue"


def table(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[2:]]


def first(name: str) -> str:
    return explain(name)[0].id


QUESTIONS = table(CATALOGUE / "questions.tsv")


def test_questions_are_answered_mostly_first_and_always_among_three() -> None:
    late = []
    for question, answer in QUESTIONS:
        assert answer in terms() or answer in rules(), answer
        found = explain(question)
        ranked = [*(one.id for one in found), *found[0].others]
        assert answer in ranked[:3], (question, answer, ranked)
        late += [question] if ranked[0] != answer else []
    assert len(QUESTIONS) >= 300
    assert len(late) <= len(QUESTIONS) // 10, late


@pytest.mark.parametrize("words", ["zzyzx qqfnord", "   ", "? ?", "the of and"])
def test_what_no_word_is_known_of_has_no_answer(words: str) -> None:
    with pytest.raises(UnknownNameError):
        explain(words)


@pytest.mark.parametrize(
    "question", ["purple elephant dance", "how do i fly", "what is the weather", "hello world", "sing me a song", "why is the sky blue"]
)  # fmt: skip
def test_nonsense_gets_no_answer_but_a_clear_word(question: str) -> None:
    with pytest.raises(UnknownNameError, match="nothing that kexplain knows answers"):
        explain(question)


def test_misspelt_words_of_a_question_are_understood() -> None:
    assert first("what is a livness probe") == "liveness-probe"
    assert first("headless servise please") == "headless-service"


def test_both_sides_of_a_comparison_are_explained() -> None:
    assert [one.id for one in explain("requests vs limits")] == ["resource-request", "resource-limit"]
    assert [one.id for one in explain("difference between NodePort and ClusterIP")] == ["node-port", "cluster-ip"]


def enumerated() -> list[tuple[str, str]]:
    known = {name for minor in BUNDLED for name in schema.load(Release(1, minor)).type_names()}
    known |= set(schema.removed().type_names())
    rows = table(ROOT / "api" / "enums.tsv")
    pairs = [(position, re.sub(r"[<>]=1\.\d+", "", value)) for position, values in rows for value in values.split(", ")]
    return [(position, value) for position, value in pairs if value and position.rpartition(".")[0] in known]


def test_every_enumerated_value_leads_to_its_fields() -> None:
    lost = [
        (value, position)
        for position, value in enumerated()
        if not any(position.rpartition(" ")[2] in " ".join([*one.at, *one.places]) for one in explain(value))
    ]
    assert lost == []


@pytest.mark.parametrize(
    "key",
    ["cpu", "memory", "ephemeral-storage", "app", "k8s-app", "app.kubernetes.io/name", "app.kubernetes.io/part-of",
     "app.kubernetes.io/component", "app.kubernetes.io/instance", "app.kubernetes.io/version", "prometheus.io/scrape",
     "prometheus.io/port", "kubernetes.io/hostname", "topology.kubernetes.io/zone", "kubernetes.io/metadata.name"],
)  # fmt: skip
def test_the_commonest_keys_of_maps_are_explained(key: str) -> None:
    assert explain(key)[0].text


def test_the_commonest_keys_of_manifests_are_explained_by_their_bare_name() -> None:
    keys = (CATALOGUE / "common_keys.txt").read_text(encoding="utf-8").split()
    assert len(keys) >= 225  # every field of built-in kinds that some four hundred public manifests use
    untold = []
    for key in keys:
        found = explain(key)
        places = " ".join([place for one in found for place in [*one.at, *one.places]])
        if not (f".{key}" in places or found[0].kind == "kind"):
            untold.append(key)
    assert untold == []


@pytest.mark.parametrize(
    ("name", "at", "others"),
    [
        ("runAsUser", "SecurityContext.runAsUser", ["PodSecurityContext.runAsUser"]),
        ("hostPath", "Volume.hostPath", ["PersistentVolumeSpec.hostPath"]),
        ("mountPath", "VolumeMount.mountPath", []),
        ("name", "meta/v1 ObjectMeta.name", ["Container.name", "Volume.name"]),
    ],
)
def test_a_bare_field_has_its_type_and_its_other_places(name: str, at: str, others: list[str]) -> None:
    found = explain(name)[0]
    assert any(place.endswith(at) for place in [*found.at, *found.places])
    assert set(others) <= {*found.places, *found.at}
    assert found.facts is not None
    assert found.facts.name == name
    assert found.facts.type


@pytest.mark.parametrize(
    ("path", "position"),
    [
        ("spec.template.spec.containers[0].image", "core/v1 Container.image"),
        (".spec.replicas", "apps/v1 DeploymentSpec.replicas"),
        ("Deployment.spec.replicas", "apps/v1 DeploymentSpec.replicas"),
        ("metadata.ownerReferences", "meta/v1 ObjectMeta.ownerReferences"),
        ("spec.template.spec.containers[0].resources.limits.memory", "core/v1 ResourceRequirements.limits"),
        ("resources.limits.memory", "core/v1 ResourceRequirements.limits"),
        ("livenessProbe.httpGet.port", "core/v1 HTTPGetAction.port"),
        ("spec.jobTemplate.spec.backoffLimit", "batch/v1 JobSpec.backoffLimit"),
    ],
)
def test_a_path_without_a_kind(path: str, position: str) -> None:
    assert explain(path)[0].at == [position]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("CKV_K8S_8", "missing-liveness-probe"),
        ("checkov:CKV_K8S_8", "missing-liveness-probe"),
        ("KSV001", "privilege-escalation-allowed"),
        ("KSV-0001", "privilege-escalation-allowed"),
        ("no-liveness-probe", "missing-liveness-probe"),
        ("latest-tag", "latest-image-tag"),
    ],
)
def test_a_check_of_another_tool(name: str, rule: str) -> None:
    found = explain(name)
    assert rule in [one.id for one in found]
    assert "calls it" in found[0].text


def test_every_check_that_a_rule_equals() -> None:
    for rule in rules().values():
        for check in rule.equivalents:
            assert rule.id in [one.id for one in explain(check)], check


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Pending", "pending"), ("CrashLoopBackOff", "crash-loop-back-off"), ("exit code 137", "oom-killed"),
        ("137", "oom-killed"), ("FailedScheduling", "failed-scheduling"), ("ImagePullBackOff", "image-pull-back-off"),
        ("OOMKilled", "oom-killed"), ("Evicted", "evicted-pod"), ("Terminating", "terminating"),
        ("ContainerCreating", "container-creating"), ("Completed", "succeeded"), ("FailedMount", "failed-mount"),
        ("NodeNotReady", "node-not-ready"), ("NET_ADMIN", "NET_ADMIN"), ("CAP_SYS_ADMIN", "SYS_ADMIN"),
        ("Recreate", "recreate-strategy"), ("apps/v1", "apps/v1"),
    ],
)  # fmt: skip
def test_states_capabilities_and_versions(name: str, id_: str) -> None:
    assert first(name) == id_


def test_the_fields_of_a_kind_have_type_requirement_default_and_constraint() -> None:
    found = explain("deployment.spec")[0]
    by_name = {field.name: field for field in found.fields}
    assert by_name["selector"].required
    assert (by_name["replicas"].type, by_name["replicas"].default) == ("int32", "1")
    assert "  selector (LabelSelector, required): " in as_text([found], View(False, 100))
    types = {field.name: field for field in explain("deployment.spec.strategy")[0].fields}
    assert types["type"].constraints == ["one of Recreate, RollingUpdate"]
    fields = json.loads(as_json([found]))["fields"]
    assert next(field for field in fields if field["name"] == "selector")["required"] is True


def test_the_fields_below_fields() -> None:
    shallow, deep = explain("deployment")[0], explain("deployment", deep=True)[0]
    assert all(not field.fields for field in shallow.fields)
    spec = next(field for field in deep.fields if field.name == "spec")
    assert "replicas" in [field.name for field in spec.fields]
    crd = explain("crd", deep=True)[0]  # a schema holds schemas
    assert len(as_text([crd], View(False, 100))) < 200_000


def test_another_api_version() -> None:
    found = explain("hpa.spec", api_version="autoscaling/v1")[0]
    assert found.at == ["autoscaling/v1 HorizontalPodAutoscaler.spec"]
    with pytest.raises(UnknownNameError):
        explain("hpa.spec", api_version="autoscaling/v9")


ASKED = Asked(with_custom(schema.load()), NEWEST, {})
BUILTIN = sorted({f"{r.plural}.{r.group}" for r in resources().values()})
UNAVOIDABLE = {"deprecated-api-version", "api-version-off-by-default", "uncreatable-kind"}
"""What is wrong with a kind itself: nobody can create a ComponentStatus, Endpoints are deprecated, alpha is off."""


def judged(name: str, *, good: bool) -> list[str]:
    """The rules that find something in the sample of a kind; none for a kind that this version has not."""
    try:
        made = sample_of(name, ASKED, good=good)
    except UnknownNameError:
        return []
    text = as_yaml(made)
    assert plain_value(parse(text)[0].root) == made
    return [finding.rule.id for finding in lint(text=text).findings if finding.rule.id not in UNAVOIDABLE]


@pytest.mark.parametrize("name", BUILTIN)
def test_the_skeleton_and_the_example_of_every_kind_pass(name: str) -> None:
    assert judged(name, good=False) == []
    assert judged(name, good=True) == []


@pytest.mark.parametrize("group", sorted({kind.group for kind in custom_kinds()}))
def test_the_skeleton_of_every_custom_kind_passes(group: str) -> None:
    found = {kind.kind: judged(f"{kind.plural}.{group}", good=False) for kind in custom_kinds() if kind.group == group}
    assert {kind: wrong for kind, wrong in found.items() if wrong} == {}


def test_a_sample_is_of_a_kind() -> None:
    with pytest.raises(UnknownNameError, match="has no kind 'container'"):
        sample_of("container", ASKED, good=False)


def test_states_are_terms_of_their_own_domain() -> None:
    states = [term for term in terms().values() if term.domain == "states"]
    assert len(states) >= 35
    assert all(names()[term.title.lower()] == term.id for term in states)


def test_what_a_name_may_be_is_told_by_its_kind() -> None:
    pod, job = (explain(f"{kind}.metadata.name")[0].facts for kind in ("pod", "cronjob"))
    assert pod is not None
    assert job is not None
    assert pod.constraints == ["at most 253 characters: lower-case letters, digits, . and -"]
    assert job.constraints == ["at most 52 characters: lower-case letters, digits, . and -"]


def test_what_is_allowed_comes_from_the_constraints_too() -> None:
    replicas = explain("deployment.spec.replicas")[0]
    assert replicas.facts is not None
    assert replicas.facts.constraints == ["0 or more"]
    assert "\nAllowed: 0 or more.\n" in as_text([replicas], View(False, 100))
    spec = explain("deployment.spec")[0]
    assert next(field for field in spec.fields if field.name == "replicas").constraints == ["0 or more"]


def test_a_field_of_a_custom_kind_has_its_sentence_and_source() -> None:
    (found,) = explain("certificate.spec.secretName")
    assert found.text.startswith("The Secret that gets key and certificate")
    assert found.source.startswith("https://cert-manager.io/")


@pytest.mark.parametrize("name", ["wd", "Widget", "widgets.example.org"])
def test_a_kind_of_a_given_definition_is_told_once(name: str) -> None:
    schema_ = {"type": "object", "description": "A widget of the shop."}
    given = [Definition("example.org", "v1", "Widget", schema_, "", "widgets", ("wd",), True)]
    (found,) = explain(name, given=given)
    assert (found.kind, found.title) == ("kind", "Widget")
    assert found.text.startswith("A widget of the shop.")
