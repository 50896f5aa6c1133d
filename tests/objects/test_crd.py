"""Custom resources: a CustomResourceDefinition of the run types them, wherever it stands; a malformed one harms nothing."""

import json

import pytest
from support import annotate

from kexplain.catalogue.rule import rules
from kexplain.engine.annotation import Annotation
from kexplain.engine.linter import Options, lint
from kexplain.objects.outcome import Status
from kexplain.syntax.source import Source

SCHEMA_RULES = {
    name: rules()[name] for name in ("unknown-field", "wrong-type", "missing-required-field", "invalid-enum-value")
}

CONTAINER = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "image": {"type": "string"},
        "command": {"type": "array", "items": {"type": "string"}},
        "resources": {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
        "securityContext": {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
    },
}
SPEC = {
    "type": "object",
    "description": "What is wanted. And more.",
    "required": ["size"],
    "properties": {
        "size": {"type": "integer", "format": "int32", "description": "How big it is. In metres."},
        "big": {"type": "integer"},
        "ratio": {"type": "number"},
        "on": {"type": "boolean"},
        "mode": {"type": "string", "enum": ["Fast", "Slow"]},
        "modes": {"type": "array", "description": "All modes.", "items": {"type": "string", "enum": ["Fast", "Slow"]}},
        "port": {"x-kubernetes-int-or-string": True, "anyOf": [{"type": "integer"}, {"type": "string"}]},
        "free": {"type": "object", "x-kubernetes-preserve-unknown-fields": True, "properties": {"known": {"type": "string"}}},
        "any": {"x-kubernetes-preserve-unknown-fields": True},
        "empty": {"type": "object"},
        "labels": {"type": "object", "description": "Labels.", "additionalProperties": {"type": "string"}},
        "parts": {"type": "array", "items": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}},
        "template": {
            "type": "object",
            "properties": {
                "metadata": {
                    "type": "object",
                    "properties": {"labels": {"type": "object", "additionalProperties": {"type": "string"}}},
                },
                "spec": {
                    "type": "object",
                    "properties": {
                        "containers": {"type": "array", "items": CONTAINER},
                        "volumes": {"type": "array", "items": {"type": "object"}},
                        "restartPolicy": {"type": "string"},
                        "serviceAccountName": {"type": "string"},
                    },
                },
            },
        },
    },
}  # fmt: skip


def definition(schema: object = None, **spec: object) -> str:
    root = {
        "type": "object",
        "description": "A thing to have. It costs.",
        "required": ["spec"],
        "properties": {"spec": SPEC},
    }
    version = {
        "name": "v1",
        "served": True,
        "storage": True,
        "schema": {"openAPIV3Schema": root if schema is None else schema},
    }
    whole = {
        "group": "example.org",
        "names": {"kind": "Thing", "plural": "things"},
        "scope": "Namespaced",
        "versions": [version],
        **spec,
    }
    head = {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "things.example.org"},
    }
    return json.dumps({**head, "spec": whole}) + "\n"


def thing(spec: str, version: str = "v1") -> str:
    return f"apiVersion: example.org/{version}\nkind: Thing\nmetadata: {{name: t}}\n{spec}\n"


def findings(*texts: str, rules_=SCHEMA_RULES) -> list[tuple[str, str]]:
    """Rule and field path of the findings in things."""
    report = lint([Source(f"{number}.yaml", text) for number, text in enumerate(texts)], Options(rules_))
    return [(f.rule.id, f.field_path) for f in report.findings if f.identity.kind == "Thing"]


def status(*texts: str) -> list[tuple[Status, str]]:
    report = lint([Source(f"{number}.yaml", text) for number, text in enumerate(texts)], Options({}))
    return [(o.status, o.reason) for o in report.outcomes if o.kind == "Thing"]


