"""Linting, as one function to read: sources, rules and a target version → Report."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kexplain import relation
from kexplain.api import schema
from kexplain.api.release import NEWEST, Release
from kexplain.catalogue.at import At
from kexplain.catalogue.rule import Facets, Rule, facets_of
from kexplain.catalogue.severity import Severity
from kexplain.check import Context, Elsewhere, Problem
from kexplain.engine.failure import RuleError, cause, failed
from kexplain.engine.finding import Finding, Related
from kexplain.engine.limits import broken_limits
from kexplain.engine.marked import findings_of_reading, findings_of_unread
from kexplain.engine.message import Words
from kexplain.engine.outcomes import outcomes_of, skipped, status_of
from kexplain.engine.report import Known, Report, ordered
from kexplain.engine.shares import judged, shared_by
from kexplain.files.tree import Tree
from kexplain.objects import crd
from kexplain.objects.chart_values import values_of
from kexplain.objects.collect import POSITIONS, Collector
from kexplain.objects.facts import Facts
from kexplain.objects.kustomized import kustomized
from kexplain.objects.manifest import Manifest
from kexplain.objects.outcome import Identity, Outcome
from kexplain.objects.pod import is_piece
from kexplain.objects.reading import File, read
from kexplain.objects.spot import Spot
from kexplain.objects.spotting import anchor_at, may_have, spot_of
from kexplain.objects.typed import assign_type
from kexplain.objects.visit import Visit, is_completed, is_guessed
from kexplain.objects.walk import walk
from kexplain.objects.workspace import Workspace
from kexplain.syntax.cause import Cause
from kexplain.syntax.condition import failure
from kexplain.syntax.source import Source, Unread, normal, place_of
from kexplain.syntax.tree import Scalar, Span

if TYPE_CHECKING:
    from kexplain.api.definition import Definition
    from kexplain.engine.memory import Memory

OF_ITS_TYPE = frozenset({"unknown-field", "unfamiliar-field", "missing-required-field"})
"""Faults that only the type of the object's own version can tell."""
Hooks = Mapping[str, list[tuple[str, At]]]
"""Ids of rules by the positions they look at."""


class Options(NamedTuple):
    """What a run is to do; ``rules`` are those that are switched on."""

    rules: Mapping[str, Rule]
    release: Release = NEWEST
    complete: bool | None = None
    definitions: crd.Given | None = None
    """Definitions of custom kinds from elsewhere than the sources."""
    skip: tuple[str, ...] = ()
    """Kinds that are not checked: ``Kind``, or ``group/version/Kind``."""
    ignore_missing_schemas: bool = False
    """Whether an object without a schema counts as checked."""
    tree: Tree | None = None
    """The files around those that are checked; None where only these are known."""
    jobs: int = 1
    """How many processes judge the objects, where that pays; 0 stands for one on each core."""
    track: Callable[[list[Manifest]], Iterable[Manifest]] = iter
    """Goes through the objects that are checked: whoever shows progress puts it here."""
    memory: "Memory[Seen] | None" = None
    """What an earlier run over nearly the same files left, and where this one leaves it."""


class Seen(NamedTuple):
    """What judging one object brought: findings, and what others may ask of it."""

    findings: list[Finding]
    facts: Facts


