"""Reading: the values are those of kubectl, the spans cut out exactly what stands there, and nothing hides the rest."""

import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import calls, growth

from kexplain.syntax.parse import MOST_ALIASED, parse
from kexplain.syntax.tree import Document, Mapping, Node, Scalar, Span, comments_of, plain_value

DATA = Path(__file__).parent / "yaml_as_kubectl_reads_it.jsonl"
ROWS = [json.loads(line) for line in DATA.read_text(encoding="utf-8").split("\n") if line]

READ_ALTHOUGH_GO_DOES_NOT = {
    'a: "\\u00e9\\x41\\/"\n': {"a": "éA/"},  # JSON escapes the slash; kubectl reads JSON with a JSON reader
    'a: "\\ud83d\\ude00"\n': {"a": "😀"},  # JSON writes a character beyond the basic plane as a pair; so do many tools
}
REFUSED_ALTHOUGH_GO_READS_IT = {
    ".inf: v\n",  # infinity as a key: nobody means it
}
NOT_CALLED_DUPLICATE = {
    # overriding what a merge key brings in is what a merge key is for; Go's strict mode cannot tell it from a mistake
    "b: &x {c: 1}\na:\n  <<: *x\n  c: 2\n",
    "b: &x {c: 1}\na:\n  c: 2\n  <<: *x\n",
    "b: &x {c: 1}\nd: &y {c: 3, e: 4}\na:\n  <<: [*x, *y]\n",
    "a: {<<: {b: 1}, b: 2}\n",
}
CALLED_DUPLICATE = {
    "1: a\n'1': b\n",  # two YAML keys, one JSON key: the first value is lost all the same
}


def value(text: str) -> object:
    documents = parse(text)
    assert len(documents) == 1
    return plain_value(documents[0].root)


def complaints(text: str) -> list[str]:
    return [mark.message for document in parse(text) if document.root is None for mark in document.marks]


def marks(text: str, kind: str) -> list[tuple[str, str, str]]:
    """Message, and the text at both places, of every mark of a kind."""
    found = [mark for document in parse(text) for mark in document.marks if mark.kind == kind]
    return [(m.message, cut(text, m.span), cut(text, m.other) if m.other else "") for m in found]


def cut(text: str, span: Span) -> str:
    return text[span.start : span.end]


def same(ours: object, theirs: object) -> bool:
    """Equal as JSON: numbers by value, booleans only as booleans."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    if {type(ours), type(theirs)} == {int, float}:
        return float(ours) == float(theirs)  # type: ignore[arg-type]
    return type(ours) is type(theirs) and ours == theirs


@pytest.mark.parametrize("row", ROWS, ids=lambda row: repr(row["in"]))
def test_values_are_those_of_kubectl(row: dict[str, str]) -> None:
    text = row["in"]
    if text in READ_ALTHOUGH_GO_DOES_NOT:
        assert row["error"]
        assert value(text) == READ_ALTHOUGH_GO_DOES_NOT[text]
    elif row["error"] or text in REFUSED_ALTHOUGH_GO_READS_IT:
        assert len(complaints(text)) == 1
    else:
        assert same(value(text), json.loads(row["json"]))


@pytest.mark.parametrize("row", [row for row in ROWS if not row["error"]], ids=lambda row: repr(row["in"]))
def test_duplicates_are_those_of_strict_kubectl(row: dict[str, str]) -> None:
    text = row["in"]
    strict = "already set in map" in row["strict"]
    expected = (strict and text not in NOT_CALLED_DUPLICATE) or text in CALLED_DUPLICATE
    assert bool(marks(text, "duplicate")) == expected


def test_the_visible_differences_are_all_in_the_data() -> None:
    texts = {row["in"] for row in ROWS}
    differences = {*READ_ALTHOUGH_GO_DOES_NOT, *REFUSED_ALTHOUGH_GO_READS_IT, *NOT_CALLED_DUPLICATE, *CALLED_DUPLICATE}
    assert differences <= texts
    assert len(differences) == 8


def written(text: str) -> dict[str, tuple[str, ...]]:
    """Path → what stands at the spans of a field's key and scalar value (an item: its value only)."""
    found: dict[str, tuple[str, ...]] = {}
    for document in parse(text):
        assert document.root is not None, document.marks
        found.update(spans(text, document.root, f"{document.number}:" if document.number > 1 else ""))
    return found


