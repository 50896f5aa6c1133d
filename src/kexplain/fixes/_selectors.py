"""A selector that reaches no Pod, with the labels of those that were surely meant."""

from kexplain.fix import Fix, Path, Put, Rename, Target
from kexplain.syntax.change import Change
from kexplain.syntax.tree import Mapping, descend, plain_value


def reaching(target: Target) -> Fix | None:
    """What the nearest Pods have in place of what they lack; None where they have nothing like it."""
    selector = target.visit.node
    path: Path = target.path
    if isinstance(selector, Mapping) and "matchLabels" in selector.fields:
        selector, path = selector.fields["matchLabels"].value, (*path, "matchLabels")
    wanted, there = plain_value(selector), labels_there(target)
    if not isinstance(wanted, dict) or not there or target.rest:
        return None
    changes: list[Change] = []
    for name, value in wanted.items():
        other = next((key for key, has in there.items() if has == value and key not in wanted), None)
        if there.get(name) == value:
            continue
        if name in there:
            changes.append(Put((*path, name), there[name]))
        elif other is not None:
            changes.append(Rename((*path, name), other))
        else:
            return None
    return Fix("select the Pods of the nearest workload", tuple(changes)) if changes else None


def labels_there(target: Target) -> dict[str, str]:
    """The labels of the Pods of the object at the finding's second place."""
    for other in target.finding.related:
        file = target.files.get(other.place.path)
        for manifest in file.objects if file else ():
            named = manifest.metadata.get("name")
            if named is not None and file and file.source.place(named.start) == (other.place.line, other.place.column):
                pods = manifest.pod_templates
                labels = plain_value(descend(pods[0], "metadata", "labels")) if len(pods) == 1 else None
                return labels if isinstance(labels, dict) else {}
    return {}