def lint(sources: Iterable[Source | File | Unread], options: Options) -> Report:
    """Checks every document of the sources, or files read before. Raises RuleError when a check fails to run."""
    given = list(sources)
    everything = [one if isinstance(one, File) else read(one) for one in given if not isinstance(one, Unread)]
    files = [file for file in everything if not file.source.beside]
    unread = [source for source in given if isinstance(source, Unread)]
    patches = frozenset[str]().union(*(file.patches for file in files))
    place = {id(file.source): number for number, file in enumerate(files)}
    manifests = [m for file in files if normal(file.source.path) not in patches for m in file.objects]
    renamed = kustomized(manifests, [one for file in everything for one in file.kustomizations])
    tree = options.tree or Tree({file.source.path: file.source.text for file in everything})
    settings, described = settings_of(files, tree)
    api = crd.extend(schema.load(options.release), [*manifests, *settings], options.definitions, described)
    for manifest in (*manifests, *settings):
        assign_type(manifest, api)
    outcomes = [
        *(Outcome(u.path, 0, status_of(u), u.reason, understood=u.understood, cause=u.cause) for u in unread),
        *chain.from_iterable(outcomes_of(file, patches, options, api) for file in files),
    ]
    judge = Judge(options.rules, Context(api, options.release, tree))
    seen = judged_by(judge, manifests, place, options, files)
    of_settings = [judge.object(s, place[id(s.source)], silent=skipped(s, options.skip)) for s in settings]
    generated = frozenset(renamed).union(*(file.generated for file in everything))
    facts, opaque = [one.facts for one in seen], opaque_folders(files, unread)
    workspace = Workspace(facts, complete=options.complete, generated=generated, opaque=opaque)
    related = related_findings(workspace, [file.source for file in files], options.rules)
    objects, seen = [*manifests, *settings], seen + of_settings
    of_reading = chain(*(findings_of_reading(file, options.rules, patches) for file in files))
    found = chain(findings_of_unread(unread, options.rules), of_reading, *(one.findings for one in seen), related)
    return Report(
        options.rules, str(options.release), files,
        ordered(veiled(found, files)),
        sorted(veiled_outcomes(outcomes, files), key=lambda outcome: (outcome.path, outcome.document)),
        hidden_spans(files), notes=list(notes_of(options.release)),
        known=Known(api, options.release, workspace, facts_of(objects, seen), settings),
    )  # fmt: skip


def judged_by(
    judge: "Judge", manifests: list[Manifest], place: Mapping[int, int], options: Options, files: list[File]
) -> list[Seen]:
    """What judging objects brought, or is remembered of them; ``place`` is the number of each source's file.

    It is spread over processes where that pays, but with a memory: what another process remembers is lost with it.
    """
    memory = options.memory

    def see(one: Manifest) -> Seen:
        number = place[id(one.source)]
        look = partial(judge.object, one, number, silent=skipped(one, options.skip))
        return look() if memory is None else memory.judged(one, number, look)

    sizes = (one.root.end - one.root.start for one in manifests)
    jobs = options.jobs if memory is None else 1
    return judged(see, manifests, sizes, jobs, shared_by(files, options.rules), options.track)


def veiled(findings: Iterable[Finding], files: Iterable[File]) -> Iterator[Finding]:
    """The findings without words that are hidden in their files."""
    veils = {id(file.source): file.veil() for file in files if file.hidden}
    for finding in findings:
        veil = veils.get(id(finding.source))
        yield finding if veil is None else finding._replace(
            message=veil.over(finding.message), field_path=veil.over(finding.field_path),
            related=tuple(one._replace(message=veil.over(one.message)) for one in finding.related),
        )  # fmt: skip


def veiled_outcomes(outcomes: Iterable[Outcome], files: Iterable[File]) -> Iterator[Outcome]:
    """The outcomes without words that are hidden in their files."""
    veils = {file.source.path: file.veil() for file in files if file.hidden}
    for outcome in outcomes:
        veil = veils.get(outcome.path)
        yield outcome if veil is None else outcome._replace(reason=veil.over(outcome.reason))


def settings_of(files: list[File], tree: Tree) -> "tuple[list[Manifest], list[Definition]]":
    """What the files around manifests are, as objects; and the definitions of those that bring their own."""
    values = list(values_of(files, tree.text))
    settings = [*chain.from_iterable(file.settings for file in files), *(one.manifest for one in values)]
    return settings, [one.definition for one in values]


def facts_of(judged: Iterable[Manifest], seen: Iterable[Seen]) -> dict[int, Facts]:
    """The facts of objects by their identity."""
    return {id(manifest): one.facts for manifest, one in zip(judged, seen, strict=True)}


def hidden_spans(files: Iterable[File]) -> dict[str, list[Span]]:
    """What nobody may be shown, by path."""
    hidden: dict[str, list[Span]] = defaultdict(list)
    for file in files:
        if file.hidden:
            hidden[file.source.path] += file.hidden
    return hidden


