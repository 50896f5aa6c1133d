"""How a report is written: the interface of reports/, one module per format, found by its name."""

import os
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from kexplain.api.packed import module_names
from kexplain.catalogue.severity import Severity

if TYPE_CHECKING:
    from kexplain.engine.report import Report


class View(NamedTuple):
    """How the person wants to see it: in colour, in how many columns, with findings explained, grouped by what.

    ``roots`` are the names of the repository's root folder, where reports have to name files from there. A run fails
    from the severity ``fail_on`` on, and a ``strict`` one for what was not understood. ``level`` is how much
    ``annotate`` says: ``brief``, ``normal`` or ``full``.
    """

    color: bool = False
    width: int = 80
    explain: bool = True
    group_by: str = "file"
    roots: tuple[str, ...] = ()
    fail_on: str = "info"
    strict: bool = False
    level: str = "normal"

    def fails(self, severity: Severity) -> bool:
        """Whether a finding of that severity fails the run."""
        return self.fail_on != "never" and severity.weight >= Severity(self.fail_on).weight

    def in_repository(self, path: str) -> str:
        """A path from the root of the repository, as the services that show it match it; as it is where none is known.

        GitHub and GitLab drop a finding, or show it at no line, when they do not know its file.
        """
        if self.roots and path != "<stdin>":
            full = os.path.abspath(path).replace(os.sep, "/")  # noqa: PTH100 - resolve() would follow links
            for root in self.roots:
                if full.startswith(root.rstrip("/") + "/"):
                    return full[len(root.rstrip("/")) + 1 :]
        return path


WITH_FIXES = frozenset({"agent", "markdown", "rdjson", "sarif"})
"""The formats that show how findings can be fixed, which takes another run or more to know."""


def names() -> list[str]:
    """Every format there is."""
    return module_names("output/reports")


def render(name: str, report: "Report", view: View) -> Iterator[str]:
    """The report as pieces of text in the named format."""
    pieces: Iterator[str] = import_module(f"kexplain.output.reports.{name.replace('-', '_')}").render(report, view)
    return pieces
