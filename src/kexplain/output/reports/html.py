"""One HTML page: manifests, and beside their lines findings and explanations; made by ``output/annotated/html.py``."""

from collections.abc import Iterator

from kexplain.api.release import NEWEST, parse_release
from kexplain.engine.annotator import annotate_files
from kexplain.engine.report import Report
from kexplain.output.annotated.html import page
from kexplain.output.report_format import View


def render(report: Report, view: View) -> Iterator[str]:
    """The page."""
    release = parse_release(report.kubernetes_version) if report.kubernetes_version else NEWEST
    files = annotate_files(report.files, release, report.definitions)
    return page(files, report, view)
