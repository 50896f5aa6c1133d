"""The baseline: findings that stand in a file of known ones are kept back, so that only new ones count.

An entry covers one finding of its file: the same rule, object, field and value, on whatever line. Where its file is
gone it covers one of another file, so that a renamed folder brings nothing new.
"""

import os
import stat
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from functools import cached_property

from kexplain.config.settings import Settings
from kexplain.engine.finding import Finding
from kexplain.engine.linter import Options, lint
from kexplain.engine.report import Ground, KeptBack, Report
from kexplain.filters._baseline_file import BaselineError, Entry, read, write
from kexplain.filters.filter import apply as apply_filters
from kexplain.objects.nonmanifest import BY_NAME, KUSTOMIZATION
from kexplain.objects.reading import File, anew
from kexplain.rendering.patches import folders_above
from kexplain.syntax.source import normal
from kexplain.words import count

KNOWN = "known since the baseline was written"
Found = dict[Finding, Entry]
"""Findings, each with the entry that covers it."""


def apply(report: Report, settings: Settings) -> Report:
    """Keeps back the findings that the baseline covers; with ``update_baseline`` all, once they are written into it.

    Raises BaselineError.
    """
    if not settings.baseline:
        raise BaselineError("--update-baseline needs --baseline FILE: the file that takes the findings")
    entries, run = read(settings.baseline, may_lack=settings.update_baseline), Run(report, settings)
    found = {finding: run.entry_of(finding) for finding in report.findings}
    if settings.update_baseline:
        note = update(settings, entries, run, found | run.of_parts(found))
        return report.noting(note).keeping_back(KeptBack(finding, Ground.BASELINE, KNOWN) for finding in found)
    same, new, left = covered(found, entries, lambda entry: entry.key, whole=run.sees_sets)
    moved, new, left = covered_elsewhere(new, left, run)
    report = report.keeping_back(KeptBack(finding, Ground.BASELINE, KNOWN) for finding in (*same, *moved))
    gone = [entry for entry in left if run.looked_at(entry) and not entry.incomplete]
    if gone:
        many = "1 entry matches" if len(gone) == 1 else f"{len(gone)} entries match"
        report = report.noting(f"{settings.baseline}: {many} nothing any more; --update-baseline takes them out")
    return report


def update(settings: Settings, entries: list[Entry], run: "Run", found: Found) -> str:
    """Writes what was found, and what this run cannot have found; says what changed. Raises BaselineError."""
    same, new, left = covered(found, entries, lambda entry: entry.key, whole=run.sees_sets)
    moved, new, left = covered_elsewhere(new, left, run)
    kept = [entry for entry in left if not run.looked_at(entry)]
    now = sorted([*same.values(), *moved.values(), *new.values(), *kept])
    write(settings.baseline, now)
    numbers = {"added": len(new), "taken out": len(left) - len(kept), "moved": len(moved)}
    changes = ", ".join(f"{number} {what}" for what, number in numbers.items() if number)
    of_parts = sum(entry.incomplete for entry in now)
    holds = f"it holds {count(len(now), 'finding')}"
    if of_parts:
        holds += f", {of_parts} of them only for runs over part of the files"
    return f"{settings.baseline}: {changes or 'nothing changed'}; {holds}"


def covered(
    found: Found, entries: Iterable[Entry], key: Callable[[Entry], Hashable], *, whole: bool
) -> tuple[Found, Found, list[Entry]]:
    """The findings that entries cover, one each; the other findings; and the entries that cover none.

    Only a ``whole`` run can tell that a finding is not one of incomplete runs alone.
    """
    left: dict[Hashable, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: not entry.incomplete):  # taken from the end
        left[key(entry)].append(entry)
    same, new = {}, {}
    for finding, entry in found.items():
        if left.get(key(entry)):
            known = left[key(entry)].pop()
            same[finding] = entry._replace(incomplete=entry.incomplete or (known.incomplete and not whole))
        else:
            new[finding] = entry
    return same, new, [entry for some in left.values() for entry in some]


def covered_elsewhere(new: Found, left: list[Entry], run: "Run") -> tuple[Found, Found, list[Entry]]:
    """The same for entries whose file is gone, whatever the file of the findings."""
    there = [entry for entry in left if not run.is_gone(entry.path)]
    gone = [entry for entry in left if run.is_gone(entry.path)]
    moved, new, gone = covered(new, gone, lambda entry: entry.fingerprint, whole=run.sees_sets)
    return moved, new, [*there, *gone]


