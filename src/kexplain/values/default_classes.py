"""Whether a class is that of objects which name none, as its annotation says."""

from kexplain.objects.visit import Visit

AT = ("meta/v1 ObjectMeta.annotations[]",)

KEYS = frozenset({"storageclass.kubernetes.io/is-default-class", "ingressclass.kubernetes.io/is-default-class"})
WORDS = {
    "true": "On: what names no class gets this one.",
    "false": "Off: what names no class does not get this one.",
}


def explain(visit: Visit) -> str:
    """What the text of the annotation does."""
    return WORDS.get(visit.value, "") if visit.name in KEYS and isinstance(visit.value, str) else ""
