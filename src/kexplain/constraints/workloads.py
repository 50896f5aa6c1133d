"""Constraints of workloads and autoscalers that no general kind can say.

Source: pkg/apis/apps/validation, pkg/apis/batch/validation and pkg/apis/autoscaling/validation, as of Kubernetes 1.37.
"""

import re
from collections.abc import Iterator

from kexplain.constraints.names import dns_label
from kexplain.constraints.nodes import (
    Violation,
    is_filled,
    is_set,
    items_of,
    scalar_text,
    shown,
    unresolved,
    value_at,
    whole,
)
from kexplain.syntax.tree import Mapping, Node, Scalar, descend

METRICS = {"Object": "object", "Pods": "pods", "Resource": "resource", "External": "external",
           "ContainerResource": "containerResource"}  # fmt: skip
OWN_LABELS = ("controller-uid", "batch.kubernetes.io/controller-uid")
LONGEST_INDEXES = 65536


def parts(node: Node | None, default: int) -> int | None:
    """A number of Pods, or the number before a per cent sign; None for what is neither."""
    if type(node) is not Scalar or node.value is None:
        return default
    number = whole(node)
    if number is not None:
        return number
    match = re.fullmatch("([0-9]{1,9})%", node.value) if type(node.value) is str else None
    return int(match[1]) if match else None


def no_movement(update: Mapping, arguments: str) -> Iterator[Violation]:
    """A rolling update that may neither add nor take a Pod."""
    if parts(update.get("maxUnavailable"), 25) == 0 and parts(update.get("maxSurge"), 25) == 0:
        yield Violation(("maxUnavailable",), "maxUnavailable and maxSurge are both 0, so no Pod could be replaced")


def one_movement(update: Mapping, arguments: str) -> Iterator[Violation]:
    """A rolling update of a DaemonSet: it adds or it takes, not both and not neither."""
    gone, more = parts(update.get("maxUnavailable"), 1), parts(update.get("maxSurge"), 0)
    if gone is None or more is None:
        return
    if gone and more:
        what = "maxSurge needs maxUnavailable: 0 beside it, and a DaemonSet has 1 by default"
        yield Violation(("maxSurge",), what)
    elif not gone and not more:
        yield Violation(("maxUnavailable",), "maxUnavailable and maxSurge are both 0, so no Pod could be replaced")


