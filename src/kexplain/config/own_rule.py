"""A rule of one's own: one Markdown file, checked before anything is linted with it, so that no run stumbles over it.

It is data: its condition is JSON Schema, and nothing in it is executed.
"""

import re
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from kexplain.catalogue import compiler
from kexplain.catalogue.article import FRONT, article_of
from kexplain.catalogue.at import At, PositionError, resolve
from kexplain.catalogue.profile import PROFILES
from kexplain.catalogue.rule import Rule, rules
from kexplain.config.file import read
from kexplain.errors import ConfigError
from kexplain.syntax.condition import failure
from kexplain.syntax.mistake import mistake, wrong
from kexplain.syntax.parse import parse
from kexplain.syntax.paths import span_at
from kexplain.syntax.safe import clean
from kexplain.syntax.soundness import mistakes
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Mapping as Fields
from kexplain.syntax.tree import Sequence, Span, descend, plain_value
from kexplain.words import hint

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
NEEDED = ("at", "schema")
PLACEHOLDERS = {"kind", "name", "container", "field", "value", "path"}


def read_rule(path: str) -> Rule:
    """The rule of one file. Raises ConfigError."""
    source = Source(path, read(path))
    if clean(source.text) != source.text:
        number = next(n for n, character in enumerate(source.text) if clean(character) != character)
        raise wrong(source, Span(number, number + 1), "a control or invisible character; take it out")
    match = FRONT.fullmatch(source.text)
    if not match:
        raise ConfigError(f"{path}: begin with front matter between two lines of ---")
    front = front_of(source, source.text[: match.end(1)])
    said = {name: value for name, entry in front.fields.items() if (value := plain_value(entry.value)) is not None}
    slug = path.rpartition("/")[2].removesuffix(".md")
    article = article_of(slug, path, {"profiles": list(PROFILES), **said}, match[2])
    record = compiler.rule_record(article, list(places_of(source, front)))
    rule = Rule({**record, "title": article.title or article.slug, "fixable": False})
    for span, words in complaints(front, rule):
        raise wrong(source, span, words)
    rule.path, rule.article = path, compiler.prose_of(article)
    return rule


def front_of(source: Source, text: str) -> Fields:
    """The front matter as a tree that is what its schema says. Raises ConfigError."""
    document = parse(text)[0]
    for mark in document.marks:
        twice = " (written twice)" if mark.kind == "duplicate" else ""
        raise wrong(source, mark.span, f"the front matter: {mark.message}{twice}")
    if not isinstance(document.root, Fields):
        raise wrong(source, document.span, "the front matter is not a mapping")
    if document.root.get("schema") is None:
        raise wrong(
            source, document.span, "needs 'schema', what a good value looks like; a check in Python is never run"
        )
    wanted = compiler.front_matter("rule", NEEDED)
    path = failure(wanted, document.root)
    if path is not None:
        raise wrong(source, *mistake(document.root, wanted, path))
    return document.root


def places_of(source: Source, front: Fields) -> Iterator[At]:
    """The places of ``at:``. Raises ConfigError for a misspelt one."""
    at = front.get("at")
    for item in at.items if isinstance(at, Sequence) else ():
        written = str(plain_value(item))
        if written.startswith("*."):
            mend = f"write '*', and the field {written[2:]} into the schema's properties"
            raise wrong(source, Span(item.start, item.end), f"at: {written!r} is for terms; {mend}")
        try:
            yield resolve(written, *compiler.compiled_types())
        except PositionError as error:
            raise wrong(source, Span(item.start, item.end), f"at: {error}") from error


def complaints(front: Fields, rule: Rule) -> Iterator[tuple[Span, str]]:
    """What is wrong with a rule beyond its schema: where, and in which words."""
    start = Span(front.start, front.start)
    if not ID.fullmatch(rule.id):
        yield start, f"the file name {rule.id!r} is the rule's id: lower-case words with dashes between them"
    if rule.id in rules():
        yield start, f"kexplain has a rule called {rule.id!r}; rename the file"
    if rule.id in {"all", *(facet.category for facet in rules().facets.values())}:
        yield start, f"{rule.id!r} is the name of a category; rename the file"
    if not rule.places:
        yield span_at(front, ("at",)), "at: names no position; without one nothing is checked"
    known = compiler.records("terms").index if rule.terms else {}
    for number, term in enumerate(rule.terms):
        if term not in known:
            yield span_at(front, ("terms", str(number))), f"the glossary has no term {term!r}{hint(term, known)}"
    for words in message_mistakes(rule):
        yield span_at(front, ("message",)), f"message: {words}"
    for name, parameter in rule.takes.items():
        yield from parameter_mistakes(front, name, parameter)
    for path, words in mistakes(rule.schema):
        yield span_at(front, ("schema", *path)), f"{'.'.join(('schema', *path))} {words}"


def message_mistakes(rule: Rule) -> Iterator[str]:
    """Placeholders that nothing fills."""
    known = PLACEHOLDERS | rule.arguments.keys()
    try:
        parts = list(Formatter().parse(rule.message))
    except ValueError as error:
        yield f"{error}; a brace that is not a placeholder is written twice"
        return
    for _, name, form, conversion in parts:
        if name is not None and (name not in known or form or conversion):
            yield f"nothing is called {{{name}}}; there are {', '.join(sorted(known))}"


def parameter_mistakes(front: Fields, name: str, parameter: Mapping[str, Any]) -> Iterator[tuple[Span, str]]:
    """A schema of a parameter that is none, or that its own default does not fit."""
    where = ("parameters", name)
    if not ID.fullmatch(name):
        yield span_at(front, where), f"the parameter {name!r} is written in lower-case words with dashes between them"
    if name in PLACEHOLDERS:
        yield span_at(front, where), f"a parameter cannot be called {name!r}: messages use that word for something else"
    found = list(mistakes(parameter["schema"]))
    for path, words in found:
        yield span_at(front, (*where, "schema", *path)), f"{'.'.join((*where, 'schema', *path))} {words}"
    if not found and failure(parameter["schema"], descend(front, *where, "default")) is not None:
        yield (
            span_at(front, (*where, "default")),
            f"{'.'.join((*where, 'default'))} does not fit the parameter's schema",
        )
