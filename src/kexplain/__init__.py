"""kexplain: the Kubernetes manifest linter that explains terminology.

``kexplain.lint``, ``kexplain.annotate``, ``kexplain.explain`` and ``kexplain.render`` are the interface for programs;
docs/library.md shows them. They are imported when they are first asked for, since the command needs none of them.
"""

from typing import TYPE_CHECKING

from kexplain.version import __version__ as __version__

if TYPE_CHECKING:
    from kexplain.catalogue.severity import Severity
    from kexplain.engine.annotation import Annotated, Annotation
    from kexplain.engine.explanation import Explanation, UnknownNameError
    from kexplain.engine.finding import Finding
    from kexplain.engine.report import Report
    from kexplain.errors import InputError
    from kexplain.library import annotate, explain, lint, render
    from kexplain.objects.outcome import Outcome, Status
    from kexplain.syntax.source import Place

__all__ = [
    "Annotated", "Annotation", "Explanation", "Finding", "InputError", "Outcome", "Place", "Report", "Severity",
    "Status", "UnknownNameError", "annotate", "explain", "lint", "render",
]  # fmt: skip
ORIGINS = {
    "engine.annotation": ("Annotated", "Annotation"),
    "engine.explanation": ("Explanation", "UnknownNameError"),
    "engine.finding": ("Finding",),
    "catalogue.severity": ("Severity",),
    "engine.report": ("Report",),
    "errors": ("InputError",),
    "objects.outcome": ("Outcome", "Status"),
    "syntax.source": ("Place",),
    "library": ("annotate", "explain", "lint", "render"),
}


def __getattr__(name: str) -> object:
    """Imports what is asked for. Raises AttributeError for a name there is not."""
    from importlib import import_module

    for module, names in ORIGINS.items():
        if name in names:
            return getattr(import_module(f"kexplain.{module}"), name)
    raise AttributeError(f"module 'kexplain' has no attribute {name!r}")
