"""disallowed-priority-class: a PriorityClass that is not this team's to use."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context, *, allowed: list[str]) -> Iterator[Problem]:
    """A ``priorityClassName`` that is not in the list, where there is one."""
    if allowed and visit.text and visit.value is not None and visit.text not in allowed:
        yield Problem(visit)
