"""A metric of autoscaling/v2beta1 as autoscaling/v2 has it: what is measured, and the target, stand apart."""

from typing import Any

AVERAGE = {"targetAverageUtilization": ("Utilization", "averageUtilization"),
           "targetAverageValue": ("AverageValue", "averageValue"), "targetValue": ("Value", "value")}  # fmt: skip


def metric(old: dict[str, Any]) -> dict[str, Any] | None:
    """One metric; None where it is none that v2beta1 knows."""
    kind = old.get("type")
    field = {"Resource": "resource", "ContainerResource": "containerResource", "Pods": "pods", "Object": "object",
             "External": "external"}.get(str(kind), "")  # fmt: skip
    source = old.get(field)
    if not isinstance(source, dict) or old.keys() != {"type", field}:
        return None
    new = source_of(field, dict(source))
    return None if new is None else {"type": kind, field: new}


def source_of(field: str, old: dict[str, Any]) -> dict[str, Any] | None:
    """Where a metric comes from, with its target."""
    new: dict[str, Any] = {}
    if field in {"resource", "containerResource"}:
        new = {name: old.pop(name) for name in ("name", "container") if name in old}
    else:
        new["metric"] = {"name": old.pop("metricName", None)}
        selector = old.pop("metricSelector" if field == "external" else "selector", None)
        if selector:
            new["metric"]["selector"] = selector
    if field == "object":
        new["describedObject"] = old.pop("target", None)
        if "averageValue" in old:
            old["targetAverageValue"] = old.pop("averageValue")
            old.pop("targetValue", None)
    goals = [(name, old.pop(name)) for name in AVERAGE if name in old]
    if old or len(goals) != 1 or None in new.values() or new.get("metric", {}).get("name", "") is None:
        return None
    type_, name = AVERAGE[goals[0][0]]
    return {**new, "target": {"type": type_, name: goals[0][1]}}
