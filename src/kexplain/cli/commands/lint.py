"""``kexplain lint``: what is wrong in manifests, as reports, a summary and an exit code."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from kexplain.cli.commands._run import RunCommand, run_options, settings_from
from kexplain.cli.console import emit, in_actions, note, step_summary, view_of

if TYPE_CHECKING:
    from kexplain.config.settings import Settings
    from kexplain.engine.report import Report


@click.command("lint", cls=RunCommand, context_settings={"auto_envvar_prefix": "KEXPLAIN"})
@run_options()
@click.pass_context
def command(ctx: click.Context, /, **chosen: Any) -> None:
    """Finds what is wrong in manifests, and says why it matters.

    PATHS are files, folders or globs; '-' is standard input. Without any, the manifests below this folder are checked.

    Exit codes: 0 for nothing that counts, 1 for findings, 2 for a mistake in the command or the configuration.
    """
    from kexplain.run.run import run

    settings = settings_from(ctx)
    if chosen["list_files"]:
        from kexplain.run.gather import file_names

        emit(f"{name}\n" for name in file_names(settings))
        return
    if chosen["fix"] or chosen["diff"]:
        report = fixing(settings, **{name: chosen[name] for name in ("fix", "diff", "unsafe_fixes", "quiet")})
    elif carries_fixes(chosen["output"]) and not settings.update_baseline:
        from kexplain.edits.session import proposed

        report = proposed(settings)
    else:
        report = run(settings)
    passes = chosen["exit_zero"] or settings.update_baseline
    view = view_of(
        chosen["color"], explain=chosen["explain"], group_by=chosen["group_by"],
        fail_on="never" if passes else chosen["fail_on"], strict=chosen["strict"],
    )  # fmt: skip
    write_reports(report, view, chosen["output"])
    if not chosen["quiet"]:
        wanted = {name: chosen[name] for name in ("verbose", "statistics", "strict")}
        print_summary(report, **wanted)
    sys.exit(0 if passes else exit_code(report, **chosen))


def carries_fixes(outputs: tuple[tuple[str, str], ...]) -> bool:
    """Whether a format that was asked for says how findings can be fixed."""
    if not outputs:
        return False
    from kexplain.output.report_format import WITH_FIXES

    return any(format_ in WITH_FIXES for format_, _ in outputs)


def fixing(settings: "Settings", *, fix: bool, diff: bool, unsafe_fixes: bool, quiet: bool) -> "Report":
    """Fixes what can be fixed; what is left to report. With ``diff`` nothing is written, and the run ends here."""
    from kexplain.cli.commands import _fixing as fixing
    from kexplain.edits.session import attempt

    if "-" in settings.paths and not diff:
        raise click.UsageError("--fix changes files, not standard input; use --diff")
    made = attempt(settings, unsafe=unsafe_fixes)
    if diff:
        fixing.show(made)
    else:
        fixing.write(made)
    if not quiet:
        fixing.tell(made, written=not diff)
    if diff:
        sys.exit(int(bool(made.fixed.changes)))
    return made.fixed.report


def write_reports(report: "Report", view: Any, outputs: tuple[tuple[str, str], ...]) -> None:
    """Every report that was asked for. In GitHub Actions, without being asked: text, annotations and the summary."""
    from kexplain.output import report_format as formats

    for format_, file in outputs or default_outputs():
        emit(formats.render(format_, report, view if not file else view._replace(color=False)), file)
    if not outputs and (file := step_summary()):
        emit(formats.render("markdown", report, view), file, append=True)


def default_outputs() -> Iterator[tuple[str, str]]:
    """What is written where nothing was asked for."""
    yield "text", ""
    if in_actions():
        yield "github", ""


def exit_code(report: "Report", *, fail_on: str, strict: bool, fail_on_empty: bool, **_: Any) -> int:
    """0 for a clean run, 1 for findings that count, or, if that is wanted, for what was not understood or no object."""
    from kexplain.catalogue.severity import Severity

    counts = fail_on != "never" and any(f.severity.weight >= Severity(fail_on).weight for f in report.findings)
    empty = fail_on_empty and not report.checked()
    return int(counts or empty or (strict and bool(report.not_understood())))


def print_summary(report: "Report", **wanted: bool) -> None:
    """What was found and what was not checked, on standard error."""
    from kexplain.output.summary import summary_lines

    for line in summary_lines(report, **wanted):
        note(line)
