"""frozen-image-registry: the registry that took its place."""

from kexplain.fix import Fix, Put, Target

MOVED = {"k8s.gcr.io": "registry.k8s.io"}


def fix(target: Target) -> Fix | None:
    """The same image from the registry of today."""
    registry, slash, rest = target.visit.text.partition("/")
    if target.rest or not slash or registry not in MOVED:
        return None
    image = f"{MOVED[registry]}/{rest}"
    return Fix(f"take the image from {MOVED[registry]}", (Put(target.path, image),))
