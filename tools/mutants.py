"""Checks damaged copies of manifests with every rule: no traceback, no hang, no lost document.

    python tools/mutants.py FOLDER [--mutants 100000] [--jobs 2] [--seed 1] [--keep OUT]

A mutant is a file of the folder with a few changes of characters, lines or tokens. It is linted with all rules and
shown in one format of reports and one of annotate, and comments are written into it and removed. That must end in time,
and every document must have an outcome.
What went wrong is kept in OUT, smallest first, and the tally is printed. Exit code 1 when anything went wrong.
"""

import argparse
import gc
import random
import re
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from kexplain.catalogue.selection import select
from kexplain.engine.annotator import annotated
from kexplain.engine.linter import Options, lint
from kexplain.engine.report import Report
from kexplain.objects.outcome import Status
from kexplain.output import annotated_format, report_format
from kexplain.output.annotated.comments import commented, without_comments
from kexplain.output.report_format import View
from kexplain.syntax.meaning import meaning
from kexplain.syntax.source import Source

LARGEST = 10_000
"""Characters of a file that is mutated; of larger ones a piece of that size is taken, cut at a line."""
SECONDS = 20
"""That a mutant may take; thousands of times what one takes on an idle machine."""
BATCH = 100
"""Mutants of one task, after which a process starts anew: memory stays bounded whatever a mutant leaves behind."""
PIECES = (
    "{", "}", "[", "]", ":", ": ", "- ", "&a ", "*a", "!!int ", "!x ", "|", ">", "'", '"', "#", "\t", "\r",
    "\ufeff", "---\n", "...\n", "<<: ", "? ", "%YAML 1.2\n", "\x00", "\u2028", "null", "0x", "1e999", "{{ x }}", "${X}",
    "kind: Secret\n", "kind: List\nitems:\n", "\\", "~", "-0", "yes", "9" * 25, "é", "\U0001f600", " " * 40, "\n",
)  # fmt: skip


class Task(NamedTuple):
    """Some mutants of one process."""

    files: list[str]
    seed: int
    count: int


class Trouble(NamedTuple):
    """What went wrong with a mutant."""

    what: str
    text: str
    words: str


class TooSlowError(Exception):
    """A mutant takes longer than any should."""


def mutate(text: str, chance: random.Random) -> str:
    """A text with some damage."""
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        lines = text.splitlines(keepends=True) or [""]
        at, here = chance.randrange(len(lines)), chance.randrange(len(text) + 1)
        other, end = chance.randrange(len(lines)), min(here + chance.randrange(1, 20), len(text))
        match chance.randrange(9):
            case 0:
                text = text[:here] + text[end:]
            case 1 | 2:
                text = text[:here] + chance.choice(PIECES) + text[here:]
            case 3:
                text = text[:here] + chance.choice(PIECES) + text[end:]
            case 4:
                text = "".join(lines[:at] + lines[at + 1 :])
            case 5:
                text = "".join([*lines[:at], lines[other], *lines[at:]])
            case 6:
                lines[at] = " " * chance.randrange(9) + lines[at].lstrip(" ")
                text = "".join(lines)
            case 7:
                words = re.findall(r"[^\s:,{}\[\]]+", text)
                if words:
                    text = text.replace(chance.choice(words), chance.choice((*words, *PIECES)), chance.choice((1, -1)))
            case _:
                text = "".join(lines[:at]) if chance.random() < 0.3 else "".join(lines[at:])
    return text


def checked(text: str, chance: random.Random) -> Iterator[str]:
    """What is wrong with how a text is treated, in words."""
    report = lint([Source("mutant.yaml", text)], Options(RULES))
    yield from lost(report)
    explained = annotated(report)
    name, layout = chance.choice(report_format.names()), chance.choice(annotated_format.names())
    "".join(report_format.render(name, report, VIEW)).encode()
    "".join(annotated_format.render(layout, explained, VIEW)).encode()
    plain = not text.startswith("\ufeff") and without_comments(text) == text  # a file's mark is taken off before
    written = commented(explained[0]) if plain else text
    if plain and meaning(written) == meaning(text) and without_comments(written) != text:
        yield "comments that are written and removed change the file"


def lost(report: Report) -> Iterator[str]:
    """Documents of which nobody says what became of them."""
    told = {outcome.document for outcome in report.outcomes if outcome.status in Status}
    for file in report.files:
        for document in file.documents:
            if document.number not in told:
                yield f"document {document.number} is lost"
        if file.documents[-1].span.end > len(file.source.text):
            yield "a document ends behind the text"


VIEW = View(False, 100)
RULES = select("pedantic")


def work(task: Task) -> tuple[Counter[str], list[Trouble]]:
    """Checks the mutants of a task."""
    chance, tally, troubles = random.Random(task.seed), Counter[str](), list[Trouble]()  # noqa: S311 - no secrets
    signal.signal(signal.SIGALRM, stop)
    for _ in range(task.count):
        text = mutate(piece(Path(chance.choice(task.files)), chance), chance)
        signal.alarm(SECONDS)
        begun = time.process_time()
        try:
            wrong = list(checked(text, chance))
        except TooSlowError:
            wrong = [f"takes more than {SECONDS} s"]
        except Exception:
            wrong = [traceback.format_exc()]
        finally:
            signal.alarm(0)
        tally["slow" if time.process_time() - begun > 2 else "checked"] += 1
        for words in wrong:
            tally["wrong"] += 1
            troubles.append(Trouble(words.strip().splitlines()[-1], text, words))
    gc.collect()
    return tally, troubles


def stop(*_: object) -> None:
    """Ends what takes too long."""
    raise TooSlowError


def piece(path: Path, chance: random.Random) -> str:
    """The text of a file, or some lines of a large one."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if len(text) <= LARGEST:
        return text
    start = text.find("\n", chance.randrange(len(text) - LARGEST)) + 1
    return text[start : start + LARGEST]


def keep(trouble: Trouble, known: dict[str, Trouble], folder: Path | None) -> None:
    """Keeps the smallest mutant of each kind of trouble, at once: a run that is stopped has told what it found."""
    if trouble.what in known and len(known[trouble.what].text) <= len(trouble.text):
        return
    known[trouble.what] = trouble
    if folder:
        number = list(known).index(trouble.what) + 1
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.yaml").write_bytes(trouble.text.encode("utf-8", "surrogatepass"))
        (folder / f"{number}.txt").write_text(trouble.words, encoding="utf-8")


def tasks(arguments: argparse.Namespace, files: list[str]) -> Iterator[Task]:
    """All mutants in pieces."""
    for number in range(0, arguments.mutants, BATCH):
        yield Task(files, arguments.seed * 1_000_003 + number, min(BATCH, arguments.mutants - number))


def main() -> int:
    """Runs the mutants; prints the tally."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mutants", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    files = sorted(str(path) for path in arguments.folder.rglob("*.y*ml") if path.is_file())
    tally, troubles = Counter[str](), dict[str, Trouble]()
    with ProcessPoolExecutor(arguments.jobs, max_tasks_per_child=20) as pool:
        for counted, found in pool.map(work, tasks(arguments, files)):
            tally += counted
            for trouble in found:
                keep(trouble, troubles, arguments.keep)
            print(f"\r{tally['checked'] + tally['slow']:,} mutants, {tally['wrong']} wrong", end="", flush=True)
    whole = f"{tally['checked'] + tally['slow']:,} mutants of {len(files)} files"
    print(f"\r{whole}: {tally['wrong']} wrong, {tally['slow']} slow")
    for what, trouble in troubles.items():
        print(f"{what}\n{trouble.words if not arguments.keep else ''}")
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
