"""Manifests of the wild: nothing breaks, every document has an outcome, every field a meaning, every place is exact.

What is where is read a second time without kexplain: lines as Python's text files split them, nodes from PyYAML's composer.
"""

import io
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
import yaml
from support import SHARED, annotate

from kexplain.api.lifecycle import is_builtin_group
from kexplain.catalogue.rule import rules
from kexplain.catalogue.selection import select
from kexplain.config.settings import Settings
from kexplain.engine.annotation import Annotated, AnnotatedObject
from kexplain.engine.linter import Options, lint
from kexplain.engine.report import Report
from kexplain.objects.outcome import Status
from kexplain.output.annotated.comments import MARK, commented, without_comments
from kexplain.output.annotated.json import object_json
from kexplain.output.reports.json import finding_record
from kexplain.run.gather import gather
from kexplain.syntax.source import Source

CORPUS = SHARED / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus: KEXPLAIN_SHARED names no folder that holds one")

Place = tuple[int, int, int, int]
Json = dict[str, Any]


class Text:
    """A file read a second time: its lines, its documents, and where each field of each object stands."""

    def __init__(self, data: bytes) -> None:
        """Takes the bytes of the file; line breaks become ``\\n``, as lines and columns do not know their length."""
        self.text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline=None).read()
        self.lines = self.text.split("\n")

    @cached_property
    def ends(self) -> list[int]:
        """The offset after each line."""
        return list(accumulate(len(line) + 1 for line in self.lines))

    @cached_property
    def documents(self) -> dict[int, yaml.Node]:
        """The roots of the documents, by number from 1; an empty file has one."""
        roots = yaml.compose_all(self.text, Loader=yaml.CSafeLoader)
        return dict(enumerate(roots, 1)) or {1: yaml.ScalarNode("tag:yaml.org,2002:null", "")}

    @cached_property
    def scalars(self) -> set[Place]:
        """Where keys and scalars stand, those that a later key overrides included."""
        stack, found = list(self.documents.values()), set()
        while stack:
            node = stack.pop()
            if isinstance(node, yaml.ScalarNode):
                found.add(self.place(node))
            else:
                stack += [part for entry in node.value for part in (entry if isinstance(entry, tuple) else (entry,))]
        return found

    def values(self) -> list[object]:
        """The documents as plain values."""
        return [values_of(root) for root in self.documents.values()]

    def cut(self, place: Place) -> str:
        """The text from a line and column up to another."""
        line, column, end_line, end_column = place
        if line == end_line:
            return self.lines[line - 1][column - 1 : end_column - 1]
        between = self.lines[line : end_line - 1]
        return "\n".join([self.lines[line - 1][column - 1 :], *between, self.lines[end_line - 1][: end_column - 1]])

    def place(self, node: yaml.Node) -> Place:
        """Where a node stands; a block scalar ends with its last word, not where the next node begins."""
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            end = start + len(self.text[start:end].rstrip())
        return *self.at(start), *self.at(end)

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        line = bisect_right(self.ends, offset)
        return line + 1, offset - (self.ends[line - 1] if line else 0) + 1


def values_of(node: yaml.Node) -> object:
    """A node without its place: tags and texts, in lists and pairs."""
    if isinstance(node, yaml.ScalarNode):
        return node.tag, node.value
    return [values_of(part) for entry in node.value for part in (entry if isinstance(entry, tuple) else (entry,))]


class Object:
    """One object read a second time: the key and the node of every field path."""

    def __init__(self, root: yaml.Node) -> None:
        self.root = root
        self.fields: dict[str, tuple[yaml.Node | None, yaml.Node]] = dict(fields_of(root, ""))

    def name(self) -> tuple[str, ...]:
        """What it calls itself."""
        paths = ("apiVersion", "kind", "metadata.name", "metadata.namespace")
        return tuple(self.fields[path][1].value if path in self.fields else "" for path in paths)

    def places(self, path: str) -> Iterator[tuple[str, str, yaml.Node]]:
        """Where a finding about a field may stand, what is written there, and why: its scalar or its key.

        When the field is missing, that is the key of the nearest above it; of a list's item the ``name``, ``kind`` or first key.
        """
        above = path
        while above not in self.fields:
            above = above[: max(above.rfind("."), above.rfind("["), 0)]
        key, node = self.fields[above]
        if above == path and isinstance(node, yaml.ScalarNode):
            yield "scalar", node.value, node
        if key is None and isinstance(node, yaml.MappingNode):
            keys = {key.value: key for key, _ in node.value}
            key = keys.get("name") or keys.get("kind") or next(iter(keys.values()))
        if key is not None:
            yield "key" if above == path else "missing", key.value, key


