"""Manifests of the wild: nothing breaks on them, everything has an outcome and a place, and almost every field a meaning."""

import os
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path

import pytest

from kexplain.annotate import HIDDEN, Annotated, annotate
from kexplain.finding import Finding, Report, Status
from kexplain.lifecycle import is_builtin_group
from kexplain.lint import Options, lint
from kexplain.manifest import Manifest, identify
from kexplain.parse import parse
from kexplain.rule import rules
from kexplain.source import Source
from kexplain.sources.files import read_paths
from kexplain.tree import Mapping, Node, Scalar, Sequence

SHARED = Path(os.environ.get("KEXPLAIN_SHARED") or Path(__file__).parent.parent.parent / "shared")
CORPUS = SHARED / "corpus"
pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="no corpus: set KEXPLAIN_SHARED to the folder that holds corpus/"
)
STEP = re.compile(r"\[([^\]]*)\]|([^.\[\]]+)")
FILE_RULES = {"unparseable-yaml", "duplicate-key", "non-string-key"}


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    found = list(read_paths([str(CORPUS)]))
    assert all(isinstance(source, Source) for source in found)
    return found


@pytest.fixture(scope="module")
def report(sources: list[Source]) -> Report:
    return lint(sources, Options(rules()))


@pytest.fixture(scope="module")
def annotated(sources: list[Source]) -> list[Annotated]:
    return annotate(sources)


def test_the_corpus_is_there(sources: list[Source]) -> None:
    assert len(sources) > 400


def test_every_document_has_an_outcome(sources: list[Source], report: Report) -> None:
    documents = {(source.path, document.number) for source in sources for document in parse(source.text)}
    assert {(outcome.path, outcome.document) for outcome in report.outcomes} == documents
    assert all(outcome.reason for outcome in report.outcomes if outcome.status is not Status.CHECKED)
    counted = Counter(outcome.status for outcome in report.outcomes)
    assert counted[Status.CHECKED] > 0.8 * len(report.outcomes)


def test_annotate_has_the_same_documents_as_lint(report: Report, annotated: list[Annotated]) -> None:
    said = Counter((o.path, o.document) for file in annotated for o in file.outcomes)
    assert said == Counter((o.path, o.document) for o in report.outcomes)


def test_almost_every_field_of_a_built_in_kind_is_explained(annotated: list[Annotated]) -> None:
    objects = [o for file in annotated for o in file.objects if is_builtin_group(o.identity.api_version)]
    provenance = Counter(a.provenance for o in objects for a in o.annotations)
    assert sum(provenance.values()) > 80_000
    assert provenance["unknown"] < 0.01 * sum(provenance.values())


def test_annotations_stand_at_what_they_explain(annotated: list[Annotated]) -> None:
    wrong = []
    for file in annotated:
        for a in (a for o in file.objects for a in o.annotations):
            written = file.source.text[a.span.start : a.span.end]
            named, last = (
                [bracketed or plain for bracketed, plain in STEP.findall(a.field_path)][-1],
                written.strip("'\""),
            )
            is_item = a.field_path.endswith(f"[{named}]") and named.isdigit()
            agrees = (
                a.value == HIDDEN or isinstance(a.value, str) or reads_as(written, a.value)
                if is_item
                else last == named
            )
            if not agrees or place_of(file.source, a.span.start) != file.source.place(a.span.start):
                wrong.append((file.source.path, a.field_path, written))
    assert wrong == []


def reads_as(written: str, value: object) -> bool:
    """Whether a text is that value, read on its own."""
    root = parse(written)[0].root
    return isinstance(root, Scalar) and root.value == value


@cache
def lines_of(source: Source) -> list[str]:
    """The lines with their ends, cut without the help of the code under test."""
    return re.split(r"(?<=\n)|(?<=\r)(?!\n)", source.text)


@cache
def starts_of(source: Source) -> list[int]:
    return [0, *accumulate(len(line) for line in lines_of(source))][:-1]


