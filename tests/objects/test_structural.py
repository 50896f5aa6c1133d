"""Structural schemas: each constraint, its words, and what is never judged."""

import json

import pytest
from support import annotate

from kexplain.catalogue.rule import rules
from kexplain.engine.linter import Options, lint
from kexplain.objects.structural import STRUCTURAL
from kexplain.syntax.source import Source

Json = dict[str, object]
SCHEMA = (*STRUCTURAL, "unknown-field", "wrong-type", "missing-required-field", "unknown-kind-version",
          "deprecated-api-version", "yaml11-boolean-in-string-field")  # fmt: skip


def crd(schema: Json, **version: object) -> Json:
    root = {"type": "object", "properties": {"a": schema}}
    versions = [{"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": root}, **version}]
    spec = {
        "group": "example.org",
        "names": {"kind": "Thing", "plural": "things"},
        "scope": "Namespaced",
        "versions": versions,
    }
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "d"},
        "spec": spec,
    }


def thing(value: str, version: str = "v1") -> str:
    return f"apiVersion: example.org/{version}\nkind: Thing\nmetadata: {{name: t}}\na: {value}\n"


def found(schema: Json, value: str, **version: object) -> list[str]:
    sources = [Source("crd.yaml", json.dumps(crd(schema, **version))), Source("t.yaml", thing(value))]
    report = lint(sources, Options({name: rules()[name] for name in SCHEMA}))
    return [f"{f.rule.id} {f.message}" for f in report.findings if f.place.path == "t.yaml"]


def is_string(**more: object) -> Json:
    return {"type": "string", **more}


