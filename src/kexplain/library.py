"""kexplain for other programs: lint, annotate and explain as functions. They print nothing and never exit.

Mistakes of the caller or of a configuration raise ``InputError``, whose message says what, where and how to mend it.
"""

import os
from collections.abc import Mapping
from typing import Any, TypedDict, Unpack

from kexplain.config.file import load, schema
from kexplain.config.parameters import tree_of
from kexplain.config.settings import Settings, settings_of
from kexplain.engine.annotation import Annotated
from kexplain.engine.annotator import annotated
from kexplain.engine.explained_line import explain_line, place_in
from kexplain.engine.explainer import explain as explain_name
from kexplain.engine.explanation import Explanation
from kexplain.engine.report import Report
from kexplain.errors import ConfigError, InputError
from kexplain.output import report_format as formats
from kexplain.output.report_format import View
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
    honor_foreign_suppressions: bool
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
    jobs: int


def lint(*paths: Location, text: str | None = None, config: Location = "", **choices: Unpack[Choices]) -> Report:
    """The report of a run over files and folders, over ``text``, or over both.

    Without either it is the current folder. ``config`` names a configuration file; none is searched for. What the call
    chooses goes before what the file says.
    """
    check_choices(choices)
    return run(settings_for(paths, text, config, choices))


def settings_for(
    paths: tuple[Location, ...], text: str | None, config: Location, choices: Mapping[str, Any]
) -> Settings:
    """The settings of a call."""
    where = located(paths, text) if paths or text is not None else None
    chosen = {**choices, "paths": where, "text": text, "stdin_filename": "<text>"}
    return settings_of(chosen, load(os.fspath(config)) if config else None)


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
    *paths: Location, text: str | None = None, config: Location = "", **choices: Unpack[Choices]
) -> list[Annotated]:
    """Every file with each of its fields explained and with what ``lint`` finds in it; what it takes means the same."""
    check_choices(choices)
    return annotated(run(settings_for(paths, text, config, choices)))


def explain(name: str, *, text: str | None = None, kubernetes_version: str = "") -> list[Explanation]:
    """What a name means, the likeliest meaning first: a term, kind, field path, label or rule. It reads no file.

    Of a ``text`` it is what stands on a line of it: the name is ``web.yaml:12``. Raises UnknownNameError, which carries
    suggestions.
    """
    settings = settings_of({"kubernetes_version": kubernetes_version or None})
    if text is None:
        return explain_name(name, settings.kubernetes_version)
    place = place_in(name.strip())
    if place is None:
        raise InputError(f"explain: {name!r} is no line of a text; write web.yaml:12")
    return explain_line(run(settings._replace(paths=(place[0],)), [Source(place[0], text)]), place[1])


def render(report: Report, format: str = "text", *, color: bool = False, width: int = 100) -> str:  # noqa: A002
    """A report in one of the formats of ``kexplain lint --output``."""
    return "".join(formats.render(format, report, View(color, width)))


def located(paths: tuple[Location, ...], text: str | None) -> tuple[str, ...]:
    """The paths of a call, with ``-`` for a text."""
    return (*(os.fspath(path) for path in paths), *(["-"] if text is not None else []))
