"""Places as an editor counts them: lines from 0, columns in units of the encoding that was agreed on; and offsets."""

from kexplain.syntax.source import Source
from kexplain.syntax.tree import Span

Point = tuple[int, int]
"""Line and column from 0."""
UTF_8, UTF_16, UTF_32 = "utf-8", "utf-16", "utf-32"


def units(character: str, encoding: str) -> int:
    """How many units of an encoding a character takes."""
    number = ord(character)
    if encoding == UTF_8:
        return 1 + (number > 0x7F) + (number > 0x7FF) + (number > 0xFFFF)
    return 1 + (encoding == UTF_16 and number > 0xFFFF)


def offset_of(source: Source, point: Point, encoding: str) -> int:
    """The offset of a point; of one outside of the text the nearest."""
    line = min(max(point[0], 0), len(source.starts) - 1)
    text, passed = source.line(line + 1), 0
    for index, character in enumerate(text):
        if passed >= point[1]:
            return source.starts[line] + index
        passed += units(character, encoding)
    return source.starts[line] + len(text)


def point_of(source: Source, offset: int, encoding: str) -> Point:
    """The point of an offset."""
    line, column = source.place(offset)
    start = source.starts[line - 1]
    return line - 1, sum(units(character, encoding) for character in source.text[start : start + column - 1])


def range_of(source: Source, span: Span, encoding: str) -> tuple[Point, Point]:
    """Where a span begins and ends."""
    return point_of(source, span.start, encoding), point_of(source, max(span.end, span.start), encoding)
