"""Fixes of one file put into its text together, where the result means exactly what was intended."""

from collections.abc import Iterable
from copy import deepcopy

from kexplain.edits.candidates import Candidate
from kexplain.edits.structure import edits_for, in_order
from kexplain.objects.reading import File
from kexplain.syntax.change import Change, ChangeError, Path, compatible, made, settled
from kexplain.syntax.edit import Edit, applied
from kexplain.syntax.meaning import meaning, said
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Mapping, Node, Sequence, plain_value

OTHERWISE = "the file would mean something else as well"


def rewritten(file: File, chosen: Iterable[Candidate]) -> tuple[Source, list[Edit]]:
    """The text of a file after some fixes, and the edits. Raises ChangeError where it would mean something else."""
    wanted: dict[int, list[Change]] = {}
    roots: dict[int, tuple[int, Node]] = {}
    for candidate in chosen:
        root = candidate.root
        if candidate.manifest and candidate.fix and root:
            wanted.setdefault(id(root), []).extend(candidate.fix.changes)
            roots[id(root)] = candidate.manifest.document.number, root
    expected = deepcopy(said(file.documents))
    edits: list[Edit] = []
    for key, (number, root) in roots.items():
        plain = plain_value(root)
        changes = settled(plain, wanted[key])
        edits += edits_for(file.source.text, root, changes)
        index = next(n for n, document in enumerate(file.documents) if document.number == number)
        path = place_in(file.documents[index].root, root)
        if path is None:
            raise ChangeError("it has no text of its own")
        replace(expected, (index, *path), made(plain, changes))
    edits = in_order(edits)
    new = applied(file.source.text, edits)
    if meaning(new) != expected:
        raise ChangeError(OTHERWISE)
    return Source(file.source.path, new), edits


def place_in(node: Node | None, wanted: Node) -> Path | None:
    """The path from the root of a document to an object in it: the root itself, or an item of a list."""
    if node is wanted:
        return ()
    items = node.get("items") if isinstance(node, Mapping) else None
    for index, item in enumerate(items.items if isinstance(items, Sequence) else ()):
        if (path := place_in(item, wanted)) is not None:
            return ("items", index, *path)
    return None


def replace(plain: list[object], path: Path, value: object) -> None:
    """Sets what a path leads to, in plain values."""
    holder: object = plain
    for step in path[:-1]:
        holder = holder[step]  # type: ignore[index]
    holder[path[-1]] = value  # type: ignore[index]


def together(found: Iterable[Candidate]) -> list[Candidate]:
    """The first of some fixes, and those that can be made with it: no two are about the same field."""
    chosen: list[Candidate] = []
    by_object: dict[int, list[Change]] = {}
    for candidate in found:
        if candidate.fix is None:
            continue
        others = by_object.setdefault(id(candidate.manifest), [])
        if all(compatible(change, other) for change in candidate.fix.changes for other in others):
            others += (change for change in candidate.fix.changes if change not in others)
            chosen.append(candidate)
    return chosen


def edits_of(candidate: Candidate) -> list[Edit] | None:
    """The edits of one fix alone; None where it has no place in the text, or would change more than it intends."""
    try:
        return rewritten(candidate.file, [candidate])[1] if candidate.file and candidate.fix else None
    except ChangeError:
        return None
