"""Documents that are meant as objects and are none: which are told, where, and which belong to somebody else."""

import pytest

from kexplain.catalogue.rule import rules
from kexplain.engine.linter import Options, lint
from kexplain.syntax.source import Source


def told(text: str, path: str = "x.yaml") -> list[tuple[int, str]]:
    report = lint([Source(path, text)], Options({"malformed-object": rules()["malformed-object"]}))
    return [(f.place.line, f.message.removeprefix("no object for kubectl: ")) for f in report.findings]


BODY = "metadata: {name: a}\nspec: {}\n"
ITEM = "{apiVersion: v1, kind: Pod, metadata: {name: a}}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("apiversion: v1\nkind: Pod\n" + BODY, [(1, "apiversion is no field of an object; did you mean apiVersion?")]),
        ("kind: Pod\nApiVersion: v1\n" + BODY, [(2, "ApiVersion is no field of an object; did you mean apiVersion?")]),
        ("api_version: v1\nkind: Pod\n", [(1, "api_version is no field of an object; did you mean apiVersion?")]),
        ("apiVersio: apps/v1\nkind: Pod\n", [(1, "apiVersio is no field of an object; did you mean apiVersion?")]),
        ("apiVersion: v1\nKind: Pod\n" + BODY, [(2, "Kind is no field of an object; did you mean kind?")]),
        ("apiVersion: v1\nkid: Pod\n", [(2, "kid is no field of an object; did you mean kind?")]),
        ("apiVersion: v1\nkind: false\n" + BODY, [(2, "kind is the boolean false, not text")]),
        ("apiVersion: v1\nkind: 1\n" + BODY, [(2, "kind is the number 1, not text")]),
        ("apiVersion: v1\nkind: {a: b}\n" + BODY, [(2, "kind is a mapping, not text")]),
        ("apiVersion: v1\nkind:\n" + BODY, [(2, "kind is empty")]),
        ('apiVersion: v1\nkind: ""\n' + BODY, [(2, "kind is empty")]),
        ("apiVersion: 1\nkind: Pod\n" + BODY, [(1, "apiVersion is the number 1, not text")]),
        ("apiVersion: apps/v1\n" + BODY, [(1, "there is no kind")]),
        ("kind: Deployment\n" + BODY, [(1, "there is no apiVersion")]),
        (
            "apiversion: v1\nKind: Pod\n",
            [
                (1, "apiversion is no field of an object; did you mean apiVersion?"),
                (2, "Kind is no field of an object; did you mean kind?"),
            ],
        ),
        (f"apiVersion: v1\nkind: List\nlist: [{ITEM}]\n", [(3, "the objects of a List stand under items, not under list")]),
        (f"apiVersion: v1\nkind: List\nitem:\n- {ITEM}\n", [(3, "the objects of a List stand under items, not under item")]),
        (f"apiVersion: v1\nkind: List\nitems: {ITEM}\n", [(3, "items is not a list")]),
        ("apiVersion: v1\nkind: List\nitems: [{kind: Pod, apiversion: v1}]\n", [(3, "apiversion is no field of an object; did you mean apiVersion?")]),
        (f"- {ITEM}\n- {ITEM}\n", [(1, "it is a list of 2 objects, not an object")]),
        (f"[{ITEM}]", [(1, "it is a list of 1 object, not an object")]),
    ],
)  # fmt: skip
def test_a_broken_head_is_told_at_its_line(text: str, expected: list[tuple[int, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("x.yaml", "apiVersion: v1\nkind: List\nitems: []\n"),
        ("x.yaml", "apiVersion: v1\nkind: List\nitems:\n"),
        ("x.yaml", "apiVersion: v1\nkind: List\n"),
        ("x.yaml", "kind: pipeline\ntype: docker\nmetadata: [a]\n"),
        ("x.yaml", "kind: pipeline\nmetadata: {name: a}\n"),
        ("x.yaml", "Kind: service-defaults\nName: web\n"),
        ("x.yaml", "apiVersion: 1\ndatasources: []\n"),
        ("x.yaml", "apiVersion: v1\nentries: {}\ngenerated: now\n"),
        ("x.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n"),
        ("Chart.yaml", "apiVersion: v2\nname: chart\nmetadata: {name: a}\n"),
        ("values.yaml", "kind: Deployment\nmetadata: {name: a}\n"),
        ("x.yaml", "metadata: {name: a}\nspec: {}\n"),
        ("x.yaml", "- {op: add, path: /a, value: b}\n"),
        ("x.yaml", "- {apiVersion: v1, kind: Pod, name: a}\n"),
        ("x.yaml", "- 1\n- 2\n"),
        ("x.yaml", "[]"),
        ("x.yaml", "plain text"),
        ("x.yaml", "apiVersion: v1\nkind: ${KIND}\nmetadata: {name: a}\n"),
    ],
)
def test_what_belongs_to_another_program_is_left_alone(path: str, text: str) -> None:
    assert told(text, path) == []


def test_a_patch_needs_no_head_of_its_own() -> None:
    kustomization = Source("kustomization.yaml", "patches: [{path: p.yaml, target: {kind: Pod}}]\n")
    patch = Source("p.yaml", "kind: Pod\nmetadata: {name: a}\n")
    assert lint([kustomization, patch], Options({"malformed-object": rules()["malformed-object"]})).findings == []
