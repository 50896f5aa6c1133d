"""``kexplain annotate``: manifests with their meaning and their findings beside them, or written into them."""

import sys
from typing import TYPE_CHECKING, Any

import click

from kexplain.cli.commands._run import RunCommand, run_options, settings_from
from kexplain.cli.completion import complete_domain
from kexplain.cli.console import emit_shown, note, page, view_of
from kexplain.cli.options import LAYOUTS, OutputType, names_option

if TYPE_CHECKING:
    from kexplain.config.settings import Settings
    from kexplain.engine.annotation import Annotated
    from kexplain.engine.report import Report
    from kexplain.syntax.source import Source, Unread

FEW = 5
"""Documents that could not be annotated and are told one by one; more are counted."""
OF_A_RUN = (
    "paths", "exclude", "respect_gitignore", "force_exclude", "files_from", "stdin_filename", "render", "helm_values",
    "cluster", "context", "namespaces", "kinds", "crds", "schema_locations", "schema_cache", "profile", "select",
    "extend_select", "ignore", "kubernetes_version", "complete", "config", "no_config", "suppress",
    "honor_foreign_suppressions", "baseline", "diff_base", "min_severity", "color",
)  # fmt: skip
"""The options of a run that this command has too; those of the exit code and of reports are for ``lint``."""


@click.command("annotate", cls=RunCommand, context_settings={"auto_envvar_prefix": "KEXPLAIN"})
@run_options(OF_A_RUN)
@click.option("-o", "--output", "--output-format", "--format", "-f", "layouts", type=OutputType(LAYOUTS), multiple=True,
              help="How manifests and their meaning are written, and to which file; repeat it for several. Formats: "
              f"{', '.join(LAYOUTS)}. Without FILE it is standard output; the default is terminal.")  # fmt: skip
@click.option("--brief", "level", flag_value="brief", help="Say only what values do here, and what is wrong.")
@click.option("--full", "level", flag_value="full",
              help="Say all of each definition, and why each finding matters and how to fix it.")  # fmt: skip
@names_option("--only", "Say only what is of these domains (see: kexplain terms).", complete_domain, "only_domains")
@names_option("--skip", "Leave out what is of these domains.", complete_domain, "left_out_domains")
@click.option("--write", is_flag=True,
              help="Write the explanations into the files as comments, in place of earlier ones.")  # fmt: skip
@click.option("--remove", is_flag=True, help="Remove these comments from the files.")
@click.option("--pager/--no-pager", default=True, help="Whether long text on a terminal goes through a pager.")
@click.pass_context
def command(
    ctx: click.Context, /, layouts: tuple[tuple[str, str], ...], *, level: str | None, write: bool, remove: bool,
    pager: bool, **chosen: Any,
) -> None:  # fmt: skip
    """Shows manifests with their meaning: what every field is, what its value does, and what is wrong.

    PATHS are files, folders or globs; '-' is standard input. Without any, the manifests below this folder are shown.
    """
    from kexplain.engine.annotator import annotated
    from kexplain.engine.domains import within
    from kexplain.run.gather import gather
    from kexplain.run.run import run
    from kexplain.syntax.source import Unread

    settings = settings_from(ctx)
    if write or remove:
        refuse_to_rewrite(settings, write=write, remove=remove)
    only, skip = chosen["only_domains"], chosen["left_out_domains"]
    found = list(gather(settings, beside=True))
    unread = [source for source in found if isinstance(source, Unread)]

    def explained(sources: "list[Source | Unread]") -> "tuple[Report, list[Annotated]]":
        report = run(settings, sources)
        return report, within(annotated(report), only, skip)

    failed: list[str] = []
    if write or remove:
        failed = rewrite(found, lambda sources: explained(sources)[1], remove=remove, level=level or "normal")
    else:
        report, files = explained(found)
        show(report, files, layouts, pager=pager, view=view_of(chosen["color"], level=level or "normal"))
    for words in (*failed, *(f"{source.path}: {source.reason}" for source in unread)):
        note(words)
    if failed or not all(source.skipped for source in unread):
        sys.exit(1)


def refuse_to_rewrite(settings: "Settings", *, write: bool, remove: bool) -> None:
    """Fails with a usage error where comments cannot be written into what is read."""
    if write and remove:
        raise click.UsageError("--write and --remove exclude each other")
    if "-" in settings.paths:
        raise click.UsageError("--write and --remove need files, not standard input")
    if settings.render or settings.cluster:
        what = "--render makes" if settings.render else "--cluster reads"
        raise click.UsageError(f"--write and --remove need the files themselves, not what {what}")


def show(
    report: "Report", files: "list[Annotated]", layouts: tuple[tuple[str, str], ...], *, pager: bool, view: Any
) -> None:
    """Writes annotated files, and to standard error what of them could not be explained."""
    from kexplain.objects.outcome import Status
    from kexplain.output import annotated_format
    from kexplain.output.summary import counted

    for layout, file in layouts or (("terminal", ""),):
        pieces = annotated_format.render(layout, files, view._replace(color=False) if file else view, report)
        if file or not sys.stdout.isatty():
            emit_shown(pieces, file)
        else:
            page("".join(pieces), wanted=pager)
    left = [outcome for file in files for outcome in file.outcomes if outcome.status != Status.CHECKED]
    if len(left) > FEW:
        note(f"not annotated: {counted(left)}")
    for outcome in left if len(left) <= FEW else ():
        note(f"{outcome.path}: document {outcome.document}: not annotated: {outcome.reason}")


def rewrite(sources: "list[Source | Unread]", explained: Any, *, remove: bool, level: str) -> list[str]:
    """Writes comments into files, or takes them out; returns why a file was left as it is."""
    from kexplain.edits.comments import rewrite as rewritten

    failed = []
    for one in rewritten(sources, explained, remove=remove, level=level):
        if one.error:
            failed.append(one.error)
        else:
            note(f"{one.path}: {'written' if one.changed else 'unchanged'}")
    return failed
