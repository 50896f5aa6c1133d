"""default-service-account: a Pod that shares the identity of its namespace."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A Pod that runs as the ServiceAccount ``default`` and gets its token."""
    for account in subject.accounts:
        if account.name == "default" and others.mounts_token(account, subject):
            yield Problem(account.spot)
