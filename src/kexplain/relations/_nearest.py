"""What a name or selector that finds nothing was meant to find. Without a near miss nobody knows that it is a mistake.

A manifest may well refer to what another repository, a person or a program makes. So in the default profile a reference
is called dangling only where the set cannot get the object otherwise, and holds one that it was surely meant for.
"""

from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import NamedTuple

from kexplain.api.provided import ANYBODY, is_provided, owners_by_label
from kexplain.api.references import Labels, Selector
from kexplain.objects.facts import Facts
from kexplain.objects.likeness import folded, is_slip
from kexplain.objects.pod_index import Neighbours, Pods
from kexplain.objects.workspace import Workspace, same_namespace
from kexplain.relation import Elsewhere, named_there

INSTEAD = {
    "Role": ("ClusterRole",), "ClusterRole": ("Role",),
    "Deployment": ("StatefulSet", "ReplicaSet"), "StatefulSet": ("Deployment",), "ReplicaSet": ("Deployment",),
}  # fmt: skip
"""Kinds that are mistaken for each other, where one of the other kind has the very name."""
MOST_LABELS = 16
"""Labels of a selector that is compared; no real one has more."""


class Lost(NamedTuple):
    """A reference that finds nothing: what is nearest to it, in words for the end of a message, and where that is."""

    nearest: str = ""
    elsewhere: tuple[Elsewhere, ...] = ()


def lost_name(kind: str, name: str, subject: Facts, others: Workspace) -> Lost | None:
    """What is to be said of a name that an object gives; None where the object is there or nobody can know."""
    if not others.is_missing(kind, name, subject):
        return None
    if others.complete is None and others.may_be_made(kind, subject):
        return None
    ways = (others.slips_of, partial(namesakes, others), partial(unused, others))
    near = next(chain.from_iterable(way(kind, name, subject) for way in ways), None)
    if near is None:
        return Lost() if others.complete else None
    return Lost(f'; the nearest is {near.kind} "{near.name}"', (named_there(near),))


def namesakes(others: Workspace, kind: str, name: str, subject: Facts) -> Iterator[Facts]:
    """The objects beside another one that have the name which it gives, and a kind that is mistaken for the other."""
    for other in INSTEAD.get(kind, ()):
        yield from (one for one in others.nearest(other, name, subject) if others.beside(one, subject))


def unused(others: Workspace, kind: str, name: str, subject: Facts) -> Iterator[Facts]:
    """The only object of a kind in the file of another one, if nobody names it and it begins like a name."""
    one = others.only_in_file(subject.path, kind)
    if one is None or (kind, one.name) in others.named or not same_namespace(one, subject):
        return
    if len(first_word(name)) >= FIRST and first_word(name) == first_word(one.name):
        yield one


def lost_pods(selector: Selector, subject: Facts, others: Workspace) -> Lost | None:
    """What is to be said of a selector; None where it selects everything, some Pods, or nobody can know."""
    if not selector.asks or others.complete is False or others.selects(selector, subject):
        return None
    if is_known_elsewhere(selector, subject, others):
        return None
    if others.complete is None and others.may_be_made("Pod", subject):
        return None
    near = nearest_pods(selector, subject, others)
    if near is None:
        return Lost() if others.complete else None
    differs = near_words(selector.labels, near.labels)
    return Lost(f'; the nearest is {near.owner.kind} "{near.owner.name}": {differs}', (named_there(near.owner),))


def is_known_elsewhere(selector: Selector, subject: Facts, others: Workspace) -> bool:
    """Whether a selector asks for Pods that come with a cluster or a custom object, or for labels of a controller."""
    pairs = selector.labels.items()
    if any(is_provided("Pod", f"{key}={value}", subject.namespace) for key, value in pairs):
        return True
    if any(owner[0] == ANYBODY for pair in pairs for owner in owners_by_label(*pair)):
        return True
    return bool(pairs) and all(others.mentions("Pod", value) for _, value in pairs)


def near_words(wanted: Labels, there: Labels) -> str:
    """What Pods have in place of what is asked for: ``app=web, not app=website``."""
    lacking = [(key, value) for key, value in wanted.items() if there.get(key) != value]
    said = []
    for key, value in lacking:
        other = key if key in there else key_of(value, wanted, there)
        said.append(f"{other}={there[other]}, not {key}={value}" if other else f"no {key}={value}")
    return "; ".join(said)


def key_of(value: str, wanted: Labels, there: Labels) -> str:
    """The label by which Pods have a value that is asked for under another; empty where there is none."""
    return next((key for key, has in there.items() if has == value and key not in wanted), "")


def nearest_pods(selector: Selector, subject: Facts, others: Workspace) -> Pods | None:
    """The Pods beside an object that its selector was surely meant for; None where none are."""
    if not selector.valid or not 0 < len(selector.labels) <= MOST_LABELS:
        return None
    neighbours = others.neighbours(subject)
    for row in neighbours.likely(selector, subject):
        if same_namespace(row.owner, subject) and is_near(selector.labels, row, subject, neighbours, others):
            return row
    return None


def is_near(wanted: Labels, row: Pods, subject: Facts, neighbours: Neighbours, others: Workspace) -> bool:
    """Whether Pods were surely meant: their owner has the labels itself, or they lack one for a reason we know."""
    lacking = [(key, value) for key, value in wanted.items() if row.labels.get(key) != value]
    if lacking and row.owner.kind != "Pod" and wanted.items() <= row.owner.labels.items():
        return True
    if len(lacking) != 1:
        return False
    ((key, value),) = lacking
    is_named = row.owner.name in {subject.name, value}
    if key in row.labels:
        has = row.labels[key]
        if is_slip(value, has):
            return True
        return not is_sibling(value, has) and (is_named or is_alone(row, subject, neighbours, others))
    other = key_of(value, wanted, row.labels)
    if other:
        return is_named or len(wanted) > 1 or is_slip(key, other)
    return is_named and len(wanted) > 1 and "/" not in key


def is_sibling(one: str, other: str) -> bool:
    """Whether two values are the same but for numbers, as those of two versions or members are."""
    return sans_numbers(one) == sans_numbers(other)


def sans_numbers(value: str) -> str:
    """A value without its numbers, and the ``v`` of a version."""
    return folded("".join(char for char in value if not char.isdecimal())).removesuffix("v")


def is_alone(row: Pods, subject: Facts, neighbours: Neighbours, others: Workspace) -> bool:
    """Whether an object and a workload stand in one file, alone of their kinds, with names that begin alike.

    A policy is often written with a client of the Pods that it protects, and a workload that another object of the kind
    selects has what it needs.
    """
    if subject.kind == "NetworkPolicy" or row.owner.path != subject.path:
        return False
    first = first_word(subject.name)
    return (
        len(first) >= FIRST
        and first == first_word(row.owner.name)
        and len(neighbours.by_file[subject.path]) == 1
        and others.only_in_file(subject.path, subject.kind) is subject
        and next(others.selecting(subject.kind, row.owner), None) is None
    )


FIRST = 3
"""Letters of the first word of a name that tell whom it is about."""


def first_word(name: str) -> str:
    """A name up to its first dash."""
    return name.partition("-")[0]