def fields_of(node: yaml.Node, path: str) -> Iterator[tuple[str, tuple[yaml.Node | None, yaml.Node]]]:
    """Every field and item below a node; of a key written twice the last, as Kubernetes reads it."""
    if not path:
        yield path, (None, node)
    if isinstance(node, yaml.MappingNode):
        for name, (key, value) in {key.value: (key, value) for key, value in node.value}.items():
            inner = f"{path}[{name}]" if "." in name or "/" in name else f"{path}.{name}" if path else name
            yield inner, (key, value)
            yield from fields_of(value, inner)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield f"{path}[{number}]", (None, item)
            yield from fields_of(item, f"{path}[{number}]")


def objects_of(root: yaml.Node) -> list[Object]:
    """The object of a document, or those of a List."""
    whole = Object(root)
    if whole.name()[1].endswith("List") and "items" in whole.fields:
        return [Object(item) for item in whole.fields["items"][1].value]
    return [whole]


def records_of(annotated: AnnotatedObject, source: Source) -> list[Json]:
    """The annotations of an object, as JSON tells them."""
    records: Any = object_json(annotated, source)["annotations"]
    return list(records)


def place_in(record: Json) -> Place:
    """The place of a finding or annotation, as JSON tells it."""
    return record["line"], record["column"], record["endLine"], record["endColumn"]


def unquoted(written: str) -> str:
    """A scalar as it is written → the text it stands for, whatever its style."""
    return written if re.fullmatch(r"\w+", written) else yaml.load(written, Loader=yaml.CBaseLoader)  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    read = list(gather(Settings((str(CORPUS),))))
    assert [source for source in read if not isinstance(source, Source)] == []
    return [source for source in read if isinstance(source, Source)]


@pytest.fixture(scope="module")
def texts(sources: list[Source]) -> dict[str, Text]:
    return {source.path: Text(Path(source.path).read_bytes()) for source in sources}


@pytest.fixture(scope="module")
def annotated(sources: list[Source]) -> list[Annotated]:
    return annotate(sources)


@pytest.fixture(scope="module")
def report(sources: list[Source]) -> Report:
    return lint(sources, Options(select("pedantic", (), (), ())))


@pytest.fixture(scope="module")
def objects(texts: dict[str, Text], annotated: list[Annotated]) -> dict[str, list[Object]]:
    """The objects of every file, read a second time, in the order of the file."""
    checked = {(o.path, o.document) for file in annotated for o in file.outcomes if o.status is Status.CHECKED}
    return {
        path: [o for number, root in text.documents.items() if (path, number) in checked for o in objects_of(root)]
        for path, text in texts.items()
    }


def test_every_manifest_of_the_corpus_is_read(sources: list[Source]) -> None:
    files = (path for path in CORPUS.rglob("*") if path.suffix in {".yaml", ".yml", ".json"})
    expected = {
        path.as_posix() for path in files if not any(part[0] == "." for part in path.relative_to(CORPUS).parts[:-1])
    }
    assert {source.path for source in sources} == expected
    assert len(expected) > 400


def test_every_document_has_an_outcome(texts: dict[str, Text], report: Report, annotated: list[Annotated]) -> None:
    documents = {(path, number) for path, text in texts.items() for number in text.documents}
    assert {(o.path, o.document) for o in report.outcomes} == documents
    assert {(o.path, o.document) for file in annotated for o in file.outcomes} == documents


def test_every_document_has_as_many_outcomes_as_objects(texts: dict[str, Text], report: Report) -> None:
    counted = Counter((o.path, o.document) for o in report.outcomes)
    expected = {
        (path, number): len(objects_of(root)) for path, text in texts.items() for number, root in text.documents.items()
    }
    assert counted == expected