def place_of(source: Source, offset: int) -> tuple[int, int]:
    line = bisect_right(starts_of(source), offset)
    return line, offset - starts_of(source)[line - 1] + 1


def test_findings_stand_at_what_they_name(sources: list[Source], report: Report) -> None:
    manifests = {
        source.path: [m for d in parse(source.text) for m in identify(source, d) if isinstance(m, Manifest)]
        for source in sources
    }
    assert len(report.findings) > 1000
    wrong = [
        (finding.rule.id, finding.place, finding.field_path, cut(finding))
        for finding in report.findings
        if cut(finding)
        not in {
            words
            for m in manifests[finding.place.path]
            if m.identity == finding.identity
            for words in sayings(m, finding)
        }
        and finding.rule.id not in FILE_RULES
    ]
    assert wrong == []


def offset(source: Source, line: int, column: int) -> int:
    return starts_of(source)[line - 1] + column - 1


def cut(finding: Finding) -> str:
    place, source = finding.place, finding.source
    return source.text[offset(source, place.line, place.column) : offset(source, place.end_line, place.end_column)]


def sayings(manifest: Manifest, finding: Finding) -> Iterator[str]:
    """What a finding may point at: the key, the value or the grip of its field, of what is nearest above it, or of an item of it."""
    text = manifest.source.text
    nodes = [(None, manifest.root)]
    for bracketed, plain in STEP.findall(finding.field_path):
        node = nodes[-1][1]
        if isinstance(node, Sequence) and bracketed.isdigit() and int(bracketed) < len(node.items):
            nodes.append((None, node.items[int(bracketed)]))
        elif isinstance(node, Mapping) and (entry := node.fields.get(bracketed or plain)):
            nodes.append((entry.key, entry.value))
        else:
            break
    key, node = nodes[-1]
    if key is not None:
        yield text[key.start : key.end]
    yield from grips(text, node)
    if isinstance(node, Sequence):
        for item in node.items:
            yield from grips(text, item)


def grips(text: str, node: Node) -> Iterator[str]:
    if isinstance(node, Mapping) and node.fields:
        entry = node.fields.get("name") or node.fields.get("kind") or next(iter(node.fields.values()))
        yield text[entry.key.start : entry.key.end]
    else:
        yield text[node.start : node.end]


def test_findings_of_whole_files_stand_at_a_key_or_a_character(report: Report) -> None:
    found = [finding for finding in report.findings if finding.rule.id in FILE_RULES]
    assert found
    for finding in found:
        assert re.fullmatch(r"[\w./'\"-]+|[^\n]?", cut(finding)), finding


def test_every_place_agrees_with_its_text(report: Report) -> None:
    for finding in report.findings:
        place = finding.place
        lines = lines_of(finding.source)
        assert 1 <= place.column <= len(lines[place.line - 1].rstrip("\r\n")) + 1
        assert 1 <= place.end_column <= len(lines[place.end_line - 1].rstrip("\r\n")) + 1
        assert (place.line, place.column) <= (place.end_line, place.end_column)
        assert finding.source.line(place.line) == lines[place.line - 1].rstrip("\r\n")
        for other in finding.related:
            assert other.place.line >= 1


def test_no_secret_of_the_corpus_is_told(sources: list[Source], report: Report) -> None:
    secrets = {
        entry.value.text.strip()
        for source in sources
        for document in parse(source.text)
        for manifest in identify(source, document)
        if isinstance(manifest, Manifest) and manifest.kind == "Secret"
        for part in (manifest.root.get("data"), manifest.root.get("stringData"))
        if isinstance(part, Mapping)
        for entry in part.fields.values()
        if isinstance(entry.value, Scalar) and len(entry.value.text) > 12
    }
    assert secrets
    secret_findings = [finding for finding in report.findings if finding.identity.kind == "Secret"]
    told = [f.message + report.visible_line(f) for f in secret_findings]
    assert [words for words in told for secret in secrets if secret in words] == []
