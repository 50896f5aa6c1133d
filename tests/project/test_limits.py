"""The page about limits says what the code does: every number of it, and every message."""

import re
from pathlib import Path

import pytest
from support import ROOT

from kexplain.config import file as config_file
from kexplain.config import own_rules
from kexplain.files import decode, git, gitignore, program, remote
from kexplain.objects import cel, suppression, validation_rules
from kexplain.rendering import kustomize
from kexplain.syntax import parse, yaml_error

PAGE = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
MIB = 1024**2
ROWS = [
    ("a file, standard input", f"{decode.LARGEST // MIB} MiB"), ("nesting of a document", f"{yaml_error.DEEPEST} levels"),
    ("nodes that the aliases", f"{parse.MOST_ALIASED:,}"), ("a `.gitignore`", f"{gitignore.LARGEST_LIST // 1024} KiB"),
    ("a configuration", f"{config_file.LARGEST // MIB} MiB, and {config_file.MOST} files"), ("a rule of your own", f"{own_rules.LONGEST:,} bytes"),
    ("comments that suppress", f"{suppression.MOST:,}"), ("what git writes", f"{git.LARGEST // MIB} MiB"),
    ("rules of a CustomResourceDefinition", f"{validation_rules.MOST}, each of {cel.LONGEST:,} characters"),
    ("a schema from an address", f"{remote.LARGEST // MIB} MiB"), ("one program", f"{program.SECONDS} seconds"),
    ("all programs of a run", f"{program.ALL_SECONDS // 60} minutes"), ("output of one program", f"{program.LARGEST // MIB} MiB"),
    ("memory of one program", f"{program.MEMORY // 1024**3} GiB"), ("kustomizations of one build", f"{kustomize.MOST:,}"),
]  # fmt: skip


@pytest.mark.parametrize(("of", "most"), ROWS, ids=[of for of, _ in ROWS])
def test_a_limit_is_told(of: str, most: str) -> None:
    assert re.search(rf"(?m)^\| {re.escape(of)}[^|]*\| {re.escape(most)} *\|", PAGE)


def test_every_row_has_its_number_from_the_code() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith(("| of", "| ---"))]
    assert len(rows) == len(ROWS)


def test_messages_are_those_of_the_code() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(ROOT / "src").rglob("*.py"))
    words = re.findall(r"`(?:… )?((?:larger|nested|aliases|extends|had|was|wrote|is)[^`;…]+)", PAGE)
    assert len(words) == 8
    for said in words:
        begin = re.split(r"[\d,]+", said)[0].strip()
        assert begin in source
