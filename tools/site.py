"""Builds the documentation as a static site: ``python tools/site.py [FOLDER]``, ``build/site`` unless another is named.

The guides and rules are the pages of docs/; beside them every term and every built-in kind has a page of its own, made
from the same files. Needs ``pip install -e '.[docs]'``. A link that leads nowhere fails the build.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import docs
from kexplain.api.kinds import resources
from kexplain.catalogue.rule import rules
from kexplain.catalogue.term import Term, terms
from kexplain.engine.explainer import explain
from kexplain.engine.explanation import Explanation, FieldFacts

ROOT = docs.ROOT
COPIED = {"README.md": "index.md", "CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md",
          "docs/README.md": "guides.md"}  # fmt: skip
"""Pages that are called otherwise on the site."""
LINK = re.compile(r"(?P<image>!?)\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<to>[^)\s]+)\)")
SETTINGS = """\
site_name: kexplain
docs_dir: {source}
site_dir: {target}
theme:
  name: material
  font: false
  features: [navigation.indexes, navigation.top, search.suggest, search.highlight, content.code.copy]
  palette:
    - {{media: "(prefers-color-scheme: light)", scheme: default, toggle: {{icon: material/weather-night, name: dark}}}}
    - {{media: "(prefers-color-scheme: dark)", scheme: slate, toggle: {{icon: material/weather-sunny, name: light}}}}
markdown_extensions: [admonition, tables, attr_list, toc: {{permalink: true}}, pymdownx.highlight, pymdownx.superfences]
plugins: [search]
validation: {{omitted_files: ignore, absolute_links: warn, unrecognized_links: warn, anchors: warn}}
nav:
  - Start: index.md
  - Guides:
{guides}
  - Rules: rules/README.md
  - Glossary:
    - glossary/README.md
{domains}
  - Kinds: kinds/README.md
  - Changes: changelog.md
  - Contributing: contributing.md
