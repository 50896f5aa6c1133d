"""Suppressions in manifests: comments and annotations."""

from kexplain.finding import Report
from kexplain.settings import Settings


def apply(report: Report, settings: Settings) -> None:
    """Keeps back what is suppressed."""
