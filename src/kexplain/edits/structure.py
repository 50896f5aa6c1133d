"""The text edits that make changes of an object, in the file's own style: indentation, dashes, flow or block."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from kexplain.edits.layout import Layout
from kexplain.edits.round_trip import block
from kexplain.syntax.change import Change, ChangeError, Drop, Path, Rename, Text, put
from kexplain.syntax.edit import Edit
from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence

SEVERAL_LINES = "its value is a text of several lines"
SORTED = 3
"""Fields in alphabetical order that somebody, or kustomize, has put so: a new one takes its place among them."""


def edits_for(text: str, root: Node, changes: Iterable[Change]) -> list[Edit]:
    """The edits for settled changes of the object at a root, in order. Raises ChangeError, also where two meet."""
    layout = Layout(text, root)
    edits: list[Edit] = []
    added: dict[Path, dict[str | int, Any]] = {}
    dropped: dict[Path, set[str | int]] = defaultdict(set)
    for change in changes:
        if isinstance(change, Text):
            edits += change.edits
        elif isinstance(change, Rename):
            key = layout.key(change.path)
            edits.append(Edit(key.start, layout.scalar(change.name, key), key.end - key.start))
        elif isinstance(change, Drop):
            dropped[change.path[:-1]].add(change.path[-1])
        else:
            holder, rest = layout.deepest(change.path)
            if rest:
                grow(added.setdefault(holder, {}), rest, change.value)
            else:
                edits += replaced(layout, holder, change.value)
    for holder, more in added.items():
        edits += extended(layout, holder, more, dropped.get(holder, set()))
    for holder, names in dropped.items():
        edits += without(layout, holder, names)
    return in_order(edits)


def in_order(edits: list[Edit]) -> list[Edit]:
    """Edits from the first to the last. Raises ChangeError where one begins inside another."""
    edits = sorted(edits, key=lambda edit: (edit.offset, edit.cut))
    if any(after.offset < edit.offset + edit.cut for edit, after in pairwise(edits)):
        raise ChangeError("two changes meet in the text")
    return edits


def grow(more: dict[str | int, Any], rest: Path, value: Any) -> None:
    """Adds a value to what a mapping or list shall get."""
    if len(rest) > 1:
        more.setdefault(rest[0], [] if rest[1] == 0 else {})
        put(more[rest[0]], rest[1:], value)
    else:
        more[rest[0]] = value


def replaced(layout: Layout, path: Path, value: Any) -> Iterator[Edit]:
    """A value in place of what stands there."""
    node = layout.walked(path)[-1]
    in_line = not value or not isinstance(value, dict | list) or layout.is_flow(path[:-1])
    if isinstance(node, Scalar):
        if layout.text.startswith(("|", ">"), node.start) and node.end > node.start:
            raise ChangeError(SEVERAL_LINES)
        if in_line:
            yield from layout.scalar_edits(node, value)
        else:
            start = len(layout.text[: node.start].rstrip(" "))
            yield Edit(start, "", node.end - start)
            yield block_below(layout, path, layout.line_end(max(node.end, layout.grip(path).end)), value)
    elif layout.is_flow(path):
        layout.refuse_comments(node.start, node.end)
        yield Edit(node.start, layout.inline(value), node.end - node.start)
    elif isinstance(path[-1], int):  # an item: its dash stays
        end = layout.end(node)
        layout.refuse_comments(node.start, end)
        lines = [layout.inline(value)] if in_line else block(value, layout.width, layout.dash)
        yield Edit(node.start, layout.lines(lines, layout.column(node.start)).lstrip(), end - node.start)
    else:
        end, colon = layout.end(node), layout.text.index(":", layout.grip(path).end) + 1
        layout.refuse_comments(colon, end)
        yield Edit(colon, f" {layout.inline(value)}" if in_line else "", end - colon)
        if not in_line:
            yield block_below(layout, path, end, value)


def block_below(layout: Layout, path: Path, place: int, value: Any) -> Edit:
    """A block below the line of a key, which ends at a place."""
    if isinstance(path[-1], int):
        raise ChangeError("a block has no place in a list here")
    lines = block({"": value}, layout.width, layout.dash)[1:]
    return Edit(place, layout.lines(lines, layout.column(layout.grip(path).start)))


def extended(layout: Layout, path: Path, more: dict[str | int, Any], gone: set[str | int]) -> Iterator[Edit]:
    """What a mapping or list gets, behind the last of its own that stays."""
    node = layout.walked(path)[-1]
    value: Any = [item for _, item in sorted(more.items())] if all(isinstance(step, int) for step in more) else more
    if isinstance(node, Scalar):
        yield from replaced(layout, path, value)
        return
    if isinstance(node, Mapping) is isinstance(value, list):
        raise ChangeError("another value stands where the field belongs")
    own = layout.own(node)
    stay = [end for name, _, end in own if name not in gone]
    if layout.is_flow(path):
        body = layout.inline(value)[1:-1]
        if not stay:
            yield Edit(node.start + 1, body)
            return
        indent = layout.indent(own[-1][1])
        yield Edit(stay[-1], (", " if indent is None else f",{layout.newline}{indent}") + body)
    elif not stay:
        raise ChangeError("it has no field of its own here")
    elif isinstance(value, list):
        yield Edit(layout.line_end(stay[-1]), block_lines(layout, value, own[0][1]))
    else:
        names = [str(name) for name, _, _ in own]
        for key, item in value.items():
            place = stay[-1]
            before = [end for name, _, end in own if str(name) < key and name not in gone]
            if before and len(names) >= SORTED and names == sorted(names):
                place = before[-1]
            yield Edit(layout.line_end(place), block_lines(layout, {key: item}, own[0][1]))


def block_lines(layout: Layout, value: Any, beside: int) -> str:
    """A mapping or list as lines that follow another, indented like what begins at an offset."""
    return layout.lines(block(value, layout.width, layout.dash), layout.column(beside))


def without(layout: Layout, path: Path, names: set[str | int]) -> Iterator[Edit]:
    """A mapping or list without some of its own; others stay."""
    node = layout.walked(path)[-1]
    if not isinstance(node, Mapping | Sequence):
        raise ChangeError("the field is not there")
    own = layout.own(node)
    if names - {name for name, _, _ in own}:
        raise ChangeError("the field is not there")
    flow, stays = layout.is_flow(path), False
    for number, (name, start, end) in enumerate(own):
        following = own[number + 1][1] if number + 1 < len(own) else None
        if name not in names:
            stays = True
        elif flow:
            begin, until = (own[number - 1][2], end) if stays else (start, following or end)
            layout.refuse_comments(begin, until)
            yield Edit(begin, "", until - begin)
        elif layout.indent(start) is not None:
            layout.refuse_comments(start, end)
            begin, until = layout.whole_lines(start, end)
            yield Edit(begin, "", until - begin)
        elif following is not None and layout.indent(following) is not None:
            layout.refuse_comments(start, following)
            yield Edit(start, "", following - start)
        else:
            raise ChangeError("it stands on a line with others")
