"""What a shell completes after ``kexplain explain``: fields below a path, kinds, terms, rules and files."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kexplain.cli.completion import beginning

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem


def complete_name(_: "click.Context", __: "click.Parameter", incomplete: str) -> "list[CompletionItem]":
    """Whatever ``explain`` knows: fields below a path, else kinds, terms and rules, and files."""
    from click.shell_completion import CompletionItem

    from kexplain.api.kinds import resources
    from kexplain.catalogue.rule import rules
    from kexplain.catalogue.term import terms

    if "." in incomplete and (fields := list(paths(incomplete))):
        return beginning(fields, incomplete)
    known: set[str] = {*terms(), *rules(), *(resource.kind.lower() for resource in resources().values())}
    found = [] if incomplete[:1] in {"", ".", "/"} else beginning(known, incomplete)
    return found or [CompletionItem(incomplete, type="file")]


def paths(begun: str) -> Iterable[str]:
    """The fields one step below a path that is typed as far as its last dot."""
    from kexplain.api import schema
    from kexplain.engine.explained_field import field_below, steps_of, types_called

    above = begun.rpartition(".")[0]
    head, *rest = steps_of(above)
    api: Any = schema.load()
    for type_ in types_called(head, api)[:1]:
        found = field_below(type_, rest, api) if rest else None
        below = type_ if not rest else found[2] if found else None
        yield from (f"{above}.{name}" for name in below.fields) if below else ()
