"""Helm charts: which files are templates of one, and what ``helm template`` makes of it, led back to the templates."""

import os
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from kexplain.files import program
from kexplain.files.confines import is_below
from kexplain.files.decode import display, read_file
from kexplain.rendering.alignment import Alignment
from kexplain.rendering.masked import masked_template
from kexplain.syntax.cause import Cause, Reason
from kexplain.syntax.parse import parse
from kexplain.syntax.source import Source, Unread
from kexplain.syntax.tree import Mapping, descend, items, string

CHART = "Chart.yaml"
HEADER = re.compile(r"(?m)^---\r?\n# Source: ([^\r\n]+)\r?\n")
"""What Helm writes before every document, with the template's path under the names of charts."""
DRAFTS, DRAFTS_TLS = "http://json-schema.org/", "https://json-schema.org/"
SCHEMA = "values.schema.json"
REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
UNVENDORED = "helm dependency build"


class Chart(NamedTuple):
    """A folder with a Chart.yaml. ``root`` is what that file says."""

    source: Source
    root: Mapping

    @property
    def folder(self) -> str:
        """The folder, as reports name it; ``.`` for the current one."""
        return self.source.folder or "."

    @property
    def name(self) -> str:
        """The chart's name."""
        return string(self.root.get("name"))

    @property
    def is_library(self) -> bool:
        """Whether the chart only defines templates for others."""
        return string(self.root.get("type")) == "library"


def load(path: str) -> Chart | None:
    """The chart that a Chart.yaml describes; None where it cannot be read as one."""
    source = read_file(path)
    root = parse(source.text)[0].root if isinstance(source, Source) else None
    return Chart(source, root) if isinstance(source, Source) and isinstance(root, Mapping) else None


def render(chart: Chart, helm: str, values: tuple[str, ...], release: str) -> Iterator[Source | Unread]:
    """What a chart makes, one Source for each template, in the order of their names; or why it makes nothing."""
    path = chart.source.path
    if outside := leads_outside(chart.folder):
        reason = Reason("not rendered: has a link that leads out of the chart", detail=outside)
        yield Unread(path, reason, wrong=False, skipped=True, cause=Cause.LIMIT)
        return
    name = chart.name if re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,51}[a-z0-9])?", chart.name) else "release"
    options = [option for file in values for option in ("--values", os.path.abspath(file))]
    folder = os.path.abspath(chart.folder)
    if schema_leads_outside(folder):
        options.append("--skip-schema-validation")
    output = program.start([helm, "template", name, folder, "--include-crds", "--kube-version", release, *options])
    if output.trouble:
        said = output.trouble.replace(folder + os.sep, "").replace(os.path.realpath(".") + os.sep, "")
        hint = f"run `{UNVENDORED} {chart.folder}`: " if UNVENDORED in said else ""
        yield Unread(path, program.brief(f"cannot be rendered: {hint}{said}"))
        return
    yield from templates(chart, output.text)


def leads_outside(folder: str) -> str:
    """The first symbolic link of a folder that leads out of it: Helm would follow it. Empty where none does."""
    root = os.path.realpath(folder)
    for here, folders, files in os.walk(root):
        for name in sorted((*folders, *files)):
            path = os.path.join(here, name)
            if os.path.islink(path) and not is_below(os.path.realpath(path), root):
                return os.path.relpath(path, root).replace(os.sep, "/")
    return ""


def schema_leads_outside(folder: str) -> bool:
    """Whether a schema of values in a chart may name another file or address: Helm would read or fetch it.

    Packed subcharts are not looked into: they may.
    """
    for here, _, files in os.walk(folder):
        if any(name.endswith((".tgz", ".tar.gz")) for name in files):
            return True
        if SCHEMA in files and not is_self_contained(os.path.join(here, SCHEMA)):
            return True
    return False


