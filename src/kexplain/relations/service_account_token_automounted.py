"""service-account-token-automounted: a Pod that gets credentials for the Kubernetes API unasked."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A Pod for which neither it nor its ServiceAccount says ``automountServiceAccountToken: false``."""
    for account in subject.accounts:
        if others.mounts_token(account, subject):
            yield Problem(account.token_spot, {"account": account.name})
