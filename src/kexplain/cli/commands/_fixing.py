"""What lint --fix, lint --diff and fix share: a run whose findings are fixed, and what the person is told of it."""

from typing import TYPE_CHECKING, NamedTuple

from kexplain.cli.console import emit, note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kexplain.config.settings import Settings
    from kexplain.edits.fixing import Again, Fixed, Wanted
    from kexplain.engine.report import Report
    from kexplain.syntax.source import Source


class Session(NamedTuple):
    """A run, its report, and how it is done again with other texts."""

    settings: "Settings"
    report: "Report"
    again: "Again"


class Attempt(NamedTuple):
    """A run before its findings were fixed, and what fixing them made."""

    before: "Report"
    fixed: "Fixed"


def session(settings: "Settings") -> Session:
    """A run that can be done again. Raises InputError."""
    from kexplain.engine.linter import Seen
    from kexplain.engine.memory import Memory
    from kexplain.objects.reading import File, anew, read
    from kexplain.run.gather import gather
    from kexplain.run.run import run
    from kexplain.syntax.source import Source, Unread

    given = [read(one) if isinstance(one, Source) else one for one in gather(settings, beside=True)]
    memory: Memory[Seen] = Memory()
    first = run(settings, given, memory)

    def again(texts: "Mapping[str, Source]") -> "Report":
        files: list[File | Unread] = []
        for one in given:
            new = texts.get(one.source.path) if isinstance(one, File) else None
            files.append(read(new) if new else anew(one) if isinstance(one, File) else one)
            if new and isinstance(one, File) and (one.shapes_others or read(new).shapes_others):
                memory.forget()
        return run(settings._replace(diff_base=""), files, memory)

    return Session(settings, first, again)


def proposed(settings: "Settings") -> "Report":
    """The report of a run that also says how findings can be fixed. Raises InputError."""
    from kexplain.edits.proposing import proposing

    this = session(settings)
    return proposing(this.report, settings.kubernetes_version, this.again)


def attempt(settings: "Settings", wanted: "Wanted | None" = None, *, unsafe: bool) -> Attempt:
    """A run of the settings with its findings fixed, nothing written. Raises InputError."""
    from kexplain.edits.fixing import fix

    _, report, again = session(settings._replace(update_baseline=False))
    shown = {finding.fingerprint for finding in report.findings}
    narrow = bool(settings.diff_base)
    if narrow:
        report = again({})
    return Attempt(report, fix(
        report, settings.kubernetes_version, again,
        lambda one: (not narrow or one.finding.fingerprint in shown) and (wanted is None or wanted(one)), unsafe=unsafe,
    ))  # fmt: skip


def write(made: Attempt) -> None:
    """Writes the changes. Raises InputError."""
    from kexplain.edits.change import write as write_change

    for change in made.fixed.changes:
        write_change(change)


def show(made: Attempt) -> None:
    """Prints the changes as differences."""
    from kexplain.edits.change import difference

    for change in made.fixed.changes:
        emit(difference(change, made.before, made.fixed.report))


def tell(made: Attempt, *, written: bool) -> None:
    """Tells the person what was fixed, and what was not and why."""
    from kexplain.edits.candidates import UNSURE
    from kexplain.edits.fixing import UNSAFE
    from kexplain.words import count

    done, left = made.fixed.done, made.fixed.left
    for one in sorted(done, key=lambda one: one.finding.order):
        note(f"{one.finding.place.path}:{one.finding.place.line}: {one.finding.rule.id}: {one.words}")
    unsafe = [finding for finding, why in left if why == UNSAFE]
    for finding, why in sorted(left, key=lambda pair: pair[0].order):
        if why not in {UNSAFE, UNSURE}:
            note(f"{finding.place.path}:{finding.place.line}: {finding.rule.id}: not fixed: {why}")
    verb = "fixed" if written else "would be fixed"
    parts = [f"{count(len(done), 'finding')} {verb} in {count(len(made.fixed.changes), 'file')}"]
    if unsafe:
        parts.append(f"{len(unsafe)} more with --unsafe-fixes, which change what objects do")
    if rest := len(made.fixed.report.findings) - sum(why != UNSURE for _, why in left):
        parts.append(f"{count(rest, 'finding')} without a fix")
    if made.fixed.unveiled:
        parts.append(f"{count(made.fixed.unveiled, 'finding')} came to light")
    note("; ".join(parts))
