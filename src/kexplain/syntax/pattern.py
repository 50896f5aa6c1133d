"""Patterns as the API server matches them (RE2), in time that grows with the text, whoever wrote the pattern.

A pattern that cannot run away goes to ``re``. Any other is run on all its states at once, as RE2 does it.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, NamedTuple

MOST_STATES = 4000
MOST_STEPS = 1_000_000
"""A match that would take more is not tried."""
POSIX = {"alnum": "0-9A-Za-z", "alpha": "A-Za-z", "digit": "0-9", "lower": "a-z", "upper": "A-Z", "space": r"\s",
         "xdigit": "0-9A-Fa-f", "word": r"\w", "punct": r"!-/:-@\[-`{-~", "print": " -~", "graph": "!-~"}  # fmt: skip
PIECES = re.compile(r"\\Q.*?(?:\\E|$)|\\[\s\S]|\[\[?\^?:?|\]|\$|[^\\\[\]$]+")


def matches(pattern: str, text: str) -> bool | None:
    """Whether a text has a match of the pattern in it; None where that cannot be told."""
    program = compiled(pattern)
    if program is None:
        return None
    if program.loops <= 1 or (program.loops < 9 and len(text) ** program.loops <= MOST_STEPS):
        return program.expression.search(text) is not None
    return run(program.steps, text) if len(program.steps) * len(text) <= MOST_STEPS else None


class Step(NamedTuple):
    """One state of a pattern: what it takes (a character, a place, nothing), and where it goes on."""

    takes: "Callable[[str], Any] | None"
    place: str
    next: tuple[int, ...]


class Program(NamedTuple):
    """A compiled pattern; ``loops`` says how a backtracking match may grow with the text: its power, 9 for worse."""

    expression: "re.Pattern[str]"
    steps: list[Step]
    loops: int


@lru_cache(maxsize=2048)
def compiled(pattern: str) -> Program | None:
    """The program of an RE2 pattern; None for one that Python cannot read the same way, or that is too large."""
    import re._parser as parser  # type: ignore[import-not-found]  # the only way to a pattern's structure

    try:
        expression = re.compile(translated(pattern), re.ASCII)
        tree = parser.parse(translated(pattern), re.ASCII)
        if expression.flags & (re.MULTILINE | re.VERBOSE):
            return None
        loops = loops_of(tree)
        builder = Builder(expression.flags)
        if loops > 1:
            builder.add(tree)
    except (re.error, RecursionError, OverflowError, UnsupportedError):
        return None
    return Program(expression, [*builder.steps, Step(None, "match", ())], loops)


class UnsupportedError(Exception):
    """A construct that RE2 does not have, or a pattern of too many states."""


def translated(pattern: str) -> str:
    """An RE2 pattern as Python writes it: the end of the text, literal runs, POSIX classes. Raises UnsupportedError."""
    if flags := re.match(r"\^\(\?[ims]+\)", pattern):  # Python wants flags first
        pattern = f"{flags[0][1:]}^{pattern[flags.end() :]}"
    parts, inside = [], False
    for piece in PIECES.findall(pattern):
        if piece.startswith("\\Q"):
            parts.append(re.escape(piece[2:].removesuffix("\\E")))
        elif piece in {r"\z", "$"} and not inside:
            parts.append(r"\Z")
        elif piece[0] == "\\" and piece[1] in "pPCzZXkGK1234567890":
            raise UnsupportedError
        elif piece[0] == "[" and not inside:
            inside = True
            parts.append(piece)
        elif piece == "]":
            inside = False
            parts.append(piece)
        else:
            parts.append(piece)
    text = "".join(parts)
    for name, members in POSIX.items():
        text = text.replace(f"[:{name}:]", members)
    if "[:" in text and ":]" in text:
        raise UnsupportedError
    return text


def loops_of(tree: Iterable[Any], *, inside: bool = False) -> int:
    """How many loops follow each other; 9 where a loop or a choice stands in a loop."""
    total = 0
    for operation, argument in tree:
        name = str(operation)
        if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            low, high, below = argument
            if inside and (high > 1 or low != high):
                return 9
            total += (1 if high > 20 else 0) + loops_of(below, inside=inside or high > 1)
        elif name == "BRANCH":
            if inside:
                return 9
            total += max(loops_of(branch, inside=inside) for branch in argument[1])
        elif name == "SUBPATTERN":
            total += loops_of(argument[3], inside=inside)
    return min(total, 9)


class Builder:
    """Turns the parsed tree into steps; each part goes on at the step after its last."""

    def __init__(self, flags: int) -> None:
        self.steps: list[Step] = []
        self.flags = flags & (re.IGNORECASE | re.DOTALL | re.ASCII)

    def add(self, tree: Iterable[Any]) -> None:
        """Adds the steps of a sequence. Raises UnsupportedError."""
        for operation, argument in tree:
            getattr(self, f"add_{str(operation).lower()}", self.refuse)(argument)
            if len(self.steps) > MOST_STATES:
                raise UnsupportedError

    def refuse(self, _: Any) -> None:
        """A construct that RE2 does not have."""
        raise UnsupportedError

    def take(self, expression: str) -> None:
        """A step that takes one character."""
        self.steps.append(Step(re.compile(expression, self.flags).fullmatch, "", (len(self.steps) + 1,)))

    def add_literal(self, code: int) -> None:
        """One character."""
        self.take(re.escape(chr(code)))

    def add_not_literal(self, code: int) -> None:
        """Any character but one."""
        self.take(f"[^{re.escape(chr(code))}]")

    def add_any(self, _: Any) -> None:
        """Any character."""
        self.take(".")

    def add_in(self, members: list[Any]) -> None:
        """A class of characters."""
        self.take(f"[{''.join(map(member, members))}]")

    def add_at(self, place: Any) -> None:
        """A place between characters."""
        self.steps.append(Step(None, str(place), (len(self.steps) + 1,)))

    def add_subpattern(self, argument: Any) -> None:
        """A group; flags of its own are not followed."""
        if argument[1] or argument[2]:
            raise UnsupportedError
        self.add(argument[3])

    def add_branch(self, argument: Any) -> None:
        """One of several."""
        fork, ends = len(self.steps), []
        self.steps.append(Step(None, "", ()))
        starts = []
        for branch in argument[1]:
            starts.append(len(self.steps))
            self.add(branch)
            ends.append(len(self.steps))
            self.steps.append(Step(None, "", ()))
        self.steps[fork] = Step(None, "", tuple(starts))
        for end in ends:
            self.steps[end] = Step(None, "", (len(self.steps),))

    def add_max_repeat(self, argument: Any) -> None:
        """A part that repeats: its least number of times, then more, or a loop."""
        low, high, below = argument
        for _ in range(low):
            self.add(below)
        if high > MOST_STATES:
            fork = len(self.steps)
            self.steps.append(Step(None, "", ()))
            self.add(below)
            self.steps.append(Step(None, "", (fork,)))
            self.steps[fork] = Step(None, "", (fork + 1, len(self.steps)))
            return
        forks = []
        for _ in range(high - low):
            forks.append(len(self.steps))
            self.steps.append(Step(None, "", ()))
            self.add(below)
        for fork in forks:
            self.steps[fork] = Step(None, "", (fork + 1, len(self.steps)))

    add_min_repeat = add_max_repeat


def member(argument: tuple[Any, Any]) -> str:
    """One member of a class, as it is written in one."""
    operation, value = argument
    name = str(operation)
    if name == "NEGATE":
        return "^"
    if name == "LITERAL":
        return re.escape(chr(value))
    if name == "RANGE":
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    letter = str(value).rpartition("_")[2][0].lower()
    return f"\\{letter.upper() if '_NOT_' in str(value) else letter}"


def run(steps: list[Step], text: str) -> bool:
    """Whether the steps, begun at any character, come to their end: all of them are followed at once."""
    current: set[int] = set()
    for index in range(len(text) + 1):
        if follow(0, steps, text, index, current) or len(steps) - 1 in current:
            return True
        if index == len(text):
            break
        reached: set[int] = set()
        for state in current:
            takes = steps[state].takes
            if takes is not None and takes(text[index]) and follow(state + 1, steps, text, index + 1, reached):
                return True
        current = reached
    return False


def follow(state: int, steps: list[Step], text: str, index: int, found: set[int]) -> bool:
    """Adds the states that are reached without a character; true where the end is among them."""
    waiting = [state]
    while waiting:
        state = waiting.pop()
        if state in found:
            continue
        found.add(state)
        step = steps[state]
        if step.place == "match":
            return True
        if step.takes is None and (not step.place or at_place(step.place, text, index)):
            waiting += step.next
    return False


def at_place(place: str, text: str, index: int) -> bool:
    """Whether a place between characters is of that sort."""
    if place in {"AT_BEGINNING", "AT_BEGINNING_STRING"}:
        return index == 0
    if place in {"AT_END_STRING", "AT_END"}:
        return index == len(text)
    words = [0 <= i < len(text) and bool(re.match(r"\w", text[i], re.ASCII)) for i in (index - 1, index)]
    return (words[0] != words[1]) == (place == "AT_BOUNDARY")
