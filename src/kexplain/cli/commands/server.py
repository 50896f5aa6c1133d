"""``kexplain server``: speaks with an editor over standard input and output (Language Server Protocol)."""

import os
from typing import TYPE_CHECKING, Any

import click

from kexplain.errors import InputError

if TYPE_CHECKING:
    from kexplain.config.settings import Settings


@click.command("server", context_settings={"auto_envvar_prefix": "KEXPLAIN"})
@click.option("--stdio", is_flag=True, help="Use standard input and output; there is no other way, but editors ask so.")
def command(**_: Any) -> None:
    """Speaks with an editor: findings as you type, words on hover, completion, fixes. Needs kexplain[server].

    docs/editors.md says how editors start it.
    """
    try:
        from kexplain.server.protocol import serve
    except ImportError as error:
        raise InputError("the language server needs kexplain[server]: pip install 'kexplain[server]'") from error
    serve(settings_in)


def settings_in(root: str) -> "Settings":
    """The settings of a folder, which becomes the current one: its configuration, and everything below it."""
    from kexplain.config.file import find, load_found
    from kexplain.config.settings import settings_of

    os.chdir(root)
    found = find(".")
    return settings_of({"paths": (".",)}, load_found(found) if found else None)
