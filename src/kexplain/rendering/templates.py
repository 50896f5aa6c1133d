"""Which files are templates of a Helm chart: not read as manifests, whatever they look like."""

import os
from collections.abc import Iterable, Iterator

from kexplain.files.decode import display, read_file
from kexplain.syntax.cause import Cause, Reason
from kexplain.syntax.source import Source, Unread

NOT_RENDERED = Reason("a Helm template", "--render checks what its chart makes")


def read(names: Iterable[str]) -> Iterator[Source | Unread]:
    """The files as they are, templates of charts left out."""
    charts: dict[str, bool] = {}
    return (template(name, NOT_RENDERED) if chart_of(name, charts) else read_file(name) for name in names)


def template(name: str, reason: str) -> Unread:
    """A template that is not read, and why."""
    return Unread(display(name), reason, wrong=False, skipped=True, cause=Cause.TO_RENDER)


def chart_of(name: str, known: dict[str, bool]) -> str:
    """The folder of the chart that a file is a template of; empty where it is none. ``known`` spares asking twice."""
    if "templates" not in name:
        return ""
    parts = name.replace(os.sep, "/").split("/")
    for number in range(len(parts) - 2, -1, -1):
        if parts[number] == "templates":
            folder = "/".join(parts[:number]) or ("/" if name.startswith("/") else ".")
            if folder not in known:
                known[folder] = os.path.isfile(f"{folder}/Chart.yaml")
            if known[folder]:
                return folder
    return ""
