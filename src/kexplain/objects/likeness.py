"""Names that are one slip apart, found without comparing each with each: an index of what is left without a letter."""

from collections import defaultdict
from collections.abc import Iterable

SHORTEST = 4
"""Letters of a word in which one too many is a slip: ``db`` and ``dbs`` are two names. Another letter takes more."""
LONGEST = 253
"""Letters of the longest name there is; what is longer is compared with nothing."""
PAIRS = frozenset(
    {"east west", "http https", "grpc grpcs", "amqp amqps", "mqtt mqtts", "rest test", "head read", "dead read",
     "load lead", "core cors", "best test", "text test", "blue glue"}
)  # fmt: skip
"""Words one letter apart that both mean something, in the order of the alphabet."""


class Slips:
    """Names by what they look like. One look-up costs as much as its name is long."""

    def __init__(self, names: Iterable[str]) -> None:
        self.by_trace: dict[str, list[str]] = defaultdict(list)
        for name in names:
            for trace in traces(name):
                self.by_trace[trace].append(name)

    def of(self, name: str) -> list[str]:
        """The names that this one is a slip of, each once."""
        found = (known for trace in traces(name) for known in self.by_trace.get(trace, ())[:MANY])
        return [known for known in dict.fromkeys(found) if is_slip(name, known)]


MANY = 50
"""Names that may share one trace before the rest is left out."""


def traces(name: str) -> set[str]:
    """A name as it looks at a glance, and so with each of its letters gone."""
    if len(name) > LONGEST:
        return set()
    plain = folded(name)
    return {plain, *(plain[:at] + plain[at + 1 :] for at in range(len(plain)))}


def folded(name: str) -> str:
    """A name in lower case, without what stands between its words."""
    return name.lower().replace("-", "").replace("_", "").replace(".", "")


def is_slip(one: str, other: str) -> bool:
    """Whether one name looks like the other mistyped.

    One letter is too much, missing, another, or two have changed places; or only case and separators differ. Numbers
    tell siblings apart (``db-0``, ``v2``), and so do words of a letter or two, and words that are words both.
    """
    if one == other:
        return False
    if folded(one) == folded(other):
        return True
    low = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    high = 0
    while high < min(len(one), len(other)) - low and one[-1 - high] == other[-1 - high]:
        high += 1
    left, right = one[low : len(one) - high], other[low : len(other) - high]
    swapped = len(left) == 2 and left == right[::-1]
    if not swapped and (len(left) > 1 or len(right) > 1):
        return False
    if not (left + right).isalpha():
        return False
    words = sorted((word_at(one, low), word_at(other, low)))
    needed = SHORTEST + 1 if len(left) == len(right) == 1 else SHORTEST - 1
    return min(map(len, words)) >= needed and max(map(len, words)) >= SHORTEST and " ".join(words) not in PAIRS


def word_at(name: str, at: int) -> str:
    """The word of a name around a place."""
    start = max(name.rfind(mark, 0, at) for mark in "-_./") + 1
    ends = [end for mark in "-_./" if (end := name.find(mark, at)) >= 0]
    return name[start : min(ends, default=len(name))]
