"""replicas-share-single-node-claim: several Pods for a volume that one node, or one Pod, can have."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem, named_there

POSITION = "core/v1 PersistentVolumeClaimVolumeSource.claimName"
WHO = {frozenset({"ReadWriteOnce"}): "node", frozenset({"ReadWriteOncePod"}): "Pod"}


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A claim of the run for one mount that a workload of several Pods names."""
    replicas = others.fewest_replicas(subject) if subject.replicas else None
    if replicas is None or replicas < 2:
        return
    for naming in subject.naming:
        if naming.position != POSITION:
            continue
        claims = others.nearest("PersistentVolumeClaim", naming.name, subject)
        if claims and all(one.access_modes in WHO for one in claims):
            values = {"replicas": replicas, "claim": naming.name, "who": WHO[claims[0].access_modes]}
            yield Problem(naming.spot, values, (named_there(claims[0]),))
