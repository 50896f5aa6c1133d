"""What tests of several wings use: an empty folder, and snapshots, which ``python -m pytest --renew`` writes anew."""

from collections.abc import Callable
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds ``--renew``."""
    parser.addoption("--renew", action="store_true", help="write the snapshots anew instead of comparing with them")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def snapshot(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a text with what a file of the repository holds, or writes it there when the run renews snapshots."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--renew"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        committed = path.read_text(encoding="utf-8") if path.exists() else ""
        assert text.split("\n") == committed.split("\n"), (
            f"{path.name} says otherwise; read the difference, then: python -m pytest --renew"
        )

    return compare
