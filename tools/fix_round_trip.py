"""Fixes every file of a folder in memory, and says whether all stayed that no fix is about.

``python tools/fix_round_trip.py FOLDER… [--mutants N]``: of the files as they are, the findings by rule before and
after, safe and unsafe fixes; that every text still reads, that values differ only in the objects and at the fields
that were fixed, that comments are kept, that a second run changes nothing. Of N broken copies of them (lines that went,
came twice, moved or lost a character), that none is lost, and that no document changes that nothing was fixed in.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kexplain.api.release import NEWEST
from kexplain.catalogue.rule import rules
from kexplain.config.settings import Settings
from kexplain.edits.fixing import Fixed, fix
from kexplain.edits.round_trip import comments_in
from kexplain.engine.linter import Options, lint
from kexplain.engine.report import Report
from kexplain.filters import filter as filters
from kexplain.syntax.meaning import meaning
from kexplain.syntax.source import Source

MOVING = {"removed-api-version", "deprecated-api-version", "unknown-kind-version", "deprecated-pod-annotation",
          "ingress-class-annotation", "mismatching-selector", "duplicate-env-var"}  # fmt: skip
"""Rules whose fixes change other fields of the object than the one that the finding is about."""


def main() -> int:
    """Reads the command line; 1 where something went that no fix is about."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--mutants", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    sources = list(read(arguments.folders))
    wrong = whole(sources, unsafe=False) + whole(sources, unsafe=True)
    if arguments.mutants:
        wrong += broken(sources, arguments.mutants, random.Random(arguments.seed))  # noqa: S311 - no secret
    print(f"{wrong} mistakes")
    return int(bool(wrong))


def read(folders: list[Path]) -> Iterator[Source]:
    """The manifests of some folders."""
    found = (path for folder in folders for path in folder.rglob("*") if path.suffix in {".yaml", ".yml", ".json"})
    for path in sorted(found):
        try:
            yield Source(str(path), path.read_bytes().decode("utf-8").removeprefix("\ufeff"))
        except UnicodeDecodeError:
            continue


def fixed(sources: list[Source], *, unsafe: bool) -> tuple[Report, Fixed]:
    """What fixes make of files, and the report before."""
    options = Options(rules())

    def again(texts: dict[str, Source]) -> Report:
        return filters.apply(lint([texts.get(one.path, one) for one in sources], options), Settings())

    before = again({})
    return before, fix(before, NEWEST, again, lambda _: True, unsafe=unsafe)


def whole(sources: list[Source], *, unsafe: bool) -> int:
    """Fixes all files together; the number of mistakes."""
    before, result = fixed(sources, unsafe=unsafe)
    texts = {change.new.path: change.new for change in result.changes}
    old = {one.path: one.text for one in sources}
    wrong = lost = 0
    for path, new in texts.items():
        places = [one.finding for one in result.done if one.finding.place.path == path]
        moved = any(finding.rule.id in MOVING for finding in places)
        paths = {finding.field_path for finding in places}
        for where in differing(meaning(old[path]), meaning(new.text)):
            if not moved and not any(near(where, path_) for path_ in paths):
                print(f"{path}: {where} differs, and no fix is about it")
                wrong += 1
        lost += sum((comments_in(old[path]) - comments_in(new.text)).values())
    second = fixed([texts.get(one.path, one) for one in sources], unsafe=unsafe)[1]
    wrong += len(second.changes)
    kind = "unsafe fixes too" if unsafe else "safe fixes"
    print(f"\n{kind}: {len(result.done)} findings in {len(texts)} of {len(sources)} files; "
          f"{lost} comments went with their lines; a second run changes {len(second.changes)} files; "
          f"{result.unveiled} findings came to light")  # fmt: skip
    one, two = (Counter(f.rule.id for f in report.findings) for report in (before, result.report))
    for rule in sorted(one | two):
        if one[rule] != two[rule]:
            print(f"  {rule:45} {one[rule]:5} → {two[rule]}")
    return wrong


def differing(old: object, new: object, path: str = "") -> Iterator[str]:
    """The paths at which two values differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old.keys() | new.keys():
            yield from differing(old.get(key), new.get(key), f"{path}.{key}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (one, two) in enumerate(zip(old, new, strict=True)):
            yield from differing(one, two, f"{path}[{index}]")
    elif type(old) is not type(new) or old != new:
        yield path


def near(where: str, path: str) -> bool:
    """Whether a path of a document ends in that of a finding, or in what is above or below it, whatever the indices."""
    one, two = steps(where), steps(path)
    return any(step in one for step in two[-3:]) or not two


def steps(path: str) -> list[str]:
    """The names of a path."""
    return [step for step in path.replace("[", ".[").split(".") if step and not step.startswith("[")]


def broken(sources: list[Source], number: int, chance: random.Random) -> int:
    """Fixes broken copies of the files one by one; the number of mistakes."""
    small = [one for one in sources if len(one.text) < 20_000]
    wrong = changed = done = 0
    begin = time.process_time()
    for count in range(number):
        origin = chance.choice(small)
        text = mutant(origin.text, chance)
        source = Source("mutant.yaml", text)
        try:
            _, result = fixed([source], unsafe=True)
        except Exception as error:
            print(f"mutant {count} of {origin.path}: {error!r}")
            wrong += 1
            continue
        done += len(result.done)
        for change in result.changes:
            changed += 1
            one, two = meaning(text), meaning(change.new.text)
            touched = {finding.place.line for finding, _ in result.done}
            if len(one) != len(two) or not change.new.text.strip() or not touched:
                print(f"mutant {count} of {origin.path}: documents went")
                wrong += 1
    print(f"\n{number} broken copies: {changed} changed by {done} fixes, {wrong} mistakes, "
          f"{(time.process_time() - begin) / max(number, 1) * 1000:.0f} ms each")  # fmt: skip
    return wrong


def mutant(text: str, chance: random.Random) -> str:
    """A text with a few accidents."""
    lines = text.splitlines(keepends=True)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines)) if lines else 0
        accident = chance.randrange(8)
        if not lines:
            break
        line = lines[at]
        if accident == 0:
            del lines[at]
        elif accident == 1:
            lines.insert(at, line)
        elif accident == 2:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], line
        elif accident == 3:
            lines[at] = " " * chance.randint(1, 3) + line
        elif accident == 4:
            lines[at] = line.removeprefix(" ").removeprefix(" ")
        elif accident == 5 and len(line) > 2:
            place = chance.randrange(len(line) - 1)
            lines[at] = line[:place] + line[place + 1 :]
        elif accident == 6 and len(line) > 2:
            place = chance.randrange(len(line) - 1)
            lines[at] = line[:place] + chance.choice("{}[]:-#&*!|>'\"%@`, \t~é\u2028") + line[place:]
        else:
            lines[at] = line.rstrip("\n") + chance.choice([" # note\n", "\r\n", "", " yes\n", ": 1\n"])
    return "".join(lines)


if __name__ == "__main__":
    sys.exit(main())
