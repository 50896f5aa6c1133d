"""Permissions of files in volumes."""

from kexplain.objects.pod import pod_spec
from kexplain.objects.visit import Visit

AT = (
    "core/v1 ConfigMapVolumeSource.defaultMode",
    "core/v1 DownwardAPIVolumeFile.mode",
    "core/v1 DownwardAPIVolumeSource.defaultMode",
    "core/v1 KeyToPath.mode",
    "core/v1 ProjectedVolumeSource.defaultMode",
    "core/v1 SecretVolumeSource.defaultMode",
)

MOST = 0o777
GROUPED = 0o440
"""What ``fsGroup`` adds. Source: kubernetes/kubernetes, pkg/volume/volume_linux.go, SetVolumeOwnership."""
VERBS = {4: ("reads", "read"), 2: ("writes", "write"), 1: ("executes", "execute")}
USUAL = frozenset({400, 440, 444, 500, 550, 555, 600, 640, 644, 660, 664, 666, 700, 750, 755, 770, 775, 777})
"""Decimal numbers that somebody probably meant as octal ones."""


def explain(visit: Visit) -> str:
    """Who may do what with the file, and a word where a decimal number was meant as an octal one."""
    mode = visit.value
    if type(mode) is not int or mode < 0:
        return ""
    if mode in USUAL and visit.text == str(mode):
        limit = ", more than 0777 allows" if mode > MOST else ""
        meant = int(str(mode), 8)
        return f"Decimal {mode} is octal {mode:04o}{limit}; for mode 0{mode} write 0{mode} or {meant}."
    if mode > MOST:
        return ""
    spec = pod_spec(visit)
    grouped = mode | GROUPED if spec is not None and spec.get("securityContext", "fsGroup") is not None else mode
    became = f", with fsGroup {grouped:04o}" if grouped != mode else ""
    return f"{mode:04o}{became}: {permissions(grouped)}."


def permissions(mode: int) -> str:
    """The permissions in words; classes with the same ones are named together."""
    owner, group, others = mode >> 6, mode >> 3 & 7, mode & 7
    if owner == group == others:
        return f"everyone {rights(owner, 0)}" if owner else "nobody has access"
    if group == others:
        return f"owner {rights(owner, 0)}, group and others {rights(group, 1)}"
    if owner == group:
        return f"owner and group {rights(owner, 1)}, others {rights(others, 1)}"
    return f"owner {rights(owner, 0)}, group {rights(group, 0)}, others {rights(others, 1)}"


def rights(bits: int, form: int) -> str:
    """What three bits allow, as verbs in the singular (0) or plural (1)."""
    verbs = [forms[form] for bit, forms in VERBS.items() if bit & bits]
    if not verbs:
        return ("has no access", "have no access")[form]
    return ", ".join(verbs[:-1]) + (" and " if verbs[1:] else "") + verbs[-1]
