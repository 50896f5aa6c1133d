"""How a report is written: the interface of formats/, one module per format, found by its name."""

import json
import os
import re
from collections.abc import Iterator
from importlib import import_module
from typing import NamedTuple

from kexplain.api.packed import module_names
from kexplain.engine.finding import Report

UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f]"  # lone surrogates cannot be written as UTF-8; tags are invisible
)

COMMAND = re.compile(r"##(\w*)\[")
"""What runners obey anywhere in a line of a log: ``##[command]`` on GitHub, ``##vso[`` in Azure, ``##teamcity[``."""
INERT = r"##\1("


class View(NamedTuple):
    """How the person wants to see it: in colour, in how many columns, with findings explained, grouped by what.

    ``roots`` are the names of the repository's root folder, where reports have to name files from there.
    """

    color: bool = False
    width: int = 80
    explain: bool = True
    group_by: str = "file"
    roots: tuple[str, ...] = ()

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


def names() -> list[str]:
    """Every format there is."""
    return module_names("output/reports")


def render(name: str, report: Report, view: View) -> Iterator[str]:
    """The report as pieces of text in the named format."""
    pieces: Iterator[str] = import_module(f"kexplain.output.reports.{name.replace('-', '_')}").render(report, view)
    return pieces


def json_text(value: object) -> str:
    """JSON for people and tools; what harms a terminal, or cannot be encoded, is escaped."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return UNSAFE.sub(lambda match: json.dumps(match[0])[1:-1], text) + "\n"


def clean(text: str) -> str:
    r"""Text of a manifest, harmless on a terminal: no control, escape, zero-width or bidirectional characters.

    Each is shown as its escape (``\\x1b``), so is what UTF-8 cannot hold; tabs and line feeds stay.
    """
    return UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def inert(text: str) -> str:
    """Text whose lines are no commands to the runner of a pipeline, which reads them from a log."""
    return COMMAND.sub(INERT, re.sub(r"(?m)^(?=[^\S\n]*::)", "./", text) if "::" in text else text)
