"""Articles: the Markdown files of glossary/ and rules/ — front matter, prose, examples.

Read when the package is built, when a file of a checkout changed, and for people's own rules; never on other starts.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kexplain.errors import InputError

FRONT = re.compile(r"---\n(.*?\n)---\n(.*)", re.DOTALL)
EXAMPLE = re.compile(r"^```yaml (bad|good)([^\n]*)\n(.*?)^```\s*?$", re.DOTALL | re.MULTILINE)


class ArticleError(InputError, ValueError):
    """A glossary or rule file that cannot be used; the message names the file and the mend."""


@dataclass(frozen=True, slots=True)
class Article:
    """One file: its slug (file name), front matter, title (first heading), prose by heading, examples."""

    slug: str
    path: str
    meta: dict[str, Any]
    title: str
    sections: dict[str, str]
    examples: list[tuple[str, str, str]] = field(default_factory=list)
    """(``bad`` or ``good``, options after it such as ``kubernetes=1.24``, YAML text)"""


def read_articles(folder: Path) -> list[Article]:
    """Every article below a folder, by file name; README.md is not one. Raises ArticleError."""
    paths = sorted(folder.rglob("*.md"), key=lambda path: path.name)
    return [read_article(path) for path in paths if path.name != "README.md"]


def read_article(path: Path) -> Article:
    """One article. Raises ArticleError where front matter is missing or is not a mapping."""
    import yaml

    match = FRONT.fullmatch(path.read_text(encoding="utf-8").replace("\r\n", "\n"))
    if not match:
        raise ArticleError(f"{path}: begin with front matter between two lines of ---")
    try:
        meta = yaml.load(match[1], Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    except yaml.YAMLError as error:
        raise ArticleError(f"{path}: the front matter is not YAML: {error}") from error
    if not isinstance(meta, dict):
        raise ArticleError(f"{path}: the front matter is not a mapping")
    return article_of(path.stem, str(path), meta, match[2])


def article_of(slug: str, path: str, meta: dict[str, Any], body: str) -> Article:
    """An article of its parts: what the front matter says, and the Markdown below it."""
    examples = [(verdict, options.strip(), text) for verdict, options, text in EXAMPLE.findall(body)]
    title, sections = split_sections(EXAMPLE.sub("", body))
    return Article(slug, path, meta, str(meta.get("title", title)), sections, examples)


def split_sections(body: str) -> tuple[str, dict[str, str]]:
    """The first-level heading, and the prose below each second-level one (lower case; the lead is ``""``)."""
    title, heading = "", ""
    sections: dict[str, list[str]] = {"": []}
    for line in body.strip().splitlines():
        if line.startswith("# "):
            title = line[2:].strip()
        elif line.startswith("## "):
            heading = line[3:].strip().lower()
            sections[heading] = []
        else:
            sections[heading].append(line)
    return title, {name: "\n".join(lines).strip() for name, lines in sections.items()}
