"""Only what changed: findings on lines that a git revision does not have, and findings that it did not have.

The second sort is what a change causes elsewhere: a label that a Service selects by, a probe that was taken out. To
tell them, the files are linted as they were, if findings are left that stand on no changed line.
"""

import os
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress

from kexplain.config.settings import Settings
from kexplain.engine.finding import Finding
from kexplain.engine.linter import Options, lint
from kexplain.engine.report import Ground, KeptBack, Report
from kexplain.files.confines import is_below
from kexplain.files.decode import ENDINGS, decode
from kexplain.files.git import Change, GitError, Repository
from kexplain.files.gitignore import Ignored
from kexplain.files.tree import Earlier
from kexplain.filters import filter as filters
from kexplain.rendering.templates import chart_of
from kexplain.syntax.source import Place, Source, Unread
from kexplain.words import count

WHOLE = [range(1, 2**31)]
"""Every line of a file."""


def apply(report: Report, settings: Settings) -> Report:
    """Keeps back what was there before, unless its lines changed. Raises GitError."""
    repository = repository_of(settings.paths)
    commit, note = repository.base(settings.diff_base)
    report = report.noting(*filter(None, [note]))
    if not report.findings:
        return report
    tree = Tree(repository, commit, report)
    unchanged = {f: tree.names[f.place.path] for f in report.findings if not tree.changed(f.place)}
    kept_back = f"not on a line changed since {settings.diff_base}"
    dropped = {}
    for finding, name in unchanged.items():
        if repository.is_nested(name):
            dropped[finding] = f"in another repository than {settings.diff_base} (a submodule)"
        elif finding.source.origin is not None:
            dropped[finding] = kept_back
    open_ = {finding: name for finding, name in unchanged.items() if finding not in dropped}
    before = known_before(tree, settings) if open_ and tree.differs else None
    for finding, name in open_.items():
        mark = finding.fingerprint_in(name)
        if before is None or before[mark] > 0:
            dropped[finding] = kept_back
        if before is not None:
            before[mark] -= 1
    kept = (KeptBack(finding, Ground.UNCHANGED, reason) for finding, reason in dropped.items())
    return report.keeping_back(kept).noting(*notes(tree, dropped))


def repository_of(paths: Iterable[str]) -> Repository:
    """The repository of the current folder if it holds the first path, else that of the path. Raises GitError."""
    first = next((path for path in paths if path != "-"), ".")
    real = os.path.realpath(first)
    with suppress(GitError):
        found = Repository(".")
        if found.holds(real):
            return found
    return Repository(first if os.path.isdir(first) else os.path.dirname(real))


class Tree:
    """The files of a run as they are in the work tree of a repository, and how they differ from a commit."""

    def __init__(self, repository: Repository, commit: str, report: Report) -> None:
        self.repository, self.report = repository, report
        paths = {finding.place.path for finding in report.findings}
        paths |= {source.path for source in report.sources if source.origin is None}
        self.names = {path: repository.name(path) for path in paths}
        wanted = patterns(self.names.values())
        self.changes = repository.changes(commit, wanted)
        self.now = {change.path: change for change in self.changes if change.path}
        tracked = repository.tracked(wanted)
        self.untracked = {
            name for name in self.names.values() if name and name not in tracked and not repository.is_nested(name)
        }
        self.differs = bool(self.changes or self.untracked)

    def changed(self, place: Place) -> bool:
        """Whether a line of a place is new, or cannot be held against anything."""
        name = self.names[place.path]
        lines = WHOLE if not name or name in self.untracked else self.now[name].lines if name in self.now else []
        number = bisect_right(lines, place.end_line, key=lambda some: some.start)
        return number > 0 and lines[number - 1].stop > place.line

    def before(self, settings: Settings) -> Iterator[Source | Unread]:
        """The same files as they were in the commit, under their paths in the repository; the deleted ones too."""
        ignored = Ignored(settings.exclude, gitignore=settings.respect_gitignore)
        gone = (change for change in self.changes if not change.path)
        deleted = [change for change in gone if was_read(change, self.repository, settings.paths, ignored)]
        texts = self.repository.texts(change.blob for change in (*self.now.values(), *deleted) if change.blob)
        for source in self.report.sources:
            name = self.names[source.path] if source.origin is None else ""
            if not name or name in self.untracked or self.repository.is_nested(name):
                continue
            change = self.now.get(name)
            if change is None:
                yield Source(name, source.text)
            elif change.blob and change.before:
                yield decode(change.before, texts[change.blob])
        yield from (decode(change.before, texts[change.blob]) for change in deleted if change.blob)


def patterns(names: Iterable[str]) -> list[str]:
    """What git is asked about: files with the endings of manifests, and those that a person named."""
    others = sorted(name for name in names if name and not name.endswith(ENDINGS))
    return [*(f":(top,glob)**/*{ending}" for ending in ENDINGS), *(f":(top,literal){name}" for name in others)]


def was_read(change: Change, repository: Repository, paths: Iterable[str], ignored: Ignored) -> bool:
    """Whether this run would have read a file that was deleted."""
    full = os.path.join(repository.root, change.before)
    if not change.before.endswith(ENDINGS) or chart_of(full, {}):
        return False
    for path in paths:
        folder = os.path.realpath(path)
        if path != "-" and is_below(full, folder) and os.path.isdir(path):
            hidden = any(part.startswith(".") for part in os.path.relpath(full, folder).split(os.sep)[:-1])
            return not hidden and not ignored.leaves_out(full)
    return False


def known_before(tree: Tree, settings: Settings) -> Counter[str]:
    """The fingerprints of what was there, in the files as they are called now, less what was suppressed there."""
    gone = (change.before for change in tree.changes if change.before and change.before != change.path)
    new = (change.path for change in tree.changes if change.path and change.before != change.path)
    then = Earlier(tree.repository.root, gone, (*new, *tree.untracked))
    options = Options(tree.report.rules, settings.kubernetes_version, settings.complete, tree=then)
    report = filters.apply(
        lint(tree.before(settings), options),
        settings._replace(overrides=(), baseline="", update_baseline=False, diff_base="", min_severity="info"),
    )
    renamed = {change.before: change.path for change in tree.now.values()}
    return Counter(f.fingerprint_in(renamed.get(f.place.path, f.place.path)) for f in report.findings)


def notes(tree: Tree, dropped: dict[Finding, str]) -> Iterator[str]:
    """What the person should know about the comparison."""
    outside = len({f.place.path for f in tree.report.findings if not tree.names[f.place.path]})
    if outside:
        yield f"{count(outside, 'file')} outside of the git repository: every line counts as changed"
    if any(finding.source.origin is not None for finding in dropped):
        yield "what was rendered is held against changed lines only: the revision itself is not rendered"
