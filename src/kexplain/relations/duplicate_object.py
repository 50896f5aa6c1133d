"""duplicate-object: one object that two documents describe, of which the later wins."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem, named_there


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """An object of the same group, kind, namespace and name as one further up in its folder."""
    if subject.name_spot == subject.root:
        return
    place = (subject.file, subject.document)
    for other in others.by_name.get((subject.kind, subject.name), ()):
        same = other.group == subject.group and other.namespace == subject.namespace
        if same and (other.file, other.document) < place and meant_together(other, subject, others):
            where = other.path.rpartition("/")[2] if other.file != subject.file else f"document {other.document}"
            yield Problem(subject.name_spot, {"where": where}, (named_there(other),))
            return


def meant_together(other: Facts, subject: Facts, others: Workspace) -> bool:
    """Whether both are surely applied: in one file, in a complete set, or in one folder and for one real namespace.

    Files that name no namespace, or whose own names begin alike, are often alternatives, of which somebody picks one.
    """
    if other.file == subject.file or others.complete:
        return True
    return other.folder == subject.folder and bool(subject.namespace) and word(other) != word(subject)


def word(one: Facts) -> str:
    """The first word of the name of an object's file."""
    name = one.path.rpartition("/")[2]
    return name.replace("_", "-").replace(".", "-").partition("-")[0]
