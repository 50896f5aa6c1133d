"""One HTML page: manifests, and beside their lines findings and explanations; made by ``output/annotated/html.py``."""

from collections.abc import Iterator

from kexplain.engine.annotator import annotated
from kexplain.engine.report import Report
from kexplain.output.annotated import html
from kexplain.output.report_format import View


def render(report: Report, view: View) -> Iterator[str]:
    """The page."""
    return html.render(annotated(report), view, report)
