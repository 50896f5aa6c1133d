"""Files around manifests: recognised as Kustomize and Helm do, explained, judged, and no objects of the set."""

import json

import pytest
from support import annotate

from kexplain.catalogue.rule import rules
from kexplain.domain.json_schema import departures
from kexplain.domain.versions import fits, is_semantic
from kexplain.engine.linter import Options, lint
from kexplain.objects.reading import read
from kexplain.syntax.source import Source


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("kustomization.yaml", "resources: []\n", "kustomize.config.k8s.io/v1beta1 Kustomization"),
        ("a/kustomization.yml", "kind: Component\n", "kustomize.config.k8s.io/v1alpha1 Component"),
        ("x.yaml", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n",
         "kustomize.config.k8s.io/v1beta1 Kustomization"),
        ("kustomization.yaml", "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n", ""),
        ("web/Chart.yaml", "apiVersion: v2\nname: web\n", "chart.helm.sh/v2 Chart"),
        ("Chart.yaml", "name: web\n", "chart.helm.sh/v2 Chart"),
        ("Chart.yaml", "kind: Pod\napiVersion: v1\n", ""),
        ("Chart.yaml", "[]\n", ""),
        ("chart.yaml", "name: web\n", ""),
    ],
)  # fmt: skip
def test_a_file_is_known_by_its_name_or_its_group(path: str, text: str, kind: str) -> None:
    assert [f"{one.api_version} {one.kind}" for one in read(Source(path, text)).settings] == [kind] * bool(kind)


def test_every_line_of_them_is_explained_in_our_words() -> None:
    text = ("namePrefix: a-\nimages:\n- name: web\n  newTag: '1.2'\nconfigMapGenerator:\n- name: s\n  behavior: merge\n"
            "  files: [a.conf]\nreplacements:\n- source: {kind: Service, name: web, fieldPath: spec.clusterIP}\n"
            "  targets:\n  - select: {kind: Pod}\n    fieldPaths: [spec.x]\n    options: {create: true}\n")  # fmt: skip
    chart = "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n- name: r\n  alias: s\n  tags: [t]\n"
    files = annotate([Source("kustomization.yaml", text), Source("Chart.yaml", chart)])
    rows = [one for file in files for found in file.objects for one in found.annotations]
    assert {one.field_path for one in rows if one.provenance != "glossary"} == set()
    assert [outcome.status.value for file in files for outcome in file.outcomes] == ["checked", "checked"]
    assert [one.detail for one in rows if one.value == "merge"] == [
        "Its entries are put over those of the one that a base makes under this name."
    ]


def test_values_are_explained_by_the_schema_beside_them() -> None:
    schema = json.dumps({"properties": {"replicas": {"type": "integer", "description": "How many run."}}})
    values = Source("web/values.yaml", "replicas: 3\nother: 1\n")
    (file, *_) = annotate([values, Source("web/values.schema.json", schema)])
    assert [one.text for one in file.objects[0].annotations] == ["How many run.", ""]
    assert annotate([values])[0].objects == []


def test_they_are_no_objects_of_the_set_and_fail_no_rule_about_objects() -> None:
    texts = {"kustomization.yaml": "resources: [a.yaml]\n", "Chart.yaml": "apiVersion: v2\nname: a\nversion: 1.0.0\n",
             "a.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n"}  # fmt: skip
    report = lint([Source(path, text) for path, text in texts.items()], Options(rules()))
    assert {finding.place.path for finding in report.findings} <= {"a.yaml"}
    assert report.checked() == 1
    assert [o.path for o in report.outcomes if o.status.value == "skipped"] == ["Chart.yaml", "kustomization.yaml"]


def test_a_comment_suppresses_in_them_too() -> None:
    from kexplain.config.settings import Settings
    from kexplain.run.run import run

    source = Source(
        "kustomization.yaml", "bases: # kexplain: ignore[deprecated-kustomize-field] soon\n  - b\nresource: []\n"
    )
    report = run(Settings(), [source])
    assert [finding.rule.id for finding in report.findings] == ["unknown-field"]
    assert [kept.finding.rule.id for kept in report.suppressed] == ["deprecated-kustomize-field"]


def found(schema: object, value: object) -> list[tuple[str, str]]:
    return [(".".join(one.path), one.keyword) for one in departures(schema, value)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("schema", "value", "wanted"),
    [
        ({"properties": {"a": {"type": "integer"}}}, {"a": "x"}, [("a", "type")]),
        ({"properties": {"a": {"type": "integer"}}}, {"a": None}, []),
        ({"required": ["a"], "properties": {"b": {"required": ["c"]}}}, {"b": {"d": 1}}, []),
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"c": 1}, []),
        ({"additionalProperties": False, "patternProperties": {"^x-": {}}}, {"x-a": 1, "b": 2}, [("b", "false")]),
        ({"properties": {"a": {"$ref": "https://example.com/x.json"}, "b": {"maximum": 1}}}, {"a": 1, "b": 2},
         [("b", "maximum")]),
        ({"$ref": "#/$defs/a", "$defs": {"a": {"properties": {"n": {"const": 1}}}}}, {"n": 2}, [("n", "const")]),
        ({"properties": {"a": {"pattern": "^(a+)+$"}}}, {"a": "a" * 4000 + "b"}, [("a", "pattern")]),
        ({"$ref": "#"}, {"a": 1}, []),
        ({"type": "no such type"}, {"a": 1}, []),
        ({"properties": []}, {"a": 1}, []),
        ({"$defs": {f"a{n}": {"allOf": [{"$ref": f"#/$defs/a{n + 1}"}] * 4} for n in range(40)} | {"a40": {}},
          "$ref": "#/$defs/a0"}, {"a": 1}, []),
    ],
)  # fmt: skip
def test_values_are_held_against_a_strangers_schema_within_bounds(
    schema: object, value: object, wanted: list[tuple[str, str]]
) -> None:
    assert found(schema, value) == wanted


@pytest.mark.parametrize(
    ("condition", "minor", "wanted"),
    [
        (">=1.19.0-0", (1, 30), True), ("<1.30", (1, 30), False), ("<1.30.5", (1, 30), True), ("^1.16.0-0", (1, 37), True),
        ("~1.20", (1, 21), False), ("1.x", (1, 5), True), ("1.2 - 1.4", (1, 3), True), ("1.2 - 1.4", (1, 5), False),
        (">1.20", (1, 20), False), (">1.20.0", (1, 20), True), ("*", (1, 3), True), ("whatever", (1, 3), None),
        ("", (1, 3), None), (">= 1.20, < 2", (1, 37), True), ("!=1.30", (1, 30), False), ("!=1.30.1", (1, 30), True),
        ("^0.3", (1, 1), False), (">=1.21.0 || <1.2", (1, 20), False), ("1" * 500, (1, 30), None),
    ],
)  # fmt: skip
def test_conditions_on_versions_are_read_as_helm_does(
    condition: str, minor: tuple[int, int], wanted: bool | None
) -> None:
    assert fits(condition, minor) is wanted


def test_semantic_versions_are_strict() -> None:
    assert [is_semantic(text) for text in ("1.2.0", "1.2.0-rc.1+b.5", "1.2", "v1.2.0", "01.2.0", "1.2.0-01")] == [
        True, True, False, False, False, False
    ]  # fmt: skip
