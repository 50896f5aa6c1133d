"""How many Pods a PodDisruptionBudget lets an eviction take."""

from kexplain.objects.visit import Visit
from kexplain.values.rollouts import Amount, parse_amount

AT = ("policy/v1 PodDisruptionBudgetSpec.maxUnavailable", "policy/v1 PodDisruptionBudgetSpec.minAvailable")

NOTHING = "The budget protects nothing: every Pod may be evicted at once."
EVERYTHING = "No Pod may be evicted, so draining a node waits until somebody steps in."


def explain(visit: Visit) -> str:
    """When an eviction is refused."""
    amount = parse_amount(visit.value)
    if amount is None:
        return ""
    whole = amount.percent and amount.number == 100
    if visit.name == "minAvailable":
        if amount.number == 0 or whole:
            return EVERYTHING if whole else NOTHING
        return f"An eviction must leave {which(amount)} healthy."
    if amount.number == 0 or whole:
        return NOTHING if whole else EVERYTHING
    return f"No eviction while {which(amount)} {'is' if amount == (1, False) else 'are'} unavailable."


def which(amount: Amount) -> str:
    """The Pods an amount means; a percentage is one of what the controllers of the Pods want."""
    if amount.percent:
        return f"{amount.number} % of the Pods wanted, rounded up,"
    return f"{amount.number:,} of the selected Pods"