def spans(text: str, node: Node, path: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(node, Scalar):
        yield path, (text[node.start : node.end],)
    elif isinstance(node, Mapping):
        for name, (key, below, _) in node.fields.items():
            written_key = text[key.start : key.end]
            if isinstance(below, Scalar):
                yield path + name, (written_key, text[below.start : below.end])
            else:
                yield path + name, (written_key,)
                yield from spans(text, below, f"{path}{name}.")
    else:
        for index, item in enumerate(node.items):
            yield from spans(text, item, f"{path}{index}" if isinstance(item, Scalar) else f"{path}{index}.")


SPANS = {
    "plain": ("a: b c\nd-e:   f\n", {"a": ("a", "b c"), "d-e": ("d-e", "f")}),
    "plain, several lines": ("a: x\n  y\n  z\nb: 1\n", {"a": ("a", "x\n  y\n  z"), "b": ("b", "1")}),
    "quoted": ("'a': 'it''s'\n\"b\": \"x\\n\\u00e9\"\n", {"a": ("'a'", "'it''s'"), "b": ('"b"', '"x\\n\\u00e9"')}),
    "quoted, several lines": (
        "a: 'p\n\n  q'\nb: \"l\\\n   m\"\nc: 1\n",
        {"a": ("a", "'p\n\n  q'"), "b": ("b", '"l\\\n   m"'), "c": ("c", "1")},
    ),
    "block scalars, chomped in every way": (
        "a: |\n  x\n\n\nb: >-\n  y\n  z\n# c\nc: |+\n  k\n\n\nd: |2-\n    q\ne: >+ # head\n  r\n\nf: 1\n",
        {"a": ("a", "|\n  x"), "b": ("b", ">-\n  y\n  z"), "c": ("c", "|+\n  k"), "d": ("d", "|2-\n    q"),
         "e": ("e", ">+ # head\n  r"), "f": ("f", "1")},
    ),
    "empty block scalars": ("a: |\nb: >-\n\nc: 1\n", {"a": ("a", "|"), "b": ("b", ">-"), "c": ("c", "1")}),
    "block scalar at the end without a line end": ("a: |\n  x", {"a": ("a", "|\n  x")}),
    "block scalar with --- inside": ("a: |\n  x\n  ---\n  y\nb: 1\n", {"a": ("a", "|\n  x\n  ---\n  y"), "b": ("b", "1")}),
    "flow": (
        "a: [1, {b: c, d}, [x], 'e' , \"f\"]\ng: {}\nh: []\ni: 1\n",
        {"a": ("a",), "a.0": ("1",), "a.1.b": ("b", "c"), "a.1.d": ("d", ""), "a.2.0": ("x",), "a.3": ("'e'",),
         "a.4": ('"f"',), "g": ("g",), "h": ("h",), "i": ("i", "1")},
    ),
    "flow over lines": (
        "{\n  a: 1,  # one\n  b:\n    [ 2,\n      3 ],\n}\n",
        {"a": ("a", "1"), "b": ("b",), "b.0": ("2",), "b.1": ("3",)},
    ),
    "anchors and tags": (
        "a: &x !!str 1\nb: !!str &y  'q'\nc: &z\n  d: &w\n  e: !!int\t3\n&k f: !foo g\n",
        {"a": ("a", "1"), "b": ("b", "'q'"), "c": ("c",), "c.d": ("d", ""), "c.e": ("e", "3"), "f": ("f", "g")},
    ),
    "anchor on a line of its own": ("a: &x\n  b\nc: !!str\n  d\n", {"a": ("a", "b"), "c": ("c", "d")}),
    "aliases stand where their anchor stands": (
        "a: &x one\nb: *x\nc: &m {d: 1}\ne: *m\n",
        {"a": ("a", "one"), "b": ("b", "one"), "c": ("c",), "c.d": ("d", "1"), "e": ("e",), "e.d": ("d", "1")},
    ),
    "merge keys": (
        "b: &m\n  c: 1\nd:\n  <<: *m\n  e: 2\n",
        {"b": ("b",), "b.c": ("c", "1"), "d": ("d",), "d.c": ("c", "1"), "d.e": ("e", "2")},
    ),
    "comments": (
        "# lead\na:    # one\n  b: 1   # two\n  c: # three\n",
        {"a": ("a",), "a.b": ("b", "1"), "a.c": ("c", "")},
    ),
    "carriage returns": (
        "a: 1\r\nb: |\r\n  x\r\n  y\r\nc: 'd'\r\ne:\r\n- f\r\n",
        {"a": ("a", "1"), "b": ("b", "|\r\n  x\r\n  y"), "c": ("c", "'d'"), "e": ("e",), "e.0": ("f",)},
    ),
    "byte-order mark": ("\ufeffa: 1\nb: 'c'\n", {"a": ("a", "1"), "b": ("b", "'c'")}),
    "byte-order mark and two documents": ("\ufeffa: 1\n---\nb: 2\n", {"a": ("a", "1"), "2:b": ("b", "2")}),
    "tabs after values": ("a: \t1\t# c\nb:\t'x'\t\nc: z\n", {"a": ("a", "1"), "b": ("b", "'x'"), "c": ("c", "z")}),
    "wide characters": ("a: 'é漢😀' # x\n漢: 字\n😀b: c\n", {"a": ("a", "'é漢😀'"), "漢": ("漢", "字"), "😀b": ("😀b", "c")}),
    "line breaks of YAML 1.1 inside quotes": (
        "a: \"x\x85y\"\nb: 'p\u2028q'\nc: 1\n",
        {"a": ("a", '"x\x85y"'), "b": ("b", "'p\u2028q'"), "c": ("c", "1")},
    ),
    "empty values": ("a:\nb:  \nc: ''\nd: ~\n", {"a": ("a", ""), "b": ("b", ""), "c": ("c", "''"), "d": ("d", "~")}),
    "complex keys": ("? a\n: 1\n? |\n  k\n: 2\n? 'q'\n", {"a": ("a", "1"), "k\n": ("|\n  k", "2"), "q": ("'q'", "")}),
    "lists": (
        "a:\n- 1\n-\n- - 2\n  - x: 1\nb:\n  - c: d\n    e: f\n",
        {"a": ("a",), "a.0": ("1",), "a.1": ("",), "a.2.0": ("2",), "a.2.1.x": ("x", "1"), "b": ("b",),
         "b.0.c": ("c", "d"), "b.0.e": ("e", "f")},
    ),
    "documents and directives": (
        "%YAML 1.1\n%TAG ! tag:x,2000:\n---\na: !foo 1\n...\n# between\n---\nb: 2\n...\n--- {c: 3}\n--- |\n d\n",
        {"a": ("a", "1"), "2:b": ("b", "2"), "3:c": ("c", "3"), "4:": ("|\n d",)},
    ),
    "JSON": (
        '{"a": "x\\"y", "b": [true, null, -1.5e3], "c": {}}\n',
        {"a": ('"a"', '"x\\"y"'), "b": ('"b"',), "b.0": ("true",), "b.1": ("null",), "b.2": ("-1.5e3",), "c": ('"c"',)},
    ),
    "JSON with tabs": ('{\n\t"a":\t1,\n\t"b": [\n\t\t2\n\t]\n}\n', {"a": ('"a"', "1"), "b": ('"b"',), "b.0": ("2",)}),
    "JSON with surrogate pairs": (
        '{"a": "\\ud83d\\ude00x", "\\ud83d\\ude00": 1, "b": "y"}\n',
        {"a": ('"a"', '"\\ud83d\\ude00x"'), "😀": ('"\\ud83d\\ude00"', "1"), "b": ('"b"', '"y"')},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SPANS.values(), ids=SPANS.keys())
def test_spans_cut_out_key_and_value(text: str, expected: dict[str, tuple[str, ...]]) -> None:
    assert written(text) == expected


@pytest.mark.parametrize(("text", "expected"), [SPANS[name] for name in SPANS if "byte-order" not in name])
def test_spans_hold_after_a_document_that_cannot_be_read(text: str, expected: dict[str, tuple[str, ...]]) -> None:
    before = "bad: [\n" + ("" if text.startswith(("%", "---")) else "---\n")
    if text.startswith("%"):
        before += "...\n"
    whole = before + text
    first, *rest = parse(whole)
    assert first.root is None
    found = {k: v for d in rest if d.root for k, v in spans(whole, d.root, f"{d.number - 1}:" if d.number > 2 else "")}
    assert found == expected


@pytest.mark.parametrize(
    ("text", "containers"),
    [
        ("a: [1, 2]\nb: {c: d}\n", ["[1, 2]", "{c: d}"]),
        ("a: &x [1]\nb: !!map {c: d}\n", ["[1]", "{c: d}"]),
        ("a:\n- 1\n- 2\nb:\n  c: 1\n  d: 2\n\n\n", ["- 1\n- 2", "c: 1\n  d: 2"]),
        ("a: &x\n- 1\nb: !!map\n  c: |\n    x\n\n", ["- 1", "c: |\n    x"]),
        ("a:\n  -\nb:\n  c:\n", ["-", "c:"]),
    ],
)
def test_spans_of_lists_and_mappings(text: str, containers: list[str]) -> None:
    root = parse(text)[0].root
    assert isinstance(root, Mapping)
    assert [text[e.value.start : e.value.end] for e in root.fields.values()] == containers


@pytest.mark.parametrize(
    ("text", "readable", "message"),
    [
        ("a: 1\n---\nb: [\n---\nc: 3\n", {1: {"a": 1}, 3: {"c": 3}}, "expected a value here"),
        ("a: 'x\n---\nb: 1\n", {2: {"b": 1}}, "the file ends inside a quoted value or a bracket"),
        ("x: {{ a }}\n---\nb: 1\n", {2: {"b": 1}}, "a key must be a plain value"),
        ("a: b: c\n--- # next\nb: 1\n", {2: {"b": 1}}, "unexpected ': '"),
        ("a:\n\t- 1\n---\nb: 1\n", {2: {"b": 1}}, "a tab cannot indent YAML"),
        ("a: @x\n---\nb: 1\n", {2: {"b": 1}}, "a value cannot begin with '@'"),
        ("a: \x07\n---\nb: 1\n", {2: {"b": 1}}, "control characters are not allowed"),
        ("a: *x\n---\nb: 1\n", {2: {"b": 1}}, "the alias *x has no anchor &x before it"),
        ("a: &x 1\n---\nb: *x\n---\nc: 1\n", {1: {"a": 1}, 3: {"c": 1}}, "the alias *x has no anchor &x before it"),
        ("a: &x [*x]\n---\nb: 1\n", {2: {"b": 1}}, "the anchor &x contains itself"),
        ("a: .inf\n---\nb: 1\n", {2: {"b": 1}}, ".inf is infinity or not a number"),
        ("a: !!int x\n---\nb: 1\n", {2: {"b": 1}}, "the tag !!int does not fit the value"),
        ("~: x\n---\nb: 1\n", {2: {"b": 1}}, "a key is missing or null"),
        ("<<: [1]\n---\nb: 1\n", {2: {"b": 1}}, "a merge key (<<) needs a mapping"),
        ("%YAML 1.2\n---\na: 1\n---\nb: 1\n", {2: {"b": 1}}, "kubectl reads YAML 1.1 only"),
        ("# c\n---\na: [\n---\n# only\n---\nb: 1\n", {2: None, 3: {"b": 1}}, "expected a value here"),
        ("a: 1\n...\nb: 2\n---\nc: 3\n", {1: {"a": 1}, 3: {"c": 3}}, "did not find expected <document start>"),
        ("a: [\r\n---\r\nb: 1\r\n", {2: {"b": 1}}, "expected a value here"),
    ],
)  # fmt: skip
def test_a_bad_document_hides_no_other(text: str, readable: dict[int, object], message: str) -> None:
    documents = parse(text)
    assert [document.number for document in documents] == list(range(1, len(documents) + 1))
    assert {d.number: plain_value(d.root) for d in documents if d.root is not None} == readable
    bad = [d for d in documents if d.root is None]
    assert len(bad) == 1
    assert bad[0].marks[0].kind == "syntax"
    assert bad[0].marks[0].message.startswith(message)
    place = bad[0].marks[0].span
    assert bad[0].span.start <= place.start <= place.end <= bad[0].span.end


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("é: 漢\na: b: c\n", ":"),
        ("漢: 1\na: @x\n", "@"),
        ("漢: '\x07'\n", "\x07"),
        ("ok: 1\n---\n漢: *nope\n", "*nope"),
        ("a: {b: 1}\n? [x]\n: 1\n", "[x]"),
        ("a: !!int zwölf\n", "zwölf"),
    ],
)
def test_a_complaint_points_at_what_it_is_about(text: str, place: str) -> None:
    assert [cut(text, m.span) for d in parse(text) for m in d.marks] == [place]


