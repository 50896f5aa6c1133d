"""A run that can be done again with other texts: its findings fixed, or told with how they can be."""

from collections.abc import Mapping
from typing import NamedTuple

from kexplain.config.settings import Settings
from kexplain.edits.fixing import Again, Fixed, Wanted, fix
from kexplain.edits.proposing import proposing
from kexplain.engine.linter import Seen
from kexplain.engine.memory import Memory
from kexplain.engine.report import Report
from kexplain.objects.reading import File, anew, read
from kexplain.run.gather import gather
from kexplain.run.run import run
from kexplain.syntax.source import Source, Unread


class Session(NamedTuple):
    """A run's report, and how the run is done again with other texts."""

    report: Report
    again: Again


class Attempt(NamedTuple):
    """A run before its findings were fixed, and what fixing them made."""

    before: Report
    fixed: Fixed


def session(settings: Settings) -> Session:
    """A run that can be done again. Raises InputError."""
    given = [read(one) if isinstance(one, Source) else one for one in gather(settings, beside=True)]
    memory: Memory[Seen] = Memory()
    first = run(settings, given, memory)

    def again(texts: Mapping[str, Source]) -> Report:
        files: list[File | Unread] = []
        for one in given:
            if not isinstance(one, File):
                files.append(one)
                continue
            new = texts.get(one.source.path)
            file = read(new) if new else anew(one)
            files.append(file)
            if new and (one.shapes_others or file.shapes_others):
                memory.forget()
        return run(settings._replace(diff_base=""), files, memory)

    return Session(first, again)


def proposed(settings: Settings) -> Report:
    """The report of a run that also says how findings can be fixed. Raises InputError."""
    report, again = session(settings)
    return proposing(report, settings.kubernetes_version, again)


def attempt(settings: Settings, wanted: Wanted | None = None, *, unsafe: bool) -> Attempt:
    """A run of the settings with its findings fixed, nothing written. Raises InputError."""
    report, again = session(settings._replace(update_baseline=False))
    shown = {finding.fingerprint for finding in report.findings}
    narrow = bool(settings.diff_base)
    if narrow:
        report = again({})
    return Attempt(report, fix(
        report, settings.kubernetes_version, again,
        lambda one: (not narrow or one.finding.fingerprint in shown) and (wanted is None or wanted(one)), unsafe=unsafe,
    ))  # fmt: skip
