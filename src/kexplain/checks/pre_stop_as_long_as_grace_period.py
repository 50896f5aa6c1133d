"""pre-stop-as-long-as-grace-period: a hook after which the program has no time left to stop."""

import re
from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.pod import pod_spec
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import string

DEFAULT_GRACE = 30
SLEEP = r"(?:/(?:usr/)?bin/)?sleep (\d{1,6})s?"
SHELLS = frozenset({"sh", "bash", "ash", "dash"})


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A ``preStop`` that waits the whole grace period of the Pod or longer."""
    spec = pod_spec(visit)
    grace = spec.read("terminationGracePeriodSeconds") if spec else None
    grace = DEFAULT_GRACE if grace is None else grace
    seconds = waiting(visit)
    if seconds is not None and isinstance(grace, int) and not isinstance(grace, bool) and 0 < grace <= seconds:
        yield Problem(visit.child("lifecycle").child("preStop"), {"seconds": seconds, "grace": grace})


def waiting(container: Visit) -> int | None:
    """How long the hook is sure to take; None where that cannot be told."""
    slept = container.read("lifecycle", "preStop", "sleep", "seconds")
    if isinstance(slept, int) and not isinstance(slept, bool):
        return slept
    words = [string(item) for item in container.items("lifecycle", "preStop", "exec", "command")]
    if len(words) > 2 and words[0].rpartition("/")[2] in SHELLS and words[1] == "-c":
        script = words[2].strip()
    else:
        script = " ".join(words)
    match = re.match(SLEEP + r"\s*(?:$|[;&\n])", script)
    return int(match[1]) if match else None
