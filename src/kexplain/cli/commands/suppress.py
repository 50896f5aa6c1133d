"""``kexplain suppress``: comments for the findings at hand, written into the files; nothing else in them changes."""

import sys
from typing import TYPE_CHECKING, Any

import click

from kexplain.cli.commands._run import RunCommand, run_options, settings_from
from kexplain.cli.console import emit, note
from kexplain.cli.options import names_option
from kexplain.edits.suppress import Change, Left, Request, changes_for, chosen_findings, difference, keeps_back, write

if TYPE_CHECKING:
    pass

NOT_HERE = {
    "output", "fail_on", "exit_zero", "strict", "suppress", "update_baseline", "list_files", "stdin_filename", "render",
    "helm_values", "cluster", "context", "namespaces", "kinds", "group_by", "explain", "statistics", "quiet", "verbose",
    "color",
}  # fmt: skip
"""Options of a run that say how it is reported, or that read what is no file to write into."""


@click.command("suppress", cls=RunCommand, context_settings={"auto_envvar_prefix": "KEXPLAIN"})
@run_options
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
    from kexplain.run.gather import gather
    from kexplain.run.run import run

    request = requested(chosen["reason"], chosen["until"])
    settings = settings_from(ctx)._replace(render=False, update_baseline=False, suppress=True)
    if "-" in settings.paths:
        raise click.UsageError("comments are written into files, not into standard input")
    sources = list(gather(settings, beside=True))
    report = run(settings, sources)
    rules = named(chosen["rule"], all_rules(settings)) if chosen["rule"] else set(report.rules)
    wanted, left = chosen_findings(report, rules)
    changes = changes_for(wanted, request, left)
    again = {change.new.path: change.new for change in changes}
    checked = run(settings, [again.get(source.path, source) for source in sources])
    changes = [change for change in changes if keeps_back(change, checked, left)]
    for change in changes:
        if chosen["dry_run"]:
            emit(difference(change, report))
        else:
            write(change)
    say(changes, left, dry_run=chosen["dry_run"])
    sys.exit(1 if left else 0)


command.params = [parameter for parameter in command.params if parameter.name not in NOT_HERE]


def requested(reason: str, until: str | None) -> Request:
    """The reason and the date, held against what a comment can hold. Raises a usage error."""
    from kexplain.objects.suppression import day, directives, has_ended
    from kexplain.syntax.safe import clean

    reason = reason.strip()
    if not reason or clean(reason) != reason or "\n" in reason or "\t" in reason:
        raise click.BadParameter("a reason is one line of text", param_hint="--reason")
    last = day(until) if until is not None else None
    if until is not None and (last is None or has_ended(last)):
        raise click.BadParameter(f"{until!r} is not a day from today on; write it as 2027-03-31", param_hint="--until")
    request = Request(reason, last)
    read = [(words.reason, words.until) for _, words in directives(request.comment(["all"]))]
    if read != [(reason, last)]:
        raise click.BadParameter("leave out ' # ', '# kexplain:' and '(until …)'", param_hint="--reason")
    return request


def say(changes: list[Change], left: Left, *, dry_run: bool) -> None:
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
