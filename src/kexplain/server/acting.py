"""What can be done about a finding besides fixing it: a comment that suppresses it, with a reason to fill in."""

from kexplain.edits.placing import Left, edits_for
from kexplain.edits.request import Request
from kexplain.engine.finding import Finding
from kexplain.objects.suppression import ABOUT_SUPPRESSIONS
from kexplain.server.project import Project
from kexplain.syntax.edit import Edit, applied
from kexplain.syntax.meaning import meaning, said

REASON = "say why"


def suppression(project: Project, path: str, finding: Finding) -> list[Edit]:
    """The edits that put a comment to a finding; none where there is no place for one."""
    file = project.current(path)
    if file is None or finding.rule.id in ABOUT_SUPPRESSIONS or finding.source.text != file.source.text:
        return []
    left: Left = []
    _, edits = edits_for(file, [finding], Request(REASON), left)
    if left or meaning(applied(file.source.text, edits)) != said(file.documents):
        return []
    return edits
