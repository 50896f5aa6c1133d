"""The files in which people tell Trivy what to let be: ``.trivyignore``, and the one in YAML with paths and days."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from kexplain.objects.suppression import day, has_ended
from kexplain.syntax.parse import parse
from kexplain.syntax.tree import descend, items, string

PLAIN, YAML, LARGEST = ".trivyignore", ".trivyignore.yaml", 1_000_000


class Ignored(NamedTuple):
    """A check that is let be, in which files (everywhere without any), and the reason to tell."""

    check: str
    paths: tuple[str, ...]
    why: str

    def covers(self, path: str) -> bool:
        """Whether a file is among those."""
        name = path.removeprefix("./")
        return not self.paths or any(fnmatchcase(name, pattern.removeprefix("./")) for pattern in self.paths)


def trivy_files() -> Iterator[Ignored]:
    """What the files of this folder let be and still holds. Source: Trivy's documentation of its ignore files."""
    for line in text_of(PLAIN).splitlines():
        words = line.partition("#")[0].split()
        until = next((day(word[4:]) for word in words[1:] if word.startswith("exp:")), None)
        if words and not has_ended(until):
            yield Ignored(words[0], (), f"trivy: listed in {PLAIN}")
    for document in parse(text_of(YAML)):
        for entry in items(descend(document.root, "misconfigurations")):
            check, reason = string(descend(entry, "id")), string(descend(entry, "statement"))
            if check and not has_ended(day(string(descend(entry, "expired_at")))):
                paths = tuple(string(path) for path in items(descend(entry, "paths")))
                yield Ignored(check, paths, f"trivy: {reason or f'listed in {YAML}'}")


def text_of(name: str) -> str:
    """The text of a file of this folder; empty where there is none."""
    try:
        with open(name, "rb") as file:
            return file.read(LARGEST).decode("utf-8", "replace")
    except OSError:
        return ""
