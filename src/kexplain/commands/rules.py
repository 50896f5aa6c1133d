"""``kexplain rules``: the catalogue of rules."""

import click

from kexplain.console import emit
from kexplain.options import catalogue_format_option


@click.command("rules")
@catalogue_format_option
def command(format_: str) -> None:
    """Lists every rule."""
    from kexplain import catalogue

    emit([catalogue.rules_json() if format_ == "json" else catalogue.rules_table()])
