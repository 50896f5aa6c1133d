"""How much of manifests is explained, and in whose words: ``tools/coverage.py FOLDER… [--custom] [--missing N]``.

Lines are annotations; definitions of custom resources are left out, since nearly all of them is OpenAPI. A line has our
own words where the glossary has its text or a sentence says what its value does; it repeats where its text is that of a
line above it in the tree and nothing says what its value does. Values are the scalars outside ``metadata``.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from kexplain.api.lifecycle import is_builtin_group
from kexplain.config.settings import settings_of
from kexplain.engine.annotation import Annotated, Annotation
from kexplain.engine.annotator import annotated as explained
from kexplain.engine.linter import Options, lint
from kexplain.run.gather import gather

DEFINITION = "CustomResourceDefinition"
SAID_ONCE = frozenset({"apiVersion", "kind", "metadata", "spec", "status"})
"""Keys that every object has: after the first of a file they may be silent."""
COLUMNS = ("lines", "own words %", "unknown %", "repeats %", "silent %", "scalars", "value sentences %")


def main() -> None:
    """Prints one row of figures per folder, and with ``--missing`` what there is most of to do."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--missing", type=int, default=0, metavar="N", help="the N commonest fields of each gap")
    parser.add_argument("--custom", action="store_true", help="custom resources alone")
    chosen = parser.parse_args()
    print("| folder | " + " | ".join(COLUMNS) + " |\n|" + " --- |" * (len(COLUMNS) + 1))
    gaps: dict[str, Counter[str]] = {"unknown": Counter(), "not ours": Counter(), "repeats": Counter(),
                                     "silent": Counter(), "values": Counter()}  # fmt: skip
    for folder in chosen.folders:
        given = gather(settings_of({"paths": (folder,)}))
        files = explained(lint(given, Options({})))
        for file in files if chosen.custom else ():
            file.objects = [one for one in file.objects if not is_builtin_group(one.identity.api_version)]
        print(f"| {folder} | " + " | ".join(figures(files, gaps)) + " |")
    for name, fields in gaps.items() if chosen.missing else ():
        print(f"\n{name}: {fields.total()}")
        for field, count in fields.most_common(chosen.missing):
            print(f"{count:6} {field}")


def figures(files: list[Annotated], gaps: dict[str, Counter[str]]) -> Iterator[str]:
    """The columns of one folder; what lacks is counted in ``gaps`` by kind and path."""
    lines = own = scalars = told = 0
    missing: dict[str, int] = dict.fromkeys(gaps, 0)
    for file in files:
        for annotated in file.objects:
            if annotated.identity.kind == DEFINITION:
                continue
            above: list[Annotation] = []
            for one in annotated.annotations:
                while above and not is_below(one.field_path, above[-1].field_path):
                    above.pop()
                lines += 1
                own += bool(one.detail or (one.text and one.provenance == "glossary")) or is_boilerplate(one)
                value = one.value is not None and not in_metadata(one.field_path)
                scalars += value
                told += value and bool(one.detail)
                for gap in gaps_of(one, above, value=value):
                    missing[gap] += 1
                    gaps[gap][f"{annotated.identity.kind} {plain(one.field_path)}"] += 1
                above.append(one)
    yield str(lines)
    for count in (own, missing["unknown"], missing["repeats"], missing["silent"]):
        yield share(count, lines)
    yield str(scalars)
    yield share(told, scalars)


def gaps_of(one: Annotation, above: list[Annotation], *, value: bool) -> Iterator[str]:
    """What lacks at a line."""
    if one.provenance == "unknown":
        yield "unknown"
    elif one.provenance != "glossary":
        yield "not ours"
    if one.text and not one.detail and any(one.text == other.text for other in above):
        yield "repeats"
    if not one.text and not one.detail and one.provenance != "unknown" and not is_boilerplate(one):
        yield "silent"
    if value and not one.detail:
        yield "values"


def is_boilerplate(one: Annotation) -> bool:
    """Whether a line is one that every object has, and that is silent since another of the file said it."""
    return one.field_path in SAID_ONCE or one.field_path.rpartition(".")[2] in {"metadata", "spec"}


def in_metadata(path: str) -> bool:
    """Whether a field is part of ``metadata``, or says which kind the object is."""
    return path in {"apiVersion", "kind"} or path.split(".", maxsplit=1)[0] == "metadata" or ".metadata." in path


def is_below(path: str, above: str) -> bool:
    """Whether a path leads on from another."""
    return path.startswith(above) and path[len(above) : len(above) + 1] in {".", "["}


def plain(path: str) -> str:
    """A path without the indices of lists."""
    return "".join(part if part and not part[0].isdigit() else "" for part in path.replace("]", "[").split("["))


def share(count: int, total: int) -> str:
    """A percentage."""
    return f"{100 * count / total:.1f}" if total else "-"


if __name__ == "__main__":
    main()