class Run:
    """What a run looked at, seen from the baseline's folder."""

    def __init__(self, report: Report, settings: Settings) -> None:
        self.report, self.settings = report, settings
        self._parents: dict[str, str] = {}
        self._gone: dict[str, bool] = {}
        self.folder = os.path.dirname(os.path.realpath(settings.baseline))
        folders = [path for path in settings.paths if path != "-" and os.path.isdir(path)]
        self.folders = [self.relative(path) for path in folders]
        named = len(folders) < len([path for path in settings.paths if path != "-"]) or bool(settings.files_from)
        self.sees_sets = settings.complete is True or (settings.complete is None and not named)

    def entry_of(self, finding: Finding) -> Entry:
        """The entry that covers a finding."""
        path, fingerprint = self.relative(finding.place.path), finding.fingerprint_in("")
        return Entry(path, finding.rule.id, str(finding.identity), finding.field_path, fingerprint)

    def of_parts(self, found: Found) -> Found:
        """What runs over part of the files have beyond what was found.

        They see neither the Service that nobody has, nor the kustomization that calls a file a patch.
        """
        if not self.sees_sets:
            return {}
        options = Options(self.report.rules, self.settings.kubernetes_version, complete=False)
        alone = self.settings._replace(baseline="", update_baseline=False, diff_base="", min_severity="info")
        report = apply_filters(lint(self.parts(), options), alone)
        known = Counter(entry.key for entry in found.values())
        more = {}
        for finding in report.findings:
            entry = self.entry_of(finding)
            if known[entry.key] <= 0:
                more[finding] = entry._replace(incomplete=True)
            known[entry.key] -= 1
        return more

    def parts(self) -> list[File]:
        """The files as a run that is given them by name reads each: without kustomizations, but told of patches."""
        files = self.report.files
        builds = [BY_NAME.get(file.source.path.rpartition("/")[2]) == KUSTOMIZATION for file in files]
        patches = {
            patch
            for file, build in zip(files, builds, strict=True)
            if build
            for patch in file.patches
            if (file.source.folder or ".") in folders_above(patch)
        }
        others = (file for file in files if not file.kustomizations)
        return [anew(file) for file in others if normal(file.source.path) not in patches]

    def relative(self, path: str) -> str:
        """A path from the baseline's folder, links resolved. What is no file, such as ``<stdin>``, keeps its name."""
        try:
            linked = stat.S_ISLNK(os.lstat(path).st_mode)
        except (OSError, ValueError):
            return path
        above, name = os.path.split(path)
        real = os.path.realpath(path) if linked or name in {"", ".", ".."} else os.path.join(self.parent(above), name)
        try:
            return os.path.relpath(real, self.folder).replace(os.sep, "/")
        except ValueError:  # on another drive
            return real.replace(os.sep, "/")

    def parent(self, folder: str) -> str:
        """The real path of a folder, found once: links are looked for in every part of it."""
        if folder not in self._parents:
            self._parents[folder] = os.path.realpath(folder)
        return self._parents[folder]

    @cached_property
    def read(self) -> set[str]:
        """The files that were read; those that a rendered text was made from as far as it leads back to them."""
        paths = set()
        for source in self.report.sources:
            back = source.origin.back if source.origin is not None else None
            paths |= {back(start, start)[0].path for start in source.starts} if back else {source.path}
        return {self.relative(path) for path in paths}

    def is_gone(self, path: str) -> bool:
        """Whether a file of the baseline is there no more. Standard input never is."""
        if path not in self._gone:
            there = path.startswith("<") or path in self.read or os.path.exists(os.path.join(self.folder, path))
            self._gone[path] = not there
        return self._gone[path]

    def looked_at(self, entry: Entry) -> bool:
        """Whether this run would have met an entry's finding.

        It read the file with that rule, and with all that the rule compares; or it went through the folder that the
        file has gone from.
        """
        if self.is_gone(entry.path):
            return any(folder == "." or entry.path.startswith(f"{folder}/") for folder in self.folders)
        rule = self.report.rules.get(entry.rule)
        sees_all = self.sees_sets or not (entry.incomplete or (rule is not None and rule.needs_the_set))
        return entry.path in self.read and rule is not None and sees_all
