"""``kexplain rules``: the catalogue of rules."""

import sys
from typing import TYPE_CHECKING

import click

from kexplain.cli.commands._rules import configured_rules
from kexplain.cli.completion import complete_rules
from kexplain.cli.console import emit, note
from kexplain.cli.options import catalogue_format_option, config_options, split

if TYPE_CHECKING:
    from kexplain.catalogue.rule import Rule


@click.command("rules", context_settings={"auto_envvar_prefix": "KEXPLAIN"})
@click.option("--check", is_flag=True, help="Run the examples of your own rules instead, and exit 1 when one fails.")
@click.option("--select", "wanted", multiple=True, metavar="NAME,…", callback=split, shell_complete=complete_rules,
              help="List only these rules, categories or patterns ('rbac-*').")  # fmt: skip
@click.option(
    "--equivalent",
    metavar="TOOL",
    help="List the checks of another tool (kube-linter, polaris, trivy, …), and the rules that find the same.",
)
@config_options
@catalogue_format_option
@click.pass_context
def command(
    ctx: click.Context, format_: str, config: str, check: bool, wanted: tuple[str, ...], equivalent: str | None
) -> None:
    """Lists every rule, also those of your rule folders."""
    from kexplain.catalogue.selection import select
    from kexplain.output import listing

    known = configured_rules(ctx)
    if wanted:
        known = select("pedantic", wanted, known=known)
    if check:
        sys.exit(check_examples([rule for rule in known.values() if rule.path], config))
    if equivalent:
        from kexplain.catalogue.peers import peer_checks

        checks = peer_checks(equivalent, known.values())
        emit([listing.peers_json(checks) if format_ == "json" else listing.peers_table(checks)])
        note(listing.peers_summary(equivalent, checks))
        return
    emit([listing.rules_json(known) if format_ == "json" else listing.rules_table(known)])


def check_examples(own: list["Rule"], config: str) -> int:
    """Prints which examples fail; 1 when any does. Raises InputError where there is no rule to check."""
    from kexplain.errors import InputError
    from kexplain.run.examples import failures
    from kexplain.syntax.safe import clean

    if not own:
        where = f"{config} names no rule-folders" if config else "there is no configuration that names rule-folders"
        raise InputError(f"{where}, so there is no rule of yours to check")
    found = [failure for rule in own for failure in failures(rule)]
    emit(f"{clean(failure)}\n" for failure in found)
    examples = sum(len(rule.article["examples"]) for rule in own)
    result = f"{len(found)} failure{'s' * (len(found) != 1)}" if found else "all pass"
    note(f"{len(own)} rule{'s' * (len(own) != 1)} with {examples} examples: {result}")
    return 1 if found else 0
