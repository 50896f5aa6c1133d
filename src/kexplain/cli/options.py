"""Options of the command line that several commands share, and what their values are read as."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from kexplain.api.packed import module_names
from kexplain.cli.completion import complete_format, complete_rules

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from kexplain.api.release import Release

FORMATS, LAYOUTS = module_names("output/reports"), module_names("output/annotated")
Command = Callable[..., Any]
Completer = Callable[[click.Context, click.Parameter, str], Any]


class ReleaseType(click.ParamType):  # type: ignore[type-arg] # generic in the stubs of some click versions only
    """A Kubernetes version on the command line."""

    name = "X.Y"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> "Release":
        """Reads the version. Fails with a usage error."""
        from kexplain.api.release import Release, parse_release

        if isinstance(value, Release):
            return value
        try:
            return parse_release(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class OutputType(click.ParamType):  # type: ignore[type-arg] # as above
    """One of some formats and, after a colon, the file it goes to."""

    name = "FORMAT[:FILE]"

    def __init__(self, formats: list[str]) -> None:
        self.formats = formats

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Splits the two. Fails with a usage error where there is no such format."""
        format_, _, file = value.partition(":") if isinstance(value, str) else (value[0], "", value[1])
        if format_ not in self.formats:
            self.fail(f"{format_!r} is not one of {', '.join(self.formats)}.", param, ctx)
        return format_, file

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":  # noqa: ARG002
        """The formats, and a file behind the colon."""
        return complete_format(self.formats, incomplete)


def version_option(command: Command) -> Command:
    """``--kubernetes-version``."""
    return click.option("--kubernetes-version", type=ReleaseType(), default="1.37", show_default=True,
                        help="Judge by this version what is valid, deprecated or removed.")(command)  # fmt: skip


def definition_options(command: Command) -> Command:
    """``--crd`` and ``--schema-location``, with where fetched schemas are kept."""
    command = click.option("--schema-cache", metavar="FOLDER", callback=cache_folder,
                           help="Where schemas from an address are kept for a day; by default in the user's cache.",
                           )(command)  # fmt: skip
    command = click.option("--schema-location", "schema_locations", multiple=True, metavar="LOCATION",
                           help="Look for schemas of custom kinds here: a folder or address, or a template of one as "
                           "kubeconform has them. Repeat it for several.")(command)  # fmt: skip
    return click.option("--crd", "crds", multiple=True, metavar="PATH", type=click.Path(),
                        help="Take the CustomResourceDefinitions in a file or folder. Repeat it for several.",
                        )(command)  # fmt: skip


def cache_folder(_: click.Context, __: click.Parameter, value: str | None) -> str:
    """The folder for what is fetched: the one named, else ``kexplain/schemas`` in the user's cache."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or os.path.expanduser("~/.cache")
    return value or os.path.join(base, "kexplain", "schemas")


def color_option(command: Command) -> Command:
    """``--color``."""
    choice = click.Choice(["auto", "always", "never"])
    return click.option("--color", type=choice, default="auto", show_default=True, help="When to use colour.")(command)


def catalogue_format_option(command: Command) -> Command:
    """``--format`` of a catalogue."""
    names, choice = ("-o", "--output-format", "--format", "-f", "format_"), click.Choice(["table", "json"])
    return click.option(*names, type=choice, default="table", show_default=True, help="How the list is written.")(
        command
    )


def names_option(
    name: str, words: str, complete: Completer = complete_rules, parameter: str = ""
) -> Callable[[Command], Command]:
    """An option that takes names with commas between them, and may be repeated; a shell completes rules by default."""
    names = (name, parameter) if parameter else (name,)
    return click.option(*names, multiple=True, metavar="NAME,…", callback=split, shell_complete=complete, help=words)


def split(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """``--select a,b --select c`` as one tuple."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def config_options(command: Command) -> Command:
    """``--config FILE`` and ``--no-config``: what they name becomes the defaults of the other options."""
    command = click.option("--no-config", is_flag=True, is_eager=True, expose_value=False, callback=without_config,
                           help="Use no configuration file.")(command)  # fmt: skip
    return click.option("--config", is_eager=True, metavar="FILE", callback=with_config, type=click.Path(),
                        help="The configuration file; without it the nearest .kexplain.yaml or pyproject.toml.",
                        )(command)  # fmt: skip


def without_config(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    """Remembers that no configuration is wanted."""
    ctx.meta["kexplain.no-config"] = value


def with_config(ctx: click.Context, _: click.Parameter, value: str | None) -> str:
    """Loads the configuration of a command and makes it the defaults of its options; returns its path.

    One that was found starts no program: whoever opens a pull request can write it.
    """
    from kexplain.config.file import Config, load, load_found

    if value:
        config = load(value)
    else:
        path = "" if ctx.meta.get("kexplain.no-config") else nearest(ctx.params.get("paths") or ())
        config = load_found(path) if path else Config("", {}, {})
        if config.values.pop("render", False):
            ctx.meta["kexplain.render-refused"] = config.origins.pop("render")
    ctx.meta["kexplain.config"] = config
    ctx.default_map = {name.replace("-", "_"): value for name, value in config.values.items()}
    return config.path


def nearest(paths: tuple[str, ...]) -> str:
    """The configuration of a run that names none; that of another repository where all paths lie in that one."""
    from kexplain.config.file import find
    from kexplain.files.confines import repository_root

    start = start_of(paths)
    found = find(start)
    if start == "." and not found and (real := [os.path.realpath(path) for path in paths if path != "-"]):
        roots = {repository_root(path) for path in real}
        if len(roots) == 1 and roots.isdisjoint({"", repository_root(".")}):
            return find(folder_of(real))
    return found


def start_of(paths: tuple[str, ...]) -> str:
    """Where the search for a configuration begins: this folder, or that of the paths when all lie outside of it."""
    here = os.path.realpath(".")
    real = [os.path.realpath(path) for path in paths if path != "-"]
    if not real or any(path == here or path.startswith(here.rstrip(os.sep) + os.sep) for path in real):
        return "."
    try:
        return folder_of(real)
    except ValueError:  # on several drives
        return "."


def folder_of(paths: list[str]) -> str:
    """The folder that all paths lie in. Raises ValueError for paths on several drives."""
    common = os.path.commonpath(paths)
    return common if os.path.isdir(common) else os.path.dirname(common)
