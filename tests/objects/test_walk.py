"""The walker: every node at its typed position, every departure from the types as a fault, Pods wherever they are."""

import pytest

from kexplain.api import schema
from kexplain.objects.manifest import Manifest, identify
from kexplain.objects.typed import assign_type
from kexplain.objects.visit import Visit
from kexplain.objects.walk import walk
from kexplain.syntax.parse import parse
from kexplain.syntax.source import Source

POD_HEAD = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n"
CONTAINER = "{name: c, image: i}"
CRD_HEAD = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
CRD_SPEC = f"{CRD_HEAD}spec: {{group: g, names: {{kind: K, plural: ks}}, scope: Cluster, versions: [{{name: v1, served: true, storage: true, "


def manifest_of(text: str) -> Manifest:
    source = Source("x.yaml", text)
    (manifest,) = identify(source, parse(text)[0])
    assert isinstance(manifest, Manifest)
    assign_type(manifest, schema.load())
    return manifest


def visits(text: str) -> dict[str, Visit]:
    """All visits by path; missing fields under ``path (missing)``."""
    manifest = manifest_of(text)
    found = list(walk(manifest, schema.load()))
    named = {v.path + (" (missing)" if v.fault == "missing-required-field" else ""): v for v in found}
    assert len(named) == len(found)
    return named


def faults(text: str) -> dict[str, str]:
    return {path.removesuffix(" (missing)"): visit.fault for path, visit in visits(text).items() if visit.fault}


def cut(text: str, span: tuple[int, int]) -> str:
    return text[span[0] : span[1]]


