"""Compiles glossary/ and rules/ into the JSON that a run loads; in a checkout, again when a file changed."""

import json
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kexplain.api import packed, schema
from kexplain.api.release import BUNDLED, Release

if TYPE_CHECKING:
    from pathlib import Path

    from kexplain.catalogue.article import Article

Json = dict[str, Any]
CHECKOUT = os.path.dirname(os.path.dirname(os.path.dirname(packed.FOLDER)))
STAMP = "catalogue.stamp"
FOLDERS = ("glossary", "rules", "src/kexplain/catalogue/schemas", "src/kexplain/relations", "src/kexplain/fixes")
MODULES = ("at", "compiler", "custom_tables", "field_tables", "tables")
TABLES = ("enum-words", "samples", "usual-places")
RULE_DEFAULTS: Json = {"at": [], "constraints": False, "terms": [], "equivalents": [], "profiles": [], "parameters": {},
                       "schema": None, "preview": False, "needs-the-set": False, "compares": False,
                       "fix": None, "fixable": False, "since": "", "source": ""}  # fmt: skip
FACETS = ("id", "category", "profiles", "preview", "compares", "places")
"""What a run must know of every rule; the rest it reads of those that it needs."""
NEEDED = ("terms", "since", "source")
"""What the schema lets a rule of one's own leave out, and kexplain's own rules must say."""
TYPES = {bool: "boolean", str: "string", int: "integer", float: "number", list: "array", dict: "object"}
TERM_DEFAULTS: Json = {"aka": [], "at": [], "broader": None, "related": []}


def records(name: str) -> packed.Records:
    """One part of the compiled catalogue: ``rules``, ``rule-articles``, ``terms``, ``term-index``; fresh in a checkout.

    The header of the rules has their ``facets``: what decides whether a run needs one.
    """
    refresh()
    return packed.Records(f"{name}.records")


@lru_cache(maxsize=1)
def refresh() -> None:
    """Recompiles a checkout's catalogue when a file of it changed; does nothing in an installed wheel."""
    if not os.path.isfile(f"{CHECKOUT}/hatch_build.py"):
        return
    try:
        with open(f"{packed.FOLDER}/{STAMP}", encoding="utf-8") as file:
            stamp = file.read()
    except OSError:
        stamp = ""
    if stamp != fingerprint(CHECKOUT):
        from pathlib import Path

        write(Path(packed.FOLDER), compile_folders(Path(CHECKOUT)))


def fingerprint(root: str) -> str:
    """The names and times of every source of the catalogue."""
    times = []
    pending = [f"{root}/{folder}" for folder in FOLDERS]
    while pending:
        with os.scandir(pending.pop()) as listing:
            for entry in listing:
                times.append(f"{entry.name} {entry.stat().st_mtime_ns}")
                if entry.is_dir():
                    pending.append(entry.path)
    files = (*(f"src/kexplain/catalogue/{name}.py" for name in MODULES), *(f"api/{name}.tsv" for name in TABLES))
    return "\n".join(sorted([*times, *(f"{name} {os.stat(f'{root}/{name}').st_mtime_ns}" for name in files)]))


def write(folder: "Path", parts: dict[str, bytes]) -> None:
    """Writes the compiled parts, each replaced whole, so that a run beside this one never reads half a file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in parts.items():
        scratch = folder / f"{name}.{os.getpid()}"
        scratch.write_bytes(content)
        scratch.replace(folder / name)


def compile_folders(root: "Path") -> dict[str, bytes]:
    """The compiled files of a checkout's glossary/ and rules/. Raises ArticleError naming file and mend."""
    from kexplain.catalogue.article import ArticleError, read_articles
    from kexplain.catalogue.custom_tables import compile_custom
    from kexplain.catalogue.field_tables import compile_index
    from kexplain.catalogue.tables import compile_tables

    words, kinds = compile_custom(root)
    terms = compile_terms(read_articles(root / "glossary"), kinds)
    rules, articles = compile_rules(read_articles(root / "rules"))
    for path in (root / "src" / "kexplain" / "relations").glob("[a-z]*.py"):
        rules[path.stem.replace("_", "-")]["compares"] = True
    for path in (root / "src" / "kexplain" / "fixes").glob("[a-z]*.py"):
        rules[path.stem.replace("_", "-")]["fixable"] = True
    for rule, record in rules.items():
        for term in record["terms"]:
            if term not in terms["terms"]:
                raise ArticleError(f"rules/{rule}.md: glossary/ has no term {term!r}")
    newest_first = (schema.load(Release(1, minor)) for minor in reversed(BUNDLED))
    return {
        "terms.records": packed.pack_records(terms["terms"]),
        "term-index.records": packed.pack_records({part: terms[part] for part in ("places", "names")}),
        "rules.records": packed.pack_records(rules, facets={id_: facets_of(record) for id_, record in rules.items()}),
        "rule-articles.records": packed.pack_records(articles),
        "field-index.json": packed.pack_json(compile_index(root, newest_first)),
        "field-words.json": packed.pack_json(compile_tables(root, *known_types())),
        "custom-words.records": packed.pack_records(words),
        "fields.json": packed.pack_json({name: sorted(fields) for name, fields in known_types()[0].items()}),
        STAMP: fingerprint(str(root)).encode(),
    }


