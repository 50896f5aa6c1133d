"""Linting, as one function to read: sources, rules and a target version → Report."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from kexplain.api import schema
from kexplain.api.release import NEWEST, Release
from kexplain.catalogue.at import At
from kexplain.catalogue.rule import Rule
from kexplain.catalogue.severity import Severity
from kexplain.check import Context, Elsewhere, Problem, Words, missing
from kexplain.constraints.judge import violations
from kexplain.engine.finding import Finding, Related, finding_at
from kexplain.engine.report import Report
from kexplain.objects import crd
from kexplain.objects.kustomization import PATCH, generated, patch_files
from kexplain.objects.manifest import Manifest, assign_type, identify
from kexplain.objects.outcome import Identity, Outcome, Status
from kexplain.objects.secret import hidden_spans
from kexplain.objects.walk import SECRET_VALUES, Visit, walk
from kexplain.objects.workspace import Workspace
from kexplain.syntax.condition import failure
from kexplain.syntax.parse import parse
from kexplain.syntax.source import Source, Unread, normal, place_of
from kexplain.syntax.tree import Document, Mark, Scalar, Span
from kexplain.syntax.tree import Mapping as Mapped

MARK_RULES = {"syntax": "unparseable-yaml", "duplicate": "duplicate-key", "key": "non-string-key"}
Hooks = Mapping[str, list[tuple[Rule, At]]]


class RuleError(Exception):
    """A rule that raised: our bug; carries the rule, file, line and field that met it."""


class Options(NamedTuple):
    """What a run is to do; ``rules`` are those that are switched on."""

    rules: Mapping[str, Rule]
    release: Release = NEWEST
    complete: bool | None = None
    track: Callable[[list[Manifest]], Iterable[Manifest]] = iter
    """Goes through the objects that are checked: whoever shows progress puts it here."""


def lint(sources: Iterable[Source | Unread], options: Options) -> Report:
    """Checks every document of the sources. Raises RuleError when a check fails to run."""
    report = Report(options.rules, str(options.release))
    made: set[tuple[str, str]] = set()
    manifests = list(collect(sources, report, made))
    api = crd.extend(schema.load(options.release), manifests)
    for manifest in manifests:
        assign_type(manifest, api)
        report.outcomes.append(outcome_of(manifest))
    context = Context(Workspace(manifests, complete=options.complete, generated=frozenset(made)), api, options.release)
    hooks = hooks_of(options.rules.values())
    for manifest in options.track(manifests):
        report.findings += check_manifest(manifest, context, hooks, options.rules, report)
    report.findings = sorted({(f.place, f.order): f for f in report.findings}.values(), key=lambda f: f.order)
    report.outcomes.sort(key=lambda outcome: (outcome.path, outcome.document))
    if options.release != options.release.bundled:
        report.notes.append(
            f"Kubernetes {options.release} is not bundled; its types are taken from {options.release.bundled}"
        )
    return report


def collect(sources: Iterable[Source | Unread], report: Report, made: set[tuple[str, str]]) -> Iterator[Manifest]:
    """The objects of the sources; everything else goes into the report: what could not be read, what is no object.

    ``made`` takes the kinds and names that kustomizations generate.
    """
    found: list[Manifest] = []
    patches: set[str] = set()
    for source in sources:
        if isinstance(source, Unread):
            status = Status.SKIPPED if source.skipped else Status.UNREADABLE
            report.outcomes.append(Outcome(source.path, 0, status, source.reason, understood=source.understood))
            marks = [Mark("syntax", source.reason, Span(0, 0))] if source.wrong else []
            report.findings += mark_findings(Source(source.path, ""), marks, report)
            continue
        report.sources.append(source)
        for document in parse(source.text):
            if source.origin is None:
                patches |= patch_files(source, document)
                made |= generated(source, document)
            objects = list(identify(source, document))
            report.outcomes += (o for o in objects if isinstance(o, Outcome))
            found += (o for o in objects if isinstance(o, Manifest))
            report.hide(source, hidden_spans(source, document, objects))
            report.findings += document_findings(source, document, objects, report)
    for manifest in found:
        if normal(manifest.source.path) in patches:
            report.outcomes.append(manifest.outcome(Status.SKIPPED, PATCH))
        else:
            yield manifest


def document_findings(
    source: Source, document: Document, objects: list[Manifest | Outcome], report: Report
) -> list[Finding]:
    """Findings of reading: of every unreadable document, and of documents that hold objects."""
    readable = [o for o in objects if isinstance(o, Manifest)]
    skipped = any(isinstance(o, Outcome) and o.status is Status.SKIPPED for o in objects)
    if not document.marks or (skipped and not readable):
        return []
    identity = readable[0].identity if len(readable) == 1 else Identity()
    return mark_findings(source, document.marks, report, identity)


def mark_findings(
    source: Source,
    marks: Iterable[Mark],
    report: Report,
    identity: Identity = Identity(),  # noqa: B008 - immutable
) -> list[Finding]:
    """Findings of what reading marked, for the rules that are switched on."""
    found = []
    for mark in marks:
        rule = report.rules.get(MARK_RULES[mark.kind])
        if rule is None or (mark.kind == "key" and mark.message not in {"true", "false"}):
            continue
        written = source.text[mark.span.start : mark.span.end]
        values = {"what": mark.message, "key": mark.message, "written": written}
        related = (Related(place_of(source, mark.other), "first written here"),) if mark.other else ()
        finding = finding_at(rule, source, mark.span, values, identity, related)
        # where reading stops, and why, moves with every edit: such a finding is known by its file alone
        found.append(finding._replace(anchor="") if mark.kind == "syntax" else finding)
    return found


def outcome_of(manifest: Manifest) -> Outcome:
    """Whether an object is checked whole, or only what is common to all objects."""
    if manifest.exact:
        return manifest.outcome(Status.CHECKED)
    if not manifest.type.open:
        return manifest.outcome(Status.CHECKED, f"read as {manifest.type.name}, its successor")
    reason = f"no schema for {manifest.api_version} {manifest.kind}; add its CustomResourceDefinition to the run"
    return manifest.outcome(Status.PARTLY, reason)


def hooks_of(rules: Iterable[Rule]) -> Hooks:
    """Rules by the typed positions they registered for."""
    hooks: dict[str, list[tuple[Rule, At]]] = defaultdict(list)
    for rule in rules:
        for place in rule.places:
            for position in place.positions:
                hooks[position].append((rule, place))
    return hooks


def check_manifest(
    manifest: Manifest, context: Context, hooks: Hooks, rules: Mapping[str, Rule], report: Report
) -> Iterator[Finding]:
    """Every finding of one object: it is walked once, and each visit goes to the rules that asked for its position.

    Of what is wrong with one value it tells one thing: that it cannot be read, else the first constraint it breaks.
    """
    wanted = hooks.keys()
    whole_object = hooks.get("*", ())
    unread: set[str] = set()
    broken: dict[str, Finding] = {}
    for visit in walk(manifest, context.api, wanted):
        if visit.fault:
            if visit.fault in rules and (
                manifest.exact or visit.fault not in {"unknown-field", "missing-required-field"}
            ):
                for finding in findings_of(rules[visit.fault], visit, context, report):
                    unread.add(finding.field_path)
                    yield finding
            continue
        if visit.parent is None:
            for rule, _ in whole_object:
                yield from findings_of(rule, visit, context, report)
        for rule, place in hooks.get(visit.position, ()):
            if place.accepts(visit.name, visit.comparable):
                yield from findings_of(rule, visit, context, report)
        if visit.type is not None:
            if visit.type.name != visit.position:
                for rule, _ in hooks.get(visit.type.name, ()):
                    yield from findings_of(rule, visit, context, report)
            if visit.type.limits:
                for finding in limit_findings(visit, rules):
                    broken.setdefault(finding.field_path, finding)
    yield from (finding for path, finding in broken.items() if path not in unread)


def findings_of(rule: Rule, visit: Visit, context: Context, report: Report) -> Iterator[Finding]:
    """The findings of one rule at one visit."""
    try:
        is_code = rule.schema is None
        problems = rule.check(visit, context, **rule.arguments) if is_code else condition_problems(rule, visit)
        for problem in problems:
            if problem.secret:
                report.hide(visit.manifest.source, [problem.secret])
            yield finding_of(rule, problem)
    except Exception as error:
        raise failed(f"rule {rule.id}", visit, error) from error


def failed(what: str, visit: Visit, error: Exception) -> RuleError:
    """What raised, and where."""
    line, _ = visit.manifest.source.place(visit.span.start)
    return RuleError(f"{what} failed at {visit.manifest.source.path}:{line} ({visit.path}): {error!r}")


def limit_findings(visit: Visit, rules: Mapping[str, Rule]) -> Iterator[Finding]:
    """The findings of an object that breaks the constraints of its type, by the rules that are switched on."""
    if not isinstance(visit.node, Mapped) or visit.type is None:
        return
    try:
        found = list(violations(visit.type.limits, visit.node))
    except Exception as error:
        raise failed(f"a constraint of {visit.type.name}", visit, error) from error
    for row, violation in found:
        rule = rules.get(row.rule)
        if rule is None or not is_checked(visit) or (row.kind in OF_THE_WHOLE and not is_whole(visit.manifest)):
            continue
        there = visit
        for step in violation.steps:
            there = there.child(step)
        if violation.missing:
            yield finding_of(rule, missing(there, violation.missing, what=violation.what))
        else:
            yield finding_of(rule, Problem(there, {"what": violation.what}, there.grip if violation.at_key else None))


OF_THE_WHOLE = {"required", "present", "one-of", "one-present", "some-of", "refers"}
"""Kinds of constraints that a part of an object may break: what operators complete, what types have lost."""


def is_whole(manifest: Manifest) -> bool:
    """Whether nobody adds to an object: it is of a built-in kind, read by its own type."""
    return manifest.exact and manifest.builtin


def is_checked(visit: Visit | None) -> bool:
    """Whether the API server holds a place against the constraints of its type."""
    while visit is not None:
        if visit.field is not None and not visit.field.checked:
            return False
        visit = visit.parent
    return True


def condition_problems(rule: Rule, visit: Visit) -> Iterator[Problem]:
    """The problem of a visit that fails the rule's condition, at the deepest place that exists."""
    is_null = isinstance(visit.node, Scalar) and visit.node.value is None
    path = None if is_null else failure(rule.schema or {}, visit.node)
    if path is not None:
        for name in path:
            visit = visit.child(name)
        yield Problem(visit)


