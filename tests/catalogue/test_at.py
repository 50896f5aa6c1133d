"""``at:``: where a rule or a term looks, and which keys and values it means there."""

import pytest

from kexplain.catalogue.at import ANNOTATIONS, LABELS, At, PositionError, resolve

TYPES = {
    "core/v1 Pod": {"spec", "metadata"},
    "core/v1 PodSpec": {"containers", "nodeSelector"},
    "a/v1 Same": {"x"},
    "b/v1 Same": {"x"},
}
SHORT = {"Pod": ["core/v1 Pod"], "PodSpec": ["core/v1 PodSpec"], "Same": ["a/v1 Same", "b/v1 Same"]}


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("*", At(("*",))),
        ("Pod", At(("core/v1 Pod",))),
        ("Pod.spec", At(("core/v1 Pod.spec",))),
        ("PodSpec.containers[]", At(("core/v1 PodSpec.containers[]",))),
        ("PodSpec.nodeSelector[disk]=ssd, hdd", At(("core/v1 PodSpec.nodeSelector[]",), "disk", "=", ("ssd", "hdd"))),
        ("label:team", At((LABELS,), "team")),
        ("annotation:example.com/*!=a,b", At((ANNOTATIONS,), "example.com/*", "!=", ("a", "b"))),
        ("Pod.spec~^a,b$", At(("core/v1 Pod.spec",), None, "~", ("^a,b$",))),
        ("example.org Thing.spec.size", At(("example.org Thing.spec.size",))),
        ("a/v1 Same.x", At(("a/v1 Same.x",))),
    ],
)
def test_a_position(at: str, expected: At) -> None:
    assert resolve(at, TYPES, SHORT) == expected


@pytest.mark.parametrize(
    ("at", "message"),
    [
        ("Pod.spek", "'Pod.spek': core/v1 Pod has no field 'spek'; did you mean 'spec'?"),
        ("Podd", "'Podd': no Kubernetes type is called 'Podd'; did you mean 'Pod'?"),
        ("Same.x", "'Same.x': Same exists in several groups; write one of a/v1 Same, b/v1 Same"),
        ("Pod.spec.containers", "'Pod.spec.containers': name the type that holds the field, not a path to it"),
        ("Pod.spec~(", "'Pod.spec~(': not a regular expression: missing ), unterminated subpattern at position 0"),
        ("Pod~web", "'Pod~web': Pod is an object and has no value to compare; name a field of it"),
        ("example.org Thing=a", "'example.org Thing=a': Thing is an object and has no value to compare; name a field of it"),
        ("a b c", "'a b c' is not a position; see glossary/README.md for the grammar"),
    ],
)
def test_what_is_no_position(at: str, message: str) -> None:
    with pytest.raises(PositionError) as raised:
        resolve(at, TYPES, SHORT)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("op", "values", "value", "expected"),
    [
        ("=", ("a", "b"), "b", True),
        ("=", ("a", "b"), "c", False),
        ("=", ("a",), None, False),
        ("!=", ("a", "b"), "a", False),
        ("!=", ("a", "b"), "c", True),
        ("!=", ("a",), None, True),  # what is no scalar, or null, is not that value
        ("~", ("^ba",), "bar", True),  # found anywhere, as in JSON Schema's pattern
        ("~", ("a",), "bar", True),
        ("~", ("^a",), "bar", False),
        ("~", ("a",), None, False),
        (None, (), None, True),
        (None, (), "a", True),
    ],
)
def test_a_value(op: str | None, values: tuple[str, ...], value: str | None, expected: bool) -> None:
    assert At(("x",), None, op, values).accepts("", value) is expected


@pytest.mark.parametrize(
    ("wanted", "key", "expected"),
    [
        ("team", "team", True),
        ("team", "teams", False),
        ("example.com/*", "example.com/a", True),
        ("example.com/*", "example.org/a", False),
        (None, "any", True),
    ],
)
def test_a_key(wanted: str | None, key: str, expected: bool) -> None:
    assert At(("x",), wanted).accepts(key, "v") is expected
