"""Explaining a name: whatever people call a thing, in every spelling, or the nearest names there are."""

import json
import os
from itertools import cycle
from pathlib import Path

import pytest
from support import ROOT, for_each

from kexplain.api import schema
from kexplain.api.kinds import Resource, resources, versions_of
from kexplain.api.release import NEWEST, Release
from kexplain.catalogue.rule import rules
from kexplain.catalogue.term import names, places, terms
from kexplain.config.settings import Settings
from kexplain.engine.explainer import explain as explain_name
from kexplain.engine.explanation import Explanation, UnknownNameError
from kexplain.output.explanation import as_json, as_text
from kexplain.output.report_format import View
from kexplain.run.place import explain_place

RESOURCES = [line.split("\t") for line in (ROOT / "api" / "resources.tsv").read_text(encoding="utf-8").splitlines()[2:]]
KEYS = ["name", "kind", "title", "text", "at", "related", "rules", "source", "id"]
MORE = ["facts", "fields", "places", "others"]


UNJUDGED = Settings(ignore=tuple(rules()))


def explain(name: str, release: Release = NEWEST) -> list[Explanation]:
    """As the command does it: a place of a file, or a name."""
    return explain_place(name, UNJUDGED._replace(kubernetes_version=release)) or explain_name(name, release)


def test_a_name_opens_no_file(tmp_path) -> None:
    path = tmp_path / "web.yaml"
    path.write_text(PODS)
    with pytest.raises(UnknownNameError, match="is neither a term"):
        explain_name(f"{path}:1")


def what(name: str) -> list[tuple[str, str]]:
    return [(found.kind, found.title) for found in explain(name)]


@for_each(terms())
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


@pytest.mark.parametrize("row", [row for row in RESOURCES if row[4]], ids=lambda row: f"{row[1]}.{row[0]}")
def test_every_short_name(row: list[str]) -> None:
    group, _, plural, _, short = row
    for name in short.split(","):
        first = next(
            other for other in RESOURCES if name in other[4].split(",")
        )  # where two groups share one: the core's
        for written, owner in (
            (name, first),
            (name.upper(), first),
            (f"{name}.{group}", row),
            (f"{name}.{group}".upper(), row),
        ):
            (found,) = [e for e in explain(written) if e.kind == "kind"]
            assert (found.name, found.title, found.at[0].partition(" ")[0]) == (written, owner[1], owner[2])
            assert found.at == [f"{plural} (short: {', '.join(short.split(','))})"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("po", [("kind", "Pod")]),
        ("PODS", [("kind", "Pod")]),
        ("deployments.apps", [("kind", "Deployment")]),
        ("Ingress.networking.k8s.io", [("kind", "Ingress")]),
        ("ev.events.k8s.io", [("kind", "Event")]),
        ("container", [("term", "container"), ("field", "container")]),
        ("Container", [("term", "container")]),
        ("HTTPGetAction", [("term", "HTTP probe")]),
        ("liveness probe", [("term", "liveness probe")]),
        ("livenessProbe", [("term", "liveness probe")]),
        ("crashloopbackoff", [("term", "CrashLoopBackOff")]),
        ("host-pid", [("rule", "Pod among the processes of its node"), ("term", "hostPID")]),
        ("hostPID", [("term", "hostPID")]),
        ("Latest-Image-TAG", [("rule", "Image with the tag latest")]),
        ("deployment.spec.strategy", [("field", "deployment strategy")]),
        ("podip", [("term", "Pod IP")]),
        ("app.kubernetes.io/anything", [("label", "app.kubernetes.io/* labels")]),
        ("pod-security.kubernetes.io/enforce", [("label", "Pod Security modes")]),
        ("k8s-app", [("label", "legacy app labels")]),
        ("prometheus.io/scheme", [("annotation", "prometheus.io annotations")]),
        ("helm.sh/hook-weight", [("term", "Helm hook")]),
    ],
)  # fmt: skip
def test_what_a_name_is(name: str, expected: list[tuple[str, str]]) -> None:
    assert what(name) == expected


def test_versions_stand_from_the_most_mature_to_the_least() -> None:
    kinds = [
        "g/v1alpha1 K",
        "g/v1beta2 K",
        "g/v1 K",
        "g/v2beta1 K",
        "g/v2alpha1 K",
        "g/v10 K",
        "g/v1beta10 K",
        "h/v3 K",
        "g/v3 L",
    ]
    resource = Resource("g", "K", "ks", True, ())
    expected = "g/v10 g/v1 g/v2beta1 g/v1beta10 g/v1beta2 g/v2alpha1 g/v1alpha1"
    assert versions_of(resource, kinds) == expected.split()


