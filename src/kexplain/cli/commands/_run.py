"""The options that decide a run, which lint, suppress and config show share, and the Settings they make."""

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from kexplain.catalogue.profile import PROFILES
from kexplain.catalogue.severity import Severity
from kexplain.cli.completion import complete_kinds
from kexplain.cli.console import note, tracked
from kexplain.cli.options import (
    FORMATS,
    OutputType,
    color_option,
    config_options,
    definition_options,
    names_option,
    version_option,
)

if TYPE_CHECKING:
    from kexplain.api.release import Release
    from kexplain.config.settings import Settings

SEVERITIES = [str(severity) for severity in Severity]
SECTIONS: dict[str, tuple[Callable[[Any], Any], ...]] = {
    "What is read": (
        click.argument("paths", nargs=-1, type=click.Path(), is_eager=True),
        click.option("--exclude", multiple=True, metavar="GLOB",
                     help="Leave out these files and folders; written as in a .gitignore. Repeat it for several."),
        click.option("--respect-gitignore/--no-respect-gitignore", default=True,
                     help="Whether what git ignores is left out; it is by default."),
        click.option("--force-exclude", is_flag=True, help="Leave out what is excluded even when it is named."),
        click.option("--files-from", multiple=True, metavar="FILE",
                     help="Read paths from a file, one on each line; '-' is standard input."),
        click.option("--list-files", is_flag=True, help="Print the names of the files that would be read, and stop."),
        click.option("--stdin-filename", default="<stdin>", metavar="NAME",
                     help="The name that reports give to standard input."),
        click.option("--render", is_flag=True,
                     help="Build kustomizations and Helm charts with the tools on this machine, and "
                     "check what they make."),
        click.option("--helm-values", multiple=True, metavar="FILE", help="Values for every chart, with --render."),
        click.option("--cluster", is_flag=True,
                     help="Check the objects of a running cluster; needs kexplain[cluster]."),
        click.option("--context", default="", metavar="NAME", help="The context of the kubeconfig, with --cluster."),
        click.option("--namespace", "namespaces", multiple=True, metavar="NAME",
                     help="Only this namespace, with --cluster."),
        click.option("--kind", "kinds", multiple=True, metavar="KIND",
                     help="Only objects of this kind, with --cluster."),
        click.option("--jobs", type=click.IntRange(0), default=0, metavar="N",
                     help="How many processes judge the objects, where that pays; by default one on each core."),
    ),
    "Custom kinds": (
        definition_options,
        names_option("--skip", "Do not check objects of these kinds (Kind or group/version/Kind).", complete_kinds),
        click.option("--ignore-missing-schemas", is_flag=True,
                     help="Count objects of a kind without a schema as checked."),
    ),
    "Which rules": (
        click.option("--profile", type=click.Choice(list(PROFILES)), default="recommended", show_default=True,
                     help="The set of rules to check when --select names none."),
        names_option("--select", "Check only these rules, categories or patterns (rbac-*)."),
        names_option("--extend-select", "Check these as well."),
        names_option("--ignore", "Leave these out."),
        version_option,
        click.option("--complete/--incomplete", "complete", default=None,
                     help="Whether the paths hold all that is deployed: judge every reference to another object, or "
                     "none. Without either, each folder is judged by what is in it."),
        config_options,
    ),
    "Which findings": (
        click.option("--suppress/--no-suppress", default=True,
                     help="Whether comments, annotations and overrides suppress findings; they do by default."),
        click.option("--honor-foreign-suppressions", is_flag=True,
                     help="Obey suppressions for other tools as well: KubeLinter, kube-score, Polaris, Checkov, "
                     "kubeaudit, Trivy."),
        click.option("--baseline", metavar="FILE", help="A file of known findings; only others are reported."),
        click.option("--update-baseline", is_flag=True,
                     help="Write the findings of this run into the baseline, and exit 0."),
        click.option("--diff-base", metavar="REF",
                     help="Report only what changed since a git revision, such as origin/main."),
        click.option("--min-severity", type=click.Choice(SEVERITIES), default="info", show_default=True,
                     help="Report only findings of at least this severity."),
    ),
    "What is fixed": (
        click.option("--fix", is_flag=True, help="Mend what can be mended without a change of meaning, in the files."),
        click.option("--diff", is_flag=True, help="Print what --fix would change, and change nothing."),
        click.option("--unsafe-fixes", is_flag=True,
                     help="With --fix or --diff: mend also what changes how objects behave."),
    ),
    "How it is reported": (
        click.option("-o", "--output", "--output-format", "--format", "-f", "output", type=OutputType(FORMATS),
                     multiple=True, envvar=["KEXPLAIN_OUTPUT", "KEXPLAIN_OUTPUT_FORMAT"],
                     help="How findings are written, and to which file; repeat it for several. Formats: "
                     f"{', '.join(FORMATS)}. Without FILE it is standard output; the default is text."),
        click.option("--group-by", type=click.Choice(["file", "rule", "object"]), default="file", show_default=True,
                     help="How the text report is grouped."),
        click.option("--explain/--no-explain", default=True,
                     help="Whether a rule's first finding says why it matters and how to fix it; it does by default."),
        click.option("--statistics", is_flag=True, help="Count the findings of every rule."),
        click.option("-q", "--quiet", is_flag=True, help="Print no summary."),
        click.option("-v", "--verbose", is_flag=True, help="List what was suppressed or not checked, and why."),
        color_option,
    ),
    "The exit code": (
        click.option("--fail-on", type=click.Choice([*SEVERITIES, "never"]), default="warning", show_default=True,
                     help="Exit 1 for findings of at least this severity."),
        click.option("--exit-zero", is_flag=True, help="Exit 0, whatever is found."),
        click.option("--strict", is_flag=True, help="Exit 1 also for a document that was not understood."),
        click.option("--fail-on-empty", is_flag=True, help="Exit 1 also when there is no object to check."),
    ),
}  # fmt: skip
"""Every option of a run, by the sections of the help; named like Settings and the keys of a configuration."""


