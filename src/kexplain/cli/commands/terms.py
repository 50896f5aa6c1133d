"""``kexplain terms``: the catalogue of terms."""

import sys

import click

from kexplain.cli.completion import complete_domain, complete_term
from kexplain.cli.console import emit, note
from kexplain.cli.options import catalogue_format_option


@click.command("terms")
@click.argument("word", nargs=-1, shell_complete=complete_term)
@click.option("--domain", metavar="DOMAIN", default="", shell_complete=complete_domain,
              help="List the terms of one domain, such as security.")  # fmt: skip
@catalogue_format_option
def command(word: tuple[str, ...], domain: str, format_: str) -> None:
    """Lists the terms of the glossary: all, those of a domain, or those that speak of a WORD."""
    from kexplain.catalogue.term import terms
    from kexplain.output import listing
    from kexplain.words import hint

    domains = {term.domain for term in terms().values()}
    if domain and domain not in domains:
        raise click.UsageError(
            f"no domain is called {domain!r}{hint(domain, domains)}; there are {', '.join(sorted(domains))}"
        )
    found = [term for term in terms().values() if domain in {"", term.domain}]
    if word:
        from kexplain.catalogue.search import speaking_of

        ranked = {id_: rank for rank, id_ in enumerate(speaking_of(" ".join(word)))}
        found = sorted((term for term in found if term.id in ranked), key=lambda term: ranked[term.id])
        if not found:
            note(f"no term{f' of {domain}' if domain else ''} speaks of {' '.join(word)!r}")
            sys.exit(1)
    emit([listing.terms_json(found) if format_ == "json" else listing.terms_table(found)])
