"""Users and groups that processes run as, by number."""

from kexplain.objects.visit import Visit

AT = (
    "core/v1 PodSecurityContext.fsGroup",
    "core/v1 PodSecurityContext.runAsGroup",
    "core/v1 PodSecurityContext.runAsUser",
    "core/v1 PodSecurityContext.supplementalGroups[]",
    "core/v1 SecurityContext.runAsGroup",
    "core/v1 SecurityContext.runAsUser",
)

NOBODY = 65534
LARGEST = 2**31 - 1
"""Kubernetes takes no larger number."""


def explain(visit: Visit) -> str:
    """Who the number is."""
    number = visit.value
    if type(number) is not int or not 0 <= number <= LARGEST:
        return ""
    field = visit.position.rpartition(".")[2]
    if field == "runAsUser":
        known = {0: "0 is root.", NOBODY: "65534 is nobody, by convention."}
        return known.get(number, f"User {number}, not root.")
    if field == "fsGroup":
        root = ", that of root" if number == 0 else ""
        return f"Files of volumes that allow it belong to group {number}{root}, which processes join."
    if field == "runAsGroup":
        known = {0: "0 is the group of root.", NOBODY: "65534 is the group of nobody, by convention."}
        return known.get(number, "")
    return f"Processes are members of {f'group {number}' if number else 'the group of root'}."
