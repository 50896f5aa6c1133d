"""kexplain for other programs: lint, annotate and explain as functions. They print nothing and never exit.

Mistakes of the caller or of a configuration raise ``InputError``, whose message says what, where and how to mend it.
"""

import os
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict, Unpack

from kexplain.api.release import parse_release
from kexplain.config.file import Config, load, schema
from kexplain.config.parameters import tree_of
from kexplain.config.settings import Settings, settings_of
from kexplain.engine.annotator import Annotated
from kexplain.engine.annotator import annotate as annotate_sources
from kexplain.engine.explainer import explain as explain_name
from kexplain.engine.explanation import Explanation
from kexplain.engine.report import Report
from kexplain.errors import ConfigError
from kexplain.output import report_format as formats
from kexplain.output.report_format import View
from kexplain.run.definitions import definitions_of
from kexplain.run.gather import gather
from kexplain.run.run import run
from kexplain.syntax.condition import failure
from kexplain.syntax.mistake import mistake
from kexplain.syntax.source import Source

Location = str | os.PathLike[str]


class Choices(TypedDict, total=False):
    """The settings of a run that a caller may choose; each means what the configuration's key of that name means."""

    kubernetes_version: str
    profile: str
    select: list[str]
    extend_select: list[str]
    ignore: list[str]
    severity: Mapping[str, str]
    parameters: Mapping[str, Mapping[str, Any]]
    rule_folders: list[str]
    overrides: list[Mapping[str, Any]]
    complete: bool
    min_severity: str
    suppress: bool
    baseline: str
    diff_base: str
    exclude: list[str]
    respect_gitignore: bool
    render: bool
    helm_values: list[str]
    crds: list[str]
    schema_locations: list[str]
    schema_cache: str
    skip: list[str]
    ignore_missing_schemas: bool


def lint(*paths: Location, text: str | None = None, config: Location = "", **choices: Unpack[Choices]) -> Report:
    """The report of a run over files and folders, over ``text``, or over both.

    Without either it is the current folder. ``config`` names a configuration file; none is searched for. What the call
    chooses goes before what the file says.
    """
    check_choices(choices)
    found = load(os.fspath(config)) if config else Config("", {}, {})
    known = {name: value for key, value in found.values.items() if (name := key.replace("-", "_")) in Settings._fields}
    known |= {"config": found.path, "extended": found.extended}
    where = {"paths": located(paths, text)} if paths or text is not None else {}
    return run(settings_of({"stdin_filename": "<text>", **known, **choices, **where, "text": text}))


def check_choices(choices: Mapping[str, Any]) -> None:
    """Raises ConfigError for a choice that a configuration file could not hold either, unless a run tells it itself."""
    wanted = schema()
    told = wanted["properties"].keys() - {"profile", "kubernetes-version"}
    given = {key: value for name, value in choices.items() if (key := name.replace("_", "-")) in told}
    root = tree_of({key: value for key, value in given.items() if value is not None})
    path = failure(wanted, root)
    if path is not None:
        raise ConfigError(f"lint: {mistake(root, wanted, path)[1]}")


def annotate(
    *paths: Location, text: str | None = None, kubernetes_version: str = "", crds: Iterable[Location] = ()
) -> list[Annotated]:
    """Every source with each of its fields explained: files and folders, ``text``, or both.

    ``crds`` are files and folders with the CustomResourceDefinitions of custom kinds.
    """
    release = {"kubernetes_version": parse_release(kubernetes_version)} if kubernetes_version else {}
    settings = Settings(located(paths, text), text, "<text>", crds=tuple(map(os.fspath, crds)), **release)  # type: ignore[arg-type]
    sources = [source for source in gather(settings) if isinstance(source, Source)]
    return annotate_sources(sources, settings.kubernetes_version, definitions_of(settings))


def explain(name: str, *, kubernetes_version: str = "") -> list[Explanation]:
    """What a name means, the likeliest meaning first: a term, kind, field path, label or rule.

    Raises UnknownNameError, which carries suggestions.
    """
    release = parse_release(kubernetes_version) if kubernetes_version else Settings().kubernetes_version
    return explain_name(name, release)


def render(report: Report, format: str = "text", *, color: bool = False, width: int = 100) -> str:  # noqa: A002
    """A report in one of the formats of ``kexplain lint --output``."""
    return "".join(formats.render(format, report, View(color, width)))


def located(paths: tuple[Location, ...], text: str | None) -> tuple[str, ...]:
    """The paths of a call, with ``-`` for a text."""
    return (*(os.fspath(path) for path in paths), *(["-"] if text is not None else []))
