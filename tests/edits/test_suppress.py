"""Suppressing from a program: what is changed and what is left, with nothing read from disk or written to it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from kexplain.catalogue.rule import rules
from kexplain.edits.change import Change, write
from kexplain.edits.request import Request, RequestError, requested
from kexplain.edits.suppress import Suppressed, suppress
from kexplain.engine.linter import Options, lint
from kexplain.engine.report import Report
from kexplain.errors import InputError
from kexplain.syntax.source import Source

LATEST = "latest-image-tag"
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    image: nginx:latest\n"


def checked(sources: list[Source]) -> Report:
    from kexplain.config.settings import Settings
    from kexplain.filters import filter as filters

    return filters.apply(lint(sources, Options({LATEST: rules()[LATEST]})), Settings())


def suppressed(*sources: Source) -> Suppressed:
    def again(new: Mapping[str, Source]) -> Report:
        return checked([new.get(source.path, source) for source in sources])

    return suppress(checked(list(sources)), {LATEST}, Request("a trial"), again)


def test_the_changes_are_values() -> None:
    changes, left = suppressed(Source("a.yaml", POD), Source("b.yaml", POD.replace(":latest", ":1")))
    assert left == []
    ((old, new, _, (finding,)),) = changes
    assert (old.text, finding.rule.id) == (POD, LATEST)
    assert new.text == POD.replace("latest\n", f"latest # kexplain: ignore[{LATEST}] a trial\n")


def test_what_cannot_have_a_comment_is_left() -> None:
    changes, left = suppressed(
        Source("a.json", '{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"name":"c","image":"a:latest"}]}}')
    )
    assert changes == []
    assert [(finding.rule.id, why.partition(";")[0]) for finding, why in left] == [(LATEST, "JSON has no comments")]


def test_a_comment_that_does_not_hold_is_not_written() -> None:
    report = checked([Source("a.yaml", POD)])
    changes, left = suppress(report, {LATEST}, Request("a trial"), lambda _: report)
    assert changes == []
    assert [why for _, why in left] == ["a second run still reports it; the file is left as it was"]


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(POD)
    write(Change(Source(str(path), POD), Source(str(path), "a"), [], []))
    assert path.read_text() == "a"
    with pytest.raises(InputError, match="has changed since it was checked"):
        write(Change(Source(str(path), POD), Source(str(path), "b"), [], []))
    assert path.read_text() == "a"


def test_a_request_is_what_a_comment_can_hold() -> None:
    assert requested(" a trial ", "2999-01-31") == Request("a trial", date(2999, 1, 31))
    for reason, until, name in (
        ("", None, "reason"),
        ("a\nb", None, "reason"),
        ("a", "May", "until"),
        ("a", "2020-01-31", "until"),
    ):
        with pytest.raises(RequestError) as caught:
            requested(reason, until)
        assert caught.value.name == name