@pytest.mark.parametrize("text", ["", "\n", "# only\n", "---\n", "\ufeff", "---\n...\n", "  \n\n"])
def test_an_empty_text_is_one_null_document(text: str) -> None:
    assert [(d.number, plain_value(d.root), d.marks) for d in parse(text)] == [(1, None, ())]


LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
DEEP_ALIASES = f"a0: &a0 {'[' * 150}x{']' * 150}\n" + "".join(
    f"a{n}: &a{n} {'[' * 150}*a{n - 1}{']' * 150}\n" for n in range(1, 25)
)
BOUNDS = {
    "billion laughs": (LAUGHS, "aliases stand for more than 100,000 nodes; this looks like an alias bomb"),
    "deep behind aliases": (DEEP_ALIASES, "nested more than 200 levels deep"),
    "201 levels": ("[" * 201 + "]" * 201, "nested more than 200 levels deep"),
    "10,000 open brackets": ("[" * 10_000, "nested more than 200 levels deep"),
    "10,000 brackets": ("a: " + "[" * 10_000 + "]" * 10_000, "nested more than 200 levels deep"),
    "10,000 braces": ("{a: " * 10_000, "nested more than 200 levels deep"),
    "10,000 dashes": ("- " * 10_000 + "x\n", "nested more than 200 levels deep"),
    "20,000 directives": ("a: [\n" + "%x\n" * 20_000, "found unknown directive name"),
}
READABLE = {
    "a scalar of 5 MB": ("a: " + "x" * 5_000_000 + "\n", 1),
    "a block scalar of 5 MB": ("a: |\n" + ("  " + "x" * 98 + "\n") * 50_000, 1),
    "200,000 keys": ("".join(f"k{n}: v\n" for n in range(200_000)), 200_000),
    "a million digits": ("a: " + "1" * 1_000_000 + "\n", 1),
    "199 levels": ("a: " + "[" * 199 + "]" * 199 + "\n", 1),
}


