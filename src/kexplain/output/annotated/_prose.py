"""The words of terms and rules as HTML: Markdown without raw HTML, images, headings, or links other than https."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from kexplain.catalogue.term import terms
from kexplain.syntax.safe import clean

CODE = re.compile(r"`([^`\n]+)`")


class Reader(MarkdownIt):
    """Reads Markdown; takes links by https only."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        """Whether a link is one."""
        return url.lower().startswith("https://")


class Writer(RendererHTML):
    """Writes HTML whose links tell nobody where the reader comes from."""

    def link_open(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        """The start of a link."""
        tokens[at].attrSet("rel", "noreferrer")
        return self.renderToken(tokens, at, options, env)


@cache
def reader() -> MarkdownIt:
    """The one reader."""
    return Reader("commonmark", {"html": False}, renderer_cls=Writer).disable(
        ["image", "heading", "lheading", "html_block", "html_inline"]
    )


@cache
def prose(markdown: str) -> Markup:
    """Paragraphs, lists and code."""
    return Markup(reader().render(clean(markdown)))  # noqa: S704 - raw HTML is switched off


def sentence(words: str) -> Markup:
    """A sentence, of which no more is Markdown than code: it may hold words of a manifest."""
    return Markup(CODE.sub(r"<code>\1</code>", str(escape(clean(words)))))  # noqa: S704 - escaped before


@cache
def rest(slug: str) -> Markup:
    """What the definition of a term says after its first sentence; empty where that is all."""
    term = terms()[slug]
    start = re.match(r"\s+".join(map(re.escape, term.brief.split())), term.definition)
    return prose(term.definition[start.end() if start else 0 :].strip())
