"""A filter: what of a run's findings is kept back and why, or weighed otherwise. One module per ground in filters/.

Each has ``apply(report, settings)``, which gives another report; what it keeps back is told there with the reason.
"""

from dataclasses import replace
from importlib import import_module

from kexplain.catalogue.severity import Severity
from kexplain.config.settings import Settings
from kexplain.engine.report import Report, ordered
from kexplain.syntax.source import Source
from kexplain.words import count


def apply(report: Report, settings: Settings) -> Report:
    """Runs the filters that the settings ask for: what people wrote down, what was known, what did not change."""
    for name in wanted(report, settings):
        report = import_module(f"kexplain.filters.{name}").apply(report, settings)
    least = Severity(settings.min_severity).weight
    shown = [finding for finding in report.findings if finding.severity.weight >= least]
    if left := len(report.findings) - len(shown):
        report = report.noting(f"not reported: {count(left, 'finding')} below {settings.min_severity} (min-severity)")
    return replace(report, findings=ordered(shown))


def wanted(report: Report, settings: Settings) -> list[str]:
    """The filters of a run, in the order they run."""
    names = []
    if settings.suppress and any(may_suppress(source) for source in report.sources):
        names.append("suppressions")
    if settings.suppress and settings.honor_foreign_suppressions:
        names.append("foreign_suppressions")
    if settings.overrides:
        names.append("overrides")
    if settings.baseline or settings.update_baseline:
        names.append("baseline")
    if settings.diff_base:
        names.append("changes")
    return names


def may_suppress(source: Source) -> bool:
    """Whether a text may hold a suppression; what kustomize made has lost the comments of its files."""
    marks = ("kexplain:", "kexplain.dev", "kexplain ignore")  # the last is told to be no suppression
    return source.origin is not None or any(mark in source.text for mark in marks)