def test_what_is_not_checked_says_why(report: Report) -> None:
    counted = Counter(outcome.status for outcome in report.outcomes)
    assert counted[Status.UNREADABLE] == 0
    assert counted[Status.CHECKED] > 0.85 * counted.total()
    assert [o for o in report.outcomes if o.status is not Status.CHECKED and not o.reason] == []


def test_profiles_differ_in_their_rules_only(sources: list[Source], report: Report) -> None:
    recommended = select("recommended", (), (), ())
    assert recommended.keys() < report.rules.keys() <= rules().keys()
    found = lint(sources, Options(recommended)).findings
    assert found == [finding for finding in report.findings if finding.rule.id in recommended]
    assert 500 < len(found) < len(report.findings)


def test_findings_are_those_of_the_snapshot(report: Report, snapshot: Callable[[Path, str], None]) -> None:
    """How many findings each rule has in each file: a change that adds hundreds is seen, and shown to a reviewer.

    ``python -m pytest tests/corpus --renew`` writes it anew.
    """
    files = {path.path: Path(path.path).relative_to(CORPUS).as_posix() for path in report.sources}
    counted = Counter((finding.rule.id, files[finding.place.path]) for finding in report.findings)
    rows = "".join(f"{rule}\t{file}\t{number}\n" for (rule, file), number in sorted(counted.items()))
    snapshot(Path(__file__).parent / "findings.tsv", f"rule\tfile\tfindings\n{rows}")


