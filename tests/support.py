"""What several tests share: where things are, the command line in-process, a copy of the checkout to install from."""

import inspect
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kexplain.cli import main as cli

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("KEXPLAIN_SHARED") or ROOT.parent / "shared")
"""Material beside the checkout, which CI has; a test that needs it skips without."""
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "_data", "__pycache__", ".*_cache", "*.egg-info", "build", "dist", "docs", "tests", "benchmarks"
)

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs POSIX")
CLEAN = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n"
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


OLD = "mix_stderr" in inspect.signature(CliRunner).parameters  # click before 8.2
RUNNER = CliRunner(**({"mix_stderr": False} if OLD else {}))


def run(*arguments: str, stdin: bytes | str | None = None, **environment: str) -> Result:
    return RUNNER.invoke(cli.cli, arguments, input=stdin, env=environment, prog_name="kexplain")
