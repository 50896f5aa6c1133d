"""above-resource-quota: a workload that alone asks for more than its namespace may have.

Source: pkg/quota/v1/evaluator/core and plugin/pkg/admission/resourcequota, as of Kubernetes 1.37.
"""

from collections.abc import Iterator

from kexplain.api.quantity import NANO
from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem, named_there
from kexplain.relations._bounds import bounded, in_its_namespace, together


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """What the Pods of one workload request, or their limits, above a ResourceQuota of the namespace."""
    quotas = list(in_its_namespace("ResourceQuota", subject, others)) if bounded(subject) else []
    number = others.fewest_replicas(subject) if quotas else None
    if number is None:
        return
    requests, limits = together(subject, "requests"), together(subject, "limits")
    needs = {**requests, **{f"requests.{name}": n for name, n in requests.items()}, "pods": NANO,
             **{f"limits.{name}": n for name, n in limits.items()}}  # fmt: skip
    for quota in quotas:
        for bound in quota.bounds:
            if needs.get(bound.resource, 0) * number > bound.number:
                values = {"number": number, "resource": bound.resource, "most": bound.text, "quota": quota.name}
                spot = subject.replicas.spot if subject.replicas and number > 1 else subject.templates[0].spot
                yield Problem(spot, values, (named_there(quota),))
                break
