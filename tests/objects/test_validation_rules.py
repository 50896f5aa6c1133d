"""Rules of definitions in CEL: broken ones are found, defaults count, and nothing runs without a bound."""

import json
import sys

import pytest

from kexplain.catalogue.rule import rules
from kexplain.engine.linter import Options, lint
from kexplain.engine.report import Report
from kexplain.objects import cel
from kexplain.objects.cel import entries, holds, is_bounded
from kexplain.objects.validation_rules import escaped
from kexplain.syntax.source import Source

pytest.importorskip("cel_expr_python", reason="kexplain[cel] is not installed")


def report(properties: object, expressions: list[object], spec: str) -> Report:
    schema = {"type": "object", "properties": {"spec": {"type": "object", "properties": properties,
                                                         "x-kubernetes-validations": expressions}}}  # fmt: skip
    version = {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}
    crd = {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "d"},
           "spec": {"group": "example.org", "names": {"kind": "Thing"}, "versions": [version]}}  # fmt: skip
    text = f"apiVersion: example.org/v1\nkind: Thing\nmetadata: {{name: t}}\nspec: {spec}\n"
    rule = {"broken-validation-rule": rules()["broken-validation-rule"]}
    return lint([Source("crd.yaml", json.dumps(crd)), Source("t.yaml", text)], Options(rule))


INTEGER, STRING = {"type": "integer"}, {"type": "string"}
LIST = {"type": "array", "items": {"type": "string"}}


@pytest.mark.parametrize(
    ("properties", "rule", "spec", "broken"),
    [
        ({"a": INTEGER}, "self.a > 3", "{a: 3}", True),
        ({"a": INTEGER}, "self.a > 3", "{a: 4}", False),
        ({"a": {"type": "integer", "default": 5}}, "self.a > 3", "{}", False),
        ({"a": {"type": "integer", "default": 2}}, "self.a > 3", "{a: null}", True),
        ({"a": {"type": "integer", "nullable": True}}, "has(self.a)", "{a: null}", False),
        ({"a": INTEGER}, "has(self.a)", "{a: null}", True),
        ({"a": {"type": "number"}}, "self.a < 1.5", "{a: 2}", True),
        ({"a-b": INTEGER}, "self.a__dash__b > 3", "{a-b: 3}", True),
        ({"namespace": STRING}, "self.__namespace__ == 'b'", "{namespace: a}", True),
        ({"a": LIST}, "self.a.all(x, x.startsWith('b'))", "{a: [b, c]}", True),
        (
            {"a": {"type": "object", "additionalProperties": INTEGER}},
            "self.a.all(k, k != 'x-y')",
            "{a: {x-y: 1}}",
            True,
        ),
        ({"a": STRING}, "self.?a.orValue('c') == 'b'", "{}", True),
        ({"a": STRING}, "self.a.split('/')[0] == 'b'", "{a: c/d}", True),
        ({"a": STRING}, "self.a.matches('^(b+)+$')", f"{{a: {'b' * 500}!}}", True),
    ],
)
def test_a_rule_that_is_not_true_is_found(properties: object, rule: str, spec: str, broken: bool) -> None:
    found = report(properties, [{"rule": rule}], spec)
    assert [finding.rule.id for finding in found.findings] == ["broken-validation-rule"] * broken
    assert [outcome.reason for outcome in found.outcomes] == ["", ""]


@pytest.mark.parametrize(
    "rule",
    [
        "quantity(self.a).isGreaterThan(quantity('1'))",  # no quantity
        "self.a.b > 1",  # fails
        "self.a",  # no truth
        "((",
        "self.a.replace('a', self.a).replace('a', self.a) == ''",
        "[1].all(a, [1].all(b, [1].all(c, [1].all(d, true))))",
        "self.l.all(a, self.l.all(b, self.l.all(c, a + b + c != '')))",  # more rounds than the library takes
        "true || " * 1000 + "true",
    ],
)
def test_a_rule_that_cannot_be_told_is_counted_and_never_reported(rule: str) -> None:
    items = ", ".join("x" for _ in range(60))
    found = report({"a": STRING, "l": LIST}, [{"rule": rule}], f"{{a: b, l: [{items}]}}")
    assert found.findings == []
    assert found.outcomes[1].reason == "1 rule of its definition in CEL not evaluated; kexplain[cel] evaluates most"


def test_what_holds_for_updates_or_is_not_written_yet_is_not_judged() -> None:
    expressions = [{"rule": "self.a == oldSelf.a"}, {"rule": 3}, "x"]
    assert report({"a": STRING}, expressions, "{a: b}").outcomes[1].reason == ""
    found = report({"a": STRING}, [{"rule": "self.a == 'x'"}], "{a: '${A}'}")
    assert (found.findings, found.outcomes[1].reason) == ([], "1 value is filled in later")


def test_the_message_of_the_definition_is_told() -> None:
    found = report({"a": INTEGER}, [{"rule": "self.a > 3", "message": "a has to be above 3"}], "{a: 1}")
    assert [f.message for f in found.findings] == ["spec breaks a rule of its definition: a has to be above 3"]
    assert [f.field_path for f in found.findings] == ["spec"]


def test_without_the_extra_the_outcome_says_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cel_expr_python", None)
    cel.environment.cache_clear()
    cel.compiled.cache_clear()
    try:
        found = report({"a": INTEGER}, [{"rule": "self.a > 3"}, {"rule": "self.a > 4"}], "{a: 1}")
        assert found.findings == []
        assert found.outcomes[1].reason.startswith("2 rules of its definition in CEL not evaluated")
    finally:
        cel.environment.cache_clear()
        cel.compiled.cache_clear()


def test_what_an_expression_may_cost_is_bounded() -> None:
    assert is_bounded("self.all(x, x.y.all(z, z != ')'))")
    assert not is_bounded("self.all(a, a.all(b, b.map(c, c.filter(d, d))))")
    assert is_bounded("self.all(a, a) && self.all(a, a) && self.all(a, a) && self.all(a, a)")
    assert not is_bounded("'a'.replace('a', 'b').replace('b', 'c')")
    assert entries([[1] * 5000]) > 2000
    assert holds("true", list(range(5000))) is None


def test_names_are_escaped_as_kubernetes_does() -> None:
    assert [escaped(name) for name in ("a", "a-b.c/d", "in", "a__b")] == [
        "a", "a__dash__b__dot__c__slash__d", "__in__", "a__underscores__b",
    ]  # fmt: skip
