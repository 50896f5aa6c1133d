"""What Kubernetes reads where a plain scalar stands: the rules of sigs.k8s.io/yaml (YAML 1.1, as Go resolves it).

``tests/syntax/yaml_as_kubectl_reads_it.jsonl`` holds what that library itself answers; the tests compare.
"""

import base64
import binascii
import math
import re
import struct

from kexplain.syntax.tree import Value

WORDS: dict[str, Value] = {
    **dict.fromkeys(["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"], True),
    **dict.fromkeys(["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"], False),
    **dict.fromkeys(["", "~", "null", "Null", "NULL"], None),
    **dict.fromkeys([".nan", ".NaN", ".NAN"], math.nan),
    **dict.fromkeys([".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"], math.inf),
    **dict.fromkeys(["-.inf", "-.Inf", "-.INF"], -math.inf),
}
NUMERIC_START = frozenset("+-.0123456789")
INTEGER = r"([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))"
FLOAT = r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
BASES = (16, 2, 8, 10)
INT64, UINT64 = 2**63, 2**64
TYPES = {"int": (int,), "float": (int, float), "bool": (bool,), "null": (type(None),)}


class TagError(ValueError):
    """A scalar that cannot be what its tag says (``!!int x``)."""


def resolve(text: str) -> Value:
    """The value of a plain scalar: bool, None, int, float, or the text itself."""
    if text in WORDS:
        return WORDS[text]
    return number(text) if text[0] in NUMERIC_START else text


def number(text: str) -> Value:
    """The number a plain scalar denotes, or the text where it denotes none (``1e400``, ``0o8``, ``1.2.3``)."""
    if text.isdecimal() and text.isascii() and text[0] != "0" and len(text) < 19:
        return int(text)  # as nearly all are; the rest is for the others
    digits = text.replace("_", "") if text[0] != "." else text
    if match := re.fullmatch(INTEGER, digits):
        sign = -1 if match[1] == "-" else 1
        base, body = next((base, part) for base, part in zip(BASES, match.groups()[1:], strict=True) if part)
        value = sign * int(body, base) if len(body.lstrip("0")) <= 64 else UINT64
        if -INT64 <= value < UINT64:
            return value
    if re.fullmatch(FLOAT, digits):
        parsed = float(digits)
        return text if math.isinf(parsed) else parsed
    return text


def float_name(value: float) -> str:
    """The name that a float is as a key: the fewest digits that are the same in 32 bits, as Go's ``%g`` writes them."""
    held = in_32_bits(value)
    if math.isinf(held):
        return ".inf" if held > 0 else "-.inf"
    written = next(text for digits in range(9) if in_32_bits(float(text := f"{held:.{digits}e}")) == held)
    mantissa, _, exponent = written.partition("e")
    decimals = max(len(mantissa.lstrip("-").replace(".", "")) - 1 - int(exponent), 0)
    return f"{held:.{decimals}f}" if -5 < int(exponent) < 6 else written


def in_32_bits(value: float) -> float:
    """The nearest float of 32 bits; infinity where there is none."""
    try:
        return float(struct.unpack("f", struct.pack("f", value))[0])
    except OverflowError:
        return math.copysign(math.inf, value)


def tagged(tag: str, text: str) -> Value:
    """The value of a scalar with an explicit tag. Raises TagError where the text cannot be that."""
    name = tag.removeprefix("tag:yaml.org,2002:")
    if name == "binary":
        try:
            return base64.b64decode(text, validate=True).decode("utf-8", "replace")
        except (binascii.Error, ValueError) as error:
            raise TagError("the value of !!binary is not base64") from error
    if name not in TYPES:
        return text
    value = resolve(text)
    if not isinstance(value, TYPES[name]) or (name in {"int", "float"} and isinstance(value, bool)):
        raise TagError(f"the tag !!{name} does not fit the value")
    return float(value) if name == "float" and isinstance(value, int) else value