@pytest.mark.parametrize(("text", "message"), BOUNDS.values(), ids=BOUNDS.keys())
def test_hostile_text_is_refused_with_little_work_and_memory(text: str, message: str) -> None:
    assert calls(lambda: complaints(text)) < 20_000 + len(text)
    tracemalloc.start()
    try:
        assert complaints(text) == [message]
        assert tracemalloc.get_traced_memory()[1] < 20_000_000 + 10 * len(text)
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("text", "keys"), READABLE.values(), ids=READABLE.keys())
def test_large_text_is_read(text: str, keys: int) -> None:
    root = parse(text)[0].root
    assert isinstance(root, Mapping)
    assert len(root.fields) == keys


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", [("a", "a", "a")]),
        ("on: 1\n'true': 2\n", [("true", "'true'", "on")]),
        ('{"a": 1, "a": 2}', [("a", '"a"', '"a"')]),
        ("a: 1\n\"a\": 2\n'a': 3\n", [("a", '"a"', "a"), ("a", "'a'", '"a"')]),
        ("a: {b: 1, c: 2, b: 3}\n", [("b", "b", "b")]),
        ("- a: 1\n- a: 2\n", []),
        ("a: &m {b: 1}\nc: {<<: *m, b: 2}\n", []),
    ],
)
def test_a_duplicate_key_names_both_places(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert marks(text, "duplicate") == expected


def test_a_duplicate_is_at_the_later_key_and_the_later_value_counts() -> None:
    document = parse("a: 1\nb: 2\na: 3\n")[0]
    assert (document.marks[0].span, document.marks[0].other) == (Span(10, 11), Span(0, 1))
    assert plain_value(document.root) == {"a": 3, "b": 2}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on: 1\n", [("true", "on", "")]),
        ("a:\n  NO: 1\n", [("false", "NO", "")]),
        ("0644: 1\n", [("420", "0644", "")]),
        ("'on': 1\n", []),
        ("1e3: 1\n", [("1000", "1e3", "")]),
    ],
)
def test_a_key_that_is_no_string_is_marked(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert marks(text, "key") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# lead\na: 1 # x\n", [("# lead", True), ("# x", False)]),
        ("b: 'p # q' # y\nc: 1\n", [("# y", False)]),
        ('b: "p # q"\nc: "r" # s\n', [("# s", False)]),
        ("c: |\n  # no\n  z\n# after\nd: p#q\n", [("# after", True)]),
        ("a: >-\n  x\n  # no\n\n# yes\nb: 1", [("# yes", True)]),
        ("a: | # head\n  # no\n  x\n# t\n", [("# head", False), ("# t", True)]),
        ("e: [1, # in\n  2,# too\n  3]# end\n", [("# in", False), ("# too", False), ("# end", False)]),
        ("a: 'x'# c\n", [("# c", False)]),
        ("a: 'x\n  # in\n  y' # out\n", [("# out", False)]),
        ("# c\r\na: 1 # d\r\n", [("# c", True), ("# d", False)]),
        ("a: &x # anchor\n  b: 1\nc: *x # alias\n", [("# anchor", False), ("# alias", False)]),
        ("a:\n  - x # one\n  # two\n  - y#z\n", [("# one", False), ("# two", True)]),
        ("'a # b': 1 # c\n", [("# c", False)]),
        ("a: x\n  y # c\n", [("# c", False)]),
        ("# only\n", [("# only", True)]),
        ("a: 1\n#", [("#", True)]),
        ("a: 1\n", []),
    ],
)
def test_comments(text: str, expected: list[tuple[str, bool]]) -> None:
    found = comments_of(text, parse(text)[0].root, Span(0, len(text)))
    assert [(comment.text, comment.alone) for comment in found] == expected
    assert [cut(text, comment.span) for comment in found] == [comment.text for comment in found]


