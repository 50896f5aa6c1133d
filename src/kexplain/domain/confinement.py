"""What confines a container in the kernel of its node: AppArmor, seccomp, SELinux, capabilities that it gave up."""

from kexplain.domain.pods import effective
from kexplain.objects.pod import pod_spec
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, string

ANNOTATION = "container.apparmor.security.beta.kubernetes.io/"


def apparmor_profile(container: Visit) -> str | None:
    """The AppArmor profile that a container gets by a field or by the older annotation; None where nothing says."""
    named = effective(container, "appArmorProfile")
    if isinstance(named, Mapping):
        return string(named.get("type")) or None
    spec = pod_spec(container)
    owner = spec.parent if spec else None
    written = owner.get("metadata", "annotations", f"{ANNOTATION}{container.read('name')}") if owner else None
    return string(written) or None


def is_confined(container: Visit) -> bool:
    """Whether one of the four is set, to whatever but ``Unconfined``."""
    seccomp, selinux = effective(container, "seccompProfile"), effective(container, "seLinuxOptions")
    if isinstance(seccomp, Mapping) and string(seccomp.get("type")) not in {"", "Unconfined"}:
        return True
    if isinstance(selinux, Mapping) and selinux.fields:
        return True
    if (apparmor_profile(container) or "Unconfined").lower() != "unconfined":
        return True
    return bool(container.items("securityContext", "capabilities", "drop"))