def annotations(*texts: str) -> dict[str, Annotation]:
    files = annotate([Source(f"{number}.yaml", text) for number, text in enumerate(texts)])
    return {a.field_path: a for f in files for o in f.objects if o.identity.kind == "Thing" for a in o.annotations}


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("spec: {size: 3}", []),
        ("spec: {size: 3, sise: 3}", [("unknown-field", "spec.sise")]),
        ("spec: {size: 3}\nextra: 1", [("unknown-field", "extra")]),
        ("", [("missing-required-field", "spec")]),
        ("spec: {}", [("missing-required-field", "spec.size")]),
        ("spec: {size: }", [("missing-required-field", "spec.size")]),
        ("spec: {size: '3'}", [("wrong-type", "spec.size")]),
        ("spec: {size: 3.5}", [("wrong-type", "spec.size")]),
        ("spec: {size: 4294967296}", [("wrong-type", "spec.size")]),
        ("spec: {size: 3, big: 4294967296}", []),
        ("spec: {size: 3, ratio: 1}", []),
        ("spec: {size: 3, ratio: x}", [("wrong-type", "spec.ratio")]),
        ("spec: {size: 3, 'on': 'yes'}", [("wrong-type", "spec.on")]),
        ("spec: {size: 3, mode: Slow}", []),
        ("spec: {size: 3, mode: slow}", [("invalid-enum-value", "spec.mode")]),
        ("spec: {size: 3, modes: [Slow, slow, 3]}", [("invalid-enum-value", "spec.modes[1]"), ("wrong-type", "spec.modes[2]")]),
        ("spec: {size: 3, port: 80}", []),
        ("spec: {size: 3, port: http}", []),
        ("spec: {size: 3, port: true}", [("wrong-type", "spec.port")]),
        ("spec: {size: 3, free: {known: a, other: {b: 1}}}", []),
        ("spec: {size: 3, free: {known: 1}}", [("wrong-type", "spec.free.known")]),
        ("spec: {size: 3, any: 1}", []),
        ("spec: {size: 3, any: [{a: 1}]}", []),
        ("spec: {size: 3, empty: {a: 1}}", [("unknown-field", "spec.empty.a")]),  # the server prunes it
        ("spec: {size: 3, empty: 1}", [("wrong-type", "spec.empty")]),
        ("spec: {size: 3, labels: {a: b}}", []),
        ("spec: {size: 3, labels: {a: 1}}", [("wrong-type", "spec.labels.a")]),
        ("spec: {size: 3, parts: [{name: a}, {nam: b}]}",
         [("missing-required-field", "spec.parts[1].name"), ("unknown-field", "spec.parts[1].nam")]),
        ("spec: {size: 3, parts: {name: a}}", [("wrong-type", "spec.parts")]),
        ("spec: {size: 3, template: {spec: {containers: [{name: c, imagee: i}]}}}",
         [("unknown-field", "spec.template.spec.containers[0].imagee")]),
        ("spec: {size: 3, template: {metadata: {labels: {a: 1}}, spec: {containers: []}}}",
         [("wrong-type", "spec.template.metadata.labels.a")]),
        ("spec: {size: 3}\nstatus: {}\nx: 1", [("unknown-field", "status"), ("unknown-field", "x")]),
    ],
)  # fmt: skip
def test_a_custom_resource_is_held_against_its_definition(spec: str, expected: list[tuple[str, str]]) -> None:
    assert findings(definition(), thing(spec)) == expected
    assert findings(thing(spec), definition()) == expected
    assert findings(f"{thing(spec)}---\n{definition()}") == expected
    assert status(thing(spec), definition()) == [(Status.CHECKED, "")]


def test_the_metadata_of_a_custom_resource_is_that_of_kubernetes() -> None:
    text = "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: 3, labels: {a: 1}, lables: {}}\nspec: {size: 1}\n"
    assert findings(definition(), text) == [
        ("wrong-type", "metadata.name"), ("wrong-type", "metadata.labels.a"), ("unknown-field", "metadata.lables"),
    ]  # fmt: skip


def test_rules_about_pods_see_an_embedded_template() -> None:
    text = thing(
        "spec: {size: 3, template: {spec: {containers: [{name: c, image: i, securityContext: {privileged: true}}]}}}"
    )
    one = {"privileged-container": rules()["privileged-container"]}
    path = "spec.template.spec.containers[0].securityContext.privileged"
    assert findings(definition(), text, rules_=one) == [("privileged-container", path)]


@pytest.mark.parametrize("text", [thing("spec: {sise: 3}", "v2"), thing("spec: {sise: 3}").replace("Thing", "Other")])
def test_without_a_definition_of_its_version_and_kind_nothing_is_judged_and_that_is_said(text: str) -> None:
    report = lint([Source("d.yaml", definition()), Source("t.yaml", text)], Options(SCHEMA_RULES))
    assert report.findings == []
    partly = [o for o in report.outcomes if o.status is Status.PARTLY]
    assert [o.path for o in partly] == ["t.yaml"]
    assert partly[0].reason.startswith("no schema for example.org/")
    assert report.unchecked() == partly


