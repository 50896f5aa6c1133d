"""mismatching-selector: the Pods get the labels that the selector asks for."""

from kexplain.fix import Fix, Path, Put, Target
from kexplain.fixes._shared import labels_of_pods
from kexplain.syntax.tree import descend, plain_value


def fix(target: Target) -> Fix | None:
    """Labels of the template; the selector of an object that exists already could not change."""
    manifest = target.visit.manifest
    selector = plain_value(descend(manifest.root, "spec", "selector"))
    if not isinstance(selector, dict):
        return None
    is_plain = manifest.kind in {"ReplicationController", "DeploymentConfig"}
    wanted = selector if is_plain else selector.get("matchLabels")
    if not isinstance(wanted, dict) or selector.get("matchExpressions"):
        return None
    there, place = labels_of_pods(target), ("spec", "template", "metadata", "labels")
    lacking = {name: value for name, value in wanted.items() if there.get(name) != value}
    paths: list[tuple[Path, object]] = [((*place, name), value) for name, value in lacking.items()]
    words = ", ".join(f"{name}={value}" for name, value in lacking.items())
    return Fix(f"the Pods get the label {words}", tuple(Put(path, value) for path, value in paths), safe=True)
