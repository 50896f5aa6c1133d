"""deprecated-service-account-field: the same account under the field's name of today."""

from kexplain.fix import Drop, Fix, Rename, Target


def fix(target: Target) -> Fix | None:
    """The new name; where that is there already the old one, which is ignored, goes."""
    if target.rest or target.visit.parent is None:
        return None
    if target.visit.parent.get("serviceAccountName") is not None:
        return Fix("remove serviceAccount, which is ignored", (Drop(target.path),), safe=True)
    return Fix("serviceAccount becomes serviceAccountName", (Rename(target.path, "serviceAccountName"),), safe=True)
