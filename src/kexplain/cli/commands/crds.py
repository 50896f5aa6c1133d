"""``kexplain crds pull``: the CustomResourceDefinitions of a cluster as files, for ``--crd``."""

import os
import re

import click

from kexplain.cli.console import note


@click.group("crds")
def command() -> None:
    """Gets the definitions of custom kinds."""


@command.command("pull", context_settings={"auto_envvar_prefix": "KEXPLAIN"})
@click.argument("folder", type=click.Path(file_okay=False))
@click.option("--context", default="", metavar="NAME", help="The context of the kubeconfig.")
def pull(folder: str, context: str) -> None:
    """Writes every CustomResourceDefinition of a cluster into FOLDER, one file each, for --crd.

    Needs kexplain[cluster]. A file of the same name is replaced.
    """
    from kexplain.cluster.read import read_cluster
    from kexplain.errors import InputError
    from kexplain.syntax.source import Unread
    from kexplain.words import count

    written = 0
    for source in read_cluster(context, (), ("customresourcedefinitions.apiextensions.k8s.io",)):
        if isinstance(source, Unread):
            raise InputError(f"{source.path}: {source.reason}")
        name = name_of(source.text)
        if not name:
            note(f"{source.path}: left out, its name is no file name")
            continue
        try:
            os.makedirs(folder, exist_ok=True)
            with open(os.path.join(folder, f"{name}.yaml"), "w", encoding="utf-8") as file:
                file.write(source.text)
        except OSError as error:
            raise InputError(f"cannot write into {folder}: {error.strerror or error}") from error
        written += 1
    note(f"{count(written, 'definition')} written into {folder}; lint with --crd {folder}")


def name_of(text: str) -> str:
    """The name of an object, where it can be that of a file: what a cluster says is not trusted with a path."""
    from kexplain.syntax.parse import parse
    from kexplain.syntax.tree import descend, string

    name = string(descend(parse(text)[0].root, "metadata", "name"))
    return name if re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,252}", name) else ""
