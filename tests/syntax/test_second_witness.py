"""What is read is what ruamel.yaml reads: every value of the examples and of the corpus, where YAML 1.1 and 1.2 agree.

Our reader stands on libyaml; ruamel's, in Python alone, shares no code with it. kubectl reads YAML 1.1, so scalars that
1.1 and 1.2 understand differently are left to ``test_parse.py``, which asks kubectl's own library.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML, YAMLError
from ruamel.yaml.constructor import DuplicateKeyError
from support import ROOT, SHARED, for_each

from kexplain.catalogue.rule import articles
from kexplain.run.marks import read_example
from kexplain.syntax.parse import parse
from kexplain.syntax.tree import Document, Mapping, Node, Scalar, Sequence

CORPUS = SHARED / "corpus"
LARGEST = 100_000
"""Characters of a file of the corpus that is read here: ruamel takes two seconds for a million."""

NOT_NEUTRAL = re.compile(
    r"(?i:y|n|yes|no|on|off)"  # booleans of 1.1
    r"|[-+]?0[0-7_]+|[-+]?0[ob][0-7_]+|[-+]?[0-9][0-9_]*_[0-9_.]*"  # numbers of 1.1, or of 1.2
    r"|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9]*)?"  # minutes and seconds
    r"|[-+]?[0-9]+[eE][-+]?[0-9]+"  # a float without a point
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|=|<<"  # dates, which neither JSON nor kubectl has
)


def examples() -> dict[str, str]:
    """The project's own YAML, by where it stands."""
    texts = {
        f"{rule}-{number}-{source.path}": source.text
        for rule in articles().index
        for number, (_, _, text) in enumerate(articles()[rule]["examples"], 1)
        for source in read_example(text).sources
    }
    files = [path for path in (ROOT / "examples").rglob("*") if path.suffix in {".yaml", ".yml"}]
    return texts | {path.name: path.read_text(encoding="utf-8") for path in files}


def corpus() -> dict[str, str]:
    found = [path for path in CORPUS.rglob("*") if path.suffix in {".yaml", ".yml", ".json"}]
    texts = {str(path): path.read_text(encoding="utf-8-sig") for path in sorted(found) if path.is_file()}
    return {path: text for path, text in texts.items() if len(text) <= LARGEST}


def theirs(text: str) -> list[Any]:
    return list(YAML(typ="safe", pure=True).load_all(text))


def differences(ours: Node | None, others: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Where two readings differ: the path, our value and theirs. None where a value is not the same in YAML 1.1 and 1.2."""
    if isinstance(ours, Mapping):
        names = {str(name): value for name, value in others.items()} if isinstance(others, dict) else None
        keys = {name: entry for name, entry in ours.fields.items() if is_neutral(entry.key)}
        if names is None or not keys.keys() <= names.keys() or len(names) != len(ours.fields):
            yield path, list(ours.fields), others
        else:
            for name, entry in keys.items():
                yield from differences(entry.value, names[name], f"{path}.{name}")
    elif isinstance(ours, Sequence):
        if not isinstance(others, list) or len(others) != len(ours.items):
            yield path, "a list", others
        else:
            for number, (item, other) in enumerate(zip(ours.items, others, strict=True)):
                yield from differences(item, other, f"{path}[{number}]")
    elif is_neutral(ours):
        value = ours.value if ours else None
        if type(value) is not type(others) or value != others:
            yield path, value, others


def is_neutral(node: Node | None) -> bool:
    return not (isinstance(node, Scalar) and node.plain and NOT_NEUTRAL.fullmatch(node.text))


def has_no_twins(document: Document) -> bool:
    """Whether no key stands twice: which of the values counts is no matter of reading."""
    return not any(mark.kind == "duplicate" for mark in document.marks)


@for_each(examples().values())
def test_the_examples_are_read_alike(text: str) -> None:
    ours = parse(text)
    if any(document.root is None for document in ours):
        with pytest.raises(YAMLError):
            theirs(text)
    elif all(map(has_no_twins, ours)):
        documents = theirs(text)
        assert len(ours) == len(documents)
        assert [one for d, other in zip(ours, documents, strict=True) for one in differences(d.root, other)] == []
    else:
        with pytest.raises(DuplicateKeyError):
            theirs(text)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus: KEXPLAIN_SHARED names no folder that holds one")
def test_the_corpus_is_read_alike() -> None:
    found, read = [], 0
    for path, text in corpus().items():
        ours = parse(text)
        try:
            documents = theirs(text) or [None]
        except DuplicateKeyError:
            assert not all(map(has_no_twins, ours)), path
            continue
        assert len(ours) == len(documents), path
        found += [
            (Path(path).name, *one)
            for d, other in zip(ours, documents, strict=True)
            for one in differences(d.root, other)
        ]
        read += len(documents)
    assert found == []
    assert read > 600


def test_a_difference_is_seen() -> None:
    (document,) = parse("a: 1\nb: [x, {c: true}]\nd: yes\n")
    assert list(differences(document.root, {"a": 1, "b": ["x", {"c": True}], "d": "yes"})) == []
    assert list(differences(document.root, {"a": "1", "b": ["x", {"c": 1}], "d": 0})) == [
        (".a", 1, "1"),
        (".b[1].c", True, 1),
    ]
    assert next(differences(document.root, {"a": 1, "b": ["x"]}))[0] == ""
