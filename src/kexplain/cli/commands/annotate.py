"""``kexplain annotate``: manifests with their meaning beside them, or written into them."""

import sys
from typing import TYPE_CHECKING, Any

import click

from kexplain.cli.console import emit, note, view_of
from kexplain.cli.options import LAYOUTS, color_option, config_options, definition_options, version_option

if TYPE_CHECKING:
    from kexplain.api.release import Release
    from kexplain.config.settings import Settings
    from kexplain.syntax.source import Source

FEW = 5
"""Documents that could not be annotated and are told one by one; more are counted."""
FILES = ("exclude", "respect_gitignore", "force_exclude")
"""What of the configuration says which files are read."""


@click.command("annotate", context_settings={"auto_envvar_prefix": "KEXPLAIN"})
@click.argument("paths", nargs=-1, required=True, type=click.Path(), is_eager=True)
@click.option("-o", "--output-format", "--format", "-f", "layout", type=click.Choice(LAYOUTS), default="terminal",
              show_default=True, help="How the manifest and its meaning are written.")  # fmt: skip
@click.option(
    "--write", is_flag=True, help="Write the explanations into the files as comments, in place of earlier ones."
)
@click.option("--remove", is_flag=True, help="Remove these comments from the files.")
@definition_options
@config_options
@version_option
@color_option
@click.pass_context
def command(
    ctx: click.Context, /, paths: tuple[str, ...], layout: str, *,
    write: bool, remove: bool, kubernetes_version: "Release", color: str, config: str, **told: Any,
) -> None:  # fmt: skip
    """Shows manifests with their meaning: what every field is and what its value does.

    PATHS are files, folders or globs; '-' is standard input.
    """
    from kexplain.config.settings import settings_of
    from kexplain.run.gather import gather
    from kexplain.syntax.source import Unread

    if write and remove:
        raise click.UsageError("--write and --remove exclude each other")
    if (write or remove) and "-" in paths:
        raise click.UsageError("--write and --remove need files, not standard input")
    chosen = {**told, "paths": paths, "kubernetes_version": kubernetes_version}
    settings = settings_of(chosen, ctx.meta["kexplain.config"], FILES)
    found = list(gather(settings))
    sources = [source for source in found if not isinstance(source, Unread)]
    failed = [f"{source.path}: {source.reason}" for source in found if isinstance(source, Unread)]
    if write or remove:
        failed += rewrite(sources, settings, remove=remove)
    else:
        show(sources, layout, settings, color)
    for words in failed:
        note(words)
    if failed:
        sys.exit(1)


def show(sources: "list[Source]", layout: str, settings: "Settings", color: str) -> None:
    """Writes annotated sources to standard output, and what of them could not be explained to standard error."""
    from kexplain.engine.annotator import annotate
    from kexplain.files.tree import Disk
    from kexplain.objects.outcome import Status
    from kexplain.output import annotated_format as layouts
    from kexplain.output.summary import counted
    from kexplain.run.definitions import definitions_of

    files = annotate(sources, settings.kubernetes_version, definitions_of(settings), Disk(settings.paths))
    emit(layouts.render(layout, files, view_of(color)))
    left = [outcome for file in files for outcome in file.outcomes if outcome.status != Status.CHECKED]
    if len(left) > FEW:
        note(f"not annotated: {counted(left)}")
    for outcome in left if len(left) <= FEW else ():
        note(f"{outcome.path}: document {outcome.document}: not annotated: {outcome.reason}")


def rewrite(sources: "list[Source]", settings: "Settings", *, remove: bool) -> list[str]:
    """Writes comments into files, or takes them out; returns why a file was left as it is."""
    from kexplain.edits.comments import RewriteError, rewrite_file
    from kexplain.run.definitions import definitions_of

    definitions = definitions_of(settings)
    failed = []
    for source in sources:
        try:
            changed = rewrite_file(source.path, settings.kubernetes_version, definitions, remove=remove)
            note(f"{source.path}: {'written' if changed else 'unchanged'}")
        except RewriteError as error:
            failed.append(str(error))
    return failed
