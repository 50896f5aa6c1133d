"""Work on many objects, spread over processes: each judges a share of them and gives back what it found.

The others are forked once everything is read, so they have the objects already; what comes back are values without
trees. The result is that of one process, in the same order.
"""

import io
import os
import pickle
import signal
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import accumulate
from typing import Any, TypeVar

from kexplain.catalogue.rule import Rule
from kexplain.objects.reading import File
from kexplain.syntax.source import Source

T = TypeVar("T")
R = TypeVar("R")
LEAST = 250_000
"""Characters of YAML for each process: below, starting one takes longer than it spares; an estimate."""


def judged(
    work: Callable[[T], R], objects: Sequence[T], sizes: Iterable[int], jobs: int, shared: "Shared",
    track: Callable[[Any], Iterable[T]] = iter,
) -> list[R]:  # fmt: skip
    """What ``work`` gives for each object, in their order; ``sizes`` say how much work each is.

    Of a process that fails the work is done here, and raises what it raises. ``shared`` are taken as they are here.
    """
    own, *others = shares(list(sizes), jobs)
    children = [Child(work, objects[share], shared) for share in others]
    try:
        found = [work(one) for one in track(objects[own])]
        for child, share in zip(children, others, strict=True):
            given = child.result()
            found += [work(one) for one in objects[share]] if given is None else given
    finally:
        for child in children:
            child.end()
    return found


def shares(sizes: list[int], jobs: int) -> list[slice]:
    """Objects side by side in shares of about the same size, the first for this process; as many as pay."""
    total = sum(sizes)
    number = min(jobs or cores(), total // LEAST, len(sizes))
    if number < 2 or not may_fork():
        return [slice(None)]
    ends = list(accumulate(sizes))
    cuts = [next(i for i, end in enumerate(ends, 1) if end * number >= total * part) for part in range(1, number)]
    return [slice(low, high) for low, high in zip([0, *cuts], [*cuts, len(sizes)], strict=True)]


def may_fork() -> bool:
    """Whether this process can be forked: not on Windows, and not a program with threads, whose locks stay locked."""
    import threading  # here: small runs have no need of it

    return hasattr(os, "fork") and threading.active_count() == 1


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Shared:
    """Objects that both sides of a pipe have, by a key for each; all others are copied."""

    def __init__(self, kinds: tuple[type, ...], key: Callable[[Any], object], of_key: Callable[[Any], object]) -> None:
        self.kinds, self.key, self.of_key = kinds, key, of_key

    def packed(self, value: object) -> bytes:
        """A value as bytes, with keys for what both sides have."""
        out = io.BytesIO()
        pickler = Pickler(out, protocol=pickle.HIGHEST_PROTOCOL)
        pickler.shared = self
        pickler.dump(value)
        return out.getvalue()

    def unpacked(self, data: bytes) -> Any:
        """The value that bytes of our own process stand for. Raises ValueError and EOFError for part of it."""
        unpickler = Unpickler(io.BytesIO(data))
        unpickler.shared = self
        return unpickler.load()


def shared_by(files: list[File], rules: Mapping[str, Rule]) -> Shared:
    """What a finding names and no process copies: texts by their number, rules by id."""
    numbers = {id(file.source): number for number, file in enumerate(files)}
    return Shared(
        (Source, Rule),
        lambda one: one.id if isinstance(one, Rule) else numbers[id(one)],
        lambda key: rules[key] if isinstance(key, str) else files[key].source,
    )


class Pickler(pickle.Pickler):
    """Writes a key for what both sides have."""

    shared: Shared

    def persistent_id(self, obj: object) -> object:
        """Its key; None for what is copied."""
        return self.shared.key(obj) if isinstance(obj, self.shared.kinds) else None


class Unpickler(pickle.Unpickler):
    """Reads it again: what a fork of this very process wrote, and nothing else."""

    shared: Shared

    def persistent_load(self, pid: object) -> object:
        """What has that key here."""
        return self.shared.of_key(pid)


class Child:
    """A fork of this process that works on a share, and ends."""

    def __init__(self, work: Callable[[T], R], objects: Sequence[T], shared: Shared) -> None:
        self.shared = shared
        here, there = os.pipe()
        self.id = os.fork()
        if self.id == 0:  # in the child: nothing of the parent's may run from here on
            status = 1
            with suppress(BaseException):
                with open(there, "wb") as pipe:
                    pipe.write(shared.packed([work(one) for one in objects]))
                status = 0
            os._exit(status)
        os.close(there)
        self.pipe = open(here, "rb")  # noqa: SIM115 - ``end`` closes it

    def result(self) -> Any:
        """What the child found, when it is done; None where it failed."""
        data = self.pipe.read()
        process, self.id = self.id, 0
        return None if os.waitpid(process, 0)[1] else self.shared.unpacked(data)

    def end(self) -> None:
        """Ends a child whose result nobody waits for any more."""
        self.pipe.close()
        if self.id:
            with suppress(ProcessLookupError):
                os.kill(self.id, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(self.id, 0)
