"""``kexplain terms``: the catalogue of terms."""

import click

from kexplain.console import emit
from kexplain.options import catalogue_format_option


@click.command("terms")
@catalogue_format_option
def command(format_: str) -> None:
    """Lists every term of the glossary."""
    from kexplain import catalogue

    emit([catalogue.terms_json() if format_ == "json" else catalogue.terms_table()])
