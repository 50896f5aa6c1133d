"""What several tests share: where things are, the command line in-process, a copy of the checkout to install from."""

import gc
import inspect
import os
import shutil
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from functools import cache
from itertools import product
from pathlib import Path
from types import FrameType

import pytest
from click.testing import CliRunner, Result

from kexplain.api.release import NEWEST, Release
from kexplain.cli import main as cli
from kexplain.engine.annotation import Annotated
from kexplain.engine.annotator import annotated
from kexplain.engine.linter import Options, lint
from kexplain.objects.crd import Given
from kexplain.syntax.source import Source

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("KEXPLAIN_SHARED") or ROOT.parent / "shared")
"""Material beside the checkout, which CI has; a test that needs it skips without."""
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "_data", "__pycache__", ".*_cache", "*.egg-info", "build", "dist", "docs", "tests", "benchmarks"
)

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs POSIX")
CLEAN = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n"
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: 'nginx:latest'}]}\n"
BLOCK_POD = (
    "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    image: nginx:latest\n"
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


def annotate(sources: Iterable[Source], release: Release = NEWEST, definitions: Given | None = None) -> list[Annotated]:
    """What every field of the sources means; what is wrong is not looked for."""
    return annotated(lint(sources, Options({}, release, definitions=definitions)))


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


def for_each(*cases: Iterable[object]) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Makes one test of many small ones: every combination of the cases is tried, and all that fail are named.

    Thousands of names, each its own test, would cost more to collect than to try. A case that is a tuple gives several
    arguments.
    """

    def whole(judge: Callable[..., None]) -> Callable[[], None]:
        def test() -> None:
            failed, tried = [], 0
            for combination in product(*cases):
                arguments = [one for case in combination for one in (case if isinstance(case, tuple) else (case,))]
                tried += 1
                try:
                    judge(*arguments)
                except Exception as error:
                    told = "".join(traceback.format_exception(error)[-2:]).strip()
                    failed.append(f"{', '.join(str(one)[:200] for one in arguments)}\n{told}")
            assert tried, "there is no case"
            assert not failed, f"{len(failed)} of {tried} fail\n\n" + "\n\n".join(failed[:20])

        test.__doc__ = judge.__doc__
        test.__module__ = judge.__module__
        return test

    return whole


def calls(function: Callable[[], object]) -> int:
    """How much a function does, the same on every machine: the calls that it leads to, those of C functions included."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        function()
    finally:
        sys.setprofile(before)
    return count


def growth(function: Callable[[int], object], size: int, times: int) -> float:
    """By how much more time of the processor something takes that is so many times larger, each tried three times.

    For work inside C functions, which ``calls`` does not see; a limit far above ``times`` holds on every machine.
    """

    def least(number: int) -> float:
        spent = []
        for _ in range(3):
            begin = time.thread_time()
            function(number)
            spent.append(time.thread_time() - begin)
        return max(min(spent), 1e-3)  # below that a clock says little

    gc.disable()  # what else is in memory is no part of it
    try:
        return least(size * times) / least(size)
    finally:
        gc.enable()


LEFT_BEHIND = ("CI", "FORCE_COLOR", "GIT", "KEXPLAIN", "LINT_", "NO_COLOR", "PRE_COMMIT", "PYTHON", "RUNNER_")
NOBODY = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def execute(
    *command: object, folder: Path, stderr: int = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs a command without what a surrounding pipeline, git or pre-commit, or this environment's Python, left behind."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(LEFT_BEHIND)}
    return subprocess.run(
        list(map(str, command)), cwd=folder, env=clean | NOBODY | environment,
        stdout=subprocess.PIPE, stderr=stderr, encoding="utf-8", check=False,
    )  # fmt: skip


OLD = "mix_stderr" in inspect.signature(CliRunner).parameters  # click before 8.2
RUNNER = CliRunner(**({"mix_stderr": False} if OLD else {}))


def run(*arguments: str, stdin: bytes | str | None = None, **environment: str) -> Result:
    """The command line in this process; what it raises is raised here."""
    return RUNNER.invoke(cli.cli, arguments, input=stdin, env=environment, prog_name="kexplain", catch_exceptions=False)
