"""Begins a rule or a term: ``python tools/new.py rule CATEGORY/NAME [--check]`` or ``… term DOMAIN/NAME``.

What it writes is not complete on purpose: ``tools/articles.py`` says what is missing until it is filled in.
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

from kexplain.version import __version__  # noqa: E402 - found by the line above

USAGE = """\
usage: python tools/new.py rule CATEGORY/NAME           begins rules/CATEGORY/NAME.md, whose condition is a schema
       python tools/new.py rule CATEGORY/NAME --check   … whose condition is src/kexplain/checks/NAME.py
       python tools/new.py term DOMAIN/NAME             begins glossary/DOMAIN/NAME.md"""
NAME = re.compile(r"(?P<folder>[a-z]+(?:-[a-z]+)*)/(?P<name>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)")
KEYS = {"rule": "category", "term": "domain"}

RULE = f"""\
---
# How to fill this in: rules/README.md. Delete these comments as you go.
severity:          # error, warning or info
category: {{folder}}
at:                # typed positions: [Container]; [PodSpec.hostNetwork]; ["*"] is every object
message:           # 'container "{{container}}" has no liveness probe': the fact first, no advice
terms:             # slugs of glossary/, the one it is about first
equivalents: []    # checks of other tools: [kube-linter:no-liveness-probe, pss:baseline/<control>]
profiles: []       # recommended, pss-baseline, pss-restricted; none is pedantic
since: {__version__}
source:            # https://… where the behaviour is specified
{{condition}}---
# {{title}}

## Why it matters

## How to fix

## When to ignore

## Examples
"""
SCHEMA = "schema:            # JSON Schema of what a GOOD value looks like: {const: false}\n"
EXAMPLES = """\
# Below: what is reported and what is not; the three sections; then examples between ```yaml bad (every line where
# a finding begins ends in '# finding: COLUMN "MESSAGE"') or ```yaml good (the nearest that is not reported) and ```.
"""

CHECK = '''\
"""{name}: what it finds, in one line."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """What is bad, and what is not; called for every node at the rule's ``at:``."""
    yield from ()
'''

TERM = """\
---
# How to fill this in: glossary/README.md. Delete these comments as you go.
title:             # as a colleague says it: liveness probe
aka: []            # other names people type: [livenessProbe]
domain: {folder}
at: []             # where it shows in a manifest: [Container.livenessProbe]; nothing for a pure concept
related:           # slugs of glossary/, two to five, nearest first
source:            # https://… the page that goes deeper
# Below: one to four sentences, no list, heading or link. The first stands alone and has at most 100 characters.
---
"""


def files(kind: str, folder: str, name: str, *, check: bool) -> dict[str, str]:
    """The files to begin: path in the checkout → text."""
    if kind == "term":
        return {f"glossary/{folder}/{name}.md": TERM.replace("{folder}", folder)}
    title = name.replace("-", " ").capitalize()
    rule = RULE.replace("{condition}", EXAMPLES if check else SCHEMA + EXAMPLES)
    found = {f"rules/{folder}/{name}.md": rule.replace("{title}", title).replace("{folder}", folder)}
    if check:
        found[f"src/kexplain/checks/{name.replace('-', '_')}.py"] = CHECK.format(name=name)
    return found


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Writes the files and says what comes next; 2 for a name that cannot be, and then nothing is written."""
    match arguments:
        case ["rule" | "term" as kind, name]:
            check = False
        case ["rule" as kind, name, "--check"] | ["rule" as kind, "--check", name]:
            check = True
        case _:
            return refuse(USAGE)
    place = NAME.fullmatch(name)
    if not place:
        return refuse(f"{name!r} is no FOLDER/NAME: lower-case words with dashes, such as images/latest-image-tag")
    if place["folder"] not in (known := folders(kind)):
        return refuse(f"no {KEYS[kind]} is called {place['folder']!r}; there are {', '.join(known)}")
    found = files(kind, place["folder"], place["name"], check=check)
    article = next(iter(found))
    top = article.partition("/")[0]
    taken = [*(path for path in found if (root / path).exists()), *there(root / top, f"{place['name']}.md")]
    if taken:
        return refuse(f"{taken[0]} exists")
    for path, text in found.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")
        print(f"begun: {path}")
    tests = f"pytest tests/catalogue/test_rules.py -k {place['name']}" if kind == "rule" else "pytest tests/catalogue"
    print(f"fill it in until these are content: python tools/articles.py {article}; {tests}; then python tools/docs.py")
    return 0


def folders(kind: str) -> list[str]:
    """The categories of rules, or the domains of terms."""
    path = ROOT / "src" / "kexplain" / "catalogue" / "schemas" / f"{kind}.schema.json"
    found: list[str] = json.loads(path.read_text(encoding="utf-8"))["properties"][KEYS[kind]]["enum"]
    return found


def there(folder: Path, name: str) -> list[str]:
    """Where an article of that name lies: names are unique over all folders."""
    return [path.relative_to(folder.parent).as_posix() for path in folder.rglob(name)]


def refuse(reason: str) -> int:
    """Says why nothing was written."""
    print(reason, file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
