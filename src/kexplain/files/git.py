"""git: what differs between the work tree and a revision, and the texts of that revision. It is asked, never told.

No hook, textconv, external diff or file-system monitor is started, nothing is fetched and the index is not written.
Source: git's manual, git-diff(1) ("Raw output format", "Generating patch text with -p"), git-cat-file(1).
"""

import os
import re
import subprocess
from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import NamedTuple

from kexplain.errors import InputError
from kexplain.files import program
from kexplain.files.confines import is_below

OPTIONS = (
    "--no-optional-locks", "--no-pager", "-c", "core.quotePath=off", "-c", "core.fsmonitor=false",
    "-c", "diff.autoRefreshIndex=false", "-c", "protocol.allow=never",
    "-c", "safe.bareRepository=explicit",  # a folder of a commit may look like a repository, whose settings git obeys
)  # fmt: skip
DIFF = (
    "diff", "--raw", "--patch", "--no-abbrev", "--unified=0", "--inter-hunk-context=0", "--find-renames", "--text",
    "--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "--src-prefix=a/", "--dst-prefix=b/",
)  # fmt: skip
LARGEST = 256 * 1024**2
"""Bytes of one answer."""
PART = re.compile(
    rb"^(?:(?P<section>diff --git )"
    rb"|\+\+\+ (?P<path>.*)"
    rb"|@@ -\S+ \+(?P<first>\d+)(?:,(?P<count>\d+))? @@"
    rb"|:(?P<mode>\d+) \d+ (?P<blob>[0-9a-f]+) [0-9a-f]+ (?P<status>[A-Z])\d*"
    rb"\t(?P<one>[^\t\n]+)(?:\t(?P<other>[^\t\n]+))?$)",
    re.MULTILINE,
)
"""What is read of a diff. Lines of files stand behind an ``@@`` and begin with ``+``, ``-`` or a backslash."""
NO_BRANCH = re.compile(r"[~^:@{*?\[\s]|^[0-9a-f]{7,64}$|^HEAD$")
ESCAPE = re.compile(rb'\\([abtnvfr"\\]|[0-7]{3})')
ESCAPED = {b"a": b"\a", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f", b"r": b"\r"}


class GitError(InputError):
    """What git cannot answer, and what to do about it."""


class Change(NamedTuple):
    """A file that differs: its path, its path and blob in the revision, and the lines that are new.

    ``path`` is empty for a deleted file, ``before`` for an added one; ``blob`` also for what was a symbolic link.
    """

    path: str
    before: str
    blob: str
    lines: list[range]


class Repository:
    """The repository that a folder is in. All paths are relative to ``root``, with forward slashes."""

    def __init__(self, folder: str) -> None:
        """Raises GitError where there is none, or no git."""
        self.git = program.find("git")
        if not self.git:
            raise GitError("--diff-base needs git, which is not on the PATH")
        code, data, said = self._start(folder, "rev-parse", "--show-toplevel")
        if code:
            raise GitError(f"--diff-base needs a git repository, and {folder} is in none that git reads: {said}")
        self.root = os.path.realpath(os.fsdecode(data.removesuffix(b"\n")))
        self._nested: dict[str, bool] = {}

    def base(self, name: str) -> tuple[str, str]:
        """The commit that a revision and HEAD have in common, and a note where another had to be taken.

        Raises GitError for a name that git does not know.
        """
        if name.startswith("-") or "\0" in name:
            raise GitError(f"{name!r} is not a git revision; write one such as origin/main")
        code, data, _ = self._start(self.root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if code:
            raise GitError(f"git knows no revision {name!r} here; {self._mend(name)}")
        commit = data.decode().strip()
        code, data, _ = self._start(self.root, "merge-base", commit, "HEAD")
        if code or not data:
            told = "this clone does not reach back to a commit that it shares with HEAD"
            return (
                commit,
                f"compared with {name} itself: {told}; a full clone has it (fetch-depth: 0 in actions/checkout)",
            )
        return data.decode().split()[0], ""

    def _mend(self, name: str) -> str:
        """How to come by a revision."""
        remotes = os.fsdecode(self._ask("remote")).split()
        if not remotes:
            return "it has no remote to fetch it from; name a branch, tag or commit of this repository"
        if NO_BRANCH.search(name):
            return "fetch more of the history (`git fetch --unshallow`, or `fetch-depth: 0` in actions/checkout)"
        remote, _, branch = name.partition("/")
        if remote not in remotes or not branch:
            remote, branch = remotes[0], name
        fetch = f"git fetch --depth=1 {remote} {branch}:refs/remotes/{remote}/{branch}"
        elsewhere = "" if name == f"{remote}/{branch}" else f" and name it {remote}/{branch}"
        return f"fetch it (`{fetch}`{elsewhere}, or `fetch-depth: 0` in actions/checkout) or name another"

    def changes(self, commit: str, patterns: Iterable[str]) -> list[Change]:
        """The files that differ between a commit and the work tree, of those that patterns match. Raises GitError."""
        found: list[Change] = []
        now: dict[str, Change] = {}
        path, in_header = "", False
        for part in PART.finditer(self._ask(*DIFF, commit, "--", *patterns)):
            if part["status"]:
                change = change_of(part)
                found.append(change)
                now[change.path] = change
            elif part["section"]:
                path, in_header = "", True
            elif part["path"] is not None and in_header:
                path = unquoted(part["path"].removesuffix(b"\t")).removeprefix("b/")
            elif part["first"]:
                in_header = False
                first, count = int(part["first"]), int(part["count"] or 1)
                if path in now and count:
                    now[path].lines.append(range(first, first + count))
        return found

    def tracked(self, patterns: Iterable[str]) -> set[str]:
        """The files in the index, of those that patterns match."""
        return {os.fsdecode(name) for name in self._ask("ls-files", "-z", "--", *patterns).split(b"\0") if name}

    def texts(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """The contents of blobs. Raises GitError where one is not in this clone."""
        wanted = sorted(set(blobs))
        data = (
            self._ask("cat-file", "--batch", given="".join(f"{blob}\n" for blob in wanted).encode()) if wanted else b""
        )
        found, start = {}, 0
        while start < len(data):
            end = data.index(b"\n", start)
            blob, _, *size = data[start:end].split()
            if not size:
                raise GitError(f"this clone lacks what it names (blob {blob.decode()}); {PARTIAL}")
            found[blob.decode()] = data[end + 1 : end + 1 + int(size[0])]
            start = end + 2 + int(size[0])
        return found

    def name(self, path: str) -> str:
        """The path of a file of this machine in the repository; empty for one outside of it and for what is no file."""
        real = os.path.realpath(path)
        if not os.path.isfile(real) or not self.holds(real):
            return ""
        return os.path.relpath(real, self.root).replace(os.sep, "/")

    def holds(self, real: str) -> bool:
        """Whether a real path lies in the work tree."""
        return real == self.root or is_below(real, self.root)

    def is_nested(self, name: str) -> bool:
        """Whether a path of the repository lies in another one: a submodule, or a clone."""
        folder = name.rpartition("/")[0]
        if not folder:
            return False
        if folder not in self._nested:
            here = os.path.lexists(os.path.join(self.root, folder, ".git"))
            self._nested[folder] = here or self.is_nested(folder)
        return self._nested[folder]

    def _ask(self, *arguments: str, given: bytes = b"") -> bytes:
        """What git answers. Raises GitError where it fails."""
        code, data, said = self._start(self.root, *arguments, given=given)
        if code:
            partial = self._start(self.root, "config", "--get-regexp", r"^remote\..*\.promisor$")[1]
            raise GitError(f"git {arguments[0]} failed: {said}{f'; {PARTIAL}' if partial else ''}")
        return data

    def _start(self, folder: str, *arguments: str, given: bytes = b"") -> tuple[int, bytes, str]:
        """Runs git to its end: its exit code, what it wrote, and its first complaint. Raises GitError."""
        with TemporaryFile() as stdin:  # not a pipe: git may write before it has read all
            stdin.write(given)
            stdin.seek(0)
            try:
                process = subprocess.Popen(  # noqa: S603 - git from the PATH, without a shell
                    [self.git, *OPTIONS, *arguments], cwd=folder, stdin=stdin, stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE, start_new_session=True,
                )  # fmt: skip
            except OSError as error:
                raise GitError(f"git cannot be started: {error.strerror or error}") from error
            data, said, late = program.read(process, program.SECONDS, LARGEST)
        if late:
            raise GitError(f"git {arguments[0]} had not finished after {program.SECONDS} seconds")
        if len(data) > LARGEST:
            raise GitError(f"git {arguments[0]} wrote more than {LARGEST // 1024**2} MiB; name a nearer revision")
        words = re.sub(r"^(fatal|error): ", "", program.complaint(said) or f"exit code {process.returncode}")
        return process.returncode, data, words


PARTIAL = (
    "it is a partial clone, and kexplain fetches nothing: run `git diff --stat` with that revision first, which does, "
    "or clone without --filter"
)


def change_of(part: "re.Match[bytes]") -> Change:
    """A line of the raw part of a diff, as a change whose new lines are still to come."""
    status, one = part["status"], unquoted(part["one"])
    path = "" if status == b"D" else unquoted(part["other"]) if part["other"] else one
    is_file = part["mode"].startswith(b"100")
    return Change(path, "" if status == b"A" else one, part["blob"].decode() if is_file else "", [])


def unquoted(name: bytes) -> str:
    """A path as git writes it: in quotes, as C has them, where it holds quotes or control characters."""
    if name.startswith(b'"'):
        name = ESCAPE.sub(
            lambda m: ESCAPED.get(m[1]) or (bytes([int(m[1], 8)]) if m[1].isdigit() else m[1]), name[1:-1]
        )
    return os.fsdecode(name)
