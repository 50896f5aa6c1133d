"""``kexplain suppress``: comments for the findings at hand, or overrides in the configuration; nothing else changes."""

import sys
from typing import TYPE_CHECKING, Any

import click

from kexplain.cli.commands._run import RunCommand, run_options, settings_from
from kexplain.cli.console import emit_shown, note
from kexplain.cli.options import names_option

if TYPE_CHECKING:
    from collections.abc import Collection

    from kexplain.config.settings import Settings
    from kexplain.edits.placing import Left
    from kexplain.edits.request import Request
    from kexplain.engine.finding import Finding
    from kexplain.engine.report import Report
    from kexplain.syntax.source import Source, Unread

    Done = tuple[list[Finding], Left, str]
    """The findings that are suppressed, those that are left, and in what the suppressions stand."""

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
@click.option("--in-config", is_flag=True, help="Write overrides into the configuration, and no comments.")
@click.option("--dry-run", is_flag=True, help="Print the difference and change nothing.")
@click.pass_context
def command(ctx: click.Context, /, **chosen: Any) -> None:
    """Writes a comment for every finding, so that later runs suppress it; with --in-config an override.

    PATHS are files, folders or globs; without any it is this folder. Exits 1 when a finding could not be suppressed.
    """
    from kexplain.catalogue.selection import named
    from kexplain.config.own_rules import all_rules
    from kexplain.edits.request import RequestError, requested
    from kexplain.run.gather import gather
    from kexplain.run.run import run

    try:
        request = requested(chosen["reason"], chosen["until"])
    except RequestError as error:
        raise click.BadParameter(error.words, param_hint=f"--{error.name}") from error
    settings = settings_from(ctx)._replace(render=False, update_baseline=False, suppress=True)
    if "-" in settings.paths:
        raise click.UsageError("comments are written into files, not into standard input")
    if chosen["in_config"] and ctx.meta.get("kexplain.no-config"):
        raise click.UsageError("--in-config and --no-config exclude each other")
    sources = list(gather(settings, beside=True))
    report = run(settings, sources)
    rules = named(chosen["rule"], all_rules(settings)) if chosen["rule"] else report.rules.keys()
    suppressing = in_configuration if chosen["in_config"] else in_files
    done, left, where = suppressing(settings, sources, report, rules, request, dry_run=chosen["dry_run"])
    say(done, left, where, dry_run=chosen["dry_run"])
    sys.exit(1 if left else 0)


def in_files(
    settings: "Settings", sources: "list[Source | Unread]", report: "Report", rules: "Collection[str]",
    request: "Request", *, dry_run: bool,
) -> "Done":  # fmt: skip
    """Writes the comments, or prints the difference."""
    from kexplain.edits.change import difference, write
    from kexplain.edits.suppress import suppress
    from kexplain.run.run import run
    from kexplain.words import count

    changes, left = suppress(
        report, rules, request, lambda new: run(settings, [new.get(source.path, source) for source in sources])
    )
    for change in changes:
        if dry_run:
            emit_shown(difference(change, report))
        else:
            write(change)
    done = [finding for change in changes for finding in change.findings]
    return done, left, count(len(changes), "file")


def in_configuration(
    settings: "Settings", sources: "list[Source | Unread]", report: "Report", rules: "Collection[str]",
    request: "Request", *, dry_run: bool,
) -> "Done":  # fmt: skip
    """Writes the overrides, or prints the difference."""
    from kexplain.edits.change import unified
    from kexplain.edits.configuration import file_to_change, save, with_overrides
    from kexplain.edits.overriding import override
    from kexplain.run.run import run

    path = file_to_change(settings.config)
    entries, done, left = override(
        report, rules, request, path,
        lambda more: run(settings._replace(overrides=(*settings.overrides, *more)), sources),
    )  # fmt: skip
    if entries:
        change = with_overrides(path, entries)
        if dry_run:
            emit_shown(unified(path, change.old, change.new))
        else:
            save(change)
    return done, left, path


def say(done: "list[Finding]", left: "Left", where: str, *, dry_run: bool) -> None:
    """Tells the person what was done, and what was not and why."""
    from kexplain.words import count

    for finding in sorted(done, key=lambda finding: finding.order):
        note(f"{finding.place.path}:{finding.place.line}: {finding.rule.id}")
    for finding, why in sorted(left, key=lambda pair: pair[0].order):
        note(f"{finding.place.path}:{finding.place.line}: {finding.rule.id}: not suppressed: {why}")
    verb = "would be suppressed" if dry_run else "suppressed"
    more = f"; {count(len(left), 'finding')} left" if left else ""
    note(f"{count(len(done), 'finding')} {verb} in {where}{more}")
