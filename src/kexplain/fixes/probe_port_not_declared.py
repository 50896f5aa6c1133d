"""probe-port-not-declared: the only declared port whose name is near."""

from kexplain.domain.pods import ports_of
from kexplain.fix import Fix, Target
from kexplain.fixes._shared import renamed


def fix(target: Target) -> Fix | None:
    """The name that was meant."""
    container = target.visit.up("core/v1 Container")
    names = [name for name, _ in ports_of(container.node)] if container else []
    return renamed(target, [name for name in names if isinstance(name, str)], safe=False)