@pytest.mark.parametrize("plural", ["deployments", "pods"])
def test_another_group_is_another_kind(plural: str) -> None:
    for name in (f"{plural}.example.org", f"{plural}."):
        with pytest.raises(UnknownNameError):
            explain(name)


@for_each(sorted({name.rpartition(" ")[2] for name in schema.load().type_names()}))
def test_every_type(type_: str) -> None:
    found = explain(type_)
    assert found[0].text
    if type_.lower() not in names() and type_.lower() not in resources():
        (only,) = found
        api = schema.load()
        (name,) = only.at
        assert (only.kind, only.title.lower(), name.rpartition(" ")[2].lower()) == (
            "field",
            type_.lower(),
            type_.lower(),
        )
        assert [field.name for field in only.fields] == list(api.type(name).fields)
        assert ("It has no fields." in only.text) == (not only.fields)
        assert explain(type_.upper())[0].at == [name]


@for_each(rules())
def test_every_rule(rule: str) -> None:
    (found,) = [found for found in explain(rule) if found.kind == "rule"]
    assert [e for e in explain(f" {rule.upper()} ") if e.kind == "rule"] == [found]
    assert (found.name, found.title, found.related, found.source) == (
        rule,
        rules()[rule].title,
        list(rules()[rule].terms),
        rules()[rule].source,
    )
    assert found.text.startswith(rules()[rule].article["what"])
    assert all(heading in found.text for heading in ("Why it matters", "How to fix"))
    assert ("When to ignore" in found.text) == bool(rules()[rule].article["ignore"])


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
        (
            "hpa.spec.targetCPUUtilizationPercentage",
            "autoscaling/v1 HorizontalPodAutoscalerSpec.targetCPUUtilizationPercentage",
            "int32",
        ),
        ("ing.spec.rules.http.paths", "networking.k8s.io/v1 HTTPIngressRuleValue.paths", "list of HTTPIngressPath"),
        (
            "crd.spec.versions.schema.openAPIV3Schema.properties.x.type",
            "apiextensions.k8s.io/v1 JSONSchemaProps.type",
            "string",
        ),
        ("secret.data", "core/v1 Secret.data", "map of bytes"),
        ("POD.SPEC.CONTAINERS[0].IMAGE", "core/v1 Container.image", "string"),
        (" po.spec.containers[12].ports[3].hostPort ", "core/v1 ContainerPort.hostPort", "int32"),
        ("deployment.spec.template.metadata.annotations[a.b/c]", "meta/v1 ObjectMeta.annotations", "map of string"),
        ("netpol.spec.ingress.from.podSelector.matchLabels.app", "meta/v1 LabelSelector.matchLabels", "map of string"),
        ("envvar.valueFrom.secretKeyRef.key", "core/v1 SecretKeySelector.key", "string"),
        ("pod.spec.volumes[0].hostPath.type", "core/v1 HostPathVolumeSource.type", "string"),
    ],
)
def test_a_field_path(path: str, position: str, type_: str) -> None:
    (found,) = explain(path)
    assert (found.kind, found.name, found.at) == ("field", path.strip(), [position])
    assert found.facts is not None
    assert found.facts.type == type_
    assert found.rules == [
        rule.id for rule in rules().values() if any(position in place.positions for place in rule.places)
    ]


def test_a_field_without_term_has_the_words_and_the_values_of_the_api() -> None:
    untold = [
        p
        for p in ("csinode.spec.drivers.nodeID", "runtimeclass.overhead.podFixed", "lease.spec.holderIdentity")
        if not explain(p)[0].related
    ]
    assert untold
    assert all(len(explain(path)[0].text.split("\n\n")[0]) > 20 for path in untold)
    policy, containers = explain("container.imagePullPolicy")[0].facts, explain("pod.spec.containers")[0].facts
    assert policy is not None
    assert containers is not None
    assert policy.constraints == ["one of Always, IfNotPresent, Never"]
    assert containers.required


