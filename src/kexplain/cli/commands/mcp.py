"""``kexplain mcp``: answers a language model over standard input and output (Model Context Protocol)."""

import os

import click

from kexplain.errors import InputError


@click.command("mcp", context_settings={"auto_envvar_prefix": "KEXPLAIN"})
@click.argument("folder", type=click.Path(file_okay=False, exists=True), default=".")
def command(folder: str) -> None:
    """Answers a language model about the manifests of FOLDER: lint, explain, annotate, preview of fixes, skeletons.

    It reads nothing outside of FOLDER and writes nothing. Needs kexplain[mcp].
    """
    try:
        from kexplain.agents.protocol import serve
    except ImportError as error:
        raise InputError("answering a language model needs kexplain[mcp]: pip install 'kexplain[mcp]'") from error
    os.chdir(folder)
    serve(".")