def test_the_fields_of_built_in_kinds_are_explained(annotated: list[Annotated], report: Report) -> None:
    """At least 99 %; what is left has no meaning, and lint says so, except in patches, which it leaves to kustomize."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    number = Counter[str]()
    for file in annotated:
        for o in file.objects:
            if is_builtin_group(o.identity.api_version):
                number.update(a.provenance for a in o.annotations)
                found[file.source.path] |= {
                    (o.identity.name, a.field_path) for a in o.annotations if a.provenance == "unknown"
                }
    assert number.keys() <= {"glossary", "api-reference", "crd", "unknown"}
    assert number.total() > 80_000
    assert number["unknown"] <= 0.01 * number.total()
    reported = {(f.place.path, f.identity.name, f.field_path) for f in report.findings if f.rule.id == "unknown-field"}
    patches = {outcome.path for outcome in report.outcomes if "kustomize patch" in outcome.reason}
    assert {(path, *field) for path, fields in found.items() if path not in patches for field in fields} == reported
    assert reported


def test_texts_say_what_their_provenance_promises(annotated: list[Annotated]) -> None:
    every = [(file.source.path, a) for file in annotated for o in file.objects for a in o.annotations]
    assert [(path, a) for path, a in every if a.text and a.provenance == "unknown"] == []
    assert [(path, a) for path, a in every if a.term and a.provenance != "glossary"] == []


def test_no_line_repeats_one_that_it_lies_below(annotated: list[Annotated]) -> None:
    repeated = []
    for file in annotated:
        for found in file.objects:
            texts = {a.field_path: a.text for a in found.annotations if a.text}
            for path, text in texts.items():
                ends = [match.start() for match in re.finditer(r"[.\[]", path)]
                repeated += [(file.source.path, path) for end in ends if texts.get(path[:end]) == text]
    assert repeated == []


def test_every_field_has_an_annotation_and_every_annotation_its_field(
    texts: dict[str, Text], annotated: list[Annotated], objects: dict[str, list[Object]]
) -> None:
    """Each stands at the key, or in a list at the item, of the very field it names."""
    for file in annotated:
        text, path = texts[file.source.path], file.source.path
        assert len(file.objects) == len(objects[path])
        for theirs, ours in zip(objects[path], file.objects, strict=True):
            expected = {
                at: text.place(key or node)
                for at, (key, node) in theirs.fields.items()
                if key is not None or (at and isinstance(node, yaml.ScalarNode))
            }
            records = records_of(ours, file.source)
            found = {record["fieldPath"]: place_in(record) for record in records}
            assert len(found) == len(records)
            assert found == expected, path


def test_annotations_cut_out_what_they_name(texts: dict[str, Text], annotated: list[Annotated]) -> None:
    wrong, items = [], 0
    for file in annotated:
        text = texts[file.source.path]
        for record in (record for o in file.objects for record in records_of(o, file.source)):
            written, path, value = text.cut(place_in(record)), record["fieldPath"], record["value"]
            said = unquoted(written)
            if path in (said, "") or path.endswith((f".{said}", f"[{said}]")):
                continue
            items += 1
            if not re.search(r"\[\d+\]$", path) or (
                said.rstrip("\n") != value.rstrip("\n") if isinstance(value, str) else said != str(value)
            ):
                wrong.append((file.source.path, path, written))
    assert wrong == []
    assert items > 4_000


def test_findings_stand_at_what_they_are_about(
    texts: dict[str, Text], report: Report, objects: dict[str, list[Object]]
) -> None:
    """At the scalar or the key of their field; where that is missing, at the key of what should hold it."""
    wrong, stands = [], Counter[str]()
    for finding in (finding for finding in report.findings if finding.rule.id != "duplicate-key"):
        text, record = texts[finding.place.path], finding_record(finding)
        about = [o for o in objects[finding.place.path] if o.name() == tuple(finding.identity)]
        meant = {text.place(node): (where, said) for o in about for where, said, node in o.places(record["fieldPath"])}
        where, said = meant.get(place_in(record), ("nowhere", ""))
        stands[where] += 1
        if where == "nowhere" or unquoted(text.cut(place_in(record))) != said:
            wrong.append((finding.rule.id, record["path"], place_in(record), record["fieldPath"]))
    assert wrong == []
    assert min(stands["scalar"], stands["key"], stands["missing"]) > 100


def test_a_key_written_twice_is_shown_at_both_places(texts: dict[str, Text], report: Report) -> None:
    found = [finding_record(finding) for finding in report.findings if finding.rule.id == "duplicate-key"]
    assert found
    for record in found:
        text, (first,) = texts[record["path"]], record["related"]
        assert place_in(first) < place_in(record)
        assert text.cut(place_in(first)) == text.cut(place_in(record))
        assert f" {text.cut(place_in(record))} " in record["message"]
        assert {place_in(first), place_in(record)} <= text.scalars


def test_related_places_begin_and_end_with_keys_or_scalars(texts: dict[str, Text], report: Report) -> None:
    related = [other for finding in report.findings for other in finding_record(finding)["related"]]
    bounds = {
        path: ({place[:2] for place in text.scalars}, {place[2:] for place in text.scalars})
        for path, text in texts.items()
    }
    assert [
        o for o in related if place_in(o)[:2] not in bounds[o["path"]][0] or place_in(o)[2:] not in bounds[o["path"]][1]
    ] == []
    assert len(related) > 10


def test_windows_line_ends_change_no_place(sources: list[Source], report: Report) -> None:
    """Lines and columns do not count the characters that end a line."""
    windows = [Source(source.path, re.sub(r"\r?\n", "\r\n", source.text)) for source in sources]
    again = lint(windows, Options(report.rules))
    assert [finding_record(finding) for finding in again.findings] == [
        finding_record(finding) for finding in report.findings
    ]
    assert again.outcomes == report.outcomes


def test_comments_come_and_go_without_a_trace(annotated: list[Annotated], texts: dict[str, Text]) -> None:
    """Taken out again, every byte is as it was; while they are there, the file says the same."""
    for file in annotated:
        path, data = file.source.path, Path(file.source.path).read_bytes()
        bom = data[:3] if data.startswith(b"\xef\xbb\xbf") else b""
        written = bom + commented(file).encode()
        assert (MARK.encode() in written) == bool(file.objects), path
        assert bom + without_comments(written.decode("utf-8-sig")).encode() == data, path
        with_comments = Text(written)
        assert with_comments.values() == texts[path].values(), path
        left = [line for line in with_comments.lines if not line.lstrip().startswith(MARK)]
        assert [line.partition(f"  {MARK}")[0] for line in left] == texts[path].lines
