"""A whole run: Settings → sources → rules → Report, filtered. What the command line and the library both call."""

from collections.abc import Iterable

from kexplain.catalogue.rule import Rules
from kexplain.catalogue.selection import UnknownRuleError, select
from kexplain.config.file import place_of_rule
from kexplain.config.own_rules import all_rules
from kexplain.config.settings import Settings
from kexplain.engine.linter import Options, Seen, lint
from kexplain.engine.memory import Memory
from kexplain.engine.report import Report
from kexplain.files.tree import Disk
from kexplain.filters import filter as filters
from kexplain.objects.reading import File
from kexplain.run.definitions import definitions_of
from kexplain.run.gather import gather
from kexplain.syntax.source import Source, Unread


def run(
    settings: Settings, sources: Iterable[Source | File | Unread] | None = None, memory: Memory[Seen] | None = None
) -> Report:
    """Lints what the settings name, or sources and files read before. Raises InputError for what a person can mend.

    ``memory`` is what an earlier run over nearly the same files left.
    """
    options = options_of(settings)._replace(memory=memory)
    report = lint(gather(settings, beside=True) if sources is None else sources, options)
    return filters.apply(report, settings)


def options_of(settings: Settings) -> Options:
    """What the settings ask of the linter. Raises InputError."""
    return Options(
        rules_of(settings), settings.kubernetes_version, settings.complete, definitions_of(settings), settings.skip,
        settings.ignore_missing_schemas, Disk(settings.paths), settings.jobs, settings.track,
    )  # fmt: skip


def rules_of(settings: Settings) -> Rules:
    """The rules that the settings switch on, with the severities and parameters they give them."""
    known = all_rules(settings)
    try:
        return select(
            settings.profile, settings.select, settings.extend_select, settings.ignore,
            severity=settings.severity, known=known,
        )  # fmt: skip
    except UnknownRuleError as error:
        place = place_of_rule(error.name, settings.files)
        raise UnknownRuleError(f"{place}{error}") from error