def run_options(names: Collection[str] = ()) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Gives a command all of them, or those of some names."""

    def decorated(command: Callable[..., Any]) -> Callable[..., Any]:
        for options in reversed(SECTIONS.values()):
            for option in reversed(options):
                if not names or names_of(option) <= set(names):
                    command = option(command)
        return command

    return decorated


def names_of(option: Callable[[Any], Any]) -> set[str]:
    """The parameters that a decorator brings."""
    carrier = click.Command("")
    option(carrier)
    return {parameter.name or "" for parameter in carrier.params}


class RunCommand(click.Command):
    """A command with the options of a run, which its help shows in sections."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes each section, then what the command has besides."""
        shown = (p for p in self.get_params(ctx) if isinstance(p, click.Option))
        records = {p.name: record for p in shown if (record := p.get_help_record(ctx))}
        written = {title: [records.pop(name) for name in names if name in records] for title, names in sections()}
        for title, rows in {"Options": list(records.values()), **written}.items():
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


def sections() -> Iterator[tuple[str, list[str]]]:
    """The sections with the names of their options."""
    for title, options in SECTIONS.items():
        carrier = click.Command("")
        for option in options:
            option(carrier)
        yield title, [parameter.name or "" for parameter in carrier.params]


def settings_from(ctx: click.Context) -> "Settings":
    """The settings of a run: what the options say, and what only the configuration can."""
    from kexplain.config.settings import Settings, settings_of

    named = {name: value for name, value in ctx.params.items() if name in Settings._fields}
    for name, flag in {"context": "--context", "namespaces": "--namespace", "kinds": "--kind"}.items():
        if named.get(name) and not named.get("cluster"):
            raise click.UsageError(f"{flag} says what to read of a cluster; add --cluster")
    if named.get("cluster") and ctx.get_parameter_source("kubernetes_version") is ParameterSource.DEFAULT:
        named["kubernetes_version"] = release_of_cluster(named["context"]) or named["kubernetes_version"]
    if (place := ctx.meta.get("kexplain.render-refused")) and not named.get("render", True):
        note(f"{place}: render is not obeyed in a configuration that nobody named; add --render, or --config")
    if not named["paths"]:
        named["paths"] = () if ctx.params["files_from"] or ctx.params.get("cluster") else None
    return settings_of({**named, "track": tracked}, ctx.meta["kexplain.config"])


def release_of_cluster(context: str) -> "Release | None":
    """The version a cluster runs, which its objects are judged for when no other is named; None where it is unclear."""
    from kexplain.api.release import ReleaseError, parse_release
    from kexplain.cluster.read import version_of

    try:
        return parse_release(version_of(context))
    except ReleaseError:
        return None
