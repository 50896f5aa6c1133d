"""Without libyaml's binding the same is read, at the same places, and what cannot be read is told in the same words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import ROOT, SHARED, for_each

from kexplain.syntax import parse as reading
from kexplain.syntax.pure_events import PureParser
from kexplain.syntax.tree import Document, Mapping, Node, Scalar, Sequence

FILES = [
    *(path for path in (ROOT / "examples").rglob("*.y*ml")),
    *(path for path in (SHARED / "corpus").rglob("*.y*ml") if path.stat().st_size < 20_000),
]
AWKWARD = [
    "a: 1\t# c\nb:\t'x'\t\nc: z\t\n", '{\n\t"a":\t1,\n\t"b": [\n\t\t2\n\t]\n}\n', "a: one\ttwo\n", "a: one\n  two\n\n  three\n",
    "a: |\n  x\t\n  y\nb: >-\n  p\n\n  q\n", "\ufeffa: 1\n---\n\ufeffb: 2\n", "a: 1\r\nb: 2\r\n", "? a\n: b\n", "a: &x [1]\nb: *x\n",
    "a: 'it''s'\nb: \"\\u00e9\\ud83d\\ude00\"\n", "%YAML 1.1\n---\na: 1\n...\n", "", "# nothing\n", "--- a\n--- b\n", "- - - 1\n",
    "a: !!str 1\nb: !x y\n", "<<: {a: 1}\nb: 2\n", "a: 漢\x85b: 1\n", "a:\n- 1\n-\t2\n", "a: one\n ---\n",
]  # fmt: skip
BROKEN = [
    "a: [\n---\nb: 1\n", "a: b: c\n", "a:\n\t- 1\n", "a: @x\n", "a: \x07\n", "漢: '\x07'\n", "a: 'x\n", "- a\nb: 1\n", "a: 1\n  b: 2\n",
    'a: "\\q"\n', "a: *nowhere\n", "a: one\n\ttwo\n", "{a: 1\n", "a: - 1\n",
]  # fmt: skip


def seen(node: Node | None) -> Iterator[Any]:
    """A tree as plain values: kinds, places and values, in order."""
    yield type(node).__name__
    if node is not None:
        yield node.start, node.end
    if isinstance(node, Scalar):
        yield node.text, repr(node.value), node.plain
    elif isinstance(node, Mapping):
        for name, entry in node.fields.items():
            yield repr(name)
            yield from (*seen(entry.key), *seen(entry.value), entry.merged)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from seen(item)


def both(text: str) -> tuple[list[Document], list[Document]]:
    ours = reading.parse(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "CParser", PureParser)
        return ours, reading.parse(text)


@for_each([path.read_text(encoding="utf-8-sig") for path in FILES] + AWKWARD)
def test_the_same_is_read(text: str) -> None:
    one, other = both(text)
    assert [d.marks for d in one] == [d.marks for d in other]
    assert [d.span for d in one] == [d.span for d in other]
    assert [list(seen(d.root)) for d in one] == [list(seen(d.root)) for d in other]


@for_each(BROKEN)
def test_the_same_cannot_be_read(text: str) -> None:
    one, other = both(text)
    assert [d.root is None for d in one] == [d.root is None for d in other]
    assert any(d.root is None for d in other)
    assert [m.message for d in one for m in d.marks] == [m.message for d in other for m in d.marks]


def test_files_are_there() -> None:
    assert any(Path("examples") in path.parents or "examples" in path.parts for path in FILES)