def test_annotations_have_the_words_of_the_definition() -> None:
    text = thing(
        "spec: {size: 3, modes: [Fast], labels: {a: b}, big: 1, template: {spec: {containers: [{image: i, ports: []}]}}}"
    )
    found = annotations(definition(), text)
    assert annotations(text, definition()) == found
    told = {path: (found[path].text, found[path].provenance, found[path].type) for path in found}
    assert told["kind"] == ("A thing to have.", "crd", "string")
    assert told["spec.size"] == ("How big it is.", "crd", "int32")
    assert told["spec.modes"] == ("All modes.", "crd", "list of string")
    assert told["spec.modes[0]"] == ("", "crd", "string")  # the line above says it
    assert told["spec.labels.a"] == ("", "crd", "string")
    assert told["spec.big"] == ("", "unknown", "int64")
    assert told["spec.template"][2] == "PodTemplateSpec"
    assert found["metadata.name"].provenance == "glossary"
    below = {a.provenance for path, a in found.items() if path.startswith("spec.template.spec")}
    assert below <= {"glossary", "api-reference"}
    assert {a.value for a in found.values()} >= {3, "Fast", "b", 1, "i"}


def test_a_custom_resource_without_definition_is_annotated_as_far_as_it_is_known() -> None:
    found = annotations(thing("spec: {size: 3}"))
    assert (found["metadata"].provenance, found["spec.size"].provenance, found["spec.size"].value) == (
        "glossary",
        "unknown",
        3,
    )


RECURSIVE: dict[str, object] = {"type": "object"}
for _ in range(60):
    RECURSIVE = {"type": "object", "properties": {"a": RECURSIVE}}
HOSTILE_SCHEMAS = [
    3, [], "x", {}, {"type": "array"}, {"type": ["object", "null"]}, {"type": {"a": 1}}, {"type": None},
    {"type": "object", "properties": 3}, {"type": "object", "properties": []},
    {"type": "object", "required": 3}, {"type": "object", "required": [{"a": 1}, [2], None]},
    {"type": "object", "properties": {"spec": 3}}, {"type": "object", "properties": {"spec": None}},
    {"type": "object", "properties": {"spec": {"type": ["string"]}}},
    {"type": "object", "properties": {"spec": {"type": {"x": 1}, "format": {"y": 2}}}},
    {"type": "object", "properties": {"spec": {"type": "array", "items": 3}}},
    {"type": "object", "properties": {"spec": {"type": "array", "items": [{"type": "string"}]}}},
    {"type": "object", "properties": {"spec": {"type": "object", "additionalProperties": {"type": [3]}}}},
    {"type": "object", "properties": {"spec": {"type": "string", "enum": 3}}},
    {"type": "object", "properties": {"spec": {"type": "string", "enum": {"a": 1}}}},
    {"type": "object", "properties": {"spec": {"type": "string", "enum": [[1], {"a": 1}, None]}}},
    {"type": "object", "properties": {"spec": {"type": "array", "items": {"type": "string", "enum": 3}}}},
    {"type": "object", "properties": {"spec": {"type": "object", "description": 3, "properties": {"size": {"description": []}}}}},
    {"type": "object", "properties": {"spec": {"type": "object", "properties": {"metadata": 3, "spec": 3}}}},
    {"type": "object", "properties": {"spec": {"$ref": "#/a"}}},
    {"type": "object", "properties": {"metadata": 3, "apiVersion": 3, "kind": {"type": "integer"}}},
    {"type": "object", "required": ["nosuch"], "properties": {"spec": {"type": "object", "required": ["nosuch"]}}},
    {"type": "object", "properties": {"": {"type": "string"}, "a.b/c[0]": {"type": "object", "properties": {"x": {}}}}},
    {"type": "object", "properties": {"spec": RECURSIVE}},
]  # fmt: skip
HOSTILE_SPECS = [
    {"group": 3}, {"group": None}, {"names": 3}, {"names": {"kind": ["Thing"]}}, {"names": {}}, {"versions": 3}, {"versions": None},
    {"versions": [3, None, []]}, {"versions": [{}]}, {"versions": [{"name": 3}]}, {"versions": [{"name": "v1", "schema": 3}]},
    {"versions": [{"name": "v1", "schema": {"openAPIV3Schema": None}}]}, {"versions": [{"name": {"a": 1}, "schema": {}}]},
]  # fmt: skip
SPECS = ["spec: {size: 3, a: {a: {a: 1}}}", "spec: [a]", "spec: x", "", "'': 1\na.b/c[0]: {x: 1, y: 2}"]


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("schema", HOSTILE_SCHEMAS, ids=lambda schema: json.dumps(schema)[:60])
def test_a_malformed_schema_never_raises(schema: object, spec: str) -> None:
    text = thing(spec)
    report = lint([Source("d.yaml", definition(schema)), Source("t.yaml", text)], Options(rules()))
    assert [o.path for o in report.outcomes] == ["d.yaml", "t.yaml"]
    assert set(annotations(definition(schema), text)) >= {"apiVersion", "kind", "metadata.name"}


