"""hard-coded-secret-in-env: an environment variable with a credential written into the manifest."""

from collections.abc import Iterator

from kexplain.objects.collect import mark_of
from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace, same_namespace
from kexplain.relation import Problem


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A literal ``value`` that is a credential by its own form, or by the name of the variable.

    A value that is the name of a Secret of the run is none.
    """
    for found in subject.credentials:
        if not is_name_of_secret(found.mark, subject, others):
            yield Problem(found.spot, {"variable": found.variable, "what": found.what})


def is_name_of_secret(mark: int, subject: Facts, others: Workspace) -> bool:
    """Whether a Secret of the run has the name that a value with that mark is."""
    return any(mark_of(one.name) == mark and same_namespace(one, subject) for one in others.by_kind.get("Secret", ()))
