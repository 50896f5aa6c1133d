"""The command line: finds the commands, ends the process, and speaks when we have a bug."""

import gc
import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from kexplain.api.packed import module_names
from kexplain.cli.console import note
from kexplain.errors import InputError
from kexplain.version import __version__
from kexplain.words import near

EXAMPLES = """
\b
Examples:
  kexplain lint                                      check the manifests below this folder
  kexplain lint deploy/web.yaml -o concise           one line per finding
  helm template ./chart | kexplain lint -            check what a chart makes
  kustomize build overlays/prod | kexplain lint -    check what a kustomization makes
  kexplain annotate deploy/web.yaml                  the manifest with its meaning beside it
  kexplain explain deployment.spec.strategy          what a field does
  kexplain explain deploy/web.yaml:12                what a line does
  kexplain lint -o text -o sarif:findings.sarif      in a pipeline: two reports of one run
"""


INTERRUPTED = 130
"""What shells give a program that Ctrl-C stopped: 128 and the number of the signal."""


class Mistake(click.ClickException):
    """What the person at the keyboard can mend: a message, and exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:  # noqa: ARG002 - click's interface
        """Says it on standard error."""
        note(f"kexplain: {self.message}")


class Commands(click.Group):
    """The commands by file name; the one that is called is the only one imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Their names, in the order of the help."""
        return sorted(module_names("cli/commands"), key=lambda name: (ORDER.index(name) if name in ORDER else 99, name))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name."""
        if cmd_name not in module_names("cli/commands"):
            return None
        found: click.Command = import_module(f"kexplain.cli.commands.{cmd_name.replace('-', '_')}").command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name. A misspelt one is told with the nearest."""
        known = self.list_commands(ctx)
        if args and args[0] not in known and (close := near(args[0], known)):
            ctx.fail(f"No such command {args[0]!r}. Did you mean {close[0]!r}?")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; what a person can mend is said as such."""
        try:
            return super().invoke(ctx)
        except InputError as error:
            raise Mistake(str(error)) from error
        except KeyboardInterrupt:
            note("kexplain: interrupted")
            raise click.exceptions.Exit(INTERRUPTED) from None


ORDER = ["lint", "annotate", "explain", "rules", "terms", "init", "config", "suppress", "fix", "crds", "completion"]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
             epilog=EXAMPLES)  # fmt: skip
@click.version_option(__version__, "-V", "--version", message="kexplain %(version)s")
def cli() -> None:
    """Explains Kubernetes manifests and finds what is wrong with them."""


def crash(error: BaseException) -> NoReturn:
    """Our bug: says so in words, asks for a report, exits 2."""
    import traceback

    place = traceback.extract_tb(error.__traceback__)[-1]
    said = f": {error}" if type(error).__name__ == "RuleError" else ""  # others may speak of what they met: a secret
    note(f"kexplain: this is a bug in kexplain, not in your manifests{said}")
    note(f"  at {os.path.basename(place.filename)}:{place.lineno} ({type(error).__name__}), kexplain {__version__}")
    note("  please report it with the manifest that shows it; --ignore RULE leaves out a rule that fails")
    sys.exit(2)


def leave(code: object) -> NoReturn:
    """Ends the process at once: taking a large tree apart before exiting costs more than walking it did."""
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except OSError:  # whoever read our output is gone
        code = code or 1
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


def main() -> None:
    """Entry point of the ``kexplain`` command."""
    gc.disable()  # a run builds large trees without cycles and ends: collecting them costs a fifth of its time
    try:
        cli(prog_name="kexplain")
    except SystemExit as stop:
        leave(stop.code)
    except OSError as error:  # such as a full disk
        note(f"kexplain: {error}")
        leave(2)
    except Exception as error:
        crash(error)
