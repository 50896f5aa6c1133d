"""What a shell completes after our options: rules, kinds, terms, domains, API versions and formats."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

MOST = 200
"""Names that are offered at once."""


def beginning(known: Iterable[str], begun: str) -> "list[CompletionItem]":
    """The names that begin as what is typed, in whatever case."""
    from click.shell_completion import CompletionItem

    fitting = sorted({name for name in known if name.lower().startswith(begun.lower())})
    return [CompletionItem(name) for name in fitting[:MOST]]


def complete_rules(_: "click.Context", __: "click.Parameter", incomplete: str) -> "list[CompletionItem]":
    """Rules and their categories; after a comma the next one."""
    from kexplain.catalogue.rule import rules

    done, comma, begun = incomplete.rpartition(",")
    known = {*rules(), *(rule.category for rule in rules().values())}
    return [type(item)(f"{done}{comma}{item.value}") for item in beginning(known, begun)]


def complete_kinds(_: "click.Context", __: "click.Parameter", incomplete: str) -> "list[CompletionItem]":
    """Built-in kinds; after a comma the next one."""
    from kexplain.api.kinds import resources

    done, comma, begun = incomplete.rpartition(",")
    known = {resource.kind for resource in resources().values()}
    return [type(item)(f"{done}{comma}{item.value}") for item in beginning(known, begun)]


def complete_term(_: "click.Context", __: "click.Parameter", incomplete: str) -> "list[CompletionItem]":
    """Terms by their ids."""
    from kexplain.catalogue.term import terms

    return beginning(terms(), incomplete)


def complete_domain(_: "click.Context", __: "click.Parameter", incomplete: str) -> "list[CompletionItem]":
    """Domains of the glossary; after a comma the next one."""
    from kexplain.catalogue.term import terms

    done, comma, begun = incomplete.rpartition(",")
    known = {term.domain for term in terms().values()}
    return [type(item)(f"{done}{comma}{item.value}") for item in beginning(known, begun)]


def complete_version(_: "click.Context", __: "click.Parameter", incomplete: str) -> "list[CompletionItem]":
    """API versions of built-in kinds."""
    from kexplain.api import schema

    return beginning({key.partition(" ")[0] for key in schema.load().kinds}, incomplete)


def complete_format(formats: Iterable[str], incomplete: str) -> "list[CompletionItem]":
    """Formats of reports; after a colon a file."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")] if ":" in incomplete else beginning(formats, incomplete)
