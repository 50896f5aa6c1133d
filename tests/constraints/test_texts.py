"""Formats of names and texts, as the API server has them: what is good, what is not, and what would be right."""

import pytest
from support import for_each

from kexplain.constraints.cel import problem
from kexplain.constraints.formats import FORMATS

GOOD = [
    ("dns-label", "web"), ("dns-label", "1web"), ("dns-label", "a" * 63), ("dns-label", "a--b"),
    ("dns-subdomain", "web.example-1.com"), ("dns-subdomain", "a" * 100), ("dns-subdomain", "1.5"),
    ("port-name", "http"), ("port-name", "a-1"), ("label-value", ""), ("label-value", "v1.2_3"),
    ("qualified-name", "example.com/My_Key.1"), ("config-key", "a_b.json"), ("config-key", ".hidden"),
    ("schedule", "*/5 0-12 1,15 * mon-fri"), ("schedule", "@every 1h30m"), ("schedule", "@daily"),
]  # fmt: skip
BAD = [
    ("dns-label", "Web", "web would be right"), ("dns-label", "a" * 64, "has 64 characters, 63 are allowed"),
    ("dns-label", "web.x", "web-x would be right"), ("dns-label", "-web", "web would be right"),
    ("dns-subdomain", "web_x", "web-x would be right"), ("dns-subdomain", "a..b", "a.b would be right"),
    ("port-name", "8080", "a number is written without quotes"), ("port-name", "a--b", "twice in a row"),
    ("port-name", "a-name-longer-than-fifteen", "15 are allowed"), ("label-value", "a b", "may hold only"),
    ("qualified-name", "a/b/c", "more than one slash"), ("qualified-name", "/x", "prefix before the slash"),
    ("config-key", "a/b", "may hold only"), ("config-key", "..", "no name of a file"),
    ("schedule", "0 30 4 * * 1", "five are needed"), ("schedule", "0 0 * * 7", "7"), ("schedule", "61 * * * *", "61"),
    ("schedule", "* * * *", "five"), ("schedule", "@reboot", "names of schedules"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), GOOD)
def test_good(name: str, text: str) -> None:
    assert FORMATS[name][0](text) == ""


@pytest.mark.parametrize(("name", "text", "words"), BAD)
def test_bad(name: str, text: str, words: str) -> None:
    assert words in FORMATS[name][0](text)


@for_each(FORMATS, ["", " ", "\0", "é" * 300, "a" * 5000, "/" * 200, "[" * 500, "{{" * 50, "-" * 300])
def test_no_text_is_too_strange(name: str, text: str) -> None:
    assert isinstance(FORMATS[name][0](text), str)


CEL_GOOD = [
    "object.spec.replicas <= 5", "has(self.a) && self.a > 0 || !has(self.b)", "self.items.all(x, x.size() < 3)",
    "self == oldSelf ? true : self.matches('^a+$')", "'a' in ['a', \"b\"]", "{'a': 1}['a'] == 1", "-1 < 2.5",
    "variables.x == dyn(1)", "object.metadata.name.startsWith(r'a\\d')",
]  # fmt: skip
CEL_BAD = [
    ("object.spec.", "no field after the dot"), ("1 +", "ends where a value belongs"), ("x(", "ends where"),
    ("objct.x == 1", "objct"), ("'a' == 1", "compares a string with"), ("(1", "lacks )"), ("a b", "does not go on"),
    ("1 + 'a'", "has + between"), ("", "is empty"), ("if > 1", "keeps for itself"),
]  # fmt: skip
KNOWN = frozenset({"object", "self", "oldSelf", "variables", "a", "b"})


@pytest.mark.parametrize("text", CEL_GOOD)
def test_cel_that_is_good(text: str) -> None:
    assert problem(text, KNOWN) == ""


@pytest.mark.parametrize(("text", "words"), CEL_BAD)
def test_cel_that_is_not(text: str, words: str) -> None:
    assert words in problem(text, KNOWN)


def test_cel_that_is_deep_is_not_judged() -> None:
    assert problem("(" * 5000 + "1", KNOWN) == ""


def test_cel_of_the_wrong_kind() -> None:
    assert problem("1 + 1", KNOWN, ("bool",))
    assert problem("object.x", KNOWN, ("bool",)) == ""
