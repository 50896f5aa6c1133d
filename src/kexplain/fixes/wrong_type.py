"""wrong-type: quotes come around what is to be text, and go from around a number or boolean."""

from kexplain.fix import Fix, Put, Target, shown
from kexplain.objects.shape import mismatch
from kexplain.syntax.scalar import resolve
from kexplain.syntax.tree import Scalar


def fix(target: Target) -> Fix | None:
    """The same characters, read as what the field takes."""
    node, ref = target.visit.node, target.visit.ref
    if not isinstance(node, Scalar) or target.rest or not node.text:
        return None
    if ref == "string" and not isinstance(node.value, str | None) and node.plain:
        return Fix(f"quote {shown(target.path)}", (Put(target.path, node.text),), safe=True)
    if ref in {"int32", "int64", "boolean", "number"} and isinstance(node.value, str):
        bare = Scalar(node.start, node.end, node.text, resolve(node.text), plain=True)
        if not mismatch(ref, bare) and not isinstance(bare.value, str | None):
            return Fix(f"leave the quotes of {shown(target.path)} out", (Put(target.path, bare.value),), safe=True)
    return None
