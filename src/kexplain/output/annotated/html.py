"""One HTML page that needs nothing else: every manifest, and beside its lines what they mean and what is wrong.

The same page for ``annotate`` and for ``lint``, whose report brings findings, suppressions and gaps.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kexplain.catalogue.severity import Severity
from kexplain.engine.annotation import Annotated
from kexplain.engine.report import Report
from kexplain.objects.outcome import Status
from kexplain.output.annotated._page import Page
from kexplain.output.annotated._prose import prose
from kexplain.output.report_format import View
from kexplain.syntax.safe import clean
from kexplain.version import __version__
from kexplain.words import count

FOLDER = Path(__file__).parent.parent / "page"


def render(files: list[Annotated], view: View, report: Report) -> Iterator[str]:
    """The page of annotated files and of the report that they are of."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=StrictUndefined, finalize=harmless,
    )  # fmt: skip
    environment.filters |= {"prose": prose, "slug": slug, "id": id}
    style, script = asset("page.css"), asset("page.js")
    stream = environment.get_template("page.html").stream(
        page=Page(files, report), report=report, view=view, version=__version__,
        style=Markup(style), script=Markup(script), style_hash=digest(style), script_hash=digest(script),  # noqa: S704
        severities=list(reversed(Severity)), Status=Status, count=count,
    )  # fmt: skip
    stream.enable_buffering(200)
    return iter(stream)


def harmless(value: Any) -> Any:
    """Whatever the template is given, without control and bidirectional characters; Jinja escapes it afterwards."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def slug(name: str) -> str:
    """A name as part of an id."""
    return re.sub(r"[^A-Za-z0-9-]", "-", name)


def asset(name: str) -> str:
    """A file that belongs to the page."""
    return (FOLDER / name).read_text(encoding="utf-8")


def digest(text: str) -> str:
    """What the content security policy knows a style or script by."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