POSITIONS = [
    # a type, []T, {}T, ?T and every scalar
    (f"{POD_HEAD}spec: {{containers: [{CONTAINER}]}}\n", "", "core/v1 Pod", "core/v1 Pod"),
    (f"{POD_HEAD}spec: {{containers: [{CONTAINER}]}}\n", "spec", "core/v1 Pod.spec", "core/v1 PodSpec"),
    (f"{POD_HEAD}spec: {{containers: [{CONTAINER}]}}\n", "spec.containers", "core/v1 PodSpec.containers", "[]core/v1 Container"),
    (f"{POD_HEAD}spec: {{containers: [{CONTAINER}]}}\n", "spec.containers[0]", "core/v1 PodSpec.containers[]", "core/v1 Container"),
    (f"{POD_HEAD}spec: {{containers: [{CONTAINER}]}}\n", "spec.containers[0].image", "core/v1 Container.image", "string"),
    (f"{POD_HEAD}spec: {{containers: [{{name: c, args: [a]}}]}}\n", "spec.containers[0].args[0]", "core/v1 Container.args[]", "string"),
    (f"{POD_HEAD}spec: {{nodeSelector: {{a: b}}}}\n", "spec.nodeSelector", "core/v1 PodSpec.nodeSelector", "{}string"),
    (f"{POD_HEAD}spec: {{nodeSelector: {{a: b}}}}\n", "spec.nodeSelector.a", "core/v1 PodSpec.nodeSelector[]", "string"),
    (f"{POD_HEAD}spec: {{nodeSelector: {{a.b/c: d}}}}\n", "spec.nodeSelector[a.b/c]", "core/v1 PodSpec.nodeSelector[]", "string"),
    (f"{POD_HEAD}spec: {{nodeSelector: {{a/c: d}}}}\n", "spec.nodeSelector[a/c]", "core/v1 PodSpec.nodeSelector[]", "string"),
    (f"{POD_HEAD}spec: {{nodeSelector: {{a.c: d}}}}\n", "spec.nodeSelector[a.c]", "core/v1 PodSpec.nodeSelector[]", "string"),
    (f"{POD_HEAD}spec: {{overhead: {{cpu: 1}}}}\n", "spec.overhead.cpu", "core/v1 PodSpec.overhead[]", "quantity"),
    (f"{POD_HEAD}spec: {{hostNetwork: true}}\n", "spec.hostNetwork", "core/v1 PodSpec.hostNetwork", "boolean"),
    (f"{POD_HEAD}spec: {{priority: 1}}\n", "spec.priority", "core/v1 PodSpec.priority", "int32"),
    (f"{POD_HEAD}spec: {{activeDeadlineSeconds: 1}}\n", "spec.activeDeadlineSeconds", "core/v1 PodSpec.activeDeadlineSeconds", "int64"),
    ("apiVersion: v1\nkind: Service\nspec: {ports: [{targetPort: web}]}\n", "spec.ports[0].targetPort", "core/v1 ServicePort.targetPort",
     "int-or-string"),
    ("apiVersion: v1\nkind: Secret\ndata: {a: Yg==}\n", "data.a", "core/v1 Secret.data[]", "bytes"),
    ("apiVersion: v1\nkind: Pod\nmetadata: {creationTimestamp: 2026-01-01T00:00:00Z}\n", "metadata.creationTimestamp", "meta/v1 ObjectMeta.creationTimestamp", "time"),
    ("apiVersion: apps/v1\nkind: ControllerRevision\nrevision: 1\ndata: {a: {b: 1}}\n", "data", "apps/v1 ControllerRevision.data", "object"),
    ("apiVersion: apps/v1\nkind: ControllerRevision\nrevision: 1\ndata: {a: {b: 1}}\n", "data.a.b", "apps/v1 ControllerRevision.data.a.b", "any"),
    (f"{CRD_SPEC}schema: {{openAPIV3Schema: {{items: {{type: string}}}}}}}}]}}\n",
     "spec.versions[0].schema.openAPIV3Schema.items.type", "apiextensions.k8s.io/v1 JSONSchemaProps.type", "string"),
    (f"{CRD_SPEC}schema: {{openAPIV3Schema: {{additionalProperties: true}}}}}}]}}\n",
     "spec.versions[0].schema.openAPIV3Schema.additionalProperties", "apiextensions.k8s.io/v1 JSONSchemaProps.additionalProperties", "any"),
    (f"{CRD_SPEC}schema: {{openAPIV3Schema: {{default: {{a: [1]}}}}}}}}]}}\n",
     "spec.versions[0].schema.openAPIV3Schema.default.a[0]", "apiextensions.k8s.io/v1 JSONSchemaProps.default.a[]", "any"),
    ("apiVersion: apps/v1\nkind: Deployment\nspec: {template: {spec: {volumes: [{emptyDir: {}}]}}}\n",
     "spec.template.spec.volumes[0].emptyDir", "core/v1 Volume.emptyDir", "core/v1 EmptyDirVolumeSource"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "path", "position", "ref"), POSITIONS)
def test_positions(text: str, path: str, position: str, ref: str) -> None:
    visit = visits(text)[path]
    assert (visit.position, visit.ref, visit.fault) == (position, ref, "")


