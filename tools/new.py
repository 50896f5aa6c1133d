"""Begins a rule or a term: ``python tools/new.py rule NAME [--check]`` or ``python tools/new.py term NAME``.

What it writes is not complete on purpose: ``tools/articles.py`` says what is missing until it is filled in.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

from kexplain import __version__  # noqa: E402 - found by the line above

USAGE = """\
usage: python tools/new.py rule NAME [--check]   begins rules/NAME.md; with --check src/kexplain/checks/NAME.py as well
       python tools/new.py term NAME             begins glossary/NAME.md"""
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

RULE = f"""\
---
# How to fill this in: rules/README.md. Delete these comments as you go.
severity:          # error, warning or info
category:          # one of the list in src/kexplain/schemas/rule.schema.json
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
# a finding begins ends in "# finding") or ```yaml good (the nearest things that are not reported) and ```.
"""

CHECK = '''\
"""{name}: what it finds, in one line."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """What is bad, and what is not; called for every node at the rule's ``at:``."""
    yield from ()
'''

TERM = """\
---
# How to fill this in: glossary/README.md. Delete these comments as you go.
title:             # as a colleague says it: liveness probe
aka: []            # other names people type: [livenessProbe]
domain:            # one of the list in src/kexplain/schemas/term.schema.json
at: []             # where it shows in a manifest: [Container.livenessProbe]; nothing for a pure concept
related:           # slugs of glossary/, two to five, nearest first
source:            # https://… the page that goes deeper
# Below: one to four sentences, no list, heading or link. The first stands alone and has at most 100 characters.
---
"""


def files(kind: str, name: str, *, check: bool) -> dict[str, str]:
    """The files to begin: path in the checkout → text."""
    if kind == "term":
        return {f"glossary/{name}.md": TERM}
    title = name.replace("-", " ").capitalize()
    rule = RULE.replace("{condition}", EXAMPLES if check else SCHEMA + EXAMPLES).replace("{title}", title)
    found = {f"rules/{name}.md": rule}
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
    if not NAME.fullmatch(name):
        return refuse(f"{name!r} is no name: lower-case words with dashes between them, such as missing-liveness-probe")
    found = files(kind, name, check=check)
    if taken := [path for path in found if (root / path).exists()]:
        return refuse(f"{taken[0]} exists")
    for path, text in found.items():
        (root / path).write_text(text, encoding="utf-8", newline="\n")
        print(f"begun: {path}")
    article = next(iter(found))
    tests = f"pytest tests/test_rules.py -k {name}" if kind == "rule" else "pytest"
    print(f"fill it in until these are content: python tools/articles.py {article}; {tests}; then python tools/docs.py")
    return 0


def refuse(reason: str) -> int:
    """Says why nothing was written."""
    print(reason, file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