def compile_terms(articles: "list[Article]", kinds: Json | None = None) -> Json:
    """``terms`` by slug; ``places`` where each shows; ``names`` (lower case) → slug.

    ``kinds`` are those of custom groups that have a row in a table instead of an article (custom_tables.py).
    """
    from kexplain.catalogue.article import ArticleError
    from kexplain.catalogue.custom_tables import kind_terms

    check = validator("term")
    terms: Json = {}
    places: list[Any] = []
    names: dict[str, str] = {}
    for article in articles:
        check(article)
        in_its_folder(article, "domain")
        definition = re.sub(r"\s*\n\s*", " ", article.sections[""])
        meta = {**TERM_DEFAULTS, **article.meta}
        terms[article.slug] = {
            "id": article.slug,
            **meta,
            "definition": definition,
            "brief": first_sentence(definition),
        }
        places += [[article.slug, *place] for place in resolved(article)]
        for name in (article.slug, article.title, *meta["aka"]):
            if names.setdefault(name.lower(), article.slug) != article.slug:
                raise ArticleError(f"{article.path}: {name!r} is already a name of {names[name.lower()]!r}")
    for slug, called, meta, words in kind_terms(kinds or {}, {*names, *terms}):
        terms[slug] = {"id": slug, **TERM_DEFAULTS, **meta, "definition": words, "brief": first_sentence(words)}
        places.append([slug, meta["at"], None, None, []])
        names |= {name.lower(): slug for name in called}
    return {"terms": terms, "places": places, "names": names}


def compile_rules(articles: "list[Article]") -> tuple[Json, Json]:
    """Rules by id with their resolved places, and their prose and examples apart (only reports need those)."""
    check = validator("rule", NEEDED)
    rules: Json = {}
    for article in articles:
        check(article)
        in_its_folder(article, "category")
        rules[article.slug] = rule_record(article, resolved(article))
    return rules, {article.slug: prose_of(article) for article in articles}


def rule_record(article: "Article", places: list[Any]) -> Json:
    """A rule's front matter whole: with its defaults, and a schema for each of its parameters."""
    record = {"id": article.slug, "title": article.title, **RULE_DEFAULTS, **article.meta, "places": places}
    takes = record["parameters"].items()
    return {**record, "parameters": {n: {"schema": {"type": TYPES[type(p["default"])]}, **p} for n, p in takes}}


def facets_of(record: Json) -> list[Any]:
    """What of a rule decides whether a run needs it, in the order of ``Facets``."""
    return [record[name] for name in FACETS]


def in_its_folder(article: "Article", key: str) -> None:
    """Raises ArticleError for an article that lies in another folder than its domain's or category's."""
    from kexplain.catalogue.article import ArticleError

    folder = os.path.basename(os.path.dirname(article.path))
    if folder != article.meta[key]:
        raise ArticleError(f"{article.path}: {key}: {article.meta[key]}: move it to {article.meta[key]}/, or change it")


def prose_of(article: "Article") -> Json:
    """The prose and examples of a rule."""
    sections = article.sections
    return {
        "what": sections[""], "why": sections.get("why it matters", ""), "fix": sections.get("how to fix", ""),
        "ignore": sections.get("when to ignore", ""), "examples": article.examples,
    }  # fmt: skip


def first_sentence(definition: str) -> str:
    """The sentence an annotation shows: up to the first full stop that ends one."""
    match = re.match(r".*?[.!?](?=\s+[A-Z`\"*]|$)", definition)
    return match[0] if match else definition


def resolved(article: "Article") -> list[Any]:
    """The article's ``at:`` as ``[positions, key, op, values]``. Raises ArticleError for a misspelt one."""
    from kexplain.catalogue.article import ArticleError
    from kexplain.catalogue.at import PositionError, resolve

    types, short = known_types()
    found = []
    for at in article.meta.get("at", []):
        try:
            found.append(list(resolve(at, types, short)))
        except PositionError as error:
            raise ArticleError(f"{article.path}: at: {error}") from error
    return found


@lru_cache(maxsize=1)
def known_types() -> tuple[dict[str, set[str]], dict[str, list[str]]]:
    """The fields of every type of every bundled version, and full names by short name."""
    types: dict[str, set[str]] = defaultdict(set)
    for api in (*(schema.load(Release(1, minor)) for minor in BUNDLED), schema.removed()):
        for name in api.type_names():
            types[name] |= set(api.type(name).fields)
    return types, by_short_name(types)


@lru_cache(maxsize=1)
def compiled_types() -> tuple[dict[str, set[str]], dict[str, list[str]]]:
    """The same as it was compiled: a run with rules of one's own asks for it, and reading every version takes long."""
    refresh()
    types = {name: set(fields) for name, fields in packed.read_json("fields.json").items()}
    return types, by_short_name(types)


def by_short_name(names: Iterable[str]) -> dict[str, list[str]]:
    """Full names of types by their short name."""
    short: dict[str, list[str]] = defaultdict(list)
    for name in names:
        short[name.rpartition(" ")[2]].append(name)
    return short


def front_matter(name: str, needed: Iterable[str] = ()) -> Json:
    """The JSON Schema of the front matter of a term or a rule; ``needed`` must be there as well."""
    with open(f"{os.path.dirname(__file__)}/schemas/{name}.schema.json", encoding="utf-8") as file:
        found: Json = json.load(file)
    required = [*found.pop("required"), *needed]
    return {**found, "required": required}  # last: a misspelt key is told before the one that is missing for it


def validator(name: str, needed: Iterable[str] = ()) -> "Callable[[Article], None]":
    """A function that holds front matter against its schema and raises ArticleError."""
    import jsonschema

    from kexplain.catalogue.article import ArticleError

    checker = jsonschema.Draft202012Validator(front_matter(name, needed))

    def check(article: "Article") -> None:
        if error := jsonschema.exceptions.best_match(checker.iter_errors(article.meta)):
            where = ".".join(map(str, error.absolute_path)) or "front matter"
            raise ArticleError(f"{article.path}: {where}: {error.message}")

    return check
