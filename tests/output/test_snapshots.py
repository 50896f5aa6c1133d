"""What a person sees, whole: reports and annotations as pictures, which ``python -m pytest --renew tests/output`` takes anew.

``web`` is the example of the README; ``secrets`` holds what no output may show, in every way that it can be met: as the
value of a Secret, as a credential in a ConfigMap and in a variable, and in a Secret that was rendered from a template.
"""

from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from support import ROOT

from kexplain.catalogue.selection import select
from kexplain.engine.annotator import annotated as explained
from kexplain.engine.linter import Options, lint
from kexplain.engine.report import Report
from kexplain.output import annotated_format, report_format
from kexplain.output.report_format import View
from kexplain.syntax.source import Source

SNAPSHOTS = Path(__file__).parent / "snapshots"
HIDDEN = "HUNTER2"
SECRETS = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: orders
data:
  db-password: correct-HUNTER2-horse
  application.properties: |
    server.port=8080
    spring.datasource.password=HUNTER2-value
---
apiVersion: v1
kind: Secret
metadata:
  name: orders
stringData:
  pin: [HUNTER2]
  password: HUNTER2
  password: HUNTER2-too
---
apiVersion: v1
kind: Pod
metadata:
  name: orders
spec:
  containers:
    - name: orders
      image: registry.example/orders:1.2.0
      env:
        - name: DB_PASSWORD
          value: correct-HUNTER2-battery
"""
TEMPLATE = """\
apiVersion: v1
kind: Secret
metadata:
  name: {{ .Release.Name }}
stringData:
  pin: [{{ .Values.pin | default "HUNTER2" }}]
"""
RENDERED = """\
apiVersion: v1
kind: Secret
metadata:
  name: made
stringData:
  pin: [HUNTER2]
"""


class Template:
    """Leads every place back to the line of its number in the template."""

    source = Source("chart/templates/secret.yaml", TEMPLATE)

    def back(self, start: int, end: int) -> tuple[Source, int, int]:
        line, _ = Source("", RENDERED).place(start)
        begin = self.source.starts[line - 1]
        return self.source, begin, begin + len(self.source.line(line))


SETS = {
    "web": (Source("web.yaml", (ROOT / "examples" / "web.yaml").read_text(encoding="utf-8")),),
    "secrets": (Source("secrets.yaml", SECRETS), Source("made.yaml", RENDERED, Template())),
}


class Skeleton(HTMLParser):
    """The blocks of a page with their class, one a line and indented, and what they say, but for the prose of the articles."""

    EMPTY = frozenset({"meta", "link", "input", "br", "hr", "img", "path", "circle"})
    INLINE = frozenset(
        {"a", "b", "code", "em", "span", "strong", "summary", "label", "option", "dt", "dd", "mark", *EMPTY}
    )
    SILENT = frozenset({"style", "script", "head"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.open: list[tuple[str, bool]] = []
        self.feed(page)
        assert self.open == []

    @property
    def silent(self) -> bool:
        return any(quiet for _, quiet in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = dict(attrs).get("class") or ""
        if not self.silent and tag not in self.INLINE:
            self.lines.append(
                "  " * sum(name not in self.INLINE for name, _ in self.open) + f"{tag} {kind}".rstrip() + ":"
            )
        if tag not in self.EMPTY:
            self.open.append((tag, tag in self.SILENT or kind in {"prose", "source", "product"}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.EMPTY:
            assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if data.split() and not self.silent:
            self.lines[-1] += f" {' '.join(data.split())}"


@cache
def report(name: str) -> Report:
    return lint(SETS[name], Options(select("recommended", (), (), ())))


def reported(format_: str, **view: object) -> Callable[[str], str]:
    return lambda name: "".join(report_format.render(format_, report(name), View(**view)))  # type: ignore[arg-type]


def annotated(layout: str, **view: object) -> Callable[[str], str]:
    return lambda name: "".join(annotated_format.render(layout, explained(report(name)), View(**view)))  # type: ignore[arg-type]


PICTURES: dict[str, Callable[[str], str]] = {
    "text-80": reported("text", width=80),
    "text-120": reported("text", width=120),
    "text-by-rule": reported("text", width=80, group_by="rule"),
    "text-by-object": reported("text", width=80, group_by="object"),
    "text-unexplained": reported("text", width=80, explain=False),
    "markdown": reported("markdown"),
    "html": lambda name: "\n".join(Skeleton(reported("html")(name)).lines) + "\n",
    "annotated-terminal-80": annotated("terminal", width=80),
    "annotated-terminal-120": annotated("terminal", width=120),
    "annotated-terminal-full": annotated("terminal", width=120, level="full"),
    "annotated-terminal-brief": annotated("terminal", width=120, level="brief"),
    "annotated-markdown": annotated("markdown"),
    "annotated-comments": annotated("comments"),
}


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("name", SETS)
def test_the_picture_is_the_same(name: str, picture: str, snapshot: Callable[[Path, str], None]) -> None:
    snapshot(SNAPSHOTS / f"{name}-{picture}.txt", PICTURES[picture](name))


@pytest.mark.parametrize("format_", report_format.names())
def test_no_report_shows_what_is_hidden(format_: str) -> None:
    written = reported(format_, width=1000)("secrets")
    assert "secrets.yaml" in written
    assert HIDDEN not in written


def test_no_picture_of_what_is_hidden_shows_it() -> None:
    assert [p for p in PICTURES if HIDDEN in (SNAPSHOTS / f"secrets-{p}.txt").read_text(encoding="utf-8")] == []
