"""Fixing the findings at hand: in rounds, each checked by another run before anything is written.

``fix`` writes nothing; ``write`` of edits/change.py does, for each change.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kexplain.api.release import Release
from kexplain.edits.candidates import Candidate, candidates
from kexplain.edits.change import Change
from kexplain.edits.rewriting import edits_of, rewritten, together
from kexplain.engine.finding import Finding
from kexplain.engine.report import Report
from kexplain.syntax.change import ChangeError
from kexplain.syntax.source import Source

ROUNDS = 10
"""How often what a fix brings to light is fixed in turn."""
RUNS = 60
"""How often the set is judged anew in all."""
Again = Callable[[Mapping[str, Source]], Report]
"""The same run with other texts in place of those of these paths."""
Wanted = Callable[[Candidate], bool]
Key = tuple[str, str, str, str]
SCHEMA = frozenset({"yaml", "schema"})
UNSAFE = "it changes what the object does; add --unsafe-fixes"


class Done(NamedTuple):
    """A finding that is fixed, and what was done for it."""

    finding: Finding
    words: str


class Fixed(NamedTuple):
    """The changes that fix findings, what was done, the findings that are left with why, and the report after it."""

    changes: list[Change]
    done: list[Done]
    left: list[tuple[Finding, str]]
    report: Report
    unveiled: int = 0


def fix(report: Report, release: Release, again: Again, wanted: Wanted, *, unsafe: bool = False) -> Fixed:
    """Fixes the findings of a report that are wanted; unsafe fixes only on demand. Raises RuleError."""
    state = Fixing(report)
    while state.rounds < ROUNDS and state.runs < RUNS:
        open_ = [
            one for one in candidates(state.report, release)
            if one.fix and (one.fix.safe or unsafe) and not state.is_out(one) and wanted(one)
        ]  # fmt: skip
        if open_:
            state.attempt(open_, again)
        elif not state.reopens():
            break
    old = {file.source.path: file.source for file in report.files}
    changes = [Change(old[path], source, [], []) for path, source in sorted(state.texts.items())]
    return Fixed(changes, state.done, list(left_of(state, release, unsafe=unsafe)), state.report, state.unveiled)


@dataclass
class Fixing:
    """The texts so far with the report on them, what was done, and which fixes are out."""

    report: Report
    texts: dict[str, Source] = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)
    given_up: dict[str, str] = field(default_factory=dict)
    """Why, by the finding's fingerprint."""
    waiting: set[str] = field(default_factory=set)
    """Fixes that go again when others went without them: one of several brought a finding."""
    most: int | None = None
    """How many are tried together, where it cannot be told which of them brought a finding."""
    rounds: int = 0
    runs: int = 0
    progress: bool = False
    unveiled: int = 0
    """Findings that nobody could see before: of what was misspelt or unreadable to the API server."""

    def is_out(self, one: Candidate) -> bool:
        """Whether a fix is not to be tried."""
        return one.finding.fingerprint in self.given_up or one.finding.fingerprint in self.waiting

    def attempt(self, found: list[Candidate], again: Again) -> None:
        """Makes those of some fixes that can be made together, where another run has nothing against them."""
        chosen, new = in_texts(together(found)[: self.most], self.given_up)
        if not chosen:  # those that could have been are given up now
            return
        checked = again({**self.texts, **new})
        self.runs += 1
        verdict = Verdict(self.report, checked, chosen)
        self.given_up |= verdict.blamed
        self.waiting |= verdict.suspects
        if verdict.unclear and len(chosen) == 1:
            self.given_up[chosen[0].finding.fingerprint] = verdict.unclear
        elif verdict.unclear:
            self.most = len(chosen) // 2
        elif not verdict.blamed and not verdict.suspects:
            self.rounds, self.most, self.progress = self.rounds + 1, None, True
            self.texts |= new
            self.done += (Done(one.finding, one.fix.words) for one in chosen if one.fix)
            self.report, self.unveiled = checked, self.unveiled + verdict.unveiled

    def reopens(self) -> bool:
        """Whether there are fixes to try again: that wait, or may be possible after what was done since."""
        if self.waiting:
            self.waiting.clear()
        elif self.given_up and self.progress:
            self.given_up, self.progress = {}, False
        else:
            return False
        return True


def in_texts(chosen: list[Candidate], given_up: dict[str, str]) -> tuple[list[Candidate], dict[str, Source]]:
    """The fixes that have a place in the text, and the new texts; the others are given up."""
    by_file: dict[str, list[Candidate]] = {}
    for one in chosen:
        by_file.setdefault(one.finding.source.path, []).append(one)
    kept: list[Candidate] = []
    texts: dict[str, Source] = {}
    for path, group in by_file.items():
        fitting, text = fitting_of(group, given_up)
        kept += fitting
        if text is not None:
            texts[path] = text
    return kept, texts


