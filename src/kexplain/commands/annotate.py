"""``kexplain annotate``: manifests with their meaning beside them, or written into them."""

import sys
from typing import TYPE_CHECKING

import click

from kexplain.console import emit, note, view_of
from kexplain.options import LAYOUTS, color_option, version_option

if TYPE_CHECKING:
    from kexplain.release import Release
    from kexplain.source import Source


@click.command("annotate")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option("-o", "--output-format", "--format", "-f", "layout", type=click.Choice(LAYOUTS), default="terminal",
              show_default=True, help="How the explained manifest is written.")  # fmt: skip
@click.option("--write", is_flag=True, help="Put the explanations into the files, as comments; renews earlier ones.")
@click.option("--remove", is_flag=True, help="Take such comments out of the files again.")
@version_option
@color_option
def command(
    paths: tuple[str, ...], layout: str, *, write: bool, remove: bool, kubernetes_version: "Release", color: str
) -> None:
    """Shows manifests with their meaning: what every field is, and what its value does."""
    from kexplain.gather import gather
    from kexplain.settings import Settings
    from kexplain.source import Unread

    if write and remove:
        raise click.UsageError("--write and --remove exclude each other")
    if (write or remove) and "-" in paths:
        raise click.UsageError("--write and --remove need files, not standard input")
    found = list(gather(Settings(paths)))
    sources = [source for source in found if not isinstance(source, Unread)]
    failed = [f"{source.path}: {source.reason}" for source in found if isinstance(source, Unread)]
    if write or remove:
        failed += rewrite(sources, kubernetes_version, remove=remove)
    else:
        show(sources, layout, kubernetes_version, color)
    for words in failed:
        note(words)
    if failed:
        sys.exit(1)


def show(sources: "list[Source]", layout: str, release: "Release", color: str) -> None:
    """Writes annotated sources to standard output, and what of them could not be explained to standard error."""
    from kexplain import layout as layouts
    from kexplain.annotator import annotate

    files = annotate(sources, release)
    emit(layouts.render(layout, files, view_of(color)))
    for file in files:
        for outcome in file.outcomes:
            if outcome.status != "checked":
                note(f"{outcome.path}: document {outcome.document}: not annotated: {outcome.reason}")


def rewrite(sources: "list[Source]", release: "Release", *, remove: bool) -> list[str]:
    """Writes comments into files, or takes them out; returns why a file was left as it is."""
    from kexplain.rewrite import RewriteError, rewrite_file

    failed = []
    for source in sources:
        try:
            changed = rewrite_file(source.path, release, remove=remove)
            note(f"{source.path}: {'written' if changed else 'unchanged'}")
        except RewriteError as error:
            failed.append(str(error))
    return failed
