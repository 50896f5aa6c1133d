"""A whole run: Settings → sources → rules → Report, filtered. What the command line and the library both call."""

from kexplain import filter as filters
from kexplain.finding import Report
from kexplain.gather import gather
from kexplain.linter import Options, lint
from kexplain.rule import Rule, select
from kexplain.settings import Settings


def run(settings: Settings) -> Report:
    """Lints what the settings name. Raises InputError for what a person can mend, such as a rule's name."""
    options = Options(rules_of(settings), settings.kubernetes_version, settings.complete, settings.track)
    report = lint(gather(settings), options)
    filters.apply(report, settings)
    return report


def rules_of(settings: Settings) -> dict[str, Rule]:
    """The rules that the settings switch on, with the severities they give them."""
    return select(
        settings.profile, settings.select, settings.extend_select, settings.ignore, severity=settings.severity
    )  # fmt: skip