def opaque_folders(files: Iterable[File], unread: Iterable[Unread]) -> frozenset[str]:
    """The folders that hold more than was read: a file of theirs may hold or make objects."""
    left = (one for one in unread if not one.understood and one.cause is not Cause.NO_MANIFEST)
    return frozenset(one.path.rpartition("/")[0] for one in left).union(*(file.opaque for file in files))


def notes_of(release: Release) -> Iterator[str]:
    """What is to be said of the target version."""
    if release != release.bundled:
        yield f"Kubernetes {release} is not bundled; its types are taken from {release.bundled}"


class Judge:
    """Judges one object at a time, without the others: walks it once, for the checks and for the facts alike."""

    def __init__(self, rules: Mapping[str, Rule], context: Context) -> None:
        self.rules = rules
        self.context = context
        self.hooks = hooks_of(facet for facet in facets_of(rules).values() if not facet.compares)
        self.wanted = self.hooks.keys() | POSITIONS.keys()
        self.plans: dict[tuple[str, str], list[tuple[str, At | None]]] = {}

    def object(self, manifest: Manifest, file: int, *, silent: bool = False) -> Seen:
        """The findings of one object, and its facts; of a ``silent`` one the facts alone.

        Of what is wrong with one value they tell one thing: that it cannot be read, or the first constraint it breaks.
        """
        findings: list[Finding] = []
        unread: set[str] = set()
        broken: dict[str, Finding] = {}
        collector = Collector(manifest, file)
        visits = walk(manifest, self.context.api, self.wanted)
        root = next(visits)
        for visit in chain([root], visits):
            if not visit.fault:
                collector.take(visit)
            for rule in () if silent else self.asked(visit):
                for problem in self.problems(rule, visit):
                    if not is_known(problem, visit):
                        continue
                    findings.append(finding_of(rule, problem))
                    if visit.fault:
                        unread.add(findings[-1].field_path)
            if visit.type is not None and visit.type.limits and not visit.fault and not silent:
                for rule, problem in broken_limits(visit, self.rules):
                    finding = finding_of(rule, problem)
                    first = broken.setdefault(finding.field_path, finding)
                    if finding.severity == "error" != first.severity:  # what is refused goes before what is odd
                        broken[finding.field_path] = finding
        findings += [finding for path, finding in broken.items() if path not in unread]
        return Seen(findings, collector.facts(root))

    def asked(self, visit: Visit) -> list[Rule]:
        """The rules that asked for a visit's position, its type or its fault."""
        if fault := visit.fault:
            known = visit.manifest.exact or not (fault in OF_ITS_TYPE or loose(visit))
            known = known and not (fault == "missing-required-field" and is_completed(visit))
            return [self.rules[fault]] if fault in self.rules and known and not is_guessed(visit) else []
        place = (visit.position, visit.type.name if visit.type is not None else "")
        plan = self.plans.get(place)
        if plan is None:
            plan = self.plans[place] = self.plan(*place)
        whole = self.hooks.get("*", ()) if visit.parent is None and visit.manifest.applied else ()
        return [self.rules[id_] for id_, _ in whole] + [
            self.rules[id_] for id_, at in plan if at is None or at.accepts(visit.name, visit.comparable)
        ]

    def plan(self, position: str, type_: str) -> list[tuple[str, At | None]]:
        """The rules that asked for a position or the type there, and what else each asks for, if anything."""
        asked = [(id_, at if at.key or at.op else None) for id_, at in self.hooks.get(position, ())]
        return asked + [(id_, None) for id_, _ in (self.hooks.get(type_, ()) if type_ != position else ())]

    def problems(self, rule: Rule, visit: Visit) -> list[Problem]:
        """The problems that one rule sees at one visit. Raises RuleError."""
        try:
            if rule.schema is None:
                found = rule.check(visit, self.context, **rule.arguments)
            else:
                found = condition_problems(rule, visit)
            return [problem for problem in found if not unsettable(problem)]
        except Exception as error:
            raise failed(f"rule {rule.id}", visit, error) from cause(visit, error)


def loose(visit: Visit) -> bool:
    """Whether a visit is of a custom kind whose type is that of another version: right or wrong cannot be told."""
    return visit.manifest.lenient and (
        visit.schema is not None or visit.field is None or visit.field.schema is not None
    )


