"""The page in a browser, where there is one: its script runs under its own policy and leaves few stops of the Tab key."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from support import ROOT, run

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")
def test_the_script_runs_and_leaves_few_stops(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    run("annotate", str(ROOT / "examples" / "web.yaml"), "-o", f"html:{page}")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
               "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom"]  # fmt: skip
    done = subprocess.run(
        [str(CHROMIUM), *options, page.as_uri()], capture_output=True, text=True, timeout=120, check=True
    )
    elements = re.findall(r"<(?:a|summary|button|select|input)\b[^>]*>", done.stdout)
    stops = [
        one for one in elements if ('tabindex="-1"' not in one and not one.startswith("<a ")) or 'tabindex="0"' in one
    ]
    assert len(elements) > 200
    assert len(stops) < 30
    assert not re.search(r'class="js[^>]*hidden', done.stdout)
