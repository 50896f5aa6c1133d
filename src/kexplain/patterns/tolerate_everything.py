"""tolerate-everything: a toleration of every taint with every effect."""

from kexplain.objects.visit import Visit


def matches(visit: Visit) -> bool:
    """Whether a toleration is ``operator: Exists`` and names neither key nor effect."""
    return visit.read("operator") == "Exists" and not visit.read("key") and not visit.read("effect")