def fitting_of(group: list[Candidate], given_up: dict[str, str]) -> tuple[list[Candidate], Source | None]:
    """The fixes of one file that can be made together, and the text; those that cannot even alone are given up."""
    try:
        return (group, rewritten(group[0].file, group)[0]) if group[0].file else ([], None)
    except ChangeError:
        pass
    fitting: list[Candidate] = []
    text: Source | None = None
    for one in group:
        try:
            if one.file:
                text = rewritten(one.file, [*fitting, one])[0]
                fitting.append(one)
        except ChangeError as error:
            if not fitting or edits_of(one) is None:
                given_up[one.finding.fingerprint] = str(error)
    return fitting, text


class Verdict:
    """What another run says of fixes: whom to blame for what they did not mend or brought, by fingerprint."""

    def __init__(self, before: Report, after: Report, chosen: list[Candidate]) -> None:
        self.blamed: dict[str, str] = {}
        self.suspects: set[str] = set()
        self.unclear = ""
        self.unveiled = 0
        self.known = {finding.fingerprint for finding in before.findings}
        was, is_ = counted(before.findings), counted(after.findings)
        cures = counted(one.finding for one in chosen)
        by_key: dict[Key, list[Candidate]] = {}
        for one in chosen:
            by_key.setdefault(key_of(one.finding), []).append(one)
        still = Counter(finding.fingerprint for finding in after.findings)
        for key, number in cures.items():
            if is_[key] > was[key] - number:
                guilty = [one for one in by_key[key] if still[one.finding.fingerprint]] or by_key[key]
                self.blamed |= {one.finding.fingerprint: "another run still reports it" for one in guilty}
        grown = {key for key, number in is_.items() if number > was[key] and key not in cures}
        for finding in after.findings:
            if key_of(finding) in grown and finding.fingerprint not in self.known:
                self.judge(finding, chosen)

    def judge(self, finding: Finding, chosen: list[Candidate]) -> None:
        """Blames whoever brought a new finding, unless it was only hidden before."""
        beside = [one for one in chosen if one.finding.source.path == finding.source.path]
        same = [one for one in beside if one.finding.identity.name == finding.identity.name]
        where = f"{finding.rule.id} at {finding.place.path}:{finding.place.line}"
        if not beside:
            self.unclear = f"it would bring {where}"
            return
        shared = {id(one): overlap(one.finding.field_path, finding.field_path) for one in same or beside}
        most = max(shared.values())
        guilty = [one for one in same or beside if shared[id(one)] == most]
        if all(hides(one.finding) for one in guilty) and (not is_refusal(finding) or all(map(is_certain, guilty))):
            self.unveiled += 1
            return
        if len(guilty) == 1:
            self.blamed[guilty[0].finding.fingerprint] = f"it would bring {where}"
        self.suspects |= {one.finding.fingerprint for one in guilty[1:]}


def overlap(one: str, other: str) -> int:
    """How many characters two field paths begin with in common."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def hides(finding: Finding) -> bool:
    """Whether what stands below a finding could not be judged: the field, kind or version has no type."""
    return finding.rule.category in SCHEMA or finding.rule.id in {"removed-api-version", "rbac-moved-resource"}


def is_certain(one: Candidate) -> bool:
    """Whether a fix is no guess: a kind that only one API version has."""
    return (
        one.finding.rule.id == "unknown-kind-version" and one.fix is not None and one.fix.words.startswith("apiVersion")
    )


def is_refusal(finding: Finding) -> bool:
    """Whether the API server refuses what a finding is about."""
    rule = finding.rule
    return rule.severity == "error" and (rule.category in SCHEMA or rule.constraints)


def key_of(finding: Finding) -> Key:
    """Rule and object of a finding, whatever becomes of its kind."""
    return finding.rule.id, finding.place.path, finding.identity.namespace, finding.identity.name


def counted(findings: Iterable[Finding]) -> Counter[Key]:
    """How many findings each rule has in each object."""
    return Counter(map(key_of, findings))


def left_of(state: Fixing, release: Release, *, unsafe: bool) -> Iterable[tuple[Finding, str]]:
    """The findings of rules with a fix that are not fixed, and why."""
    for one in candidates(state.report, release):
        why = state.given_up.get(one.finding.fingerprint, one.why)
        if why or (one.fix and not one.fix.safe and not unsafe):
            yield one.finding, why or UNSAFE
