"""Checks glossary and rule files (``python tools/articles.py rules/security/host-pid.md``); prints what to mend."""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from kexplain.catalogue import compiler
from kexplain.catalogue.article import Article, ArticleError, read_article

BRIEF = 100
RULE_SECTIONS = ("", "why it matters", "how to fix")
IGNORING = "when to ignore"


def problems_of(path: Path) -> list[str]:
    """What is wrong with one file, in words; an empty list for a good one."""
    try:
        article = read_article(path)
        if path.parent.parent.name == "glossary":
            compiler.compile_terms([article])
            return term_problems(article)
        compiler.compile_rules([article])
    except ArticleError as error:
        return [str(error)]
    return rule_problems(article)


def term_problems(article: Article) -> list[str]:
    """Length and form of a definition."""
    text = re.sub(r"\s+", " ", article.sections[""])
    brief = compiler.first_sentence(text)
    sentences = len(re.findall(r"[.!?](?=\s+[A-Z`\"(]|$)", text))
    found = []
    if len(brief) > BRIEF:
        found.append(f"first sentence has {len(brief)} characters, at most {BRIEF}: {brief!r}")
    if not 1 <= sentences <= 5:
        found.append(f"{sentences} sentences; write one to four")
    if len(text) > 640:
        found.append(f"{len(text)} characters; at most 640")
    if re.search(r"\]\(|^\s*[-*] |^#", article.sections[""], re.MULTILINE):
        found.append("no links, lists or headings in a definition")
    if list(article.sections) != [""]:
        found.append("no headings in a definition")
    return [f"{article.path}: {problem}" for problem in found]


def rule_problems(article: Article) -> list[str]:
    """A rule reads as an article: every section, a title, and examples of both kinds."""
    found = [f"section {name or 'what'!r} is missing" for name in RULE_SECTIONS if not article.sections.get(name)]
    if not article.sections.get(IGNORING) and article.meta.get("severity") != "error":
        found.append(f"section {IGNORING!r} is missing; only what the API server refuses needs none")
    if not article.title:
        found.append("the title (# heading) is missing")
    verdicts = {verdict for verdict, _, _ in article.examples}
    found += [f"no ```yaml {verdict} example" for verdict in ("bad", "good") if verdict not in verdicts]
    found += [
        "a bad example marks no line with # finding"
        for verdict, _, text in article.examples
        if verdict == "bad" and "# finding" not in text
    ]
    return [f"{article.path}: {problem}" for problem in found]


def main(paths: list[str]) -> int:
    """Prints the problems of the files; 1 when there are any."""
    found = [problem for path in paths for problem in problems_of(Path(path))]
    print("\n".join(found) or f"{len(paths)} files are fine")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
