"""Small words: the nearest name is a guess that may not cost more than it is worth."""

import pytest
from support import ROOT

from kexplain import words


def test_the_nearest_name_is_asked_for():
    assert words.near("deploymnt", ["service", "deployment"]) == ["deployment"]
    assert words.nearest("deploymnt", ["service", "deployment"]) == "did you mean 'deployment'?"
    assert words.hint("deploymnt", ["service", "deployment"]) == "; did you mean 'deployment'?"
    assert words.hint("zzz", ["service", "deployment"]) == words.nearest("zzz", []) == ""


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("a" * (words.LONGEST + 1), ["a" * words.LONGEST]),
        ("a" * words.LONGEST, ["a" * (words.LONGEST + 1)]),
        ("name", ["nam"] * (words.MANY + 1)),
    ],
    ids=["a long name", "long known names", "many known names"],
)
def test_what_would_take_long_is_not_compared(name: str, known: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    import difflib

    compared = []
    monkeypatch.setattr(difflib.SequenceMatcher, "ratio", lambda self: compared.append(self) or 1.0)
    assert words.near(name, known) == compared == []


def test_the_bound_is_the_last_that_is_compared():
    assert words.near("a" * words.LONGEST, ["a" * words.LONGEST]) != []
    assert words.near("name", ["nam"] + ["x"] * (words.FEW - 1), many=words.FEW) == ["nam"]


def test_names_are_compared_in_one_place():
    source = ROOT / "src" / "kexplain"
    comparing = {
        p.relative_to(source).as_posix() for p in source.rglob("*.py") if "get_close_matches" in p.read_text("utf-8")
    }
    assert comparing == {"words.py"}
