"""The command line: the only module that prints, reads the environment or exits."""

import gc
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NoReturn

import click

from kexplain import __version__
from kexplain.data import InputError
from kexplain.options import FORMATS, LAYOUTS, OutputType, catalogue_format_option, color_option, version_option

if TYPE_CHECKING:
    from kexplain.finding import Report
    from kexplain.release import Release
    from kexplain.source import Source, Unread

PROFILES = ("recommended", "pss-baseline", "pss-restricted", "pedantic")
SEVERITIES = ("info", "warning", "error")

EXAMPLES = """
\b
Examples:
  kexplain lint                                      check the manifests below this folder
  kexplain lint deploy/web.yaml -o concise           one line per finding
  helm template ./chart | kexplain lint -            check what a chart makes
  kustomize build overlays/prod | kexplain lint -    check what a kustomization makes
  kexplain annotate deploy/web.yaml                  the manifest with its meaning beside it
  kexplain explain deployment.spec.strategy          one name
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, epilog=EXAMPLES)
@click.version_option(__version__, "-V", "--version", message="kexplain %(version)s")
def cli() -> None:
    """Explains Kubernetes manifests, and finds what is wrong with them."""


@cli.command("lint")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("-o", "--output", "--output-format", "--format", "-f", "outputs", type=OutputType(), multiple=True,
              help=f"How the findings are written, and where to; repeat it for several. Formats: {', '.join(FORMATS)}. "
              "One without FILE goes to standard output; the default is text.")  # fmt: skip
@click.option("--profile", type=click.Choice(PROFILES), default="recommended", show_default=True,
              help="Which rules are on when --select names none.")  # fmt: skip
@click.option("--select", multiple=True, metavar="RULE,…", help="Only these rules, categories or patterns (rbac-*).")
@click.option("--extend-select", multiple=True, metavar="RULE,…", help="These as well.")
@click.option("--ignore", multiple=True, metavar="RULE,…", help="Not these.")
@click.option("--min-severity", type=click.Choice(SEVERITIES), default="info", show_default=True, help="What is shown.")
@click.option("--fail-on", type=click.Choice([*SEVERITIES, "never"]), default="warning", show_default=True,
              help="What makes the exit code 1.")  # fmt: skip
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever is found.")
@click.option("--strict", is_flag=True, help="Exit 1 as well when a document was not understood.")
@click.option("--complete/--incomplete", "complete", default=None,
              help="Whether the paths hold all that is deployed: judge every reference, or none.")  # fmt: skip
@click.option(
    "--explain/--no-explain", "explained", default=True, help="Say with each finding why it matters and the cure."
)
@click.option("--stdin-filename", default="<stdin>", metavar="NAME", help="What reports call the text read for '-'.")
@click.option("-q", "--quiet", is_flag=True, help="No summary.")
@click.option("-v", "--verbose", is_flag=True, help="List what was not checked.")
@version_option
@color_option
def lint_command(paths: tuple[str, ...], **chosen: Any) -> None:
    """Finds what is wrong in PATHS (files or folders; '-' is standard input; the default is this folder)."""
    from kexplain import format as formats
    from kexplain.finding import Severity
    from kexplain.lint import Options, lint
    from kexplain.rule import UnknownRuleError, select

    try:
        rules = select(chosen["profile"], *(split(chosen[name]) for name in ("select", "extend_select", "ignore")))
    except UnknownRuleError as error:
        raise click.UsageError(str(error)) from error
    options = Options(rules, chosen["release"], Severity(chosen["min_severity"]), chosen["complete"])
    report = lint(read(paths or (".",), chosen["stdin_filename"]), options)
    view = view_of(chosen["color"], explain=chosen["explained"])
    for format_, file in chosen["outputs"] or [("text", "")]:
        emit(formats.render(format_, report, view if not file else view._replace(color=False)), file)
    if not chosen["quiet"]:
        print_summary(report, verbose=chosen["verbose"])
    failing = chosen["fail_on"] != "never" and any(
        finding.severity.weight >= Severity(chosen["fail_on"]).weight for finding in report.findings
    )
    sys.exit(1 if not chosen["exit_zero"] and (failing or (chosen["strict"] and report.not_understood())) else 0)


@cli.command("annotate")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option("-o", "--output-format", "--format", "-f", "layout", type=click.Choice(LAYOUTS), default="terminal",
              show_default=True, help="How the explained manifest is written.")  # fmt: skip
@click.option("--write", is_flag=True, help="Put the explanations into the files, as comments; renews earlier ones.")
@click.option("--remove", is_flag=True, help="Take such comments out of the files again.")
@version_option
@color_option
def annotate_command(
    paths: tuple[str, ...], layout: str, *, write: bool, remove: bool, release: "Release", color: str
) -> None:
    """Shows manifests with their meaning: what every field is, and what its value does."""
    from kexplain.source import Unread

    if write and remove:
        raise click.UsageError("--write and --remove exclude each other")
    if (write or remove) and "-" in paths:
        raise click.UsageError("--write and --remove need files, not standard input")
    found = list(read(paths, "<stdin>"))
    sources = [source for source in found if not isinstance(source, Unread)]
    failed = [f"{source.path}: {source.reason}" for source in found if isinstance(source, Unread)]
    if write or remove:
        failed += rewrite(sources, release, remove=remove)
    else:
        show(sources, layout, release, color)
    for words in failed:
        note(words)
    if failed:
        sys.exit(1)


def show(sources: "list[Source]", layout: str, release: "Release", color: str) -> None:
    """Writes annotated sources to standard output, and what of them could not be explained to standard error."""
    from kexplain import layout as layouts
    from kexplain.annotate import annotate

    files = annotate(sources, release)
    for piece in layouts.render(layout, files, view_of(color)):
        click.echo(piece, nl=False, color=True)
    for file in files:
        for outcome in file.outcomes:
            if outcome.status != "checked":
                note(f"{outcome.path}: document {outcome.document}: not annotated: {outcome.reason}")


def rewrite(sources: "list[Source]", release: "Release", *, remove: bool) -> list[str]:
    """Writes comments into files, or takes them out; returns why a file was left as it is."""
    from kexplain.rewrite import RewriteError, rewrite_file

    failed = []
    for source in sources:
        try:
            changed = rewrite_file(source.path, release, remove=remove)
            note(f"{source.path}: {'written' if changed else 'unchanged'}")
        except RewriteError as error:
            failed.append(str(error))
    return failed


@cli.command("explain")
@click.argument("name")
@click.option("-o", "--output-format", "--format", "-f", "format_", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How the explanation is written.")  # fmt: skip
@version_option
@color_option
def explain_command(name: str, format_: str, release: "Release", color: str) -> None:
    """Explains NAME: a term, kind, short name, field path, label, rule, or a place such as web.yaml:12."""
    from kexplain.explain import UnknownNameError, explain
    from kexplain.explanation import as_json, as_text

    try:
        found = explain(name, release)
    except UnknownNameError as error:
        hint = f"; did you mean {', '.join(map(repr, error.suggestions))}?" if error.suggestions else ""
        note(f"{error}{hint}")
        sys.exit(1)
    click.echo(as_json(found) if format_ == "json" else as_text(found, view_of(color)), nl=False, color=True)


@cli.command("rules")
@catalogue_format_option
def rules_command(format_: str) -> None:
    """Lists every rule."""
    from kexplain import catalogue

    click.echo(catalogue.rules_json() if format_ == "json" else catalogue.rules_table(), nl=False)


@cli.command("terms")
@catalogue_format_option
def terms_command(format_: str) -> None:
    """Lists every term of the glossary."""
    from kexplain import catalogue

    click.echo(catalogue.terms_json() if format_ == "json" else catalogue.terms_table(), nl=False)


@cli.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_command(shell: str) -> None:
    """Prints the completion script for a shell: eval "$(kexplain completion bash)"."""
    from click.shell_completion import get_completion_class

    completion = get_completion_class(shell)
    if completion is not None:
        click.echo(completion(cli, {}, "kexplain", "_KEXPLAIN_COMPLETE").source())


def read(paths: Iterable[str], stdin_name: str) -> "Iterable[Source | Unread]":
    """The sources of the paths. A path that does not exist is misuse."""
    from kexplain.format import clean
    from kexplain.sources.files import read_paths

    for path in paths:
        if path != "-" and not os.path.exists(path):
            raise click.UsageError(f"no such file or folder: {clean(path)}")
    seen: set[str] = set()
    for path in paths:
        if path == "-":
            from kexplain.sources.stdin import read_stdin

            yield read_stdin(stdin_name)
        else:
            yield from read_paths([path], seen)


def emit(pieces: Iterable[str], file: str) -> None:
    """Writes a report to a file, or to standard output where none is named. A file that cannot be written is misuse."""
    if not file:
        for piece in pieces:
            click.echo(piece, nl=False, color=True)
        return
    try:
        with open(file, "w", encoding="utf-8", newline="\n") as target:
            target.writelines(pieces)
    except OSError as error:
        raise click.UsageError(f"cannot write {file}: {error.strerror or error}") from error


def split(values: Iterable[str]) -> list[str]:
    """``--select a,b --select c`` as one list."""
    return [name.strip() for value in values for name in value.split(",") if name.strip()]


def view_of(color: str, *, explain: bool = True) -> Any:
    """How the person wants to see the output. Order: flag, NO_COLOR, FORCE_COLOR, terminal."""
    from kexplain.format import View

    environment = os.environ
    if color != "auto":
        colored = color == "always"
    elif environment.get("NO_COLOR") or environment.get("TERM") == "dumb":
        colored = False
    else:
        colored = bool(environment.get("FORCE_COLOR") or environment.get("CLICOLOR_FORCE", "0") != "0") or (
            sys.stdout is not None and sys.stdout.isatty()  # None: closed by whoever started us
        )
    return View(colored, terminal_width(), explain)


def terminal_width() -> int:
    """Columns of the terminal: what COLUMNS says, else what the terminal says, else 100.

    shutil has the same, but importing it costs a start 3 ms.
    """
    if (columns := os.environ.get("COLUMNS", "")).isdecimal() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 100
    except (AttributeError, OSError, ValueError):  # standard output is closed, or no terminal
        return 100


def print_summary(report: "Report", *, verbose: bool) -> None:
    """What was found and what was not checked, on standard error."""
    from kexplain.summary import summary_lines

    for line in summary_lines(report, verbose=verbose):
        note(line)


def note(text: str) -> None:
    """A line for the person, on standard error."""
    from kexplain.format import clean

    click.echo(clean(text), err=True)


def crash(error: BaseException) -> NoReturn:
    """Our bug: says so in words, asks for a report, exits 2."""
    import traceback

    place = traceback.extract_tb(error.__traceback__)[-1]
    note(f"kexplain: this is a bug in kexplain, not in your manifests: {error}")
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
    except (InputError, OSError) as error:  # such as a full disk
        note(f"kexplain: {error}")
        leave(2)
    except Exception as error:
        crash(error)
