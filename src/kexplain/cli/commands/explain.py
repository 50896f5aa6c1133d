"""``kexplain explain``: what one name means."""

import sys
from typing import TYPE_CHECKING, Any

import click

from kexplain.cli.commands._rules import configured_rules
from kexplain.cli.console import emit, note, view_of
from kexplain.cli.options import color_option, config_options, definition_options, version_option

if TYPE_CHECKING:
    from kexplain.api.release import Release


@click.command("explain", context_settings={"auto_envvar_prefix": "KEXPLAIN"})
@click.argument("name")
@click.option("-o", "--output-format", "--format", "-f", "format_", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How the explanation is written.")  # fmt: skip
@definition_options
@config_options
@version_option
@color_option
@click.pass_context
def command(
    ctx: click.Context, /, name: str, format_: str, kubernetes_version: "Release", color: str, config: str, **told: Any
) -> None:
    """Explains a term, kind, field, label, rule or line of a file.

    NAME is, for example: headless-service, po, deployment.spec.strategy, app.kubernetes.io/name, latest-image-tag or
    web.yaml:12.
    """
    from kexplain.config.settings import settings_of
    from kexplain.engine.explainer import explain
    from kexplain.engine.explanation import UnknownNameError
    from kexplain.output.explanation import as_json, as_text
    from kexplain.run.definitions import definitions_of, given_to
    from kexplain.run.place import explain_place

    try:
        settings = settings_of({**told, "kubernetes_version": kubernetes_version})
        definitions = definitions_of(settings)
        found = explain_place(name, kubernetes_version, definitions)
        found = found or explain(name, kubernetes_version, configured_rules(ctx), given_to(settings))
    except UnknownNameError as error:
        hint = f"; did you mean {', '.join(map(repr, error.suggestions))}?" if error.suggestions else ""
        note(f"{error}{hint}")
        sys.exit(1)
    emit([as_json(found) if format_ == "json" else as_text(found, view_of(color))])
