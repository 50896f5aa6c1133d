"""``kexplain explain``: what one name means, or a line of a file."""

import os
import sys
from typing import TYPE_CHECKING

import click

from kexplain.cli.commands._rules import configured_rules
from kexplain.cli.console import emit, note, view_of
from kexplain.cli.options import color_option, config_options, version_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kexplain.api.release import Release
    from kexplain.catalogue.rule import Rule
    from kexplain.engine.explanation import Explanation
    from kexplain.objects.reading import File


@click.command("explain", context_settings={"auto_envvar_prefix": "KEXPLAIN"})
@click.argument("name")
@click.option("-o", "--output-format", "--format", "-f", "format_", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How the explanation is written.")  # fmt: skip
@config_options
@version_option
@color_option
@click.pass_context
def command(
    ctx: click.Context, name: str, format_: str, kubernetes_version: "Release", color: str, config: str
) -> None:
    """Explains a term, kind, field, label, rule or line of a file.

    NAME is, for example: headless-service, po, deployment.spec.strategy, app.kubernetes.io/name, latest-image-tag or
    web.yaml:12.
    """
    from kexplain.engine.explanation import UnknownNameError
    from kexplain.output.explanation import as_json, as_text

    try:
        found = explained(name, kubernetes_version, configured_rules(ctx))
    except UnknownNameError as error:
        hint = f"; did you mean {', '.join(map(repr, error.suggestions))}?" if error.suggestions else ""
        note(f"{error}{hint}")
        sys.exit(1)
    emit([as_json(found) if format_ == "json" else as_text(found, view_of(color))])


def explained(name: str, release: "Release", rules: "Mapping[str, Rule]") -> "list[Explanation]":
    """What a name means; the file of one such as ``web.yaml:12`` is read. Raises UnknownNameError."""
    from kexplain.engine.explained_line import explain_line, place_in
    from kexplain.engine.explainer import explain
    from kexplain.engine.explanation import UnknownNameError
    from kexplain.files.decode import ENDINGS

    wanted = name.strip()
    place = place_in(wanted)
    if place and (place[0].endswith(ENDINGS) or os.path.isfile(place[0])):
        path, line = place
        return explain_line(file_at(path), line, release, path)
    if wanted.endswith(ENDINGS) and not os.path.exists(wanted) and "/" in wanted:
        raise UnknownNameError(name, [], f"no such file: {wanted}")
    if os.path.isfile(wanted):
        words = f"{wanted} is a file; use kexplain annotate, or {wanted}:LINE for one line of it"
        raise UnknownNameError(name, [], words)
    return explain(name, release, rules)


def file_at(path: str) -> "File":
    """The file of a path. Raises UnknownNameError where it cannot be read."""
    from kexplain.engine.explanation import UnknownNameError
    from kexplain.files.decode import read_file
    from kexplain.objects.reading import read
    from kexplain.syntax.source import Unread

    source = read_file(path)
    if isinstance(source, Unread):
        raise UnknownNameError(path, [], f"{path}: {source.reason}")
    return read(source)