FAULTS = [
    ("spec: {nosuch: {a: [1]}}", {"spec.nosuch": "unknown-field", "spec.containers": "missing-required-field"}),
    ("spec: {containers: 3}", {"spec.containers": "wrong-type"}),
    ("spec: {containers: {}}", {"spec.containers": "wrong-type"}),
    ("spec: {containers: [3]}", {"spec.containers[0]": "wrong-type"}),
    ("spec: {containers: [[]]}", {"spec.containers[0]": "wrong-type"}),
    ("spec: {containers: []}", {}),
    ("spec: 3", {"spec": "wrong-type"}),
    ("spec: []", {"spec": "wrong-type"}),
    ("spec:", {}),
    ("spec: {containers: [], nodeSelector: [a]}", {"spec.nodeSelector": "wrong-type"}),
    ("spec: {containers: [], nodeSelector: {a: 1}}", {"spec.nodeSelector.a": "wrong-type"}),
    ("spec: {containers: [], nodeSelector: {a: yes}}", {"spec.nodeSelector.a": "yaml11-boolean-in-string-field"}),
    ("spec: {containers: [], nodeSelector: {a: true}}", {"spec.nodeSelector.a": "wrong-type"}),
    ("spec: {containers: [], nodeSelector: {a: {b: c}}}", {"spec.nodeSelector.a": "wrong-type"}),
    ("spec: {containers: [], nodeSelector: {a: }}", {}),
    ("spec: {containers: [], hostNetwork: 'true'}", {"spec.hostNetwork": "wrong-type"}),
    ("spec: {containers: [], hostNetwork: yes}", {}),
    ("spec: {containers: [], priority: '1'}", {"spec.priority": "wrong-type"}),
    ("spec: {containers: [], priority: 1.5}", {"spec.priority": "wrong-type"}),
    ("spec: {containers: [], priority: 1e3}", {}),
    ("spec: {containers: [], priority: 0644}", {}),
    ("spec: {containers: [], priority: 4294967296}", {"spec.priority": "wrong-type"}),
    ("spec: {containers: [], priority: true}", {"spec.priority": "wrong-type"}),
    ("spec: {containers: [], activeDeadlineSeconds: 4294967296}", {}),
    ("spec: {containers: [], activeDeadlineSeconds: 1e20}", {"spec.activeDeadlineSeconds": "wrong-type"}),
    ("spec: {containers: [], overhead: {cpu: 1.5, memory: 1Gi}}", {}),
    ("spec: {containers: [], overhead: {cpu: true, memory: [1]}}", {"spec.overhead.cpu": "wrong-type", "spec.overhead.memory": "wrong-type"}),
    ("spec: {containers: [], restartPolicy: always}", {"spec.restartPolicy": "invalid-enum-value"}),
    ("spec: {containers: [], restartPolicy: ''}", {}),
    ("spec: {containers: [], restartPolicy: null}", {}),
    ("spec: {containers: [], hostname: 5}", {"spec.hostname": "wrong-type"}),
    ("spec: {containers: [], hostname: [a]}", {"spec.hostname": "wrong-type"}),
    ("spec: {containers: [], hostname: off}", {"spec.hostname": "yaml11-boolean-in-string-field"}),
    ("spec: {containers: [{image: i}]}", {"spec.containers[0].name": "missing-required-field"}),
    ("spec: {containers: [{name: , image: i}]}", {"spec.containers[0].name": "missing-required-field"}),
    ("spec: {containers: [{name: c, args: a}]}", {"spec.containers[0].args": "wrong-type"}),
    ("spec: {containers: [{name: c, args: [1, no, a]}]}",
     {"spec.containers[0].args[0]": "wrong-type", "spec.containers[0].args[1]": "yaml11-boolean-in-string-field"}),
    ("spec: {containers: [{name: c, ports: [{containerPort: 80, protocol: tcp}]}]}",
     {"spec.containers[0].ports[0].protocol": "invalid-enum-value"}),
    ("spec: {containers: [{name: c, livenessProbe: {tcpSocket: {port: 8e1}}}]}", {}),
    ("spec: {containers: [{name: c, livenessProbe: {tcpSocket: {port: 80.5}}}]}",
     {"spec.containers[0].livenessProbe.tcpSocket.port": "wrong-type"}),
    ("spec: {containers: [{name: c, livenessProbe: {tcpSocket: {port: true}}}]}",
     {"spec.containers[0].livenessProbe.tcpSocket.port": "wrong-type"}),
    ("spec: {containers: [{name: c, livenessProbe: {tcpSocket: {port: }}}]}",
     {"spec.containers[0].livenessProbe.tcpSocket.port": "missing-required-field"}),
    ("spec: {containers: [{name: c, securityContext: {capabilities: {add: [3, NET_ADMIN]}}}]}",
     {"spec.containers[0].securityContext.capabilities.add[0]": "wrong-type"}),
]  # fmt: skip


@pytest.mark.parametrize(("spec", "expected"), FAULTS)
def test_faults(spec: str, expected: dict[str, str]) -> None:
    assert faults(f"{POD_HEAD}{spec}\n") == expected


