"""``kexplain completion``: what a shell needs to complete our commands and options."""

import click

from kexplain.cli.console import emit


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Prints the completion script of a shell.

    For bash put this line into ~/.bashrc: eval "$(kexplain completion bash)"
    """
    from click.shell_completion import get_completion_class

    completion = get_completion_class(shell)
    if completion is not None:
        emit([completion(ctx.find_root().command, {}, "kexplain", "_KEXPLAIN_COMPLETE").source(), "\n"])
