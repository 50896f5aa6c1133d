"""Compiles glossary/custom/: per API group of custom kinds, their terms and short sentences for fields and values.

A file is called like its group; its head says ``source``, ``domain`` and ``related`` for all of it, and ``also`` under
which name older releases had the group. A row is a position
and words: a kind (``Certificate``: a term, with the measure of one), a field (``Certificate.spec.duration``) or a value
of one (``….usages[]=any``). ``*.issuerRef.name`` is every field whose path ends so, in any kind of the group; kinds
and last fields with the same words are divided by ``|``. The file ``any.tsv`` is for all groups that have no own words.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

Json = dict[str, Any]
FOLDER, ANY = "glossary/custom", "any"
LONGEST = 110
"""Characters of a sentence; a kind may have several."""
POSITION = re.compile(
    r"(?P<kinds>\*|[A-Z]\w*(?:\|[A-Z]\w*)*)(?P<path>(?:\.[\w$/-]+(?:\|[\w$/-]+)*(?:\[\])*)*)(?:=(?P<value>.+))?"
)


class Row(NamedTuple):
    """One row: the place it stands at, its kinds (``*``: any), its paths, the value or None, the words."""

    place: str
    kinds: list[str]
    paths: list[str]
    value: str | None
    words: str


def compile_custom(root: "Path") -> tuple[Json, Json]:
    """The words by group, as ``field.py`` reads them, and the terms of kinds by group. Raises ArticleError."""
    words: Json = {}
    kinds: Json = {}
    for path in sorted((root / FOLDER).glob("*.tsv")):
        head, found = read_table(path)
        for group in (path.stem, *head["also"]):
            words[group] = {"source": head["source"], **sentences(found)}
        kinds[path.stem] = {"head": head, "rows": [row for row in found if not row.paths]}
    return words, kinds


def sentences(found: list[Row]) -> Json:
    """``fields`` → words and ``values`` → value → words, by path below the group. Raises ArticleError."""
    fields: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    for row in found:
        for position in (f"{kind}{path}" for kind in row.kinds for path in row.paths):
            into, key = (fields, position) if row.value is None else (values.setdefault(position, {}), row.value)
            if key in into:
                raise mistake(row.place, f"{position} stands there twice")
            into[key] = row.words
    return {"fields": fields, "values": values}


def read_table(path: "Path") -> tuple[Json, list[Row]]:
    """The head and the rows of one file. Raises ArticleError."""
    head: Json = {"source": "", "domain": "", "related": [], "also": []}
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("# ") and ": " in line:
            name, _, text = line[2:].partition(": ")
            head[name] = text.split(", ") if name in {"related", "also"} else text
        elif line and not line.startswith("#"):
            found.append(row_of(f"{path}:{number}", line))
    return head, found


def row_of(place: str, line: str) -> Row:
    """One row of a file. Raises ArticleError."""
    position, _, words = line.partition("\t")
    match = POSITION.fullmatch(position)
    if not match or not words or "\t" in words:
        raise mistake(place, "write a position such as Kind.spec.field, a tab and a sentence")
    if match["path"] and len(words) > LONGEST:
        raise mistake(place, f"{len(words)} characters, at most {LONGEST}: {words!r}")
    paths = list(alternatives(match["path"])) if match["path"] else []
    return Row(place, match["kinds"].split("|"), paths, match["value"], words)


def alternatives(path: str) -> Iterator[str]:
    """The paths that one with ``|`` stands for; it divides names of one step."""
    found = [""]
    for step in re.findall(r"\.([^.]+)", path):
        bare = step.rstrip("[]")
        ends = step[len(bare) :]
        found = [f"{before}.{name}{ends}" for before in found for name in bare.split("|")]
    yield from found


def kind_terms(kinds: Json, taken: set[str]) -> "Iterator[tuple[str, list[str], Json, str]]":
    """Slug, names, front matter and words of the term of each kind.

    A kind is called by its bare name where that is none of the names ``taken``, has two words at least, and belongs to
    one group: ``snapshot`` or ``policy`` alone are not what people mean by it.
    """
    found = [(group, table["head"], kind, row) for group, table in kinds.items() for row in table["rows"]
             for kind in row.kinds]  # fmt: skip
    groups_of = Counter(kind for _, _, kind, _ in found)
    for group, head, kind, row in found:
        slug, full = dashed(kind), f"{kind} ({group})"
        is_plain = groups_of[kind] == 1 and "-" in slug and not {slug, kind.lower()} & taken
        title = full if groups_of[kind] > 1 or kind.lower() in taken else kind
        slug = slug if is_plain else f"{slug}-{group.replace('.', '-')}"
        related = [other for other in head["related"] if other != slug]
        meta = {"title": title, "domain": head["domain"], "at": [f"{name} {kind}" for name in (group, *head["also"])],
                "related": related, "source": head["source"]}  # fmt: skip
        yield slug, [slug, full, kind] if is_plain else [slug, full], meta, row.words


def dashed(kind: str) -> str:
    """``HTTPRoute`` → ``http-route``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", kind).lower()


def mistake(place: str, words: str) -> Exception:
    """The error of a row."""
    from kexplain.catalogue.article import ArticleError

    return ArticleError(f"{place}: {words}")
