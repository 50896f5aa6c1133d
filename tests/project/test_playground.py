"""The page in the browser has all it imports, answers as the command line does, and allows no script but its own.

playground/test.mjs tries it in a real browser; CI does where there is one.
"""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from support import BAD, ROOT

from kexplain.catalogue.profile import PROFILES

PAGE = (ROOT / "playground" / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Python has there, unpacked: nothing that needs a compiler."""
    sys.path.insert(0, str(ROOT / "tools"))
    import playground

    folder = tmp_path_factory.mktemp("library")
    (folder / "kexplain.zip").write_bytes(playground.library())
    with zipfile.ZipFile(folder / "kexplain.zip") as archive:
        archive.extractall(folder)
    return folder


def asked(library: Path, *arguments: str) -> dict[str, object]:
    """The answer of browser.py to a text, in a Python that sees nothing else."""
    program = (
        "import json, sys; sys.path.insert(0, sys.argv[1]); import browser; import pathlib;"
        "browser.FOLDER = pathlib.Path(sys.argv[1], 'm'); print(json.dumps([browser.choices(), browser.answer(*sys.argv[2:])]))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, library, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    choices, answer = json.loads(done.stdout.splitlines()[-1])
    return {"choices": json.loads(choices), **json.loads(answer)}


def test_it_answers_without_what_a_browser_does_not_have(library: Path) -> None:
    answer = asked(library, "read", BAD, "1.37", "recommended")
    assert answer["choices"]["version"][0] == "1.37"
    assert answer["choices"]["profile"] == list(PROFILES)
    assert re.fullmatch(r"[1-9]\d* findings?\.", str(answer["words"]))
    assert "host-pid" in str(answer["html"])


def test_it_fixes_what_is_safe(library: Path) -> None:
    answer = asked(library, "fix", BAD.replace("hostPID: true", "hostPiD: false"), "1.37", "recommended")
    assert answer["text"] == BAD.replace("hostPID: true", "hostPID: false")
    assert str(answer["words"]).startswith("Fixed; ")


def test_too_much_is_refused(library: Path) -> None:
    program = "import sys; sys.path.insert(0, sys.argv[1]); import browser; print(browser.answer('read', 'a' * 2_000_001, '1.37', 'recommended'))"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", program, library], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {"words": "That is more than 2,000,000 characters; give it less."}


def test_only_files_of_the_page_are_loaded() -> None:
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', PAGE)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert all("http" not in allowed and "unsafe-inline" not in allowed and "'unsafe-eval'" not in allowed for allowed in rules.values())
    assert re.findall(r"https?://", PAGE) == []
    assert 'sandbox="allow-scripts"' in PAGE
