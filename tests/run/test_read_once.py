"""A file is read once: no text is parsed twice in a run, whatever the run does with it."""

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from support import BLOCK_POD, run

import kexplain
from kexplain.syntax.parse import parse

LATEST = "latest-image-tag"
SUPPRESSED = BLOCK_POD.replace("latest\n", f"latest # kexplain: ignore[{LATEST}] a trial\n")
OTHER = "apiVersion: v1\nkind: Service\nmetadata: {name: p}\nspec: {selector: {app: p}, ports: [{port: 80}]}\n"


def parsed(function: Callable[[], object]) -> Counter[str]:
    """How often each text is parsed by what a function does."""
    found: Counter[str] = Counter()

    def seen(frame: FrameType, event: str, argument: object) -> None:
        if event == "call" and frame.f_code is parse.__code__:
            found[frame.f_locals["text"]] += 1

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        function()
    finally:
        sys.setprofile(before)
    return found


@pytest.fixture
def files(folder: Path) -> Path:
    Path("a.yaml").write_text(SUPPRESSED)
    Path("b.yaml").write_text(OTHER)
    assert run("lint", ".", "--no-suppress", "--baseline", "known.json", "--update-baseline").exit_code == 0
    return folder


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    "command",
    [
        "lint .",
        "lint . -o json -o html:page.html",
        "lint . -o html",
        "lint . --baseline known.json",
        "lint . --baseline known.json --update-baseline",
        "lint . --complete --profile pedantic -v --statistics",
        "annotate .",
        "annotate . --format html",
        "annotate . --format markdown",
        "annotate . --format json",
        "explain a.yaml:7",
    ],
)
def test_nothing_is_parsed_twice(command: str) -> None:
    found = parsed(lambda: run(*command.split()))
    manifests = [SUPPRESSED] if command.startswith("explain") else [SUPPRESSED, OTHER]
    assert {text: found[text] for text in manifests} == dict.fromkeys(manifests, 1)
    assert [text for text, number in found.items() if number > 1] == []


def test_a_program_parses_its_text_once() -> None:
    for function in (
        lambda: kexplain.lint(text=SUPPRESSED),
        lambda: kexplain.annotate(text=SUPPRESSED),
        lambda: kexplain.explain("a.yaml:7", text=SUPPRESSED),
    ):
        assert parsed(function)[SUPPRESSED] == 1


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("more", [[], ["--in-config"]])
def test_suppressing_parses_a_text_once_more_for_the_second_run(more: list[str]) -> None:
    Path("a.yaml").write_text(BLOCK_POD)
    found = parsed(lambda: run("suppress", ".", "--rule", LATEST, "--reason", "a trial", *more))
    old = 2 if more else 1  # the second run reads the text anew, or the changed one
    assert (found[BLOCK_POD], found[OTHER]) == (old, 2)