PORTS = {
    "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["port", "protocol"],
    "items": {"type": "object", "properties": {"port": {"type": "integer"}, "protocol": is_string(default="TCP")}},
}  # fmt: skip
UNION = {
    "type": "object", "properties": {name: is_string() for name in "bcd"},
    "oneOf": [{"required": ["b"]}, {"required": ["c"]}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 8}, "9", ["value-out-of-range a takes 1 to 8, not 9"]),
        ({"type": "integer", "minimum": 1}, "0", ["value-out-of-range a takes at least 1, not 0"]),
        ({"type": "number", "maximum": 1, "exclusiveMaximum": True}, "1", ["value-out-of-range a takes less than 1, not 1"]),
        ({"type": "integer", "multipleOf": 4}, "6", ["value-out-of-range a takes a multiple of 4, not 6"]),
        ({"type": "integer", "minimum": 1, "maximum": 8}, "8", []),
        ({"type": "number", "multipleOf": 0.1}, "0.3", []),
        (is_string(minLength=2, maxLength=3), "abcd", ["length-out-of-range a has 4 characters; it takes 2 to 3"]),
        (is_string(minLength=1), "''", ["length-out-of-range a has 0 characters; it takes at least 1"]),
        (is_string(maxLength=3, pattern="^x"), "abcd", ["length-out-of-range a has 4 characters; it takes at most 3",
                                                       "pattern-mismatch a cannot be abcd: it does not match ^x"]),
        (is_string(pattern="^x"), "${NAME}", []),
        (is_string(maxLength=3), "'{{ .Values.name }}'", []),
        (is_string(pattern=r"^\pL$"), "'1'", []),  # cannot be told
        (is_string(format="ipv4"), "a", ["invalid-format a cannot be a: it is not an IPv4 address"]),
        (is_string(enum=["b", "c"]), "B", ["invalid-enum-value a cannot be B; the API takes b, c; did you mean b?"]),
        (is_string(enum=["b"]), "''", ["invalid-enum-value a cannot be ; the API takes b"]),
        ({"type": "integer", "enum": [1, 2]}, "3", ["invalid-enum-value a cannot be 3; the API takes 1, 2"]),
        ({"type": "boolean", "enum": [True]}, "false", ["invalid-enum-value a cannot be false; the API takes true"]),
        ({"type": "integer", "enum": [1, 2]}, "1", []),
        ({"type": "string", "allOf": [{"enum": ["b", "c"]}, {"enum": ["b"]}]}, "c",
         ["invalid-enum-value a cannot be c; the API takes b"]),
        ({"type": "array", "items": is_string(), "maxItems": 1}, "[b, c]", ["length-out-of-range a has 2 items; it takes at most 1"]),
        ({"type": "array", "items": is_string(enum=["b"])}, "[c]", ["invalid-enum-value a cannot be c; the API takes b"]),
        ({"type": "array", "items": is_string()}, "[null]", ["wrong-type a[0] takes a string, not null"]),
        ({"type": "array", "items": is_string(nullable=True)}, "[null]", []),
        ({"type": "object", "minProperties": 1, "additionalProperties": is_string()}, "{}",
         ["length-out-of-range a has 0 entries; it takes at least 1"]),
        ({"type": "object", "additionalProperties": is_string(maxLength=1)}, "{b: cd}",
         ["length-out-of-range b has 2 characters; it takes at most 1"]),
        ({"type": "array", "items": is_string(), "x-kubernetes-list-type": "set"}, "[b, c, b]",
         ["duplicate-list-item a has two items b"]),
        (PORTS, "[{port: 53}, {port: 53, protocol: UDP}]", []),
        (PORTS, "[{port: 53}, {port: 53, protocol: TCP}]",
         ["duplicate-list-item a has two items with port 53, protocol TCP"]),
        (PORTS, "[{port: 53, protocol: '${P}'}, {port: 53, protocol: '${P}'}]", []),
        (UNION, "{b: x}", []),
        (UNION, "{b: x, c: z}", ["invalid-field-combination a: exactly one of b or c has to be set, not b and c"]),
        (UNION, "{d: x}", ["invalid-field-combination a: exactly one of b or c has to be set, none is"]),
        (UNION, "{b: x, c: null}", []),
        ({**UNION, "oneOf": None, "anyOf": UNION["oneOf"]}, "{d: x}",
         ["invalid-field-combination a: one of b or c must be set"]),
        ({**UNION, "oneOf": None, "not": {"required": ["b", "c"]}}, "{b: x, c: z}",
         ["invalid-field-combination a: b with c cannot be set here"]),
        ({"x-kubernetes-int-or-string": True, "anyOf": [{"type": "integer"}, is_string()], "pattern": "%$"}, "5", []),
        ({"x-kubernetes-int-or-string": True, "anyOf": [{"type": "integer"}, is_string()], "pattern": "%$"}, "5x",
         ["pattern-mismatch a cannot be 5x: it does not match %$"]),
        ({"x-kubernetes-int-or-string": True}, "0.5", ["wrong-type a takes a whole number or a string, not the number 0.5"]),
        ({"x-kubernetes-preserve-unknown-fields": True}, "{b: [1]}", []),
        ({"type": "object"}, "{b: 1}", ["unknown-field Thing.a has no field b"]),
        ({"type": "object", "x-kubernetes-embedded-resource": True, "properties": {"spec": {"type": "object"}}},
         "{apiVersion: v1, kind: Pod, metadata: {labels: {b: c}}, spec: {}}", []),
        ({"type": "object", "required": ["b"], "properties": {"b": is_string(default="x")}}, "{}", []),
        ({"type": "object", "required": ["b"], "properties": {"b": is_string()}}, "{b: null}",
         ["missing-required-field Thing.a needs the field b"]),
        ({"type": "object", "required": ["b"], "properties": {"b": is_string(nullable=True)}}, "{b: null}", []),
        (is_string(minLength=3), "null", []),
    ],
)  # fmt: skip
def test_a_constraint_is_judged_as_the_server_judges_it(schema: Json, value: str, expected: list[str]) -> None:
    assert found(schema, value) == expected


def test_a_version_that_is_deprecated_or_not_served_is_told() -> None:
    warning = "example.org/v1 Thing is old"
    assert found(is_string(), "b", deprecated=True, deprecationWarning=warning) == [
        f"deprecated-api-version example.org/v1 Thing is deprecated by its definition: {warning}"
    ]
    assert found(is_string(), "b", deprecated=True) == [
        "deprecated-api-version example.org/v1 Thing is deprecated by its definition"
    ]
    assert found(is_string(), "b", served=False) == [
        "unknown-kind-version its CustomResourceDefinition has no Thing in example.org/v1"
    ]
    assert found(is_string(), "b", name="v2") == [
        "unknown-kind-version its CustomResourceDefinition has no Thing in example.org/v1; it serves v2"
    ]


