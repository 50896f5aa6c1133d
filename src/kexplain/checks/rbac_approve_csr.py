"""rbac-approve-csr: a ClusterRole by which one can approve certificates."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.rbac import grant, names
from kexplain.objects.visit import Visit

GROUP = "certificates.k8s.io"


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A ClusterRole that approves certificate requests, unless it names signers and none of them is Kubernetes' own."""
    rules = [visit.child("rules").child(str(index)) for index, _ in enumerate(visit.items("rules"))]
    signers = [rule for rule in rules if grant(rule, GROUP, {"signers"}, {"approve"})]
    if signers and not any(is_open(rule) for rule in signers):
        return
    approvals = [grant(rule, GROUP, {"certificatesigningrequests/approval"}, {"update", "patch"}) for rule in rules]
    approvals += [grant(rule, GROUP, {"signers"}, {"approve"}) for rule in signers]
    found = next(filter(None, approvals), None)
    if found:
        yield Problem(found.resource, {"resource": found.resource.value, "verb": found.verb.value})


def is_open(rule: Visit) -> bool:
    """Whether a rule about signers covers all of them, or one of Kubernetes itself."""
    which = names(rule, "resourceNames")
    return not which or any(name.startswith("kubernetes.io/") for name in which)