def finding_of(rule: Rule, problem: Problem) -> Finding:
    """A problem with its rule's name, severity and words."""
    visit, source = problem.visit, problem.visit.manifest.source
    path = visit.path if problem.field_path is None else problem.field_path
    span = problem.span or visit.span
    container = visit.up("Container") or visit.up("EphemeralContainer")
    return Finding(
        rule, Severity(rule.severity), rule.message.format_map(Words(problem, rule.arguments)), place_of(source, span),
        visit.manifest.identity, path, source, tuple(related_of(elsewhere) for elsewhere in problem.elsewhere),
        span, str(container.read("name") or "") if container else "", anchor_of(problem, path),
    )  # fmt: skip


def anchor_of(problem: Problem, path: str) -> str:
    """What stays the same when lines and list items move: the path with names for indices, and the value there."""
    above = problem.visit
    while not path.startswith(above.path) and above.parent is not None:
        above = above.parent
    named = above.named_path + path[len(above.path) :]
    secret = problem.secret or problem.visit.position in SECRET_VALUES
    return named if secret else f"{named}={problem.visit.comparable}"


def related_of(elsewhere: Elsewhere) -> Related:
    """A second place, as reports show it."""
    return Related(place_of(elsewhere.manifest.source, elsewhere.span), elsewhere.message)
