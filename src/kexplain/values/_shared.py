"""What modules of values share: sentences that fit, names as they may be shown, and where another object stands."""

import re
from collections.abc import Iterable

from kexplain.catalogue.value import Near
from kexplain.objects.facts import Facts
from kexplain.syntax.tree import Mapping, Node, Scalar

LONGEST = 110
"""Characters of a sentence."""
SHOWN = re.compile(r"[A-Za-z0-9._/$*:@=+-]{1,60}")
"""What of a manifest is repeated in a sentence: short names, as Kubernetes allows them."""


def fit(*texts: str) -> str:
    """The first of some sentences that is short enough; empty where none is."""
    return next((text for text in texts if text and len(text) <= LONGEST), "")


def shown(value: object) -> str:
    """A name as a sentence shows it; empty where it is long or odd."""
    return value if isinstance(value, str) and SHOWN.fullmatch(value) else ""


def text_at(node: Node | None, *names: str) -> str:
    """The text below a node under those keys, as far as it may be shown; empty where there is none."""
    for name in names:
        node = node.get(name) if isinstance(node, Mapping) else None
    return shown(node.value) if isinstance(node, Scalar) else ""


def called(one: Facts) -> str:
    """Kind and name: ``Deployment web``."""
    return f"{one.kind} {shown(one.name)}".strip()


def place(one: Facts, near: Near) -> str:
    """Where an object stands: ``line 80 of this file``, ``line 3 of web.yaml``."""
    source = near.sources[one.file]
    line, _ = source.place(one.name_spot.span.start)
    if one.file == near.facts.file:
        return f"line {line} of this file"
    name = source.path.rpartition("/")[2]
    return f"line {line} of {name}" if len(name) <= 40 else "another file"


def pods_of(ones: Iterable[Facts]) -> str:
    """Whose Pods are meant: ``the Pods of Deployment web``, ``Pod mysql``."""
    found = list(ones)
    bare, makers = [one for one in found if one.kind == "Pod"], [one for one in found if one.kind != "Pod"]
    return " and ".join([*([listed(bare)] if bare else []), *([f"the Pods of {listed(makers)}"] if makers else [])])


def listed(ones: Iterable[Facts]) -> str:
    """Some objects by name: ``Deployment web``, ``Deployment web and Job migrate``, ``Deployment web and 3 more``."""
    names = list(dict.fromkeys(called(one) for one in ones))
    if len(names) <= 2:
        return " and ".join(names)
    return f"{names[0]} and {len(names) - 1} more"
