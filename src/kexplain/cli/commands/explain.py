"""``kexplain explain``: what one name means."""

import sys
from typing import TYPE_CHECKING, Any

import click

from kexplain.cli.commands._rules import configured_rules
from kexplain.cli.completed_name import complete_name
from kexplain.cli.completion import complete_version
from kexplain.cli.console import emit, note, page, view_of
from kexplain.cli.options import color_option, config_options, definition_options, version_option

if TYPE_CHECKING:
    from kexplain.api.definition import Definition
    from kexplain.api.release import Release
    from kexplain.config.settings import Settings


@click.command("explain", context_settings={"auto_envvar_prefix": "KEXPLAIN"})
@click.argument("name", nargs=-1, required=True, shell_complete=complete_name)
@click.option("-o", "--output-format", "--format", "-f", "format_", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How the explanation is written.")  # fmt: skip
@click.option("--recursive", is_flag=True, help="Show the fields below each field as well.")
@click.option("--api-version", metavar="VERSION", default="", shell_complete=complete_version,
              help="Take this API version of a kind, such as autoscaling/v1; otherwise the newest.")  # fmt: skip
@click.option("--skeleton", "sample", flag_value="skeleton", help="Print the smallest object of the kind that passes.")
@click.option("--example", "sample", flag_value="example", help="Print a good object of the kind.")
@click.option("--pager/--no-pager", default=True, help="Whether long text on a terminal goes through a pager.")
@definition_options
@config_options
@version_option
@color_option
@click.pass_context
def command(
    ctx: click.Context, /, name: tuple[str, ...], format_: str, kubernetes_version: "Release", color: str, config: str,
    recursive: bool, api_version: str, sample: str | None, pager: bool, **told: Any,
) -> None:  # fmt: skip
    """Explains a term, kind, field, value, label, rule or line of a file, or answers a question.

    NAME is, for example: headless-service, po, hostPath, deployment.spec.strategy, Recreate, CrashLoopBackOff,
    app.kubernetes.io/name, latest-image-tag, CKV_K8S_8, web.yaml:12, or: why is my pod pending.
    """
    from kexplain.config.settings import settings_of
    from kexplain.engine.explanation import UnknownNameError
    from kexplain.output.explanation import as_json, as_text

    wanted = " ".join(name)
    settings = settings_of({**told, "kubernetes_version": kubernetes_version}, ctx.meta["kexplain.config"])
    try:
        if sample:
            emit([sample_text(wanted, settings, api_version, good=sample == "example", as_json=format_ == "json")])
            return
        found = place_or_name(ctx, wanted, settings, api_version, recursive)
    except UnknownNameError as error:
        hint = f"; did you mean {', '.join(map(repr, error.suggestions))}?" if error.suggestions else ""
        note(f"{error}{hint}")
        sys.exit(1)
    if format_ == "json":
        emit([as_json(found)])
    else:
        page(as_text(found, view_of(color)), wanted=pager)


def place_or_name(ctx: click.Context, name: str, settings: "Settings", api_version: str, recursive: bool) -> list[Any]:
    """What a line of a file says, or what a name means. Raises UnknownNameError."""
    from kexplain.engine.explainer import explain
    from kexplain.run.place import explain_place

    if found := explain_place(name, settings):
        return found
    release = settings.kubernetes_version
    return explain(name, release, configured_rules(ctx), api_version=api_version, given=given(settings), deep=recursive)


def given(settings: "Settings") -> "list[Definition]":
    """Every definition that ``--crd`` names."""
    if not settings.crds:
        return []
    from kexplain.run.definitions import given_to

    return given_to(settings)


def sample_text(name: str, settings: "Settings", api_version: str, *, good: bool, as_json: bool) -> str:
    """An object of a kind as YAML, or as JSON. Raises UnknownNameError."""
    from types import MappingProxyType

    from kexplain.api import schema
    from kexplain.api.custom_types import with_custom
    from kexplain.engine.asked import Asked
    from kexplain.engine.sample import sample_of
    from kexplain.output.listing import dump
    from kexplain.output.sample import as_yaml

    api = with_custom(schema.load(settings.kubernetes_version), given(settings))
    asked = Asked(api, settings.kubernetes_version, MappingProxyType({}), api_version)
    found = sample_of(name, asked, good=good)
    return dump(found) if as_json else as_yaml(found)