def progress_deadline(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """A deadline for progress that ends before a Pod counts as available."""
    deadline, ready = spec.get("progressDeadlineSeconds"), spec.get("minReadySeconds")
    least = whole(ready) or 0
    most = whole(deadline) if is_set(deadline) else 600
    if most is not None and most <= least and most >= 0:
        where = ("progressDeadlineSeconds",) if is_set(deadline) else ("minReadySeconds",)
        yield Violation(where, f"progressDeadlineSeconds {most} is not above minReadySeconds {least}")


def some_labels(selector: Mapping, arguments: str) -> Iterator[Violation]:
    """A selector that selects by nothing."""
    if not is_filled(selector.get("matchLabels")) and not is_filled(selector.get("matchExpressions")):
        yield Violation((), "the selector is empty, and would take every Pod", at_key=True)


def controller_selector(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """A ReplicationController without a selector takes the labels of its template; it needs either."""
    if not is_filled(spec.get("selector")) and not is_filled(descend(spec, "template", "metadata", "labels")):
        yield Violation((), "there is neither a selector nor are there labels of the template", missing="selector")


def own_selector(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """A selector that a Job was given without manualSelector."""
    selector = spec.get("selector")
    filled = is_filled(descend(selector, "matchLabels")) or is_filled(descend(selector, "matchExpressions"))
    if filled and not unresolved(spec.get("manualSelector")):
        what = "a Job makes its own selector; this one stands without manualSelector: true"
        yield Violation(("selector",), what, at_key=True)


def indexed_name(job: Mapping, arguments: str) -> Iterator[Violation]:
    """The name of an Indexed Job with an index is the host name of its Pods."""
    spec, name = job.get("spec"), descend(job, "metadata", "name")
    completions = whole(descend(spec, "completions"))
    if value_at(job, ("spec", "completionMode")) != "Indexed" or not completions or completions < 1:
        return
    host = f"{scalar_text(name)}-{completions - 1}"
    if scalar_text(name) and not unresolved(name) and (wrong := dns_label(host)):
        reason = wrong.partition(";")[0]
        yield Violation(
            ("metadata", "name"),
            f'name {shown(name) if name else ""} makes the host name "{host}" of a Pod, which {reason}',
        )


def success_indexes(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """The indexes and counts of a success policy: within the Job's completions."""
    completions = whole(spec.get("completions")) or 0
    for number, rule in enumerate(items_of(spec, "successPolicy", "rules")):
        where = ("successPolicy", "rules", str(number))
        indexes, count = descend(rule, "succeededIndexes"), whole(descend(rule, "succeededCount"))
        total = completions
        if is_set(indexes) and not unresolved(indexes):
            total, wrong = count_indexes(scalar_text(indexes), completions)
            if wrong:
                yield Violation(
                    (*where, "succeededIndexes"), f"succeededIndexes {shown(indexes) if indexes else ''} {wrong}"
                )
                continue
        if count is not None and count > total:
            yield Violation(
                (*where, "succeededCount"), f"succeededCount {count} is above {total}, the number of indexes"
            )


def count_indexes(text: str, completions: int) -> tuple[int, str]:
    """How many indexes ``0,2-4`` means, and what is wrong with it."""
    total, last = 0, -1
    for part in text[:LONGEST_INDEXES].split(","):
        if not re.fullmatch("[0-9]{1,9}(-[0-9]{1,9})?", part):
            return 0, "is no list of indexes, such as 0,2-4"
        first, _, end = part.partition("-")
        low, high = int(first), int(end or first)
        if end and low >= high:
            return 0, f'has the range "{part}", which does not rise'
        if low <= last:
            return 0, "is not in rising order"
        if high >= completions:
            return 0, f"goes up to {high}, and the highest index is {completions - 1}"
        total, last = total + high - low + 1, high
    return total, ""


def scale_to_zero(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """minReplicas: 0 needs a metric that there is without Pods."""
    if not any(value_at(metric, ("type",)) in {"Object", "External"} for metric in items_of(spec, "metrics")):
        yield Violation(("minReplicas",), "minReplicas is 0, and no metric is of type Object or External")


def target_group(target: Mapping, arguments: str) -> Iterator[Violation]:
    """What is scaled is of a group; only a ReplicationController has none."""
    node, kind = target.get("apiVersion"), scalar_text(target.get("kind"))
    if "/" not in scalar_text(node) and kind != "ReplicationController" and not unresolved(node):
        where = ("apiVersion",) if is_set(node) else ()
        own = f"apiVersion {shown(node)}" if is_set(node) and node else "apiVersion"
        what = f"{own} of the target names no group; apps/v1 is that of a Deployment"
        yield Violation(where, what, missing="" if where else "apiVersion")


def own_labels(labels: Mapping, arguments: str) -> Iterator[Violation]:
    """Labels that a Job gives its Pods itself."""
    for key in OWN_LABELS:
        if is_set(labels.get(key)) and not unresolved(labels.get(key)):
            yield Violation((key,), f"the Job gives its Pods the label {key} itself", at_key=True)


def metric_source(metric: Mapping, arguments: str) -> Iterator[Violation]:
    """The source that the type of a metric names, and no other."""
    kind = value_at(metric, ("type",))
    wanted = METRICS.get(kind) if type(kind) is str else None
    if wanted is None:
        return
    if not is_set(metric.get(wanted)):
        yield Violation((), f"a metric of type {kind} has no {wanted}", missing=wanted)
    for name in METRICS.values():
        if name != wanted and is_set(metric.get(name)):
            yield Violation((name,), f"a metric of type {kind} may not have {name}", at_key=True)
