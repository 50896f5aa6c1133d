"""The README shows what the program prints: every ``$ kexplain …`` block is run and compared."""

import re
import subprocess
import sys

import pytest
from support import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n\$ kexplain ([^\n]*)\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize(("arguments", "shown"), BLOCKS, ids=[arguments for arguments, _ in BLOCKS])
def test_shown_output_is_real(arguments: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120" if arguments.startswith("annotate") else "100")
    command = [sys.executable, "-m", "kexplain", *arguments.split()]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    printed = run.stdout
    if shown.endswith("…\n"):
        head = shown.removesuffix("…\n")
        assert len(head.splitlines()) > 10
        assert printed.startswith(head)
    else:
        assert printed.rstrip("\n") == shown.rstrip("\n")


def test_there_are_blocks() -> None:
    assert len(BLOCKS) >= 4