@pytest.mark.parametrize(("spec", "expected"), FAULTS)
def test_every_fault_is_met_also_where_no_position_is_asked_for(spec: str, expected: dict[str, str]) -> None:
    found = [
        v
        for v in walk(manifest_of(f"{POD_HEAD}{spec}\n"), schema.load(), ())
        if v.parent is not None and (v.fault or not limited(v))
    ]
    assert {v.path: v.fault for v in found} == expected


def limited(visit: Visit) -> bool:
    """Whether a visit is of a type with constraints, of which each is held against them."""
    return visit.type is not None and bool(visit.type.limits)


def test_only_what_is_asked_for_is_visited() -> None:
    text = f"{POD_HEAD}spec: {{containers: [{CONTAINER}, {CONTAINER}], nodeSelector: {{a: b}}}}\n"
    wanted = {"core/v1 Container", "core/v1 PodSpec.nodeSelector[]", "meta/v1 ObjectMeta.name"}
    found = {
        visit.path
        for visit in walk(manifest_of(text), schema.load(), wanted)
        if visit.type is None or not limited(visit)
    }
    limits = {visit.path for visit in walk(manifest_of(text), schema.load(), wanted) if limited(visit)}
    assert limits == {"", "metadata", "spec", "spec.containers[0]", "spec.containers[1]"}
    assert found | limits - {"metadata", "spec"} == {
        "",
        "spec.containers[0]",
        "spec.containers[1]",
        "spec.nodeSelector.a",
        "metadata.name",
    }


def test_below_an_unknown_field_nothing_is_typed() -> None:
    found = visits(
        f"{POD_HEAD}spec: {{containers: [], nosuch: {{template: {{spec: {{containers: [{CONTAINER}]}}}}}}}}\n"
    )
    below = {path: visit for path, visit in found.items() if path.startswith("spec.nosuch.")}
    assert len(below) == 6
    assert {(visit.ref, visit.type, visit.fault) for visit in below.values()} == {("unknown", None, "")}


SPANNED = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: 'p'\nspec:\n  hostname: \"h\"\n  nodeName:\n  containers:\n  - image: i\n    name: c\n    args: [a]\n  - image: j\n  - {}\n"


@pytest.mark.parametrize(
    ("path", "span", "grip"),
    [
        ("", "kind", "kind"),
        ("metadata", "metadata", "metadata"),
        ("metadata.name", "'p'", "name"),
        ("spec.hostname", '"h"', "hostname"),
        ("spec.nodeName", "nodeName", "nodeName"),
        ("spec.containers", "containers", "containers"),
        ("spec.containers[0]", "name", "name"),
        ("spec.containers[0].args", "args", "args"),
        ("spec.containers[0].args[0]", "a", "a"),
        ("spec.containers[1]", "image", "image"),
        ("spec.containers[2]", "{}", "{}"),
    ],
)
def test_span_and_grip(path: str, span: str, grip: str) -> None:
    visit = visits(SPANNED)[path]
    assert (cut(SPANNED, visit.span), cut(SPANNED, visit.grip)) == (span, grip)


def test_up_get_read_items_child() -> None:
    text = f"{POD_HEAD}spec:\n  hostname:\n  containers:\n  - name: c\n    env: [{{name: A, value: b}}]\n"
    found = visits(text)
    leaf, spec = found["spec.containers[0].env[0].value"], found["spec"]
    assert [leaf.up(name).path for name in ("EnvVar", "core/v1 Container", "PodSpec", "Pod")] == [
        "spec.containers[0].env[0]", "spec.containers[0]", "spec", "",
    ]  # fmt: skip
    assert leaf.up("Deployment") is None
    assert spec.get("hostname") is None
    assert spec.get("containers", "x") is None
    assert spec.read("containers") is None
    assert len(spec.items("containers")) == 1
    assert spec.items("hostname") == spec.items("nosuch") == []
    assert found[""].read("metadata", "name") == "p"
    down = spec.child("containers").child("0").child("env").child("0").child("value")
    assert (down.path, down.position, down.value, down.text) == (leaf.path, leaf.position, "b", "b")
    assert spec.child("nosuch") is spec
    for above in (v for v in found.values() if not v.fault and v.parent is not None and v.parent.fault == ""):
        again = above.parent.child(above.name)
        assert [getattr(again, part) for part in ("path", "position", "ref", "type", "node", "key", "field")] == [
            getattr(above, part) for part in ("path", "position", "ref", "type", "node", "key", "field")
        ]
    assert (leaf.comparable, found[""].comparable, spec.child("hostname").comparable) == ("b", None, None)


