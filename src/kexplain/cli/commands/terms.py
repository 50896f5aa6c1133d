"""``kexplain terms``: the catalogue of terms."""

import click

from kexplain.cli.console import emit
from kexplain.cli.options import catalogue_format_option


@click.command("terms")
@catalogue_format_option
def command(format_: str) -> None:
    """Lists every term of the glossary."""
    from kexplain.output import listing

    emit([listing.terms_json() if format_ == "json" else listing.terms_table()])
