"""What the page in the browser asks of kexplain: the choices, and the answer to one text. In and out goes JSON."""

import json
import os
from pathlib import Path

from click.testing import CliRunner

from kexplain.api.release import BUNDLED
from kexplain.catalogue.profile import PROFILES
from kexplain.cli.main import cli
from kexplain.words import count

FOLDER = Path("/manifests")
"""Where the text lies, in the memory of the page."""
NAME, REPORT = "manifests.yaml", "report.json"
MOST = 2_000_000
"""Characters that are read; a page of more would stand still for minutes."""


def choices() -> str:
    """What can be chosen: the versions of Kubernetes, newest first, and the profiles."""
    return json.dumps({"version": [f"1.{minor}" for minor in reversed(BUNDLED)], "profile": list(PROFILES)})


def answer(what: str, text: str, version: str, profile: str) -> str:
    """The page of a text, with a word about it; for ``fix`` the text too, as its safe fixes leave it."""
    if len(text) > MOST:
        return json.dumps({"words": f"That is more than {MOST:,} characters; give it less."})
    FOLDER.mkdir(exist_ok=True)
    os.chdir(FOLDER)
    manifest = FOLDER / NAME
    manifest.write_bytes(text.encode())
    options = [NAME, "--no-config", "--kubernetes-version", version, "--profile", profile]
    if what == "fix":
        call("lint", "--fix", *options)
    fixed = manifest.read_bytes().decode()
    html = call("lint", "-o", "html", "-o", f"json:{REPORT}", *options)
    findings = json.loads((FOLDER / REPORT).read_text(encoding="utf-8"))["findings"]
    begin = "" if what != "fix" else "Fixed; " if fixed != text else "Nothing here can be fixed safely; "
    return json.dumps({"text": fixed, "html": html, "words": f"{begin}{count(len(findings), 'finding')}."})


def call(*arguments: str) -> str:
    """What a command writes to standard output."""
    return CliRunner().invoke(cli, [*arguments], catch_exceptions=False).stdout
