"""Suppressions in manifests: comments and annotations keep findings back; what is wrong with them is a finding too.

``unused-suppression``, ``unknown-rule-in-suppression`` and ``expired-suppression`` are themselves kept back only by
``ignore-file`` and by the configuration: a comment cannot vouch for itself.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kexplain.catalogue.rule import Rule, facets_of
from kexplain.catalogue.selection import meant
from kexplain.config.own_rules import known_rules
from kexplain.config.settings import Settings
from kexplain.engine.finding import Finding, finding_at
from kexplain.engine.report import Ground, KeptBack, Report
from kexplain.objects.outcome import Status
from kexplain.objects.reading import read
from kexplain.objects.suppression import ABOUT_SUPPRESSIONS, MOST, Suppression, has_ended
from kexplain.syntax.cause import Cause
from kexplain.syntax.source import Place, Source, place_of
from kexplain.syntax.tree import Span
from kexplain.words import hint

UNUSED, UNKNOWN, EXPIRED = ABOUT_SUPPRESSIONS
ABOUT = frozenset(ABOUT_SUPPRESSIONS)
NEAREST = 50
"""Unknown names for which the nearest is looked up."""
Text = tuple[str, str]
Used = set[tuple[Place, str]]


def apply(report: Report, settings: Settings) -> Report:
    """Keeps back what is suppressed, and adds what is to be said about the suppressions."""
    names = Names(known_rules(settings.rule_folders).beside(report.rules))
    found = [suppression for file in report.files for suppression in file.suppressions]
    elsewhere = [suppression for source in origins(report) for suppression in read(source).suppressions]
    for path, number in Counter(suppression.source.path for suppression in found).items():
        if number >= MOST:
            report = report.noting(f"{path}: only the first {MOST:,} suppressions are read")
    good = [s for s in (*found, *elsewhere) if not s.words.mistake and not has_ended(s.words.until)]
    report, used = obey(report, good, names)
    report = report.finding(complaints(found, used, names, Judge(report, settings)))
    about = Names({id_: report.rules[id_] for id_ in ABOUT & report.rules.keys()})
    return obey(report, [s for s in good if s.words.whole_file], about)[0]


def origins(report: Report) -> list[Source]:
    """The files that rendered findings come from: kustomize drops their comments, so they are read there."""
    read = {text_key(source) for source in report.sources}
    found = {text_key(source): source for f in report.findings for source, _ in places(f) if source is not f.source}
    return [source for key, source in found.items() if key not in read]


def places(finding: Finding) -> Iterator[tuple[Source, int]]:
    """Where a finding begins: in the text that was checked, and in the file that was rendered."""
    yield finding.source, finding.span.start
    if finding.source.origin is not None:
        source, start, _ = finding.source.origin.back(*finding.span)
        yield source, start


def text_key(source: Source) -> Text:
    """What tells a text apart from others, also where it was read twice."""
    return source.path, source.text


class Names(dict[str, frozenset[str]]):
    """The ids that each name in a suppression means; none for an unknown one, and for patterns beyond MOST."""

    def __init__(self, known: Mapping[str, Rule]) -> None:
        super().__init__()
        self.known = known
        self.facets = facets_of(known)

    def __missing__(self, name: str) -> frozenset[str]:
        few = len(self) < MOST
        found = self[name] = frozenset(meant(name, self.facets.values()) if few or name in self.known else ())
        return found


class Beginnings:
    """Findings by where they begin; ``left`` are the numbers of those that nothing keeps back yet."""

    def __init__(self, found: list[tuple[int, Finding]]) -> None:
        found.sort(key=lambda pair: (pair[0], pair[1].order))
        self.starts = [start for start, _ in found]
        self.findings = [finding for _, finding in found]
        self.left = list(range(len(found)))

    def take(self, span: Span) -> tuple[bool, list[Finding]]:
        """Whether any begins in a span, and those of them that are left, which are no more."""
        low, high = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        first, last = bisect_left(self.left, low), bisect_left(self.left, high)
        taken = [self.findings[number] for number in self.left[first:last]]
        del self.left[first:last]
        return low < high, taken


def obey(report: Report, given: list[Suppression], names: Names) -> tuple[Report, Used]:
    """Keeps back what suppressions cover, the narrowest first; also where which names kept back something."""
    grouped: dict[tuple[Text, str, str], list[tuple[int, Finding]]] = defaultdict(list)
    for finding in report.findings:
        for source, start in places(finding):
            for container in {"", finding.container}:
                grouped[text_key(source), finding.rule.id, container].append((start, finding))
    beginnings = {key: Beginnings(found) for key, found in grouped.items()}
    dropped: dict[Finding, KeptBack] = {}
    used: Used = set()
    for suppression in sorted(given, key=lambda s: s.size):
        words, text = suppression.words, text_key(suppression.source)
        for name in words.names:
            for rule in sorted(names[name] - (frozenset() if words.whole_file else ABOUT)):
                if (here := beginnings.get((text, rule, suppression.container))) is None:
                    continue
                for span in suppression.covers:
                    any_, taken = here.take(span)
                    if any_:
                        used.add((place_of(suppression.source, suppression.span), name))
                    for finding in taken:
                        ground = Ground(suppression.ground)
                        dropped.setdefault(finding, KeptBack(finding, ground, words.reason, words.until))
    return report.keeping_back(dropped.values()), used


class Judge:
    """What can be said of a suppression in this run: of which documents, and of which rules."""

    def __init__(self, report: Report, settings: Settings) -> None:
        self.rules = report.rules
        self.complete = settings.complete is True
        self.statuses: dict[tuple[str, int], set[Status]] = defaultdict(set)
        for outcome in report.outcomes:
            if outcome.cause is not Cause.EMPTY:
                self.statuses[outcome.path, outcome.document].add(outcome.status)
                self.statuses[outcome.path, 0].add(outcome.status)

    def speaks(self, suppression: Suppression) -> bool:
        """Whether its document holds objects; what is skipped may be text for another tool."""
        ignored = {Status.SKIPPED} if suppression.words.whole_file else {Status.SKIPPED, Status.UNREADABLE}
        return bool(self.of(suppression) - ignored)

    def would_find(self, suppression: Suppression, ids: frozenset[str]) -> bool:
        """Whether all these rules were on and saw what they need, so that finding nothing means something.

        A rule that compares objects must have had all of them: part of a set proves nothing.
        """
        if self.of(suppression) != {Status.CHECKED} or not ids <= self.rules.keys():
            return False
        return self.complete or not any(self.rules[id_].needs_the_set for id_ in ids)

    def of(self, suppression: Suppression) -> set[Status]:
        """What became of the documents that it speaks of."""
        return self.statuses.get((suppression.source.path, suppression.document), set())


def complaints(found: Iterable[Suppression], used: Used, names: Names, judge: Judge) -> Iterator[Finding]:
    """What is to be said about suppressions, for the rules that are on."""
    looked_up: dict[str, str] = {}
    for suppression in found:
        words, place = suppression.words, place_of(suppression.source, suppression.span)
        if not judge.speaks(suppression):
            continue
        if words.mistake:
            yield from told(UNUSED, suppression, judge, why=words.mistake)
        elif has_ended(words.until):
            yield from told(EXPIRED, suppression, judge, names=", ".join(words.names), until=words.until)
        else:
            for name in words.names:
                ids = names[name] - ABOUT
                if not names[name]:
                    if name not in looked_up:
                        looked_up[name] = hint(name, names.known) if len(looked_up) < NEAREST else ""
                    yield from told(UNKNOWN, suppression, judge, name=name, hint=looked_up[name])
                elif ids and (place, name) not in used and judge.would_find(suppression, ids):
                    yield from told(UNUSED, suppression, judge, why=f"no finding of {name} begins where it holds")


def told(rule: str, suppression: Suppression, judge: Judge, **values: object) -> Iterator[Finding]:
    """A finding about a suppression, where its rule is on."""
    if rule in judge.rules:
        yield finding_at(judge.rules[rule], suppression.source, suppression.span, values, suppression.identity)
