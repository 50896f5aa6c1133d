"""The page about the architecture is true: its files are there, and one manifest passes those that it names."""

import inspect
import re
import sys
from pathlib import Path
from types import FrameType

from support import BLOCK_POD, ROOT, run

SOURCE = ROOT / "src" / "kexplain"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
STEPS = re.findall(r"^\| \d+ \| `([\w/]+\.py)` \|", PAGE, re.MULTILINE)
MANIFEST = BLOCK_POD.replace("    image:", "    envFrom: [{configMapRef: {name: settings}}]\n    image:") + (
    "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: setings}, data: {a: b}}\n"
)


def test_every_file_that_it_names_is_there() -> None:
    named = {name for name in re.findall(r"`([\w/]+\.py)`", PAGE) if not re.search(r"[A-Z]{2}", name)}
    assert named >= set(STEPS)
    assert [name for name in sorted(named) if not (SOURCE / name).is_file()] == []
    assert len(STEPS) <= 11


def test_one_manifest_passes_its_steps(folder: Path) -> None:
    Path("web.yaml").write_text(MANIFEST)
    passed: set[str] = set()

    def seen(frame: FrameType, event: str, argument: object) -> None:
        if event == "call" and frame.f_code.co_flags & inspect.CO_OPTIMIZED:  # a function, no body of a module or class
            passed.add(frame.f_code.co_filename)

    sys.setprofile(seen)
    try:
        result = run("lint", "web.yaml", "--no-config")
    finally:
        sys.setprofile(None)
    assert "latest-image-tag" in result.stdout
    assert "missing-config-map" in result.stdout
    assert [name for name in STEPS if str(SOURCE / name) not in passed] == []
