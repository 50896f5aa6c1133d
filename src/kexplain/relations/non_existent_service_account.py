"""non-existent-service-account: Pods that want to be somebody who is not there."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A Pod's ServiceAccount, by either name of the field, that the run lacks; every namespace has ``default``."""
    for account in subject.accounts:
        name = account.written
        if name is not None and name != "default" and others.lacks("ServiceAccount", name, subject):
            yield Problem(account.spot, {"account": name})
