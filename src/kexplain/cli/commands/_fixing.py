"""What lint --fix, lint --diff and fix tell the person: what was fixed, what was not and why."""

from typing import TYPE_CHECKING

from kexplain.cli.console import emit_shown, note

if TYPE_CHECKING:
    from kexplain.edits.session import Attempt


def write(made: "Attempt") -> None:
    """Writes the changes. Raises InputError."""
    from kexplain.edits.change import write as write_change

    for change in made.fixed.changes:
        write_change(change)


def show(made: "Attempt") -> None:
    """Prints the changes as differences."""
    from kexplain.edits.change import difference

    for change in made.fixed.changes:
        emit_shown(difference(change, made.before, made.fixed.report))


def tell(made: "Attempt", *, written: bool) -> None:
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