@pytest.mark.parametrize("spec", HOSTILE_SPECS, ids=json.dumps)
def test_a_malformed_definition_never_raises_and_types_nothing(spec: dict[str, object]) -> None:
    text = thing("spec: {nosuch: 1}")
    report = lint([Source("d.yaml", definition(**spec)), Source("t.yaml", text)], Options(rules()))
    assert [(o.path, o.status) for o in report.outcomes] == [("d.yaml", Status.CHECKED), ("t.yaml", Status.PARTLY)]
    assert annotations(definition(**spec), text)["spec.nosuch"].provenance == "unknown"


@pytest.mark.parametrize(
    "text", ["spec: 3\n", "spec: []\n", "spec:\n", "", "spec: {versions: [{schema: {openAPIV3Schema: {}}}]}\n"]
)
def test_a_definition_without_a_whole_spec_never_raises(text: str) -> None:
    head = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x}\n"
    assert status(head + text, thing("spec: {}"))[0][0] is Status.PARTLY


def test_a_definition_of_another_kind_changes_no_built_in_type() -> None:
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [], nosuch: 1}\n"
    report = lint([Source("d.yaml", definition()), Source("p.yaml", pod)], Options(SCHEMA_RULES))
    assert [(f.place.path, f.rule.id) for f in report.findings] == [("p.yaml", "unknown-field")]


# Two definitions of one kind, and defaults


def widgets(schema: str) -> str:
    return (
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: widgets.example.com}\n"
        "spec: {group: example.com, scope: Namespaced, names: {kind: Widget, plural: widgets}, versions: [{name: v1, served: true,"
        f" storage: true, schema: {{openAPIV3Schema: {{type: object, properties: {{spec: {schema}}}}}}}}}]}}\n"
    )


def widget(spec: str, *schemas: str, backwards: bool = False) -> list[str]:
    texts = [widgets(schema) for schema in schemas]
    texts = texts[::-1] if backwards else texts
    sources = [Source(f"{n}/crd.yaml", text) for n, text in enumerate(texts)]
    custom = Source("x.yaml", f"apiVersion: example.com/v1\nkind: Widget\nmetadata: {{name: w}}\nspec: {spec}\n")
    report = lint([*sources, custom], Options(rules()))
    return [
        finding.rule.id for finding in report.findings if finding.place.path == "x.yaml" and finding.severity == "error"
    ]


REQUIRED = "{type: object, required: [mode], properties: {mode: {type: string%s}}}"


@pytest.mark.parametrize(
    ("more", "expected"),
    [("", ["missing-required-field"]), (", default: managed", []), (", default: ''", []), (", default: null", [])],
)
def test_a_required_field_with_a_default_is_not_missing(more: str, expected: list[str]) -> None:
    assert widget("{}", REQUIRED % more) == expected


FULL = (
    "{type: object, properties: {a: {type: string, enum: [x, v]}, b: {type: object, properties: {c: {type: string}}}}}"
)
SMALL = "{type: object, required: [a], properties: {a: {type: string, enum: [x]}}}"
OPEN = "{type: object, x-kubernetes-preserve-unknown-fields: true}"
OTHER = "{type: object, properties: {a: {type: integer}}}"


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize(
    ("spec", "schemas", "expected"),
    [
        ("{b: {c: d}, a: v}", (FULL, SMALL), []),
        ("{b: {c: d}}", (FULL, SMALL), []),
        ("{b: {e: d}}", (FULL, SMALL), ["unknown-field"]),
        ("{f: g}", (FULL, SMALL), ["unknown-field"]),
        ("{a: z}", (FULL, SMALL), ["invalid-enum-value"]),
        ("{f: g}", (FULL, OPEN), []),
        ("{a: 1}", (FULL, OTHER), []),
        ("{a: x}", (FULL, OTHER), []),
    ],
)
def test_what_either_of_two_definitions_has_is_known(
    spec: str, schemas: tuple[str, ...], expected: list[str], backwards: bool
) -> None:
    assert widget(spec, *schemas, backwards=backwards) == expected
