"""missing-persistent-volume-claim: a volume whose claim is not there."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem
from kexplain.relations._shared import missing


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A ``claimName`` that the run lacks and no StatefulSet of it makes."""
    for problem in missing("PersistentVolumeClaim", subject, others):
        if not is_of_stateful_set(str(problem.values["wanted"]), others):
            yield problem


def is_of_stateful_set(claim: str, others: Workspace) -> bool:
    """Whether a claim may come from ``volumeClaimTemplates``: TEMPLATE-NAME-NUMBER of a StatefulSet of the run."""
    rest, _, number = claim.rpartition("-")
    words = rest.split("-")
    owners = ("-".join(words[at:]) for at in range(1, len(words)))
    return number.isdecimal() and any(("StatefulSet", owner) in others.by_name for owner in owners)