def test_the_definition_of_the_same_folder_counts_and_a_field_of_another_is_known() -> None:
    laxer = {"type": "object", "properties": {"b": {"type": "integer"}, "c": is_string()}}
    stricter = {"type": "object", "properties": {"b": {"type": "integer", "maximum": 3}}}
    sources = [Source("one/crd.yaml", json.dumps(crd(laxer))), Source("two/crd.yaml", json.dumps(crd(stricter)))]
    sources += [Source(f"{folder}/t.yaml", thing("{b: 9, c: x, d: 1}")) for folder in ("one", "two")]
    report = lint(sources, Options({name: rules()[name] for name in SCHEMA}))
    told = [(f.place.path, f.rule.id, f.field_path) for f in report.findings]
    assert told == [
        ("one/t.yaml", "unknown-field", "a.d"),
        ("two/t.yaml", "value-out-of-range", "a.b"),
        ("two/t.yaml", "unknown-field", "a.d"),
    ]


def test_a_finding_about_a_constraint_hides_no_other_rule_and_no_annotation() -> None:
    container: Json = {
        "type": "object", "oneOf": [{"required": ["command"]}, {"required": ["args"]}],
        "properties": {name: {"type": "array", "items": is_string()} for name in ("command", "args")}
        | {"name": is_string(), "image": is_string(), "workingDir": is_string(maxLength=1),
           "securityContext": {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
           "resources": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}},
    }  # fmt: skip
    text = thing("{name: c, image: i, workingDir: /a, securityContext: {privileged: true}}")
    sources = [Source("crd.yaml", json.dumps(crd(container))), Source("t.yaml", text)]
    report = lint(sources, Options({name: rules()[name] for name in (*SCHEMA, "privileged-container")}))
    assert {f.rule.id for f in report.findings if f.place.path == "t.yaml"} == {
        "invalid-field-combination", "length-out-of-range", "privileged-container",
    }  # fmt: skip
    paths = [a.field_path for a in annotate(sources)[1].objects[0].annotations]
    assert len(paths) == len(set(paths))


MISTAKES = """\
- name: web
  image: nginx:latest
  imagePullPolicy: always
  securityContext: {privileged: true, capabilities: {add: [SYS_ADMIN]}}
  ports: [{containerPort: 80, hostPort: 80}]
  env: [{name: A, value: "1"}, {name: A, value: "2"}]
  imagee: x
  command: ls
"""


def mistakes(api_version: str, kind: str, *path: str) -> list[str]:
    indent = "  "
    lines = [f"apiVersion: {api_version}", f"kind: {kind}", "metadata: {name: t}"]
    for depth, step in enumerate(path):
        lines.append(f"{indent * depth}{step}:")
    lines += [f"{indent * len(path)}{line}" for line in MISTAKES.splitlines()]
    names = ("privileged-container", "latest-image-tag", "sys-admin-capability", "host-port", "duplicate-env-var",
             "invalid-enum-value", "unknown-field", "wrong-type", "missing-memory-limit", "run-as-root-allowed")  # fmt: skip
    report = lint([Source("t.yaml", "\n".join(lines))], Options({name: rules()[name] for name in names}))
    return sorted(f"{f.rule.id} {f.message}" for f in report.findings)


@pytest.mark.parametrize(
    ("api_version", "kind", "path"),
    [
        ("argoproj.io/v1alpha1", "Rollout", ("spec", "template", "spec", "containers")),
        ("serving.knative.dev/v1", "Service", ("spec", "template", "spec", "containers")),
        ("keda.sh/v1alpha1", "ScaledJob", ("spec", "jobTargetRef", "template", "spec", "containers")),
        ("monitoring.coreos.com/v1", "Prometheus", ("spec", "containers")),
        ("argoproj.io/v1alpha1", "Workflow", ("spec", "templates", "- sidecars")),
        ("postgresql.cnpg.io/v1", "Pooler", ("spec", "template", "spec", "containers")),
    ],
)
def test_a_container_in_a_custom_object_has_the_findings_of_any(
    api_version: str, kind: str, path: tuple[str, ...]
) -> None:
    expected = mistakes("v1", "Pod", "spec", "containers")
    assert len(expected) == 10
    found = [told for told in mistakes(api_version, kind, *path) if "needs the field" not in told]
    if kind == "Service":  # Knative takes no host port, and says so
        expected = [told for told in expected if not told.startswith("host-port")]
        found = [told for told in found if "hostPort" not in told]
    assert [told for told in found if not told.startswith("missing-required")] == expected


