"""A picture of objects that have to do with each other: boxes in columns, lines from left to right."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from kexplain.output.annotated._relations import Thing, Things

PICTURES, BOXES = 12, 40
"""Pictures on a page, and boxes in one; of a larger set no picture would tell anything."""
WIDTH, HEIGHT, GAP, ROOM = 208, 44, 14, 96
"""Of a box; between boxes of a column, and between columns."""
LETTERS = 25
"""Of a name in its box."""


class Box(NamedTuple):
    """An object in the picture."""

    thing: Thing
    x: int
    y: int

    @property
    def name(self) -> str:
        """Its name as far as there is room."""
        name = self.thing.name
        return name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"


class Line(NamedTuple):
    """A relation in the picture, as the path of its curve, and where its verb stands."""

    path: str
    verb: str
    x: int
    y: int


class Drawing(NamedTuple):
    """A picture, its size, and what it shows in words."""

    width: int
    height: int
    boxes: list[Box]
    lines: list[Line]

    @property
    def words(self) -> str:
        """Whom it shows."""
        return ", ".join(box.thing.words for box in self.boxes)


def drawings(things: Things) -> list[Drawing]:
    """A picture for each set of objects that hang together."""
    edges = things.edges()
    sets = [one for one in connected(edges) if len(one) <= BOXES]
    return [drawing(one, edges, things) for one in sorted(sets, key=lambda one: (-len(one), one))[:PICTURES]]


def connected(edges: dict[tuple[int, int], str]) -> Iterator[list[int]]:
    """The sets of numbers that edges hold together."""
    beside: dict[int, set[int]] = defaultdict(set)
    for one, other in edges:
        beside[one].add(other)
        beside[other].add(one)
    seen = set[int]()
    for start in sorted(beside):
        if start in seen:
            continue
        stack, found = [start], set[int]()
        while stack:
            here = stack.pop()
            if here not in found:
                found.add(here)
                stack += beside[here]
        seen |= found
        yield sorted(found)


def drawing(numbers: list[int], edges: dict[tuple[int, int], str], things: Things) -> Drawing:
    """The picture of one set: each object stands to the right of all that point to it."""
    here = {pair: verb for pair, verb in edges.items() if pair[0] in numbers and pair[1] in numbers}
    column = columns(numbers, list(here))
    rows: dict[int, list[int]] = defaultdict(list)
    for number in numbers:
        rows[column[number]].append(number)
    tallest = max(map(len, rows.values()))
    boxes = {}
    for at, members in rows.items():
        lead = (tallest - len(members)) * (HEIGHT + GAP) // 2
        for row, number in enumerate(members):
            x, y = 1 + at * (WIDTH + ROOM), 1 + lead + row * (HEIGHT + GAP)
            boxes[number] = Box(things.all[number], x, y)
    lines = []
    for (one, other), verb in here.items():
        back = here.get((other, one), "")
        if not back or one < other:
            lines.append(curve(boxes[one], boxes[other], f"{verb}, {back}" if back not in {"", verb} else verb))
    width = 2 + WIDTH + max(column.values()) * (WIDTH + ROOM)
    return Drawing(width, 2 + tallest * (HEIGHT + GAP) - GAP, list(boxes.values()), lines)


def columns(numbers: list[int], pairs: list[tuple[int, int]]) -> dict[int, int]:
    """The column of each number: one more than that of any that points to it, as long as they are not in a circle."""
    found = dict.fromkeys(numbers, 0)
    for _ in numbers:
        moved = False
        for one, other in pairs:
            if found[other] <= found[one] < len(numbers) - 1 and (other, one) not in pairs:
                found[other], moved = found[one] + 1, True
        if not moved:
            break
    used = {column: rank for rank, column in enumerate(sorted(set(found.values())))}
    return {number: used[column] for number, column in found.items()}


def curve(one: Box, other: Box, verb: str) -> Line:
    """The line between two boxes."""
    x1, y1, x2, y2 = one.x + WIDTH, one.y + HEIGHT // 2, other.x, other.y + HEIGHT // 2
    if x2 < x1:  # in a circle, or of one column
        x1, x2 = one.x + WIDTH // 2, other.x + WIDTH // 2
    bend = (x1 + x2) // 2
    return Line(f"M{x1} {y1}C{bend} {y1} {bend} {y2} {x2} {y2}", verb, bend, (y1 + y2) // 2 - 4)
