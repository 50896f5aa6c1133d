"""What a run leaves to the next one over nearly the same files: what judging each object brought."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from kexplain.objects.manifest import Manifest

if TYPE_CHECKING:
    from kexplain.syntax.source import Source

T = TypeVar("T")


class Memory(Generic[T]):
    """What was found for objects whose texts are the same.

    Whoever keeps it forgets where definitions or kustomizations changed: they decide what other objects are.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[int, int, int], tuple[Source, T]] = {}

    def judged(self, manifest: Manifest, file: int, judge: Callable[[], T]) -> T:
        """What judging an object of the file of that number brought, now or before."""
        key = id(manifest.source), manifest.root.start, file
        if key not in self._found:
            self._found[key] = manifest.source, judge()  # the source is kept, so that no other takes its identity
        return self._found[key][1]

    def copied(self) -> "Memory[T]":
        """One of its own with the same, for a run over texts that nobody keeps."""
        other: Memory[T] = Memory()
        other._found |= self._found
        return other

    def forget(self, source: "Source | None" = None) -> None:
        """Forgets what was found in a text, or everything."""
        for key in [key for key, (text, _) in self._found.items() if source in (None, text)]:
            del self._found[key]