def test_comments_of_one_document_only() -> None:
    text = "a: 1\n# one\n---\n# two\nb: 1 # three\n"
    first, second = parse(text)
    found: list[Document] = [first, second]
    assert [[c.text for c in comments_of(text, d.root, d.span)] for d in found] == [["# one"], ["# two", "# three"]]


@pytest.mark.parametrize(("more", "is_read"), [(0, True), (1, False)])
def test_aliases_stand_for_so_many_nodes_and_no_more(more: int, is_read: bool) -> None:
    ninety_nine = f"a: &a [{','.join('x' * 99)}]\n"  # with the list itself 100 nodes
    text = f"{ninety_nine}b: &b [{','.join(['*a'] * 10)}]\nc: [{','.join(['*b'] * 98)}]\n"  # 1,000 and 98 times 1,001
    rest = MOST_ALIASED - 1_000 - 98 * 1_001 + more
    text += f"d: &d x\ne: [{','.join(['*d'] * rest)}]\n"
    assert (parse(text)[0].root is not None) is is_read


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("a: 1\nb:\n", "b:"),
        ("a:\n  b: 1\n  c:\nd: 1\n", "d: 1"),
        ("a: 1\n", "a: 1"),
        ("a: 1\nb: |\n  x\n\n", "  x"),
        ("a: &x 1\nb: *x\n", "b:"),
        ("a:\n  b: &x [1]\n  c: *x\n", "  c:"),
    ],
)
def test_a_mapping_ends_with_its_last_value_or_key(text: str, end: str) -> None:
    """An alias ends where its anchor stands, above; then the mapping ends with the key."""
    root = parse(text)[0].root
    assert root is not None
    assert root.end == text.index(end) + len(end)


