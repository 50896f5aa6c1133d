"""Rollouts of a Deployment whose number of Pods an autoscaler sets."""

from kexplain.catalogue.value import Near
from kexplain.objects.visit import Visit
from kexplain.values._shared import fit, shown
from kexplain.values.rollouts import parse_amount

AT = ("apps/v1 RollingUpdateDeployment.maxSurge", "apps/v1 RollingUpdateDeployment.maxUnavailable")


def relate(visit: Visit, near: Near) -> str:
    """What the value allows of the Pods that the autoscaler wants; empty where there is none, or for a plain number."""
    scaler = next(iter(near.workspace.scalers(near.facts)), None)
    amount = parse_amount(visit.value)
    if scaler is None or scaler.scaler is None or amount is None:
        return ""
    surge = visit.name == "maxSurge"
    if not amount.percent or amount.number == 0:
        number = f"{amount.number:,} Pod{'' if amount.number == 1 else 's'}"
        return (
            f"During a rollout up to {number} {'more may exist' if surge else 'may be unavailable'}."
            if amount.number
            else ""
        )
    fewest = f", at least {scaler.scaler.fewest}" if scaler.scaler.fewest else ""
    wants = (
        f"of the Pods that {shown(scaler.name) or 'the autoscaler'} wants{fewest}, rounded {'up' if surge else 'down'}"
    )
    may = f"may be {'added' if surge else 'missing'}"
    return fit(f"In a rollout {amount.number} % {wants}, {may}.", f"In a rollout {amount.number} % of them {may}.")
