"""The baseline: findings that stand in a file of known ones are kept back, so that only new ones count.

An entry covers one finding of its file: the same rule, object, field and value, on whatever line. Where its file is
gone it covers one of another file, so that a renamed folder brings nothing new.
"""

import json
import os
import stat
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from functools import cached_property
from typing import Any, NamedTuple

from kexplain.config.settings import Settings
from kexplain.engine.finding import Finding
from kexplain.engine.linter import Options, lint
from kexplain.engine.report import Ground, KeptBack, Report
from kexplain.errors import InputError
from kexplain.files.decode import LARGEST
from kexplain.filters.filter import apply as apply_filters
from kexplain.objects.nonmanifest import BY_NAME, KUSTOMIZATION
from kexplain.rendering.patches import folders_above
from kexplain.syntax.source import Source, normal
from kexplain.words import count

VERSION = 1
KNOWN = "known since the baseline was written"
CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
"""How git begins the lines with which it marks one."""


class BaselineError(InputError):
    """A baseline that is missing, cannot be read or written, or is none."""


class Entry(NamedTuple):
    """One known finding. ``path`` is relative to the baseline's folder; ``fingerprint`` knows nothing of the path.

    ``incomplete`` when only a run over part of the files has it, as that of a commit hook.
    """

    path: str
    rule: str
    object: str
    field_path: str
    fingerprint: str
    incomplete: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What a finding must share to be covered."""
        return self.path, self.fingerprint


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
    holds = f"it holds {count(len(now), 'finding')}" + f", {of_parts} of them only for runs over part of the files" * (
        of_parts > 0
    )
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

    def parts(self) -> list[Source]:
        """The sources as a run that is given them by name reads each: without kustomizations, but told of patches."""
        files = self.report.files
        builds = [BY_NAME.get(file.source.path.rpartition("/")[2]) == KUSTOMIZATION for file in files]
        patches = {
            patch
            for file, build in zip(files, builds, strict=True)
            if build
            for patch in file.patches
            if (file.source.folder or ".") in folders_above(patch)
        }
        others = (file.source for file in files if not file.kustomizations)
        return [source for source in others if normal(source.path) not in patches]

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


def read(path: str, *, may_lack: bool) -> list[Entry]:
    """The entries of a baseline; none where it is missing and may be. Raises BaselineError."""
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        if may_lack:
            return []
        raise BaselineError(f"there is no baseline {path}; write it with --update-baseline") from error
    except (OSError, ValueError) as error:
        raise BaselineError(f"cannot read the baseline {path}: {getattr(error, 'strerror', None) or error}") from error
    if len(data) > LARGEST:
        raise BaselineError(f"the baseline {path} is larger than {LARGEST // 1024**2} MiB; name another file")
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        words = f"not JSON ({error.msg}); fix the line, or delete the file and write it anew with --update-baseline"
        if error.doc[error.pos :].startswith(CONFLICT):
            words = "a merge conflict; keep the lines of both sides, with commas between, then run --update-baseline"
        raise BaselineError(f"{path}:{error.lineno}:{error.colno}: {words}") from error
    except (ValueError, RecursionError) as error:
        raise BaselineError(f"{path} is not a baseline of kexplain: {error}; name another file") from error
    return entries_of(found, path)


def entries_of(found: Any, path: str) -> list[Entry]:
    """What a baseline's JSON says. Raises BaselineError."""
    version = found.get("version") if isinstance(found, dict) else None
    if isinstance(version, int) and version > VERSION and "findings" in found:
        raise BaselineError(f"{path} was written by a newer kexplain (version {version}); update kexplain to read it")
    if version != VERSION or not isinstance(found.get("findings"), list):
        raise BaselineError(f"{path} is not a baseline of kexplain; name another file for --baseline")
    entries = []
    for number, record in enumerate(found["findings"], 1):
        values = [record.get(name) if isinstance(record, dict) else None for name in NAMES]
        lacking = [name for name, value in zip(NAMES, values, strict=True) if not isinstance(value, str)]
        if lacking:
            mend = "fix it, or delete the file and write it anew with --update-baseline"
            raise BaselineError(f"{path}: entry {number} has no text for {lacking[0]!r}; {mend}")
        entries.append(Entry._make([*values, record.get("incomplete") is True]))
    return entries


NAMES = ("path", "rule", "object", "fieldPath", "fingerprint")
"""The keys of an entry, in the order of the fields of Entry."""


def write(path: str, entries: Iterable[Entry]) -> None:
    """Writes a baseline, all of it or nothing, and leaves alone one that would not change. Raises BaselineError."""
    records = [json.dumps(record_of(entry)) for entry in entries]
    lines = ",\n    ".join(records)
    text = f'{{\n  "version": {VERSION},\n  "findings": [\n    {lines}\n  ]\n}}\n'
    target = os.path.realpath(path)
    temporary, begun = f"{target}.{os.getpid()}.tmp", False
    try:
        there = os.path.exists(target)
        if there and same_text(target, text):
            return
        with open(temporary, "x", encoding="ascii", newline="\n") as file:
            begun = True
            file.write(text)
        if there:
            os.chmod(temporary, stat.S_IMODE(os.stat(target).st_mode))
        os.replace(temporary, target)
    except OSError as error:
        if begun:
            with suppress(OSError):
                os.unlink(temporary)
        raise BaselineError(f"cannot write the baseline {path}: {error.strerror or error}") from error


def record_of(entry: Entry) -> dict[str, Any]:
    """An entry as the file has it."""
    return dict(zip(NAMES, entry[:-1], strict=True)) | ({"incomplete": True} if entry.incomplete else {})


def same_text(path: str, text: str) -> bool:
    """Whether a file holds a text, whatever line breaks git gave it."""
    with open(path, encoding="utf-8-sig", errors="replace") as file:
        return file.read() == text
