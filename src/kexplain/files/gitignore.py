"""What a run leaves out: globs in the grammar of .gitignore, from ``--exclude`` and from git's own files.

Source of the grammar: git's manual, gitignore(5). Written here because the patterns come from strangers: one line of a
.gitignore such as ``*a*a*a*a*b`` keeps a matcher that is one regular expression busy for seconds on every file. Here a
name takes time in proportion to its length times the pattern's. Not understood: POSIX classes (``[[:digit:]]``) and
backslashes between brackets; a line with one matches nothing.
"""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

LARGEST_LIST = 256 * 1024
"""Bytes of a .gitignore; a longer one is not obeyed, so that what it names is checked."""
Names = tuple[str, ...]
Part = Callable[[str], object]
"""Whether it is about a name, as any truth."""


class Glob(NamedTuple):
    """One line: ``above`` is the folder that it is relative to, None where it holds at any depth.

    ``parts`` are what stands between its slashes, None for ``**``.
    """

    negated: bool
    folders_only: bool
    above: Names | None
    parts: tuple[Part | None, ...]


class Ignored:
    """What a run leaves out, of all that lies below the paths it was given.

    As in ruff and ripgrep, .gitignore files mean something inside a git repository only: those of the repository a file
    is in, from its root down to the file's folder, and ``.git/info/exclude`` (where ``.git`` is a folder). A repository
    below another has its own. Whether a file is tracked all the same is not looked at.
    """

    def __init__(self, exclude: Sequence[str] = (), *, gitignore: bool = True) -> None:
        self.here = names_of(os.path.abspath("."))
        lines = (re.sub(r"^(!?)\./", r"\1/", line) for line in exclude)
        self.exclude = globs(lines, self.here)
        self.anchored = [glob for glob in self.exclude if glob.above is not None]
        self.gitignore = gitignore
        self._rules: dict[str, tuple[Glob, ...] | None] = {}

    def within(self, folder: str, resolved: str = "") -> Callable[[str, bool], bool]:
        """For the entries of a folder: whether the one of a name, which is a folder or not, is left out.

        ``resolved`` is its real path, where that is known.
        """
        resolved = resolved or os.path.realpath(folder)
        rules = self.rules(resolved) if self.gitignore else None
        if not rules and not self.exclude:
            return lambda name, is_folder: False  # noqa: ARG005
        names, real = names_of(os.path.abspath(folder)), names_of(resolved)

        def left_out(name: str, is_folder: bool) -> bool:
            return hold(self.exclude, (*names, name), is_folder) or hold(rules or (), (*real, name), is_folder)

        return left_out

    def leaves_out(self, path: str) -> bool:
        """Whether a path is left out, or a folder above it: for paths that are named instead of found."""
        full = os.path.abspath(path)
        names, is_folder = names_of(full), os.path.isdir(full)
        if self.here[: len(names)] == names:  # the current folder, or one around it
            return False
        for end in range(len(names), 0, -1):
            is_around = self.here[:end] == names[:end]  # only what a configuration further up says is about those
            if hold(self.anchored if is_around else self.exclude, names[:end], is_folder or end < len(names)):
                return True
        if not self.gitignore:
            return False
        folder, name = os.path.realpath(os.path.dirname(full)), os.path.basename(full)
        while (rules := self.rules(folder)) is not None:
            if hold(rules, (*names_of(folder), name), is_folder):
                return True
            (folder, name), is_folder = os.path.split(folder), True
        return False

    def rules(self, folder: str) -> tuple[Glob, ...] | None:
        """What git ignores in a folder (a real path), the strongest last; None outside of a repository."""
        unknown = []
        while folder not in self._rules:
            unknown.append(folder)
            if os.path.lexists(os.path.join(folder, ".git")) or os.path.dirname(folder) == folder:
                break
            folder = os.path.dirname(folder)
        found = self._rules.get(folder)
        for inner in reversed(unknown):
            if os.path.lexists(os.path.join(inner, ".git")):
                found = tuple(globs(lines(os.path.join(inner, ".git", "info", "exclude")), names_of(inner)))
            if found is not None:
                found = (*found, *globs(lines(os.path.join(inner, ".gitignore")), names_of(inner)))
            self._rules[inner] = found
        return found


