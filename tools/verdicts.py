"""Holds kexplain against the recorded answers of a real API server: what it tells of the refused, and where.

    python tools/verdicts.py [FOLDER] [--family WORD] [--missed] [--false] [--elsewhere] [--warnings]

FOLDER holds ``verdicts.jsonl`` (one object a line, fields in its README); by default that of ``../shared``.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple

from kexplain.catalogue.selection import select
from kexplain.catalogue.severity import Severity
from kexplain.engine.linter import Options, lint
from kexplain.syntax.source import Source

FOLDER = Path(__file__).parent.parent.parent / "shared" / "verdicts"
DANGEROUS = {"privileged-container", "sys-admin-capability", "container-runtime-socket-mount", "windows-host-process",
             "binding-to-anonymous"}  # fmt: skip
"""Rules whose errors say that the object is dangerous, not that the server refuses it."""
CONTEXT = "context"

Json = dict[str, Any]


class Told(NamedTuple):
    """What kexplain says of one object: rule, field path and message of each error, and of each warning."""

    errors: list[tuple[str, str, str]]
    warnings: list[tuple[str, str, str]]


class Tally(NamedTuple):
    """The objects of one family: how many are refused, told, told at the server's field, accepted, called an error."""

    refused: int = 0
    told: int = 0
    placed: int = 0
    accepted: int = 0
    false: int = 0

    def plus(self, **more: int) -> "Tally":
        """The tally with some of its counts raised."""
        return self._replace(**{name: getattr(self, name) + number for name, number in more.items()})


