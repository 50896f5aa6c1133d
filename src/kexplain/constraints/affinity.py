"""Constraints of affinity terms that no general kind can say: label keys that stand in two places.

Source: pkg/apis/core/validation and pkg/registry/core/pod, as of Kubernetes 1.37.
"""

from collections.abc import Iterator

from kexplain.constraints.nodes import Violation, leaves, scalar_text
from kexplain.syntax.tree import Mapping, Node, descend, items


def keys_in_both(term: Mapping, arguments: str) -> Iterator[Violation]:
    """A label key that both matchLabelKeys and the expressions of the selector name."""
    wanted = {scalar_text(item) for item in items(term.get("matchLabelKeys"))}
    labels = descend(term, "labelSelector", "matchLabels")
    seen = set(labels.fields) if type(labels) is Mapping else set()
    for index, item in enumerate(items(descend(term, "labelSelector", "matchExpressions"))):
        key = scalar_text(descend(item, "key"))
        if key in wanted and key in seen:
            where = ("labelSelector", "matchExpressions", str(index), "key")
            yield Violation(where, f'"{key}" stands in matchLabelKeys and twice in labelSelector')
        seen.add(key)


def merged_keys(pod: Mapping, arguments: str) -> Iterator[Violation]:
    """A label key of the Pod that a term names in matchLabelKeys and selects by itself, so that it stands twice."""
    labels = descend(pod, "metadata", "labels")
    own = set(labels.fields) if type(labels) is Mapping else set()
    for side in ("podAffinity", "podAntiAffinity"):
        for name, inner in (("required", ()), ("preferred", ("podAffinityTerm",))):
            path = ("spec", "affinity", side, f"{name}DuringSchedulingIgnoredDuringExecution")
            for index, item in enumerate(items(descend(pod, *path))):
                for steps, node in leaves(descend(item, *inner), ("matchLabelKeys", "[]")):
                    key = scalar_text(node)
                    if key in own and key in selected_keys(descend(item, *inner, "labelSelector")):
                        what = f'"{key}" stands in matchLabelKeys and in labelSelector'
                        yield Violation((*path, str(index), *inner, *steps), what)


def selected_keys(selector: Node | None) -> set[str]:
    """The label keys that a selector names."""
    labels = descend(selector, "matchLabels")
    keys = {scalar_text(descend(item, "key")) for item in items(descend(selector, "matchExpressions"))}
    return keys | (set(labels.fields) if type(labels) is Mapping else set())