@pytest.mark.parametrize(
    ("written", "comparable"), [("yes", "true"), ("0644", "420"), ("'x'", "x"), ("1.5", "1.5"), ("~", None)]
)
def test_comparable(written: str, comparable: str | None) -> None:
    assert (
        visits(f"{POD_HEAD}spec: {{containers: [], hostname: {written}}}\n")["spec.hostname"].comparable == comparable
    )


ROLLOUT = (
    "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nspec:\n  template:\n    metadata: {labels: {a: b}}\n    spec: {containers: ["
    + CONTAINER
    + "]}\n"
)
KNATIVE = (
    "apiVersion: serving.knative.dev/v1\nkind: Service\nspec:\n  template:\n    spec: {containerConcurrency: 3, containers: ["
    + CONTAINER
    + "]}\n"
)
BARE = "apiVersion: example.org/v1\nkind: X\nspec:\n  pods:\n  - {containers: [" + CONTAINER + "]}\n"
DEEP = "apiVersion: example.org/v1\nkind: X\nspec: {a: {b: [{pod: {spec: {containers: [" + CONTAINER + "]}}}]}}\n"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (ROLLOUT, "spec.template.spec.containers[0]"),
        (KNATIVE, "spec.template.spec.containers[0]"),
        (BARE, "spec.pods[0].containers[0]"),
        (DEEP, "spec.a.b[0].pod.spec.containers[0]"),
    ],
)
def test_pods_are_found_in_unknown_kinds(text: str, path: str) -> None:
    visit = visits(text)[path]
    assert visit.type is not None
    assert (visit.type.name, visit.position) == ("core/v1 Container", "core/v1 PodSpec.containers[]")
    assert visit.up("core/v1 PodSpec") is not None


def test_the_metadata_of_a_found_template_is_typed() -> None:
    assert visits(ROLLOUT)["spec.template.metadata.labels.a"].position == "meta/v1 ObjectMeta.labels[]"


@pytest.mark.parametrize(
    "text",
    [
        f"apiVersion: v1\nkind: ConfigMap\ndata: {{spec: {{containers: [{CONTAINER}]}}}}\n",
        f"apiVersion: v1\nkind: ConfigMap\ndata:\n  pod.yaml: |\n    spec: {{containers: [{CONTAINER}]}}\n",
        f"apiVersion: v1\nkind: ConfigMap\ntemplate: {{spec: {{containers: [{CONTAINER}]}}}}\n",
        "apiVersion: example.org/v1\nkind: X\nspec: {containers: [{name: c}]}\n",
        "apiVersion: example.org/v1\nkind: X\nspec: {containers: []}\n",
        "apiVersion: example.org/v1\nkind: X\nspec: {containers: [c]}\n",
        "apiVersion: example.org/v1\nkind: X\nspec: {containers: {name: c, image: i}}\n",
    ],
)
def test_no_pod_is_found_where_none_is(text: str) -> None:
    assert [
        v.path
        for v in visits(text).values()
        if v.type is not None and v.type.short in {"Container", "PodSpec", "PodTemplateSpec"}
    ] == []


def test_aliases_are_visited_at_every_place() -> None:
    text = f"{POD_HEAD}spec:\n  containers:\n  - &c {{name: c, image: i}}\n  - *c\n"
    found = visits(text)
    assert (found["spec.containers[0].name"].node, found["spec.containers[1].name"].position) == (
        found["spec.containers[1].name"].node, "core/v1 Container.name",
    )  # fmt: skip
