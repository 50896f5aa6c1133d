"""A file without its hidden values: what reports may quote of the originals of rendered objects."""

import re
from collections.abc import Sequence

from kexplain.objects.hidden import hidden_in
from kexplain.syntax.parse import parse
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Document, Span


def masked(source: Source) -> Source:
    """The same text with a dot for every character of a hidden value, so that all else stays at its offset."""
    return without(source, parse(source.text))


def masked_template(source: Source) -> Source:
    """The same for a template of Helm, which is no YAML yet."""
    starts = [match.start() for match in re.finditer(r"(?m)^(?:(?=---)|\A)", source.text)]
    ends = [*starts[1:], len(source.text)]
    return without(source, [Document(0, Span(*span), None) for span in zip(starts, ends, strict=True)])


def without(source: Source, documents: list[Document]) -> Source:
    """A source whose hidden values are blacked out."""
    spans = hidden_in(source.text, documents)
    return Source(source.path, blacked_out(source.text, spans)) if spans else source


def blacked_out(text: str, spans: Sequence[Span]) -> str:
    """A text with dots in those spans, which are sorted."""
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        pieces += [text[done:start], re.sub(r"[^\r\n]", "•", text[start:end])]
        done = end
    return "".join([*pieces, text[done:]])