def is_self_contained(schema: str) -> bool:
    """Whether a JSON Schema refers to nothing but its own parts and the drafts that validators bring along."""
    import json

    source = read_file(schema)
    try:
        waiting = [json.loads(source.text) if isinstance(source, Source) else None]
    except (ValueError, RecursionError):
        return False
    for node in waiting:
        if isinstance(node, dict):
            waiting += node.values()
            named = [str(node[word]) for word in REFERENCES if word in node]
            draft = str(node.get("$schema", DRAFTS))
            if not all(name.startswith("#") for name in named) or not draft.startswith((DRAFTS, DRAFTS_TLS)):
                return False
        elif isinstance(node, list):
            waiting += node
    return True


def templates(chart: Chart, text: str) -> Iterator[Source]:
    """The rendered documents, those of one template together."""
    documents: dict[str, list[str]] = defaultdict(list)
    headers = list(HEADER.finditer(text))
    for number, header in enumerate(headers):
        end = headers[number + 1].start() if number + 1 < len(headers) else len(text)
        documents[header[1]].append(text[header.end() : end])
    on_disk = Disk(chart)
    for written, parts in sorted(documents.items()):
        path = on_disk.path(written.split("/"))
        whole = "".join(f"---\n{part}" for part in parts)
        source = Source(path, whole, HelmOrigin(path, parts))
        source.folder = chart.source.folder  # what one chart makes belongs together
        yield source


class Disk:
    """Where the templates lie that Helm names by the names of charts instead of folders."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self._folders: dict[str, dict[str, str]] = {}

    def path(self, names: list[str]) -> str:
        """The file of ``chart/charts/sub/templates/x.yaml``; where the subchart is packed, the nearest Chart.yaml."""
        folder, rest = self.chart.folder, names[1:]
        while len(rest) > 2 and rest[0] == "charts":
            inner = self.subcharts(folder).get(rest[1])
            if inner is None:
                return display(os.path.join(folder, CHART))
            folder, rest = inner, rest[2:]
        path = os.path.join(folder, *rest)
        inside = is_below(os.path.realpath(path), os.path.realpath(self.chart.folder))
        return display(path if inside and os.path.isfile(path) else os.path.join(folder, CHART))

    def subcharts(self, folder: str) -> dict[str, str]:
        """The folders of the unpacked subcharts of a chart, by the names and aliases that they have in it."""
        if folder not in self._folders:
            found: dict[str, str] = {}
            below = os.path.join(folder, "charts")
            for name in sorted(os.listdir(below)) if os.path.isdir(below) else ():
                if inner := load(os.path.join(below, name, CHART)):
                    found[inner.name] = os.path.join(below, name)
            parent = load(os.path.join(folder, CHART))
            for dependency in items(parent.root.get("dependencies")) if parent else ():
                name, alias = string(descend(dependency, "name")), string(descend(dependency, "alias"))
                if alias and name in found:
                    found[alias] = found[name]
            self._folders[folder] = found
        return self._folders[folder]


class HelmOrigin:
    """The origin of what one template made: documents, each beside the whole template."""

    def __init__(self, path: str, parts: list[str]) -> None:
        self.path = path
        self.parts = parts
        self.starts: list[int] = []
        here = 0
        for part in parts:
            here += len("---\n")
            self.starts.append(here)
            here += len(part)
        self._alignments: dict[int, Alignment] = {}

    def back(self, start: int, end: int) -> tuple[Source, int, int]:
        """The template, and the span there that a span of the rendered text comes from."""
        template = self.template
        if not template.text or template.path.endswith(CHART):
            return template, 0, len(template.line(1)) if template.text else 0
        number = max(bisect_right(self.starts, start) - 1, 0)
        if number not in self._alignments:
            self._alignments[number] = Alignment(template, Source(self.path, self.parts[number]))
        begin = self.starts[number]
        return template, *self._alignments[number].back(max(start - begin, 0), max(end - begin, 0))

    @cached_property
    def template(self) -> Source:
        """The template, with what it writes into Secrets blacked out."""
        source = read_file(self.path)
        return masked_template(source) if isinstance(source, Source) else Source(self.path, "")
