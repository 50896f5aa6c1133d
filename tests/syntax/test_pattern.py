"""Patterns of definitions: RE2's meaning, never more time than the text is long, and None for what cannot be told."""

import random
import re

import pytest

from kexplain.syntax import pattern
from kexplain.syntax.pattern import compiled, matches


@pytest.mark.parametrize(
    ("expression", "text", "expected"),
    [
        ("^[a-z]+$", "web", True),
        ("^[a-z]+$", "web\n", False),  # RE2's $ is the end of the text, not of its last line
        (r"^[a-z]+\z", "web", True),
        ("b", "abc", True),
        ("^b", "abc", False),
        (r"^\d+$", "\u0663", False),  # \d is ASCII
        (r"^[[:alpha:]]+$", "abc", True),
        (r"^[[:alpha:]_]+$", "a_1", False),
        (r"^[[:^alpha:]]$", "1", None),
        (r"^\Qa.b\E$", "a.b", True),
        (r"^\Qa.b\E$", "axb", False),
        ("^(?i)(on|off)?$", "ON", True),
        ("(?i)^abc$", "ABC", True),
        (r"^\pL+$", "abc", None),
        ("(", "(", None),
        ("(a)(?=b)", "ab", True),  # no RE2, which a server refuses with the definition
        (r"^(([a-z0-9]([-a-z0-9]*[a-z0-9])?)(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$", "a-b.c", True),
        (r"^(([a-z0-9]([-a-z0-9]*[a-z0-9])?)(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$", "a-.c", False),
        (r"^([0-9]{1,2}:){0,3}x$", "1:22:3:x", True),
        (r"^([0-9]{1,2}:){0,3}x$", "1:22:3:4:x", False),
        (r"^(?:[^/:]+\b)+$", "a-b", True),
        (r"^(a|b)*?c$", "ababc", True),
        (r"[a$]", "$", True),
        (r"^[\]a]$", "]", True),
    ],
)
def test_a_pattern_means_what_the_server_means(expression: str, text: str, expected: bool | None) -> None:
    assert matches(expression, text) is expected


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("^(a+)+$", "a" * 3000 + "!"),
        ("^(a|a)*$", "a" * 3000 + "!"),
        ("^(a?a?)*b$", "a" * 2000),
        ("^a*a*a*a*a*b$", "a" * 3000),
        ("^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 2000),
    ],
)
def test_no_pattern_runs_away(expression: str, text: str) -> None:
    program = compiled(expression)
    assert program is not None
    assert program.loops > 1
    assert matches(expression, text) is False


def test_a_match_that_would_take_too_long_is_not_tried() -> None:
    assert matches("^(a{1,60}b{1,60})+$", "ab" * 20_000) is None
    assert compiled("^(((a{1,60}){1,60}){1,60}b)+$") is None


def test_running_on_all_states_finds_what_backtracking_finds() -> None:
    import re._parser as parser  # type: ignore[import-not-found]

    numbers = random.Random(7)
    expressions = [
        r"^a(b|c)*d?$",
        r"(ab|a)(c|bcd)*$",
        r"^[^a-c]{2,3}\b.$",
        r"x?y{0,2}z",
        r"^\w+(-\w+)*$",
        r"^$",
        r"\Ba",
    ]
    for expression in expressions:
        builder = pattern.Builder(re.ASCII)
        builder.add(parser.parse(pattern.translated(expression), re.ASCII))
        steps = [*builder.steps, pattern.Step(None, "match", ())]
        known = re.compile(pattern.translated(expression), re.ASCII)
        for _ in range(300):
            text = "".join(numbers.choice("abcdxyz-1 ") for _ in range(numbers.randrange(8)))
            assert pattern.run(steps, text) is (known.search(text) is not None), (expression, text)