"""


def main(arguments: list[str]) -> int:
    """Writes the pages and has them built; returns the exit code of the builder."""
    target = Path(arguments[0] if arguments else ROOT / "build" / "site").resolve()
    source = target.parent / f"{target.name}-pages"
    shutil.rmtree(source, ignore_errors=True)
    found = dict(pages())
    for name, text in found.items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    for file in (ROOT / "docs").glob("*.*"):
        if file.suffix != ".md":
            shutil.copy(file, source)
    settings = target.parent / f"{target.name}.yml"
    settings.write_text(settings_of(found, source, target), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--config-file", str(settings)]
    done = subprocess.run(command, check=False)
    print(f"{len(found)} pages in {target}" if done.returncode == 0 else "the site was not built")
    return done.returncode


def settings_of(found: dict[str, str], source: Path, target: Path) -> str:
    """The configuration of the builder."""
    guides = sorted(name for name in found if "/" not in name and name not in COPIED.values())
    domains = sorted(name for name in found if name.startswith("glossary/") and name != "glossary/README.md")
    lines = ("\n".join(f"    - {name}" for name in names) for names in (["guides.md", *guides], domains))
    return SETTINGS.format(source=source, target=target, guides=next(lines), domains=next(lines))


def pages() -> Iterator[tuple[str, str]]:
    """Every page by its path on the site."""
    for path in sorted((ROOT / "docs").rglob("*.md")):
        name = path.relative_to(ROOT / "docs").as_posix()
        if not name.startswith("glossary/") and f"docs/{name}" not in COPIED:
            yield name, on_site(f"docs/{name}", path.read_text(encoding="utf-8"))
    for name, here in COPIED.items():
        yield here, on_site(name, (ROOT / name).read_text(encoding="utf-8"))
    yield "glossary/README.md", on_site("docs/glossary/README.md", docs.glossary_index())
    for domain, members in docs.by_domain().items():
        rows = docs.bullets(f"{link(term, '../')}: {docs.inline(term.brief)}" for term in members)
        yield f"glossary/{domain}.md", f"# {domain}\n\n[All terms](README.md)\n\n{rows}\n"
    for term in terms().values():
        yield f"terms/{term.id}.md", term_page(term)
    yield "kinds/README.md", "# Kinds\n\n" + docs.bullets(f"[{kind}]({kind}.md)" for kind in sorted(kinds())) + "\n"
    for kind, text in kind_pages():
        yield f"kinds/{kind}.md", text


def on_site(name: str, text: str) -> str:
    """A page of the repository with its links as they lead on the site; what lies outside of it is no link there."""

    def moved(match: re.Match[str]) -> str:
        to, image, words = match["to"], match["image"], match["text"]
        if re.match(r"[a-z]+:|#", to):
            return match[0]
        path, sign, anchor = to.partition("#")
        full = (ROOT / name).parent.joinpath(path).resolve()
        if not full.is_relative_to(ROOT):
            return words
        there = full.relative_to(ROOT).as_posix()
        if there.startswith("docs/glossary/") and anchor in terms():
            there, sign, anchor = f"docs/terms/{anchor}.md", "", ""
        if there in {"rules/README.md", "glossary/README.md"} or not (there in COPIED or there.startswith("docs/")):
            return words
        return f"{image}[{words}]({relative(name, there)}{sign}{anchor})"

    fenced = re.split(r"(?ms)(^ *```.*?^ *```[^\n]*$)", text)
    return "".join(part if part.lstrip().startswith("```") else LINK.sub(moved, part) for part in fenced)


def relative(name: str, there: str) -> str:
    """The way from one page to another on the site, by their paths in the repository."""
    start, end = (COPIED.get(path) or path.removeprefix("docs/") for path in (name, there))
    return "../" * start.count("/") + end


def link(term: Term, up: str) -> str:
    """A link to the page of a term."""
    return f"[{docs.inline(term.title)}]({up}terms/{term.id}.md)"


@cache
def kinds() -> frozenset[str]:
    """Every built-in kind."""
    return frozenset(resource.kind for resource in resources().values())


def term_page(term: Term) -> str:
    """The page of a term."""
    kind = f"[{term.title}](../kinds/{term.title}.md)" if term.title in kinds() else ""
    about = (rule for rule in rules().values() if term.id in rule.terms)
    facts = [
        ("also called", ", ".join(map(docs.inline, term.aka))),
        ("kind", kind),
        ("domain", f"[{term.domain}](../glossary/{term.domain}.md)"),
        ("shows at", docs.codes(term.at)),
        ("is a kind of", link(terms()[term.broader], "../") if term.broader else ""),
        ("see also", ", ".join(link(terms()[id_], "../") for id_ in term.related)),
        ("rules", ", ".join(f"[{rule.id}](../rules/{rule.id}.md)" for rule in about)),
        ("more", f"<{term.source}>"),
    ]
    rows = docs.bullets(f"{name}: {value}" for name, value in facts if value)
    return f"# {docs.inline(term.title)}\n\n{docs.inline(term.definition)}\n\n{rows}\n"


def kind_pages() -> Iterator[tuple[str, str]]:
    """The pages of the built-in kinds."""
    for kind in sorted(kinds()):
        found = explain(kind, deep=True)
        yield kind, kind_page(kind, next((one for one in found if one.kind == "kind"), found[0]))


def kind_page(kind: str, found: Explanation) -> str:
    """The page of a kind: its words, and its fields in a table, with those of its spec."""
    parts = [f"# {kind}", docs.inline(found.text)]
    rows = [(f"`{name}`", described(field), docs.inline(field.words)) for name, field in shown(found.fields)]
    parts += [docs.table(("field", "holds", "is"), rows)] if rows else []
    related = [link(terms()[id_], "../") for id_ in found.related if id_ in terms()]
    about = [f"[{id_}](../rules/{id_}.md)" for id_ in found.rules if id_ in rules()]
    term = [link(terms()[found.id], "../")] if found.id in terms() else []
    more = [f"<{found.source}>"] if found.source else []
    facts = (("term", term), ("see also", related), ("rules", about), ("more", more))
    parts.append(docs.bullets(f"{name}: {', '.join(values)}" for name, values in facts if values))
    return "\n\n".join(parts) + "\n"


def shown(fields: list[FieldFacts]) -> Iterator[tuple[str, FieldFacts]]:
    """The fields of an object, and those of its spec."""
    for field in fields:
        yield field.name, field
        if field.name == "spec":
            yield from ((f"spec.{below.name}", below) for below in field.fields)


def described(field: FieldFacts) -> str:
    """What may stand in a field."""
    facts = [field.type, "required" if field.required else "", f"default {field.default}" if field.default else ""]
    return docs.inline("; ".join([", ".join(filter(None, facts)), *field.constraints]))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