def unsettable(problem: Problem) -> bool:
    """Whether a problem asks for a field that the custom definition around it does not have."""
    return problem.field_path is not None and not may_have(problem.visit, problem.field_path)


def is_known(problem: Problem, visit: Visit) -> bool:
    """Whether what a problem is about is known: not a value that is filled in later, nor what an operator adds.

    A field that is unknown is so with any value.
    """
    if problem.visit.unresolved and not visit.fault:
        return False
    is_lack = problem.field_path is not None or problem.visit is visit
    return not (is_lack and is_piece(visit))


def hooks_of(facets: Iterable[Facets | Rule]) -> Hooks:
    """Rules by the typed positions they registered for."""
    hooks: dict[str, list[tuple[str, At]]] = defaultdict(list)
    for facet in facets:
        for place in facet.places:
            for position in place.positions:
                hooks[position].append((facet.id, place))
    return hooks


def condition_problems(rule: Rule, visit: Visit) -> Iterator[Problem]:
    """The problem of a visit that fails the rule's condition, at the deepest place that exists."""
    is_null = isinstance(visit.node, Scalar) and visit.node.value is None
    path = None if is_null else failure(rule.schema or {}, visit.node)
    if path is not None:
        for name in path:
            visit = visit.child(name)
        yield Problem(visit)


def finding_of(rule: Rule, problem: Problem) -> Finding:
    """A problem of one object with its rule's name, severity and words."""
    visit, manifest = problem.visit, problem.visit.manifest
    spot = spot_of(visit)
    path = spot.path if problem.field_path is None else problem.field_path
    anchor = anchor_at(visit, path)
    words = Words(problem.values, rule.arguments, spot, manifest.identity)
    lacks = problem.field_path is not None
    spot = spot._replace(path=path, anchor=anchor, span=problem.span or spot.span, lacks=lacks)
    return finding_at_spot(rule, manifest.source, manifest.identity, spot, words, map(related_of, problem.elsewhere))


def related_of(elsewhere: Elsewhere) -> Related:
    """A second place, as reports show it."""
    return Related(place_of(elsewhere.manifest.source, elsewhere.span), elsewhere.message)


def finding_at_spot(
    rule: Rule, source: Source, identity: Identity, spot: Spot, words: Words, related: Iterable[Related]
) -> Finding:
    """A finding about a field of an object."""
    return Finding(
        rule, Severity(rule.severity), rule.message.format_map(words), place_of(source, spot.span), identity, spot.path,
        source, tuple(related), spot.span, spot.container, spot.anchor, spot.lacks,
    )  # fmt: skip


def related_findings(workspace: Workspace, sources: list[Source], rules: Mapping[str, Rule]) -> list[Finding]:
    """The findings of the rules about several objects. Raises RuleError."""
    findings = []
    comparing = [rules[facet.id] for facet in facets_of(rules).values() if facet.compares]
    for subject in workspace.objects:
        for rule in comparing:
            for problem in clashes(rule, subject, workspace):
                if problem.spot.unresolved or not problem.spot.settable:
                    continue
                findings.append(clash_finding(rule, subject, problem, sources))
    return findings


def clashes(rule: Rule, subject: Facts, workspace: Workspace) -> list[relation.Problem]:
    """The problems that one rule sees between an object and the others. Raises RuleError."""
    try:
        return list(rule.check(subject, workspace, **rule.arguments))
    except Exception as error:
        place = f"{subject.path} ({subject.kind} {subject.name})"
        raise RuleError(f"rule {rule.id} failed at {place}: {error!r}") from error


def clash_finding(rule: Rule, subject: Facts, problem: relation.Problem, sources: list[Source]) -> Finding:
    """A problem between objects with its rule's name, severity and words."""
    identity = Identity(subject.api_version, subject.kind, subject.name, subject.namespace)
    related = (Related(place_of(sources[e.object.file], e.span), e.message) for e in problem.elsewhere)
    words = Words(problem.values, rule.arguments, problem.spot, identity)
    return finding_at_spot(rule, sources[subject.file], identity, problem.spot, words, related)
