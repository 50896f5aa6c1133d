"""What would mend each finding of a report: its rule's fix, where the text is one that may be changed."""

from collections.abc import Iterator
from typing import NamedTuple

from kexplain.api.release import Release
from kexplain.api.schema import load
from kexplain.engine.failure import RuleError
from kexplain.engine.finding import Finding
from kexplain.engine.report import Report
from kexplain.fix import Fix, Target, below
from kexplain.objects.manifest import Manifest
from kexplain.objects.reading import File, anew
from kexplain.objects.shape import is_name_in_braces
from kexplain.objects.visit import FREE_TEXT, Visit
from kexplain.objects.walk import root_of, walk
from kexplain.syntax.tree import Mapping, Node, Scalar

UNSURE = "no value is surely right here"


class Candidate(NamedTuple):
    """A finding, the object that it is about, and what would mend it; ``why`` where nothing does.

    ``root`` is the object as its file has it: a kustomization of the run may have given it labels since.
    """

    finding: Finding
    file: File | None = None
    manifest: Manifest | None = None
    root: Node | None = None
    fix: Fix | None = None
    why: str = ""


def candidates(report: Report, release: Release) -> Iterator[Candidate]:
    """Every finding whose rule has a fix, with it or with why it has none here. Raises RuleError."""
    files = {file.source.path: file for file in report.files}
    closed: dict[int, str] = {}
    roots: dict[int, Node] = {}
    for finding in report.findings:
        if not finding.rule.fixable:
            continue
        file = files.get(finding.source.path)
        if file is None or file.source is not finding.source:
            yield Candidate(finding, why="the file could not be read")
            continue
        manifest = object_of(file, finding)
        if manifest is None:
            yield Candidate(finding, file, why="no object could be read there")
            continue
        if id(manifest) not in closed:
            closed[id(manifest)] = closed_for(manifest)
            if id(manifest) not in roots:
                roots |= roots_of(file)
        why = closed[id(manifest)]
        fix = None if why else fix_of(finding, file, manifest, release, files)
        yield Candidate(finding, file, manifest, roots.get(id(manifest)), fix, why or ("" if fix else UNSURE))


def object_of(file: File, finding: Finding) -> Manifest | None:
    """The object that a finding is about; for one about the text itself the object there, or the next one."""
    offset, objects = finding.span.start, [*file.objects, *file.settings]
    around = [one for one in objects if one.root.start <= offset < max(one.root.end, one.document.span.end)]
    named = [one for one in around or objects if one.identity == finding.identity]
    if finding.field_path:
        return min(named, key=lambda one: one.root.end - one.root.start, default=None)
    found = named or around or [one for one in objects if one.root.start >= offset] or objects
    return found[0] if found else None


def roots_of(file: File) -> dict[int, Node]:
    """The roots of a file's objects as they were when it was read."""
    old = anew(file)
    now, then = [*file.objects, *file.settings], [*old.objects, *old.settings]
    return {id(one): other.root for one, other in zip(now, then, strict=True)}


def closed_for(manifest: Manifest) -> str:
    """Why nobody may change an object's text; empty where it may be."""
    if manifest.source.origin is not None:
        return "it was rendered; change what it is made from"
    if not manifest.is_file:
        return "it was read from a cluster; change the file that it comes from"
    if manifest.encrypted:
        return "it is encrypted"
    if manifest.api is None or any(map(is_filled_in, walk(manifest, manifest.api))):
        return "it is a template: some of its values are filled in later"
    return ""


def is_filled_in(visit: Visit) -> bool:
    """Whether a value is filled in later, and a placeholder is not what Kubernetes or a program asks for there."""
    if isinstance(visit.node, Scalar):
        return visit.node.unresolved and visit.position not in FREE_TEXT
    return isinstance(visit.node, Mapping) and is_name_in_braces(visit.node)


def fix_of(finding: Finding, file: File, manifest: Manifest, release: Release, files: dict[str, File]) -> Fix | None:
    """What mends a finding; None where nothing surely does. Raises RuleError."""
    found = below(root_of(manifest), finding.field_path)
    if found is None:
        return None
    target = Target(finding, *found, load(release), file, files)
    rule = finding.rule
    try:
        fix: Fix | None = rule.fix(target)
    except Exception as error:
        place = f"{finding.place.path}:{finding.place.line}"
        raise RuleError(f"the fix of rule {rule.id} failed at {place}: {error!r}") from error
    return fix
