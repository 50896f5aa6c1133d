"""For tests of what users get: a copy of the checkout to install from, whether pip reaches an index, a bad manifest."""

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "_data", "__pycache__", ".*_cache", "*.egg-info", "build", "dist", "docs", "tests", "benchmarks"
)

BAD = """\
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostPID: true
  containers:
    - name: web
      image: registry.example/web:latest
"""


def copy_checkout(target: Path) -> Path:
    """What a clone of the working tree holds, less what no build reads."""
    shutil.copytree(ROOT, target, ignore=LEFT_OUT)
    return target


@cache
def no_index() -> str:
    """Why pip cannot reach an index; an empty string when it can."""
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-deps", "--retries", "0"]
    done = subprocess.run([*command, "hatchling"], capture_output=True, encoding="utf-8", check=False)
    return "" if done.returncode == 0 else f"pip reaches no index: {(done.stderr.strip().splitlines() or ['?'])[-1]}"