GROWING = {
    "a scalar": lambda n: "a: " + "x" * 20 * n,
    "a block scalar": lambda n: "a: |\n" + "  x\n" * 4 * n,
    "keys": lambda n: "".join(f"k{i}: v\n" for i in range(n)),
    "documents": lambda n: "a: 1\n---\n" * (n // 4),
    "directives": lambda n: "a: [\n" + "%x\n" * n,
    "comments": lambda n: "a: |\n" + "  # no\n" * n + "b: 1\n" + "# yes\n" * n,
    "unreadable documents": lambda n: "a: b: c\n---\n" * (n // 8),
}


def read(text: str) -> None:
    for document in parse(text):
        comments_of(text, document.root, document.span)


@pytest.mark.parametrize("make", GROWING.values(), ids=GROWING.keys())
def test_the_work_of_reading_grows_with_the_text(make: Callable[[int], str]) -> None:
    read(make(800))  # compiles the expressions
    assert calls(lambda: read(make(1600))) < 2.2 * calls(lambda: read(make(800)))


@pytest.mark.parametrize("what", ["a scalar", "a block scalar", "directives", "comments"])
def test_no_expression_goes_back_over_a_text_again_and_again(what: str) -> None:
    """The square of 16 times the text is 256; calls do not show what one regular expression does."""
    assert growth(lambda number: read(GROWING[what](number)), 1000, times=16) < 100
