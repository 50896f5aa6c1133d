"""Options of the command line that several commands share, and what their values are read as."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from kexplain.data import module_names

if TYPE_CHECKING:
    from kexplain.release import Release

FORMATS, LAYOUTS = module_names("formats"), module_names("layouts")


class ReleaseType(click.ParamType):  # type: ignore[type-arg] # generic in the stubs of some click versions only
    """A Kubernetes version on the command line."""

    name = "X.Y"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> "Release":
        """Reads the version. Fails with a usage error."""
        from kexplain.release import Release, parse_release

        if isinstance(value, Release):
            return value
        try:
            return parse_release(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class OutputType(click.ParamType):  # type: ignore[type-arg] # as above
    """A report format and, after a colon, the file it goes to."""

    name = "FORMAT[:FILE]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Splits the two. Fails with a usage error where there is no such format."""
        format_, _, file = value.partition(":") if isinstance(value, str) else (value[0], "", value[1])
        if format_ not in FORMATS:
            self.fail(f"{format_!r} is not one of {', '.join(FORMATS)}.", param, ctx)
        return format_, file


def version_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--kubernetes-version``."""
    return click.option("--kubernetes-version", "release", type=ReleaseType(), default="1.37", show_default=True,
                        help="What is valid, deprecated and removed is judged for this version.")(command)  # fmt: skip


def color_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--color``."""
    choice = click.Choice(["auto", "always", "never"])
    return click.option("--color", type=choice, default="auto", show_default=True, help="Colour in the output.")(
        command
    )


def catalogue_format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--format`` of a catalogue."""
    names, choice = ("-o", "--output-format", "--format", "-f", "format_"), click.Choice(["table", "json"])
    return click.option(*names, type=choice, default="table", show_default=True, help="How it is written.")(command)
