"""The files that an editor has before it: those of the disk, and over them the texts that nobody has saved yet."""

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kexplain.catalogue.rule import Rules
from kexplain.config.settings import Settings
from kexplain.edits.candidates import Candidate, candidates
from kexplain.edits.fixing import Verdict
from kexplain.edits.rewriting import edits_of, rewritten
from kexplain.engine.finding import Finding
from kexplain.engine.linter import Seen, lint
from kexplain.engine.memory import Memory
from kexplain.engine.report import Known, Report
from kexplain.files.decode import display, read_file
from kexplain.filters import filter as filters
from kexplain.objects.reading import File, anew, read
from kexplain.run.gather import gather
from kexplain.run.run import options_of, run
from kexplain.syntax.change import ChangeError
from kexplain.syntax.edit import Edit
from kexplain.syntax.source import Source, Unread


class Offer(NamedTuple):
    """A fix of a finding: in words, whether it is safe, and the edits of its file."""

    finding: Finding
    words: str
    safe: bool
    edits: list[Edit]


class Project:
    """A folder of manifests. Paths are those that reports name; only files that changed are read again."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings._replace(render=False, cluster=False, diff_base="", update_baseline=False, text=None)
        self.options = options_of(self.settings)
        self.memory: Memory[Seen] = Memory()
        self.quick_memory: Memory[Seen] = Memory()
        self.files: dict[str, File | Unread] = {}
        self.opened: dict[str, File] = {}
        self.shaping: set[str] = set()
        """The files that say what objects of others are."""
        self.report = Report({}, "")
        self.rescan()

    def rescan(self) -> None:
        """Reads the folder: a file whose text is the same stays as it is."""
        old, self.files = self.files, {}
        for one in gather(self.settings, beside=True):
            there = old.get(one.path)
            same = isinstance(there, File) and isinstance(one, Source) and there.source.text == one.text
            self.files[one.path] = there if same and there else read(one) if isinstance(one, Source) else one
        self.shaping = {path for path, one in self.files.items() if isinstance(one, File) and one.shapes_others}
        self.memory.forget()
        self.quick_memory.forget()

    def write(self, path: str, text: str) -> File:
        """A file gets a text that is not on the disk yet."""
        self._replaced(self.current(path))
        file = self.opened[path] = read(Source(path, text))
        self._replaced(file)
        return file

    def close(self, path: str) -> None:
        """The text of the disk counts again."""
        self._replaced(self.opened.pop(path, None))
        self.saved(path)

    def saved(self, path: str) -> None:
        """A file of the disk changed, is new, or is gone."""
        self._replaced(self.files.get(path))
        if not os.path.isfile(path):  # noqa: PTH113 - as elsewhere
            self.files.pop(path, None)
            return
        found = read_file(path)
        self.files[path] = read(found) if isinstance(found, Source) else found
        self._replaced(self.files[path])

    def _replaced(self, file: File | Unread | None) -> None:
        """Forgets what was found in a text that is no more, or in all where it decides what others are."""
        if not isinstance(file, File):
            return
        if file.shapes_others:
            self.shaping.add(file.source.path)
            self.memory.forget()
            self.quick_memory.forget()
        else:
            self.memory.forget(file.source)
            self.quick_memory.forget(file.source)

    def current(self, path: str) -> File | None:
        """A file as the editor shows it; None where there is none that can be read."""
        found = self.opened.get(path) or self.files.get(path)
        return found if isinstance(found, File) else None

    def all(self) -> Iterator[File | Unread]:
        """Every file as the editor shows it, each as it was read."""
        for path in dict.fromkeys([*self.files, *self.opened]):
            one = self.opened.get(path) or self.files[path]
            yield anew(one) if isinstance(one, File) else one

    def whole(self, texts: dict[str, Source] | None = None) -> Report:
        """The report on everything, perhaps with other texts in place of some."""
        files: list[File | Unread] = []
        for one in self.all():
            new = texts.get(one.source.path) if texts and isinstance(one, File) else None
            files.append(read(new) if new else one)
        report = run(self.settings, files, self.memory if texts is None else self.memory.copied())
        if texts is None:
            self.report = report
        return report

    def quick(self, path: str) -> list[Finding]:
        """What is wrong in one file by itself; what has to do with others is as it was in the last whole report."""
        file = self.current(path)
        if file is None:
            return []
        paths = [name for name in self.shaping if name != path]
        around = [anew(one) for one in map(self.current, paths) if one is not None]
        alone = {id_: facet for id_, facet in self.rules.facets.items() if not facet.compares}
        options = self.options._replace(rules=self.rules.chosen(alone, {}), memory=self.quick_memory)
        found = lint([anew(file), *around], options)
        kept = filters.apply(found, self.settings)
        related = [f for f in self.report.findings if f.place.path == path and f.rule.compares]
        return [*(f for f in kept.findings if f.place.path == path and not f.rule.compares), *related]

    @property
    def known(self) -> Known:
        """What the last run learnt of the objects."""
        known = self.report.known or self.whole().known
        assert known is not None  # noqa: S101 - every run leaves it
        return known

    @property
    def rules(self) -> Rules:
        """The rules that are switched on."""
        rules = self.options.rules
        assert isinstance(rules, Rules)  # noqa: S101 - selection makes no other
        return rules

    def offers(self, path: str, wanted: Iterable[Finding]) -> list[Offer]:
        """The fixes of some findings of a file, each checked by another run."""
        fingerprints = {finding.fingerprint for finding in wanted}
        report = self.whole()
        found: list[Offer] = []
        for one in candidates(report, self.settings.kubernetes_version):
            if one.fix and one.finding.place.path == path and one.finding.fingerprint in fingerprints:
                edits = edits_of(one)
                if edits and not self._objection(report, one):
                    found.append(Offer(one.finding, one.fix.words, one.fix.safe, edits))
        return found

    def _objection(self, report: Report, one: Candidate) -> bool:
        """Whether another run has something against a fix."""
        try:
            new = rewritten(one.file, [one])[0] if one.file else None
        except ChangeError:
            return True
        if new is None:
            return True
        verdict = Verdict(report, self.whole({new.path: new}), [one])
        return bool(verdict.blamed or verdict.suspects or verdict.unclear)


def name_of(path: str) -> str:
    """A file of the system as reports name it: relative to the current folder where it lies below that."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return display(path)
    return display(path if relative.startswith("..") else relative)
