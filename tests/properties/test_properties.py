"""What holds for any text: nothing raises, nothing is lost, and what is written and taken away again changes nothing.

A few examples in the suite; ``HYPOTHESIS_PROFILE=long`` tries thousands.
"""

import os
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kexplain.catalogue.selection import select
from kexplain.config.file import check, yaml_tree
from kexplain.engine.annotator import annotated
from kexplain.engine.linter import Options, lint
from kexplain.errors import InputError
from kexplain.objects.hidden import hidden_in
from kexplain.output.annotated.comments import commented, without_comments
from kexplain.syntax.meaning import meaning
from kexplain.syntax.parse import parse
from kexplain.syntax.source import Source
from kexplain.syntax.tree import nodes_below

settings.register_profile("short", max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
settings.register_profile("long", max_examples=5_000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))

PIECES = st.sampled_from(
    ["apiVersion: v1\n", "kind: Pod\n", "kind: Secret\n", "metadata:\n", "spec:\n", "  ", "- ", "name: a\n", "containers:\n", "a: b\n",
     "{", "}", "[", "]", ": ", ",", "'", '"', "|\n", ">-\n", "&a ", "*a", "!!int ", "# x\n", "# kexplain: ignore[x]\n", "---\n", "...\n",
     "\t", "\n", "\r\n", "\ufeff", "<<: ", "? ", "password: hunter2\n", "data: ", "\u2028", "é", "\0", "0x1f", "1e9", "~", "yes\n", "%"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join)


@given(TEXTS)
def test_documents_cover_a_text_in_order(text: str) -> None:
    documents = parse(text)
    assert [document.number for document in documents] == list(range(1, len(documents) + 1))
    spans = [document.span for document in documents]
    assert spans == sorted(spans)
    for document in documents:
        for node in nodes_below([document.root] if document.root else []):
            assert 0 <= node.start <= node.end <= len(text)


@given(TEXTS)
def test_hidden_spans_lie_in_the_text_and_apart(text: str) -> None:
    spans = hidden_in(text, parse(text))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@given(TEXTS)
def test_every_document_has_an_outcome(text: str) -> None:
    report = lint([Source("a.yaml", text)], Options(select("pedantic")))
    assert {outcome.document for outcome in report.outcomes} >= {d.number for file in report.files for d in file.documents}
    annotated(report)


@given(TEXTS)
def test_comments_come_and_go(text: str) -> None:
    bare = without_comments(text.removeprefix("\ufeff"))
    (file,) = annotated(lint([Source("a.yaml", bare)], Options({})))
    written = commented(file)
    if meaning(written) == meaning(bare):
        assert without_comments(written) == bare


@given(TEXTS)
def test_a_configuration_is_taken_or_refused_in_words(text: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / ".kexplain.yaml"
        path.write_bytes(text.encode())
        try:
            check(*yaml_tree(str(path)))
        except InputError as error:
            said = str(error)
            assert said
