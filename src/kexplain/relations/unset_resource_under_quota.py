"""unset-resource-under-quota: a container that does not say what the quota of its namespace counts.

Source: pkg/quota/v1/evaluator/core: podEvaluator.Constraints, as of Kubernetes 1.37.
"""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem, named_there
from kexplain.relations._bounds import in_its_namespace


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """Requests and limits of CPU and memory that a quota demands, and neither the container nor a LimitRange gives."""
    if not subject.builtin or len(subject.templates) != 1 or not any(one.unset for one in subject.containers):
        return
    ranges = (one for one in others.by_kind.get("LimitRange", ()) if others.together(one, subject))
    given = {pair for one in ranges for pair in one.gives}
    for quota in in_its_namespace("ResourceQuota", subject, others):
        counted = {bound.resource for bound in quota.bounds}
        for container in subject.containers:
            for lack in container.unset:
                names = {f"{lack.section}.{lack.resource}"} | ({lack.resource} if lack.section == "requests" else set())
                if names & counted and (lack.section, lack.resource) not in given and not lack.zero:
                    yield Problem(lack.spot, {"what": f"{lack.resource} {lack.section.removesuffix('s')}",
                                              "quota": quota.name}, (named_there(quota),))  # fmt: skip
