"""docs/asks.md answers every ask, and names only rules, options, settings and pages that there are."""

import re

import click
import pytest
from support import ROOT

from kexplain.catalogue.rule import rules
from kexplain.cli.main import cli
from kexplain.config import file as config

TEXT = (ROOT / "docs" / "asks.md").read_text(encoding="utf-8")
ROWS = [(int(number), answer) for number, answer in re.findall(r"^\| (\d+) [^|]+ \| ([^|]+) \|$", TEXT, re.MULTILINE)]
ANSWER = re.compile(r"(done|not|not yet): \S")
PART = re.compile(r"[a-z, ]+ (done|not yet|not)(: | where )\S")
"""One part of an ask that has several: which part, and its answer."""


def options() -> set[str]:
    """Every option of every command."""
    commands = [command for name in cli.list_commands(None) if (command := cli.get_command(None, name))]  # type: ignore[arg-type]
    return {
        option
        for command in commands
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in (*parameter.opts, *parameter.secondary_opts)
    }


def test_the_table_has_every_ask_once_and_in_order() -> None:
    assert [number for number, _ in ROWS] == list(range(1, 66))


@pytest.mark.parametrize(("number", "answer"), ROWS)
def test_an_answer_begins_with_done_not_or_not_yet(number: int, answer: str) -> None:
    if ANSWER.match(answer):
        return
    assert all(PART.match(part) for part in answer.split("; ")), f"{number}: {answer}"


def test_the_rules_that_are_named_exist() -> None:
    linked = set(re.findall(r"\]\(rules/([\w-]+)\.md\)", TEXT)) - {"README"}
    assert len(linked) > 5
    assert linked - rules().keys() == set()


def test_the_options_that_are_named_exist() -> None:
    spans = " ".join(re.findall(r"`([^`]+)`", TEXT))
    named = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", spans))
    assert {"--baseline", "--no-suppress", "-o"} <= named
    assert named - options() == set()


def test_the_words_in_code_are_known() -> None:
    words = {span for span in re.findall(r"`([a-z-]+)`", TEXT) if not span.startswith("-")}
    entry = config.schema()["properties"]["overrides"]["items"]["properties"]
    known = {*config.schema()["properties"], *entry, *cli.list_commands(None), "outcomes", "pedantic"}  # type: ignore[arg-type]
    assert words - known == set()


def test_the_pages_that_are_linked_exist() -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#([\w-]+))?\)", TEXT)
    assert len(links) > 20
    for page, anchor in links:
        path = ROOT / "docs" / page
        assert path.is_file(), page
        headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert not anchor or anchor in {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}, anchor
