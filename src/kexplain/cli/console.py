"""What the commands share towards the person: what is printed and where, and what the environment says."""

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kexplain.errors import InputError
from kexplain.files.decode import DEVICES

if TYPE_CHECKING:
    from kexplain.output.report_format import View

T = TypeVar("T")
PIPELINES = ("CI", "GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")
"""Variables of which each pipeline sets one."""


def emit(pieces: Iterable[str], file: str = "", *, append: bool = False) -> None:
    """Writes a report to a file, or to standard output where none is named. A file that cannot be written is misuse."""
    if not file:
        for piece in pieces:
            click.echo(piece, nl=False, color=True)
        return
    if os.path.islink(file) and not file.startswith(DEVICES):  # somebody may have committed it
        raise InputError(f"cannot write {file}: it is a symbolic link; remove it, or name the file that it leads to")
    try:
        with open(file, "a" if append else "w", encoding="utf-8", newline="\n") as target:
            target.writelines(pieces)
    except OSError as error:
        raise InputError(f"cannot write {file}: {error.strerror or error}") from error


def emit_shown(pieces: Iterable[str], file: str = "") -> None:
    """Writes text of manifests; in the log of a pipeline none of its lines is a command to the runner."""
    if not file and any(os.environ.get(name) for name in PIPELINES):
        from kexplain.syntax.safe import inert

        pieces = [inert("".join(pieces))]
    emit(pieces, file)


def page(text: str, *, wanted: bool = True) -> None:
    """Writes text to standard output; through the person's pager where it is longer than the terminal.

    Without PAGER that is ``less``, which leaves at once what fits and shows colours.
    """
    try:
        lines = os.get_terminal_size(sys.stdout.fileno()).lines if wanted and sys.stdout.isatty() else 0
    except (AttributeError, OSError, ValueError):  # closed, or no terminal
        lines = 0
    if not lines or text.count("\n") < lines:
        emit([text])
        return
    os.environ.setdefault("LESS", "FRX")
    click.echo_via_pager(text, color=True)


def note(text: str) -> None:
    """A line for the person, on standard error."""
    from kexplain.syntax.safe import clean, inert

    click.echo(inert(clean(text)), err=True)


def view_of(color: str, **choices: Any) -> "View":
    """How the person wants to see the output. Order: flag, NO_COLOR, FORCE_COLOR, terminal."""
    from kexplain.output.report_format import View

    environment = os.environ
    if color != "auto":
        colored = color == "always"
    elif environment.get("NO_COLOR") or environment.get("TERM") == "dumb":
        colored = False
    else:
        colored = bool(environment.get("FORCE_COLOR") or environment.get("CLICOLOR_FORCE", "0") != "0") or (
            sys.stdout is not None and sys.stdout.isatty()  # None: closed by whoever started us
        )
    return View(colored, terminal_width(), roots=repository_roots(), **choices)


def repository_roots() -> tuple[str, ...]:
    """The root of the repository that a job of GitLab or GitHub checks, as it is named and as it is; none elsewhere.

    A repository checked out into a folder of the workspace is its own root; a submodule is not.
    """
    workspace = os.environ.get("CI_PROJECT_DIR") or os.environ.get("GITHUB_WORKSPACE")
    if not workspace:
        return ()
    real, folder, inner = os.path.realpath(workspace), os.path.realpath("."), ""
    while folder.startswith(real + os.sep):
        if os.path.exists(os.path.join(folder, ".git")):
            inner = folder[len(real) :]
        folder = os.path.dirname(folder)
    if os.path.exists(os.path.join(real, ".git")):
        inner = ""
    names = dict.fromkeys([os.path.abspath(workspace) + inner, real + inner])
    return tuple(name.replace(os.sep, "/") for name in names)


def terminal_width() -> int:
    """Columns of the terminal: what COLUMNS says, else what the terminal says, else 100.

    shutil has the same, but importing it costs a start 3 ms.
    """
    if (columns := os.environ.get("COLUMNS", "")).isdecimal() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 100
    except (AttributeError, OSError, ValueError):  # standard output is closed, or no terminal
        return 100


def in_actions() -> bool:
    """Whether this is a step of a GitHub Actions workflow."""
    return os.environ.get("GITHUB_ACTIONS") == "true" and bool(os.environ.get("GITHUB_WORKFLOW"))


def step_summary() -> str:
    """The file that GitHub Actions shows as the summary of a job; empty elsewhere."""
    return os.environ.get("GITHUB_STEP_SUMMARY", "") if in_actions() else ""


def tracked(items: list[T]) -> Iterator[T]:
    """Goes through items, with a progress bar when a person is watching a long run."""
    if len(items) < LONG or "CI" in os.environ or sys.stderr is None or not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, label="checking", file=sys.stderr, update_min_steps=len(items) // 100) as bar:
        yield from bar


LONG = 2_000
"""Objects; below that a run is over before a bar could be read."""
