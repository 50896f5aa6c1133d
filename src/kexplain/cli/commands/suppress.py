"""``kexplain suppress``: comments for the findings at hand, written into the files; nothing else in them changes."""

import sys
from typing import TYPE_CHECKING, Any

import click

from kexplain.cli.commands._run import RunCommand, run_options, settings_from
from kexplain.cli.console import emit, note
from kexplain.cli.options import names_option

if TYPE_CHECKING:
    from kexplain.edits.change import Change
    from kexplain.edits.placing import Left

FROM_RUN = {
    "paths", "exclude", "respect_gitignore", "force_exclude", "files_from", "profile", "select", "extend_select",
    "ignore", "kubernetes_version", "complete", "config", "no_config", "baseline", "diff_base", "min_severity",
    "crds", "schema_locations", "schema_cache", "skip",
}  # fmt: skip
"""The options of a run that this command takes: which files are read, and which findings are meant."""


@click.command("suppress", cls=RunCommand, context_settings={"auto_envvar_prefix": "KEXPLAIN"})
@run_options(FROM_RUN)
@names_option("--rule", "Only findings of these rules, categories or patterns (rbac-*).")
@click.option("--reason", required=True, metavar="TEXT", help="Why the finding is accepted; the comment says it.")
@click.option("--until", metavar="DATE", help="The last day on which the suppression holds, such as 2027-03-31.")
@click.option("--dry-run", is_flag=True, help="Print the difference and change nothing.")
@click.pass_context
def command(ctx: click.Context, /, **chosen: Any) -> None:
    """Writes a comment for every finding, so that later runs suppress it.

    PATHS are files, folders or globs; without any it is this folder. Exits 1 when a finding could not have a comment.
    """
    from kexplain.catalogue.selection import named
    from kexplain.config.own_rules import all_rules
    from kexplain.edits.change import difference, write
    from kexplain.edits.request import RequestError, requested
    from kexplain.edits.suppress import suppress
    from kexplain.run.gather import gather
    from kexplain.run.run import run

    try:
        request = requested(chosen["reason"], chosen["until"])
    except RequestError as error:
        raise click.BadParameter(error.words, param_hint=f"--{error.name}") from error
    settings = settings_from(ctx)._replace(render=False, update_baseline=False, suppress=True)
    if "-" in settings.paths:
        raise click.UsageError("comments are written into files, not into standard input")
    sources = list(gather(settings))
    report = run(settings, sources)
    rules = named(chosen["rule"], all_rules(settings)) if chosen["rule"] else report.rules.keys()
    changes, left = suppress(
        report, rules, request, lambda new: run(settings, [new.get(source.path, source) for source in sources])
    )
    for change in changes:
        if chosen["dry_run"]:
            emit(difference(change, report))
        else:
            write(change)
    say(changes, left, dry_run=chosen["dry_run"])
    sys.exit(1 if left else 0)


def say(changes: "list[Change]", left: "Left", *, dry_run: bool) -> None:
    """Tells the person what was done, and what was not and why."""
    from kexplain.words import count

    done = [finding for change in changes for finding in change.findings]
    for finding in sorted(done, key=lambda finding: finding.order):
        note(f"{finding.place.path}:{finding.place.line}: {finding.rule.id}")
    for finding, why in sorted(left, key=lambda pair: pair[0].order):
        note(f"{finding.place.path}:{finding.place.line}: {finding.rule.id}: not suppressed: {why}")
    verb = "would be suppressed" if dry_run else "suppressed"
    more = f"; {count(len(left), 'finding')} left" if left else ""
    note(f"{count(len(done), 'finding')} {verb} in {count(len(changes), 'file')}{more}")