def hold(rules: Sequence[Glob], names: Names, is_folder: bool) -> bool:
    """Whether lines leave a path out: the last that is about it decides."""
    name = names[-1]
    for negated, folders_only, above, parts in reversed(rules):
        if folders_only and not is_folder:
            continue
        if above is None:
            found = parts[0] is None or parts[0](name)
        else:
            found = names[: len(above)] == above and fit(parts, names[len(above) :])
        if found:
            return not negated
    return False


def names_of(path: str) -> Names:
    """The names in an absolute path."""
    return tuple(name for name in path.split(os.sep) if name)


def lines(path: str) -> list[str]:
    """The lines of a .gitignore; none where there is no such file. As git, which follows no symbolic link there."""
    if os.path.islink(path) or not os.path.isfile(path):
        return []
    try:
        with open(path, encoding="utf-8-sig", errors="surrogateescape", newline="\n") as file:
            text = file.read(LARGEST_LIST + 1)
    except OSError:
        return []
    return [line.removesuffix("\r") for line in text.split("\n")] if len(text) <= LARGEST_LIST else []


def globs(given: Iterable[str], folder: Names) -> list[Glob]:
    """Lines that are relative to a folder, in their order."""
    return [glob for line in given if (glob := glob_of(line, folder)) is not None]


def glob_of(line: str, folder: Names) -> Glob | None:
    """One line as a glob; None where it says nothing."""
    if line.startswith("#"):
        return None
    negated = line.startswith("!")
    text = re.sub(r"(?<!\\)((?:\\\\)*) +$", r"\1", line[negated:])  # a backslash keeps a space at the end
    folders_only = text.endswith("/")
    text = text.removesuffix("/")
    texts = text.removeprefix("/").split("/")
    if not text or len(texts) > LONGEST or any(len(part) > LONGEST for part in texts):
        return None
    while texts[0] == ".." and folder:  # a configuration above the current folder
        folder, texts = folder[:-1], texts[1:]
    parts = [None if len(part) > 1 and not part.strip("*") else part_of(part) for part in texts]
    if "/" not in text:
        return Glob(negated, folders_only, None, tuple(parts))
    if parts[-1] is None:
        parts.append(bool)  # a folder's `/**` is what lies in it, not the folder
    return Glob(negated, folders_only, folder, tuple(parts))


LONGEST = 255
"""Characters of a name, and names of a path: no file system takes longer names."""


def part_of(text: str) -> Part:
    """What a name between two slashes is held against. What stands between two stars is sought once, from the left."""
    pieces = [""]
    for sign in SIGNS.findall(text):
        if sign[0] == "*":
            pieces.append("")
        elif sign in UNFINISHED or (sign[0] == "[" and "[:" in sign):
            return never
        else:
            pieces[-1] += one(sign)
    if not re.search(r"[*?[\\]", plain := text.lstrip("*")):  # most lines: a name, or how it ends
        return (lambda name: name.endswith(plain)) if plain != text else plain.__eq__
    first, *middle, last = pieces if len(pieces) > 1 else [*pieces, ""]
    star = ".*" if len(pieces) > 1 else ""
    expression = first + "".join(f"(?>.*?{piece})" for piece in middle) + star + last
    return re.compile(expression, re.DOTALL).fullmatch


def never(name: str) -> bool:  # noqa: ARG001
    """About no name."""
    return False


SIGNS = re.compile(r"\*+|\?|\\.|\[[!^]?\]?[^]\\]*\]|.", re.DOTALL)
UNFINISHED = ("[", "\\")


def one(sign: str) -> str:
    """The expression for what stands for one character."""
    if sign == "?":
        return "."
    if sign[0] != "[":
        return re.escape(sign[-1])
    negated = sign[1] in "!^"
    inner = ""
    for low, high in re.findall(r"(.)(?:-(.))?", sign[1 + negated : -1], re.DOTALL):
        inner += re.escape(low)
        if low <= high:  # of a range that runs backwards git takes the first
            inner += f"-{re.escape(high)}"
    return f"[{'^' * negated}{inner}]"


def fit(parts: Sequence[Part | None], names: Names) -> bool:
    """Whether parts are about names, all of them. After a ``**`` the first place that fits is as good as any other."""
    part = name = mark = 0
    star = -1
    while name < len(names):
        now = parts[part] if part < len(parts) else never
        if now is None:
            star, mark, part = part, name, part + 1
        elif now(names[name]):
            part, name = part + 1, name + 1
        elif star >= 0:
            mark += 1
            part, name = star + 1, mark
        else:
            return False
    return part == len(parts)