def test_a_custom_object_without_containers_has_the_findings_of_its_core_fields() -> None:
    text = (
        "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: t}\nspec:\n  instances: 3\n  storage: {}\n"
        "  imagee: x\n  securityContext: {privileged: true, capabilities: {add: [SYS_ADMIN]}}\n  postgresql: ls\n"
        "  affinity: {tolerations: [{key: a, operator: exists}]}\n"
    )
    report = lint([Source("t.yaml", text)], Options(rules()))
    told = {(f.rule.id, f.place.line) for f in report.findings}
    assert told >= {
        ("unknown-field", 7), ("privileged-container", 8), ("sys-admin-capability", 8), ("wrong-type", 9),
        ("invalid-enum-value", 10),
    }  # fmt: skip


FIELDS = """\
imagee: x
schedulerName: 5
priorityClassName: [a]
env: [{name: A, value: "1"}, {name: A, value: "2"}]
topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: never}]
securityContext: {privileged: true, capabilities: {add: [SYS_ADMIN]}, allowPrivilegeEscalation: "no", procMount: Unmasked}
resources: {requests: {cpu: "2", memory: 1GB}, limits: {cpu: "1"}}
"""
OF_FIELDS = ("unknown-field", "wrong-type", "duplicate-env-var", "invalid-enum-value", "privileged-container",
             "sys-admin-capability", "unmasked-proc-mount", "invalid-quantity", "request-exceeds-limit")  # fmt: skip


def test_a_cluster_of_databases_has_the_findings_of_a_pod_with_the_same_fields() -> None:
    """CloudNativePG writes the containers itself; what a person says of them stands in fields of core types."""
    here = "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: t}\nspec:\n  instances: 3\n"
    here += "".join(f"  {line}\n" for line in FIELDS.splitlines())
    lines = FIELDS.splitlines()
    of_container = ("env", "securityContext", "resources")
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: t}\nspec:\n"
    pod += "".join(f"  {line}\n" for line in lines if not line.startswith(of_container))
    pod += "  containers:\n  - name: c\n    image: i\n"
    pod += "".join(f"    {line}\n" for line in lines if line.startswith(of_container))
    chosen = Options({name: rules()[name] for name in OF_FIELDS})

    def told(text: str) -> list[tuple[str, str]]:
        found = lint([Source("t.yaml", text)], chosen).findings
        return sorted((f.rule.id, f.field_path.rpartition("spec.")[2].removeprefix("containers[0].")) for f in found)

    assert told(here) == told(pod)
    assert len(told(here)) == 11


def test_a_container_that_only_patches_what_a_controller_makes_is_asked_for_nothing() -> None:
    text = "apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: {name: t}\nspec:\n  containers:\n"
    text += "    - name: prometheus\n      securityContext: {privileged: true}\n"
    report = lint([Source("t.yaml", text)], Options(rules()))
    told = {f.rule.id for f in report.findings if f.field_path.startswith("spec.containers")}
    assert "privileged-container" in told
    assert not {id_ for id_ in told if id_.startswith("missing-") or id_ == "run-as-root-allowed"}
    messages = [f.message for f in report.findings if f.rule.id == "privileged-container"]
    assert messages == ['container "prometheus" is privileged: it has all of root\'s power over its node']


def test_junctions_inside_each_other_are_followed_within_bounds() -> None:
    schema: Json = is_string(enum=["b"])
    for _ in range(60):
        schema = {"allOf": [schema]}
    assert found({"type": "string", **schema}, "c") == []  # deeper than is followed
    assert found({"type": "string", "allOf": [{"not": is_string(pattern="c")}]}, "c") != []
