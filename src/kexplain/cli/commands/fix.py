"""``kexplain fix``: goes through the findings that can be fixed, shows each change, and asks."""

import sys
from typing import TYPE_CHECKING, Any

import click

from kexplain.cli.commands import _fixing as fixing
from kexplain.cli.commands._run import RunCommand, run_options, settings_from
from kexplain.cli.console import emit_shown, note

if TYPE_CHECKING:
    from kexplain.edits.candidates import Candidate

FROM_RUN = {
    "paths", "exclude", "respect_gitignore", "force_exclude", "files_from", "profile", "select", "extend_select",
    "ignore", "kubernetes_version", "complete", "config", "no_config", "baseline", "min_severity", "crds",
    "schema_locations", "schema_cache", "skip",
}  # fmt: skip
"""The options of a run that this command takes: which files are read, and which findings are meant."""


@click.command("fix", cls=RunCommand, context_settings={"auto_envvar_prefix": "KEXPLAIN"})
@run_options(FROM_RUN)
@click.option("--safe", is_flag=True, help="Offer only fixes that do not change how objects behave.")
@click.pass_context
def command(ctx: click.Context, /, **chosen: Any) -> None:
    """Shows how each finding can be fixed, and asks which fixes to make. Unsafe ones are offered too, and named so.

    PATHS are files, folders or globs; without any it is this folder. For scripts there is lint --fix.
    """
    settings = settings_from(ctx)._replace(update_baseline=False)
    if "-" in settings.paths:
        raise click.UsageError("fix changes files, not standard input; use lint --diff -")
    if not is_terminal():
        raise click.UsageError("fix asks on a terminal; for scripts there are lint --fix and lint --diff")
    from kexplain.edits.session import attempt

    made = attempt(settings, Asked(), unsafe=not chosen["safe"])
    fixing.write(made)
    fixing.tell(made, written=True)


def is_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None and sys.stderr.isatty()


class Asked:
    """Which fixes a person wants: asked once for each finding, until all or no more are wanted."""

    def __init__(self) -> None:
        self.answers: dict[str, bool] = {}
        self.always: bool | None = None

    def __call__(self, one: "Candidate") -> bool:
        """Whether a person wants it."""
        key = one.finding.fingerprint
        if key not in self.answers:
            self.answers[key] = self.always if self.always is not None else self.ask(one)
        return self.answers[key]

    def ask(self, one: "Candidate") -> bool:
        """Shows a finding with its change, and asks. What cannot be made is not asked about."""
        from kexplain.edits.change import excerpt
        from kexplain.edits.rewriting import edits_of

        edits = edits_of(one)
        if edits is None or one.fix is None or one.file is None:
            return False
        place = one.finding.place
        note(f"\n{place.path}:{place.line}: {one.finding.severity}[{one.finding.rule.id}] {one.finding.message}")
        note(f"  {'' if one.fix.safe else 'unsafe: '}{one.fix.words}")
        emit_shown(excerpt(one.file.source, one.file.hidden, edits))
        click.echo("Make this change? [y]es, [n]o, [a]ll that follow, [q]uit: ", nl=False, err=True)
        answer = click.getchar().lower()
        click.echo(answer if answer in "ynaq" else "n", err=True)
        if answer in "aq":
            self.always = answer == "a"
        return answer in "ya"
