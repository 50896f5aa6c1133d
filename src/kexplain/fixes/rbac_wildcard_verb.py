"""rbac-wildcard-verb: the verbs that ``*`` stands for, so that each can be taken away."""

from kexplain.fix import Fix, Put, Target

VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]
"""What the API server asks for on every resource; special verbs, such as escalate, are left out."""


def fix(target: Target) -> Fix | None:
    """All of them by name."""
    if target.rest or not target.path or "verbs" not in target.path:
        return None
    return Fix(f"name the verbs: {', '.join(VERBS)}", (Put(target.path[:-1], VERBS),))
