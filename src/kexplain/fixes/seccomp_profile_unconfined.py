"""seccomp-profile-unconfined: the profile of the container runtime."""

from kexplain.fix import Fix, Put, Target, shown


def fix(target: Target) -> Fix | None:
    """``RuntimeDefault``, or what an old annotation calls it."""
    value = "runtime/default" if "annotations" in target.path else "RuntimeDefault"
    return None if target.rest else Fix(f"set {shown(target.path)} to {value}", (Put(target.path, value),))