def read(folder: Path) -> list[Json]:
    """The records of a folder."""
    with (folder / "verdicts.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def judge(records: list[Json]) -> list[Told]:
    """What kexplain's default profile says of each record; a mutant's findings less those of its base."""
    rules = select("recommended")
    told = [told_of(record, rules) for record in records]
    bases = {r["base"]: t for r, t in zip(records, told, strict=True) if r["mutation"] == "BASE"}
    return [less(t, bases.get(r["base"])) if r["mutation"] != "BASE" else t for r, t in zip(records, told, strict=True)]


def told_of(record: Json, rules: Json) -> Told:
    """The errors and warnings about one object, for the reasons for which a server refuses or warns."""
    report = lint([Source("object.yaml", record["manifest"])], Options(rules, complete=False))
    found = [f for f in report.findings if f.rule.id not in DANGEROUS]
    told = [(f.severity, (f.rule.id, f.field_path, f.message)) for f in found]
    return Told([t for s, t in told if s is Severity.ERROR], [t for s, t in told if s is not Severity.ERROR])


def less(told: Told, base: Told | None) -> Told:
    """What is told of a mutant and not of the object that it was made from."""
    new = [[one for one in mine if one not in its] for mine, its in zip(told, base or told, strict=True)]
    return Told(*new) if base else told


def steps(path: str) -> tuple[str, ...]:
    """A field path as steps: ``a[0].b[x/y]`` → a, 0, b, x/y."""
    found = re.findall(r"\[([^\]]*)\]|([^.\[\]]+)", path)
    return tuple((inner or outer).strip("'\"").lower() for inner, outer in found)


def fields_of(record: Json) -> list[str]:
    """The fields that the server names; where it names none, the one that was changed, or else the root."""
    causes = [field for field, *_ in record.get("causes") or [] if field and field != "[]"]
    return (
        causes
        or re.findall(r'(?:unknown|duplicate) field "([^"]+)"', record.get("message", ""))
        or [record.get("path", "")]
    )


def is_near(ours: str, theirs: str) -> bool:
    """Whether two paths are the same, or one is the parent of the other; no path is near to any."""
    a, b = sorted((steps(ours), steps(theirs)), key=len)
    if not theirs:
        return True
    return b[: len(a)] == a and len(b) - len(a) <= 1


def is_placed(record: Json, told: Told) -> bool:
    """Whether one of the errors stands where the server says."""
    return any(is_near(path, field) for _, path, _ in told.errors for field in fields_of(record))


def tallies(records: list[Json], told: list[Told]) -> dict[str, Tally]:
    """The tally of every family; that of the accepted under ``accepted``."""
    found: dict[str, Tally] = defaultdict(Tally)
    for record, said in zip(records, told, strict=True):
        if record["verdict"] == "refused":
            placed = bool(said.errors) and is_placed(record, said)
            more = {"refused": 1, "told": int(bool(said.errors)), "placed": int(placed)}
            found[record["family"]] = found[record["family"]].plus(**more)
        elif record["verdict"] == "accepted":
            found["accepted"] = found["accepted"].plus(accepted=1, false=int(bool(said.errors)))
    return found


def total(found: dict[str, Tally]) -> Tally:
    """All families as one."""
    return Tally(*(sum(numbers) for numbers in zip(*found.values(), strict=True)))


def percent(part: int, whole: int) -> str:
    """A share with one decimal."""
    return f"{100 * part / whole:.1f} %" if whole else "-"


def print_tallies(found: dict[str, Tally]) -> None:
    """A line per family, the most missed first, and the totals."""
    print(f"{'family':<68}{'refused':>8}{'told':>9}{'placed':>9}{'missed':>8}")
    for name, t in sorted(found.items(), key=lambda item: item[1].told - item[1].refused):
        if t.refused:
            row = f"{percent(t.told, t.refused):>9}{percent(t.placed, t.told):>9}{t.refused - t.told:>8}"
            print(f"{name:<68}{t.refused:>8}{row}")
    all_ = total(found)
    print(f"refused told: {all_.told} of {all_.refused} = {percent(all_.told, all_.refused)}")
    print(f"told at the field: {percent(all_.placed, all_.told)}")
    print(f"accepted called an error: {all_.false} of {all_.accepted} = {percent(all_.false, all_.accepted)}")


def print_groups(title: str, rows: list[tuple[str, str]]) -> None:
    """Rows grouped by their first column, the largest group first, each with a few ids."""
    groups: dict[str, list[str]] = defaultdict(list)
    for group, id_ in rows:
        groups[group].append(id_)
    print(f"\n{title}: {len(rows)}")
    for group, ids in sorted(groups.items(), key=lambda item: -len(item[1])):
        print(f"{len(ids):>5}  {group}  [{', '.join(ids[:3])}]")


def pattern(record: Json) -> str:
    """What a record is about, without its values: field, the server's words."""
    field, *_, said = (record.get("causes") or [["", record.get("message", "")]])[0]
    words = re.sub(r'"(?:[^"\\]|\\.)*"', '""', said)[:110]
    field = re.sub(r"\d+", "0", field)
    return f"{record['family'][:24]} | {field} | {words}"


def main() -> None:
    """Prints the figures, and the lists that are asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--family", default="", help="only families whose name holds this")
    for name in ("missed", "false", "elsewhere", "warnings"):
        parser.add_argument(f"--{name}", action="store_true")
    asked = parser.parse_args()
    records = read(asked.folder)
    wanted = {r["base"] for r in records if asked.family.lower() in (r.get("family") or "").lower()}
    records = [r for r in records if asked.family.lower() in (r.get("family") or "").lower() or
               (r["mutation"] == "BASE" and r["base"] in wanted)]  # fmt: skip
    told = judge(records)
    print_tallies(tallies(records, told))
    pairs = list(zip(records, told, strict=True))
    refused = [(r, t) for r, t in pairs if r["verdict"] == "refused"]
    accepted = [(r, t) for r, t in pairs if r["verdict"] == "accepted"]
    if asked.missed:
        print_groups("missed", [(pattern(r), r["id"]) for r, t in refused if not t.errors])
    if asked.false:
        print_groups("false", [(f"{e[0]} | {e[1]} | {e[2]}", r["id"]) for r, t in accepted for e in t.errors])
    if asked.elsewhere:
        rows = [(f"{pattern(r)} <- {t.errors[0][:2]}", r["id"]) for r, t in refused if t.errors and not is_placed(r, t)]
        print_groups("elsewhere", rows)
    if asked.warnings:
        lost = [(w, r["id"]) for r, t in accepted if not t.warnings for w in r.get("serverWarnings") or []]
        print_groups("warnings without a finding", lost)
        print(Counter(rule for _, t in pairs for rule, _, _ in t.errors).most_common())


if __name__ == "__main__":
    main()
