"""``kexplain config``: every setting in force and where it comes from, the schema of the file, a setting changed."""

import os
from typing import Any

import click
from click.core import ParameterSource

from kexplain.cli.commands._run import RunCommand, run_options, settings_from
from kexplain.cli.console import emit, note


@click.group("config")
def command() -> None:
    """Shows the configuration in force or the JSON Schema of the file, or changes a setting in the file."""


@command.command("show", cls=RunCommand, context_settings={"auto_envvar_prefix": "KEXPLAIN"})
@run_options()
@click.option("--json", "as_json", is_flag=True, help="Write the settings as JSON.")
@click.pass_context
def show(ctx: click.Context, /, **chosen: Any) -> None:
    """Shows every setting in force, and its origin.

    Takes the arguments of `kexplain lint`. An origin is the command line, a variable, a line of a file, or the default.
    """
    from kexplain.syntax.safe import clean, json_text

    rows = list(rows_of(ctx))
    if chosen["as_json"]:
        emit([json_text({name: {"value": value, "origin": origin} for name, value, origin in rows})])
        return
    width = max(len(name) for name, _, _ in rows)
    origins = max(len(origin) for _, _, origin in rows)
    emit(clean(f"{name:<{width}}  {origin:<{origins}}  {written(value)}\n") for name, value, origin in rows)


@command.command("schema")
def print_schema() -> None:
    """Prints the JSON Schema of the configuration file, for editors."""
    from kexplain.config.file import SCHEMA

    with open(SCHEMA, encoding="utf-8") as file:
        emit([file.read()])


@command.command("set", context_settings={"auto_envvar_prefix": "KEXPLAIN"})
@click.argument("key")
@click.argument("value")
@click.option("--config", metavar="FILE", type=click.Path(),
              help="The file to change; without it the nearest .kexplain.yaml, or a new one here.")  # fmt: skip
def set_value(key: str, value: str, config: str | None) -> None:
    """Writes a setting into the configuration file, whose comments and order stay.

    KEY is a setting such as fail-on, or one of a rule such as severity.latest-image-tag. VALUE is text, or a list
    such as security,network.
    """
    from kexplain.edits.configuration import file_to_change, save, with_setting
    from kexplain.syntax.safe import clean

    change = with_setting(file_to_change(config or ""), key, value)
    if change.new == change.old:
        note(f"{change.path}: unchanged")
        return
    save(change)
    note(clean(f"{change.path}: {key} is now {value}"))


def rows_of(ctx: click.Context) -> list[tuple[str, Any, str]]:
    """Name, value and origin of every setting: those of options, then those that only a file has."""
    from kexplain.config.file import schema

    config = ctx.meta["kexplain.config"]
    rows = []
    for parameter in ctx.command.params:
        name = parameter.name or ""
        if name in HIDDEN:
            continue
        value = ctx.params[name] if name != "paths" else settings_from(ctx).paths
        rows.append((name.replace("_", "-"), plain(value), origin_of(ctx, parameter)))
    options = {parameter.name for parameter in ctx.command.params} | {"extends"}
    keys = (key for key in schema()["properties"] if key.replace("-", "_") not in options)
    return [*rows, *((key, config.values.get(key), config.origins.get(key, "default")) for key in keys)]


def origin_of(ctx: click.Context, parameter: click.Parameter) -> str:
    """Where a value comes from: the command line, a variable, a line of a file, or the default."""
    name = parameter.name or ""
    source = ctx.get_parameter_source(name)
    if source is ParameterSource.COMMANDLINE:
        return "command line"
    if source is ParameterSource.ENVIRONMENT:
        names = parameter.envvar if isinstance(parameter.envvar, list) else [f"KEXPLAIN_{name.upper()}"]
        return next((variable for variable in names if os.environ.get(variable)), names[0])
    origins: dict[str, str] = ctx.meta["kexplain.config"].origins
    return origins.get(name.replace("_", "-"), "default")


def plain(value: Any) -> Any:
    """A value as a configuration file writes it."""
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return [":".join(filter(None, item)) if isinstance(item, tuple) else item for item in value]
    return str(value) if isinstance(value, tuple) else value


def written(value: Any) -> str:
    """A value on one line."""
    import json

    return "-" if value is None else value if isinstance(value, str) and value else json.dumps(value)


HIDDEN = {"as_json", "no_config", "exit_zero", "list_files", "update_baseline"}
