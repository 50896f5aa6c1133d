"""non-existent-service-account: Pods that want to be somebody who is not there."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem
from kexplain.relations._nearest import lost_name
from kexplain.relations._shared import missing


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A Pod's ServiceAccount, by either name of the field, that the run lacks; every namespace has ``default``."""
    for account in subject.accounts:
        name = account.written
        lost = None if name is None else lost_name("ServiceAccount", name, subject, others)
        if lost:
            yield Problem(account.spot, {"account": name, "nearest": lost.nearest}, lost.elsewhere)
    for problem in () if subject.builtin else missing("ServiceAccount", subject, others):
        yield problem._replace(values={**problem.values, "account": problem.values["wanted"]})
