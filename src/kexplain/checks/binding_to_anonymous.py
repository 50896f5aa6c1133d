"""binding-to-anonymous: rights for whoever can reach the API server, without a login."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit

NOBODY = {("User", "system:anonymous"), ("Group", "system:unauthenticated")}
PUBLIC_ROLES = {"system:public-info-viewer", "system:service-account-issuer-discovery"}
"""Roles of the cluster itself that show nothing but its version, its health and its public keys."""


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A subject that stands for requests without credentials."""
    if visit.read("roleRef", "name") in PUBLIC_ROLES:
        return
    for index, _ in enumerate(visit.items("subjects")):
        subject = visit.child("subjects").child(str(index))
        if (subject.read("kind"), subject.read("name")) in NOBODY:
            role = visit.read("roleRef", "name") or "?"
            yield Problem(subject.child("name"), {"subject": subject.read("name"), "role": role})