@pytest.mark.parametrize(
    "name",
    [
        "nosuch",
        "deployment.nosuch",
        "deployment.spec.replicas.x",
        "pod.spec.containers.x",
        "pod.",
        ".",
        "",
        "[",
        "x:1",
        "pod..spec",
        "a" * 5000,
    ],
)
def test_an_unknown_name(name: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        explain(name)
    assert repr(name) in str(caught.value)
    assert len(caught.value.suggestions) <= 3


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [("deploymnt", "deployment"), ("latest-image-tags", "latest-image-tag"),
     ("StatefullSet", "stateful-set"), ("podd", "pod"), ("ResorceQuota", "resource-quota"), ("privileged-contaner", "privileged-container"),
     ("deployment.spec.replcas", "deployment.spec.replicas"), ("Container.livenessprob", "Container.livenessProbe"),
     ("po.spec.containers[0].livenesProbe.httpget.prt", "po.spec.containers.livenessProbe.httpGet.port")],
)  # fmt: skip
def test_suggestions(name: str, suggestion: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        explain(name)
    found = caught.value.suggestions
    assert found[0] == suggestion
    assert 1 <= len(found) <= 3
    assert len({near.lower() for near in found}) == len(found)
    for near in found:
        assert explain(near)


def keys_of(kind: str) -> dict[str, str]:
    """The term of every label or annotation key that a term claims, whatever its value."""
    claimed = [(p.key, id_) for p, id_ in places()[f"meta/v1 ObjectMeta.{kind}s[]"] if p.key and p.op is None]
    return {key.replace("*", "anything"): id_ for key, id_ in reversed(claimed)}


@for_each(
    [(key, id_, "annotation") for key, id_ in keys_of("annotation").items() if key not in keys_of("label")]
    + [(key, id_, "label") for key, id_ in keys_of("label").items()],
)
def test_every_label_and_annotation(key: str, id_: str, kind: str) -> None:
    found = next(one for one in explain(key) if one.title == terms()[id_].title)
    assert (found.kind, found.name) in {("term", key), (kind, key)}
    assert (found.title, found.text) == (terms()[id_].title, terms()[id_].definition)


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
    for name in (f"{path}:{line}", f"{path}:{line}:3", f" {path}:{line}:1 "):
        found = explain(name)
        assert [e.at for e in found] == [[p] for p in paths]
        assert {(e.kind, e.name) for e in found} == {("place", f"{path}:{line}")}
        assert all(e.text for e in found)


@pytest.mark.parametrize(
    ("line", "why"),
    [(0, "the file has 10 lines"), (100, "the file has 10 lines"), (5, "an empty line"), (9, "a comment"), (10, "no field begins here that has a meaning")],
)  # fmt: skip
def test_a_line_that_says_nothing(line: int, why: str, tmp_path: Path) -> None:
    path = tmp_path / "web.yaml"
    path.write_text(f"{PODS}# the end\n...\n")
    with pytest.raises(UnknownNameError) as caught:
        explain(f"{path}:{line}")
    assert str(caught.value) == f"{path}:{line}: {why}"
    assert caught.value.suggestions == []


@pytest.mark.parametrize(
    ("name", "data", "line", "expected"),
    [
        ("two.yaml", f"{PODS}---\n{PODS}".encode(), 11, [("Pod", ["kind"])]),
        ("crlf.yaml", PODS.replace("\n", "\r\n").encode(), 7, [("hostNetwork", ["spec.hostNetwork"])]),
        ("bom.yaml", b"\xef\xbb\xbf" + PODS.encode(), 2, [("Pod", ["kind"])]),
        ("pod.json", b'{"kind": "Pod",\n "apiVersion": "v1",\n "spec": {\n  "hostNetwork": true}}', 4, [("hostNetwork", ["spec.hostNetwork"])]),
        ("list.yaml", b"apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n", 5, [("Pod", ["kind"])]),
        ("notes.txt", PODS.encode(), 2, [("Pod", ["kind"])]),
        ("with space: and colon.yaml", PODS.encode(), 2, [("Pod", ["kind"])]),
        ("bad.yaml", f"{PODS}---\na: [\n".encode(), 2, [("Pod", ["kind"])]),
    ],
)  # fmt: skip
@pytest.mark.skipif(os.name != "posix", reason="a colon in the name of a file")
def test_a_line_of_any_file(
    name: str, data: bytes, line: int, expected: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    for written in (f"{name}:{line}", f"./{name}:{line}:9", f"{tmp_path}/{name}:{line}"):
        assert [(e.title, e.at) for e in explain(written)] == expected


def test_a_line_says_what_its_value_does(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(
        "apiVersion: apps/v1\nkind: Deployment\nspec:\n  replicas: 3\n  strategy:\n    rollingUpdate:\n      maxSurge: 25%\n"
    )
    (found,) = explain(f"{path}:7")
    assert found.text.startswith(terms()["max-surge"].definition)
    assert "1 Pod" in found.text.removeprefix(terms()["max-surge"].definition)
    assert (found.title, found.id) == ("maxSurge", "max-surge")
    assert "max-surge" not in found.related


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [("nosuch.yaml", None, "no such file or directory"), ("n.yml", b"\xff", "not UTF-8 (byte 1); save it as UTF-8"), ("n.txt", b"a\xff", "not UTF-8 (byte 2); save it as UTF-8")],
)  # fmt: skip
def test_a_line_of_a_file_that_cannot_be_read(
    name: str, data: bytes | None, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if data is not None:
        Path(name).write_bytes(data)
    with pytest.raises(UnknownNameError) as caught:
        explain(f"{name}:1")
    assert str(caught.value) == f"{name}: {reason}"


def test_a_line_says_what_is_wrong_with_it_and_what_may_be(tmp_path: Path) -> None:
    path = tmp_path / "web.yaml"
    path.write_text(PODS.replace("hostNetwork: true", "hostNetwork: true # kexplain: ignore[low-user-id] no"))
    place, *found = explain_place(f"{path}:7", Settings(select=("host-network", "unused-suppression")))
    assert "host-network" in place.rules
    assert [(one.kind, one.id, one.at) for one in found if one.id == "host-network"] == [
        ("finding", "host-network", ["spec.hostNetwork"])
    ]
    assert rules()["host-network"].article["fix"] in found[0].text
    (place,) = explain_place(f"{path}:7", Settings(select=("host-network",), min_severity="error"))
    path.write_text(PODS.replace("hostNetwork: true", "hostNetwork: true # kexplain: ignore[host-network] no"))
    (place,) = explain_place(f"{path}:7", Settings(select=("host-network",)))
    assert place.kind == "place"


def test_a_line_of_a_secret_tells_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text("apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: HUNTER2}\nstringData: {b: HUNTER2}\n")
    for line in (4, 5):
        assert "HUNTER2" not in as_json(explain(f"{path}:{line}"))


def test_the_target_version() -> None:
    for minor, known in ((28, False), (29, True)):
        assert ("sleep" in [field.name for field in explain("lifecyclehandler", Release(1, minor))[-1].fields]) == known
    assert (
        "API versions in Kubernetes 1.25: autoscaling/v2, autoscaling/v1, autoscaling/v2beta2."
        in explain("hpa", Release(1, 25))[-1].text
    )
    assert "API versions in Kubernetes 1.26: autoscaling/v2, autoscaling/v1." in explain("hpa", Release(1, 26))[-1].text


@pytest.mark.parametrize(
    ("name", "count"),
    [("liveness probe", 1), ("po", 1), ("deployment.spec.strategy", 1), ("latest-image-tag", 1), ("podip", 1), ("k8s-app", 1), ("host-pid", 2)],
)  # fmt: skip
def test_json(name: str, count: int) -> None:
    found = explain(name)
    assert len(found) == count
    first = json.loads(as_json(found))
    others = first.pop("also", [])
    assert len(others) == count - 1
    for record, explanation in zip([first, *others], found, strict=True):
        assert list(record) == [*KEYS, *MORE]
        assert [type(record[key]) for key in KEYS] == [str, str, str, str, list, list, list, str, str]
        assert {key: record[key] for key in KEYS} == {key: getattr(explanation, key) for key in KEYS}
    assert list(json.loads(as_json(found)))[13:] == ["also"] * (count - 1)


def test_json_of_a_line_with_several_fields(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(PODS)
    data = json.loads(as_json(explain(f"{tmp_path}/p.yaml:8")))
    assert [data["at"], *(record["at"] for record in data["also"])] == [
        ["spec.containers"], ["spec.containers[0].name"], ["spec.containers[0].image"],
    ]  # fmt: skip


EVERYTHING = [
    *terms(),
    *rules(),
    *(kind.lower() for _, kind, *_ in RESOURCES),
    *(t.rpartition(" ")[2] for t in schema.load().type_names()),
]
ROWS = ("shows at: ", "see also: ", "rules:    ", "more:     ")


def test_no_line_is_wider_than_the_terminal() -> None:
    for name, width in zip(EVERYTHING, cycle((80, 100)), strict=False):
        for line in as_text(explain(name), View(False, width)).split("\n"):
            row = next((line.removeprefix(row) for row in ROWS if line.startswith(row)), line)
            assert len(line) <= width or " " not in row.strip(), (
                name,
                line,
            )  # one word, such as an address, stays whole


@pytest.mark.parametrize("width", [40, 80, 100, 200])
@pytest.mark.parametrize("name", ["liveness probe", "po", "deployment.spec.strategy", "latest-image-tag", "host-pid"])
def test_text(name: str, width: int) -> None:
    found = explain(name)
    shown = as_text(found, View(False, width))
    for explanation in found:
        assert f"{explanation.title} ({explanation.kind})\n\n" in shown
        assert explanation.source in shown
        related = [terms()[id_].title for id_ in explanation.related]
        for words in (explanation.text, *explanation.at, *related, *explanation.rules):
            assert " ".join(words.split()) in " ".join(shown.split())
    assert shown.startswith(f"{found[0].title} ({found[0].kind})\n\n")
    assert shown.endswith("\n")
    assert not shown.endswith("\n\n")
    assert [line for line in shown.split("\n") if line != line.rstrip()] == []
    colored = as_text(found, View(True, width))
    assert colored.count("\x1b[1m") == len(found)
    assert colored.replace("\x1b[1m", "").replace("\x1b[0m", "") == shown


def test_the_whole_text_of_an_explanation() -> None:
    found = Explanation(
        "x",
        "rule",
        "A title",
        "One two three four five six.\n\nWhy it matters\nBecause it is so.\n\nFields:\n  a (string): The first of the fields.\n  b",
        ["A.b", "C.d"],
        ["e-f"],
        [],
        "https://example.org/x",
    )
    assert as_text([found], View(False, 24)) == (
        "A title (rule)\n\nOne two three four five\nsix.\n\nWhy it matters\nBecause it is so.\n\n"
        "Fields:\n  a (string): The first\n    of the fields.\n  b\n\n"
        "shows at: A.b, C.d\nsee also: e-f\nmore:     https://example.org/x\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    "hostile",
    ["\x1b[31m", "\x9b31m", "\x07", "\u202e", "\u2028", "\u200b", "\x00", "\r", "\x0c", "\x85", "\ufeff", "\ud800"],
)
def test_hostile_words_come_out_clean(hostile: str) -> None:
    found = [
        Explanation(
            f"n{hostile}",
            "term",
            f"t{hostile}",
            f"a{hostile}b\n\nc{hostile}",
            [f"p{hostile}"],
            [f"r{hostile}"],
            [f"l{hostile}"],
            f"s{hostile}",
        )
    ]
    escaped = hostile.encode("unicode_escape").decode()
    shown = as_text(found, View(True, 80))
    bare = shown.replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert hostile not in bare
    assert bare.count(escaped) == escaped.count(hostile) + 7
    written = as_json(found)
    assert hostile not in written
    assert json.loads(written)["name"] == f"n{hostile}"
    written.encode()
    shown.encode()


HOSTILE = r"""apiVersion: v1
kind: Pod
metadata:
  name: "p\e[31m\u202e"
  labels:
    "evil\e]0;x\a": "v\r\n::error::x"
    "a\n::error::y": b
  annotations: {"\x9b31m": "x"}
spec:
  schedulerName: "\e[2J\u200b"
  containers:
  - name: "\0"
    image: "nginx:1\u2028"
    args: ["\e[5m"]
    resources: {limits: {"\e[6m": "1"}}
"""


@pytest.mark.parametrize("line", [line for line in range(1, 16) if line not in (5, 9, 11)])
def test_a_hostile_file_comes_out_clean(line: int, tmp_path: Path) -> None:
    path = tmp_path / "h.yaml"
    path.write_text(HOSTILE)
    found = explain(f"{path}:{line}")
    for shown in (as_text(found, View(False, 80)), as_json(found)):
        assert [char for char in shown if char != "\n" and not char.isprintable()] == []
        assert "\n::" not in shown


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("pod.spec.containers", ["container"]),
        ("deployment.spec.template.spec.containers", ["container"]),
        ("endpoint", ["EndpointSlice"]),
        ("limits", ["resource limit", "LimitRange"]),
        ("po", ["Pod"]),
        ("deploy", ["Deployment"]),
        ("cm", ["ConfigMap"]),
    ],
)
def test_the_plain_meaning_comes_first(name: str, titles: list[str]) -> None:
    assert [found.title for found in explain(name)] == titles
