"""Builds the wheel twice, from copies whose files have other times, and fails unless both are the same bytes.

    python tools/reproducible.py

Needs hatchling in the environment (the extra ``dev`` has it).
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "_data", "__pycache__", ".*_cache", "*.egg-info", "build", "dist", "docs", "tests", "benchmarks"
)
TIMES = (1_000_000_000, 1_700_000_000)


def built(folder: Path, when: int) -> str:
    """The hash of the wheel of a copy whose files have that time."""
    copy = folder / str(when) / "kexplain"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    for path in sorted(copy.rglob("*"), reverse=when == TIMES[0]):
        os.utime(path, (when, when))
    out = folder / f"out{when}"
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)], cwd=copy, check=True)
    (wheel,) = out.glob("*.whl")
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def main() -> int:
    """Builds and compares."""
    with TemporaryDirectory() as folder:
        first, second = (built(Path(folder), when) for when in TIMES)
    print(first, "twice" if first == second else f"and {second}: the wheel is not reproducible")
    return int(first != second)


if __name__ == "__main__":
    sys.exit(main())
