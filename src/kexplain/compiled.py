"""Compiles glossary/ and rules/ into the JSON that a run loads; in a checkout, again when a file changed."""

import hashlib
import json
import os
import re
import zlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from kexplain import data, schema
from kexplain.article import Article, ArticleError, read_articles
from kexplain.position import PositionError, resolve
from kexplain.release import BUNDLED, Release

Json = dict[str, Any]
CHECKOUT = data.FOLDER.parent.parent.parent
STAMP = "catalogue.stamp"
RULE_DEFAULTS: Json = {"at": [], "terms": [], "equivalents": [], "profiles": [], "schema": None,
                       "preview": False, "fixable": False}  # fmt: skip
TERM_DEFAULTS: Json = {"aka": [], "at": [], "broader": None, "related": []}


@lru_cache(maxsize=1)
def catalogue_is_fresh() -> bool:
    """Recompiles a checkout's catalogue when a file of it changed; always true afterwards, and in a wheel."""
    if not (CHECKOUT / "rules").is_dir() or not (CHECKOUT / "hatch_build.py").is_file():
        return True
    stamp = data.FOLDER / STAMP
    if not stamp.exists() or stamp.read_text() != fingerprint(CHECKOUT):
        write(data.FOLDER, compile_folders(CHECKOUT))
    return True


def load(name: str) -> Any:
    """One part of the compiled catalogue: ``rules``, ``rule-articles`` or ``terms``."""
    catalogue_is_fresh()
    return data.read_json(f"{name}.z")


def fingerprint(root: Path) -> str:
    """A hash of the names, sizes and times of every source of the catalogue."""
    entries = [Path(__file__), Path(__file__).with_name("position.py")]
    sizes = [(str(path), path.stat().st_mtime_ns) for path in entries]
    for folder in ("glossary", "rules"):
        with os.scandir(root / folder) as listing:
            sizes += [(e.path, e.stat().st_mtime_ns) for e in listing if e.name.endswith(".md")]
    return hashlib.blake2b(repr(sorted(sizes)).encode()).hexdigest()


def write(folder: Path, parts: dict[str, Json]) -> None:
    """Writes the compiled parts, each replaced whole, so that a run beside this one never reads half a file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, part in parts.items():
        scratch = folder / f"{name}.{os.getpid()}"
        if name == STAMP:
            scratch.write_text(part["stamp"])
        else:
            scratch.write_bytes(zlib.compress(json.dumps(part, separators=(",", ":")).encode(), 6))
        scratch.replace(folder / (name if name == STAMP else f"{name}.z"))


def compile_folders(root: Path) -> dict[str, Json]:
    """Compiles a checkout's glossary/ and rules/. Raises ArticleError naming file and mend."""
    terms = compile_terms(read_articles(root / "glossary"))
    rules, articles = compile_rules(read_articles(root / "rules"))
    for rule, record in rules["rules"].items():
        for term in record["terms"]:
            if term not in terms["terms"]:
                raise ArticleError(f"rules/{rule}.md: glossary/ has no term {term!r}")
    return {"terms": terms, "rules": rules, "rule-articles": articles, STAMP: {"stamp": fingerprint(root)}}


def compile_terms(articles: list[Article]) -> Json:
    """``terms`` by slug; ``places`` where each shows; ``names`` (lower case) → slug."""
    check = validator("term")
    terms: Json = {}
    places: list[Any] = []
    names: dict[str, str] = {}
    for article in articles:
        check(article)
        definition = re.sub(r"\s*\n\s*", " ", article.sections[""])
        meta = {**TERM_DEFAULTS, **article.meta}
        terms[article.slug] = {"id": article.slug, **meta, "definition": definition, "brief": first_sentence(definition)}
        places += [[article.slug, *place] for place in resolved(article)]
        for name in (article.slug, article.title, *meta["aka"]):
            if names.setdefault(name.lower(), article.slug) != article.slug:
                raise ArticleError(f"{article.path}: {name!r} is already a name of {names[name.lower()]!r}")
    return {"terms": terms, "places": places, "names": names}


def compile_rules(articles: list[Article]) -> tuple[Json, Json]:
    """Rules by id with their resolved places, and their prose and examples apart (only reports need those)."""
    check = validator("rule")
    rules: Json = {}
    prose: Json = {}
    for article in articles:
        check(article)
        meta = {**RULE_DEFAULTS, **article.meta}
        rules[article.slug] = {"id": article.slug, "title": article.title, **meta, "places": resolved(article)}
        sections = article.sections
        prose[article.slug] = {
            "what": sections[""], "why": sections.get("why it matters", ""), "fix": sections.get("how to fix", ""),
            "ignore": sections.get("when to ignore", ""), "examples": article.examples,
        }  # fmt: skip
    return {"rules": rules}, prose


def first_sentence(definition: str) -> str:
    """The sentence an annotation shows: up to the first full stop that ends one."""
    match = re.match(r".*?[.!?](?=\s+[A-Z`\"*]|$)", definition)
    return match[0] if match else definition


def resolved(article: Article) -> list[Any]:
    """The article's ``at:`` as ``[positions, key, op, values]``. Raises ArticleError for a misspelt one."""
    types, short = known_types()
    found = []
    for at in article.meta.get("at", []):
        try:
            place = asdict_place(resolve(at, types, short))
        except PositionError as error:
            raise ArticleError(f"{article.path}: at: {error}") from error
        found.append(place)
    return found


def asdict_place(place: Any) -> list[Any]:
    """A Place as JSON."""
    return list(asdict(place).values())


@lru_cache(maxsize=1)
def known_types() -> tuple[dict[str, set[str]], dict[str, list[str]]]:
    """The fields of every type of every bundled version, and full names by short name."""
    types: dict[str, set[str]] = defaultdict(set)
    for api in (*(schema.load(Release(1, minor)) for minor in BUNDLED), schema.removed()):
        for name in api.type_names():
            types[name] |= set(api.type(name).fields)
    short: dict[str, list[str]] = defaultdict(list)
    for name in types:
        short[name.rpartition(" ")[2]].append(name)
    return types, short


def validator(name: str) -> Callable[[Article], None]:
    """A function that holds front matter against ``<name>.schema.json`` and raises ArticleError."""
    import jsonschema

    text = (Path(__file__).parent / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    checker = jsonschema.Draft202012Validator(json.loads(text))

    def check(article: Article) -> None:
        if error := jsonschema.exceptions.best_match(checker.iter_errors(article.meta)):
            where = ".".join(map(str, error.absolute_path)) or "front matter"
            raise ArticleError(f"{article.path}: {where}: {error.message}")

    return check
