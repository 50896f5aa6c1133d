"""Texts that stand for a value that comes later: which are, who fills them in, and how long the look takes."""

import pytest

from kexplain.syntax.placeholder import filled, filler
from kexplain.syntax.tree import Scalar


@pytest.mark.parametrize(
    "text",
    [
        "${VAR}", "${var:=dev}", "a-${VAR:-b}-c", "${env:=dev}", "$${VAR}", "$IMAGE", "web-$TAG", "$(params.image)",
        "{{ .Values.x }}", "{{args.rev}}", "{{HF_TOKEN}}", "{{- x -}}", "{% if x %}", "<%= name %>", "$$x$$",
        "@IMAGE@", "@@TAG@@", "<fill-in>", "<your domain>", "v<VERSION>", "{PREFIX}.16", "#{Octopus.Name}", "__TAG__",
        "%TAG%",
    ],
)  # fmt: skip
def test_a_placeholder(text: str) -> None:
    assert filler(text)
    assert Scalar(0, len(text), text, text, plain=True).unresolved
    assert not filler(filled(text))


@pytest.mark.parametrize(
    "text",
    [
        "", "web", "a@b.example", "10%", "50% of 100%", "a < b", "x > y <", "$5", "price: $", "a_b__c", "__name__",
        "{}", "{a: b}", "[x]", "sha256:ab", "img@sha256:0123", "^[a-z]$", "user@host", "$", "line ${A}\nline", "1 << 2",
        "%Y-%m-%d", "/api/{id}/x",
    ],
)  # fmt: skip
def test_an_ordinary_text(text: str) -> None:
    assert not filler(text)
    assert not Scalar(0, len(text), text, text, plain=True).unresolved


def test_a_number_that_looks_like_nothing_else() -> None:
    assert not Scalar(0, 1, "1", 1, plain=True).unresolved


def test_lines_keep_their_numbers() -> None:
    text = "a: {{ if\n x }}\n{{- if .x }}\n{{/* a\nb */}}\nb: ${X}\n"
    assert filled(text) == "a: x\n\n\n\n\nb: x\n"
    assert filled(text).count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "part", ["{{", "${", "<%", "{%", "$(", "@a", "<a", "#{", "{A", "__A", "%A", "$$a", "{ {", "}}{{a"]
)
def test_a_hostile_text_takes_no_more_time_than_its_length(part: str) -> None:
    text = part * 40_000  # what looks ahead to the end from every place would take minutes here
    assert isinstance(filler(text), str)
    assert filled(text).count("\n") == 0
