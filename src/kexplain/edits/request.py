"""What a suppression shall say: the reason why findings are accepted, and until when."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from kexplain.errors import InputError
from kexplain.objects.suppression import day, directives, has_ended
from kexplain.syntax.safe import clean


class RequestError(InputError):
    """A reason or a date that a suppression cannot hold; ``name`` says which of the two."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(f"{name}: {words}")
        self.name, self.words = name, words


class Request(NamedTuple):
    """What a suppression shall say."""

    reason: str
    until: date | None = None

    def comment(self, rules: Iterable[str]) -> str:
        """The comment for some rules."""
        end = f" (until {self.until})" if self.until else ""
        return f"# kexplain: ignore[{', '.join(rules)}] {self.reason}{end}"


def requested(reason: str, until: str | None = None) -> Request:
    """The reason and the date, held against what a comment can hold. Raises RequestError."""
    reason = reason.strip()
    if not reason or clean(reason) != reason or "\n" in reason or "\t" in reason:
        raise RequestError("reason", "a reason is one line of text")
    last = day(until) if until is not None else None
    if until is not None and (last is None or has_ended(last)):
        raise RequestError("until", f"{until!r} is not a day from today on; write it as 2027-03-31")
    request = Request(reason, last)
    read = [(words.reason, words.until) for _, words in directives(request.comment(["all"]))]
    if read != [(reason, last)]:
        raise RequestError("reason", "leave out ' # ', '# kexplain:' and '(until …)'")
    return request
