"""``kexplain init``: a commented configuration file."""

import os
from collections.abc import Iterator
from typing import Any

import click

from kexplain.cli.console import emit, note
from kexplain.errors import InputError

HEAD = """\
# Configuration of kexplain. Paths and globs are relative to this file.
# Take the # from a setting to use it; what stands there is the default, or an example where there is none.
# `kexplain config show` shows the settings in force and where each comes from.
"""
WIDTH = 110


@click.command("init")
@click.option("--stdout", "printed", is_flag=True, help="Print it instead of writing the file.")
def command(*, printed: bool) -> None:
    """Writes a .kexplain.yaml with every setting, commented out."""
    from kexplain.config.file import FILES, schema

    text = "\n".join([HEAD, *(line for name, about in schema()["properties"].items() for line in setting(name, about))])
    if printed:
        emit([text])
        return
    if os.path.lexists(FILES[0]):
        raise InputError(f"{FILES[0]} is there already; --stdout prints what would be written")
    emit([text], FILES[0])
    note(f"{FILES[0]}: written; each setting keeps its default until you change it")


def setting(name: str, about: dict[str, Any]) -> Iterator[str]:
    """What a setting is for, then the setting, as comments."""
    import textwrap

    yield from textwrap.wrap(about["description"], WIDTH, initial_indent="# ", subsequent_indent="# ")
    value = about["default"] if "default" in about else about.get("examples", [{}])[0]
    for line in written(name, value):
        yield f"# {line}"
    yield ""


def written(name: str, value: Any) -> Iterator[str]:
    """A setting as YAML: a list of mappings in blocks, anything else on one line."""
    import json

    if isinstance(value, list) and value and isinstance(value[0], dict):
        yield f"{name}:"
        for item in value:
            for number, (key, part) in enumerate(item.items()):
                yield f"{'    ' if number else '  - '}{key}: {json.dumps(part)}"
    else:
        yield f"{name}: {json.dumps(value)}"
