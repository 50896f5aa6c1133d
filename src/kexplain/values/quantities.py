"""Amounts of CPU, memory, storage and of what metrics count."""

from typing import TYPE_CHECKING

from kexplain.api.quantity import BINARY, DECIMAL, parse_quantity, split
from kexplain.objects.visit import Visit

if TYPE_CHECKING:
    from fractions import Fraction

AT = (
    "autoscaling/v2 HPAScalingRules.tolerance",
    "autoscaling/v2 MetricTarget.averageValue",
    "autoscaling/v2 MetricTarget.value",
    "core/v1 EmptyDirVolumeSource.sizeLimit",
    "core/v1 LimitRangeItem.default[]",
    "core/v1 LimitRangeItem.defaultRequest[]",
    "core/v1 LimitRangeItem.max[]",
    "core/v1 LimitRangeItem.maxLimitRequestRatio[]",
    "core/v1 LimitRangeItem.min[]",
    "core/v1 PersistentVolumeSpec.capacity[]",
    "core/v1 PodSpec.overhead[]",
    "core/v1 ResourceFieldSelector.divisor",
    "core/v1 ResourceQuotaSpec.hard[]",
    "core/v1 ResourceRequirements.limits[]",
    "core/v1 ResourceRequirements.requests[]",
    "core/v1 VolumeResourceRequirements.limits[]",
    "core/v1 VolumeResourceRequirements.requests[]",
    "node.k8s.io/v1 Overhead.podFixed[]",
    "resource.k8s.io/v1 CapacityRequirements.requests[]",
    "resource.k8s.io/v1 Counter.value",
    "resource.k8s.io/v1 DeviceCapacity.value",
    "storage.k8s.io/v1 CSIStorageCapacity.capacity",
    "storage.k8s.io/v1 CSIStorageCapacity.maximumVolumeSize",
)

BYTES = frozenset({"memory", "storage", "ephemeral-storage", "sizeLimit", "capacity", "maximumVolumeSize"})
PARTS = {
    2: "half", 3: "a third", 4: "a quarter", 5: "a fifth", 8: "an eighth", 10: "a tenth", 20: "a twentieth",
    100: "a hundredth", 1000: "a thousandth",
}  # fmt: skip
SCALES = {18: "quintillion", 15: "quadrillion", 12: "trillion", 9: "billion", 6: "million"}
MOST = 10**21
"""Amounts above are not put in words."""
SUSPICIOUS_CORES, SUSPICIOUS_BYTES = 100, 2**16
"""From so many cores, and below so few bytes, a suffix was probably forgotten."""


def explain(visit: Visit) -> str:
    """What an amount is in words."""
    try:
        amount = parse_quantity(visit.value)
    except ValueError:
        return ""
    if not 0 < amount < MOST:
        request = visit.position == "core/v1 ResourceRequirements.requests[]"
        return "Reserves nothing." if request and amount == 0 else ""
    field = visit.position.rpartition(".")[2]
    resource = resource_of(visit, field)
    if field in {"tolerance", "maxLimitRequestRatio[]", "divisor"}:
        return factor(amount, field, resource)
    if resource == "cpu":
        return cpu(amount, visit)
    suffix = written(visit)[1]
    if resource.startswith("hugepages-"):
        return hugepages(amount, resource) or memory(amount, visit)
    if resource in BYTES or suffix in BINARY:
        return memory(amount, visit)
    return count(amount, suffix) or device(amount, visit, field)


def factor(amount: "Fraction", field: str, resource: str) -> str:
    """An amount that is set in relation to another one."""
    if field == "tolerance":
        return f"No scaling while the metric is within {number(amount * 100)} % of its target."
    if field == "divisor":
        unit = cores(amount) if resource == "cpu" else binary(amount)
        return f"Counts in units of {unit}, rounded up."
    return f"A limit may be at most {number(amount)} times the request."


def resource_of(visit: Visit, field: str) -> str:
    """What is counted: ``cpu``, ``memory``, … or the name of the field or resource."""
    parent = visit.parent
    name: object = visit.name
    if field == "divisor" and parent:
        name = parent.read("resource")
    elif field in {"averageValue", "value"} and parent and parent.parent:
        name = parent.parent.read("name") if parent.name == "target" else parent.name
    return str(name).rpartition("/")[2].removeprefix("requests.").removeprefix("limits.")


def written(visit: Visit) -> tuple[str, str]:
    """The digits and the suffix of a valid quantity as written; a number has no suffix."""
    value = visit.value
    if not isinstance(value, str):
        return (str(value), "") if isinstance(value, int) else ("", "")
    _, whole, decimals, suffix = split(value.strip())
    return f"{whole or '0'}.{decimals}".rstrip("."), suffix


def cpu(amount: "Fraction", visit: Visit) -> str:
    """Processor time."""
    digits, suffix = written(visit)
    if suffix in BINARY:
        return f"{cores(amount)}: {suffix} is a suffix for bytes."
    if amount * 1000 < 1:
        return "Rounded up to 1m, a thousandth of one core."
    if amount < 1:
        return f"{cores(amount)}, {part(amount)} of one core."
    suspicious = amount >= SUSPICIOUS_CORES and visit.up("core/v1 ResourceRequirements") is not None
    if suspicious and digits.isdigit() and not suffix and len(digits) < 7:
        return f"{cores(amount)}; {digits}m would be {cores(amount / 1000)}."
    return f"{cores(amount)}."


def memory(amount: "Fraction", visit: Visit) -> str:
    """Bytes of memory or storage, with a word where the suffix is not what it looks like."""
    digits, suffix = written(visit)
    if suffix in {"m", "u", "n"}:
        unit = {"m": "thousandths", "u": "millionths", "n": "billionths"}[suffix]
        if amount >= 1:
            return f"{size(amount)}, as {suffix} means {unit}."
        also = f"; {digits}Mi would be {digits} MiB" if suffix == "m" else ""
        words = part(amount)
        return f"{words[0].upper()}{words[1:]} of a byte: {suffix} means {unit}{also}."
    if suffix in BINARY:
        unit = f"{suffix}B"
        same = binary(amount)
        also = "" if same.endswith(f" {unit}") or same.startswith("about") else f", which is {same}"
        return f"{number(amount / 2 ** BINARY[suffix])} {unit}{also} ({plural(amount, 'byte')})."
    if suffix and suffix in DECIMAL:
        unit = f"{suffix.upper()}i"
        also = f", {binary(amount)}" if amount >= 1024 else ""
        return f"{exact(amount)} bytes{also}; {digits}{unit} would be {digits} {unit}B."
    if amount < SUSPICIOUS_BYTES and digits.isdigit() and not suffix:
        return f"{plural(amount, 'byte')}; {digits}Mi would be {digits} MiB."
    return f"{size(amount)}."


def hugepages(amount: "Fraction", resource: str) -> str:
    """An amount of huge pages, empty where it is not a whole number of them."""
    try:
        page = parse_quantity(resource.removeprefix("hugepages-"))
    except ValueError:
        return ""
    if page <= 0 or amount % page:
        return ""
    each = "" if amount == page else " each"
    return f"{binary(amount)}: {plural(amount / page, 'huge page')} of {binary(page)}{each}."


def count(amount: "Fraction", suffix: str) -> str:
    """An amount of anything else: worth a word only where a suffix hides the number."""
    if suffix == "m" and amount < 1:
        return f"{number(amount)}: m means thousandths."
    return f"{number(amount)}." if suffix else ""


def device(amount: "Fraction", visit: Visit, field: str) -> str:
    """How many objects a namespace may hold, or how many devices a container gets."""
    if field == "hard[]":
        return f"At most {number(amount)} in the namespace." if amount >= 1 else ""
    if visit.up("ResourceRequirements") is None or "/" not in visit.name or amount.denominator != 1:
        return ""
    few = "One of them is" if amount == 1 else f"{number(amount)} of them are"
    return f"{few} for this container alone."


def cores(amount: "Fraction") -> str:
    """``1 CPU core``, ``0.25 CPU cores``."""
    return f"{number(amount)} CPU core{'' if amount == 1 else 's'}"


def plural(amount: "Fraction", noun: str) -> str:
    """An amount and its noun: ``1 byte``, ``537 million bytes``."""
    return f"{number(amount)} {noun}{'' if amount == 1 else 's'}"


def part(amount: "Fraction") -> str:
    """An amount below one as a part of one: ``a quarter``, ``35 %``."""
    if amount.numerator == 1 and amount.denominator in PARTS:
        return PARTS[amount.denominator]
    if amount.numerator == 3 and amount.denominator == 4:
        return "three quarters"
    return f"{number(amount * 100)} %"


def size(amount: "Fraction") -> str:
    """Bytes, and in the binary unit a person would choose: ``134,217,728 bytes (128 MiB)``."""
    return f"{exact(amount)} bytes ({binary(amount)})" if amount >= 1024 else plural(amount, "byte")


def binary(amount: "Fraction") -> str:
    """Bytes in the largest binary unit of which they are at least one: ``about 122 MiB``."""
    unit, power = "B", 0
    for suffix, exponent in BINARY.items():
        if amount >= 2**exponent:
            unit, power = f"{suffix}B", exponent
    if not power:
        return plural(amount, "byte")
    shown = three_digits(amount / 2**power)
    return f"{shown} {unit}" if is_exact(shown, amount / 2**power) else f"about {shown} {unit}"


def number(amount: "Fraction") -> str:
    """A number for reading: exact where it is short, else three digits and a word (``537 million``)."""
    for power, word in SCALES.items():
        if amount >= 10**power:
            return f"{three_digits(amount / 10**power)} {word}"
    return exact(amount)


def exact(amount: "Fraction") -> str:
    """A number with all its digits, and with decimals up to a billionth."""
    if amount.denominator == 1:
        return f"{amount.numerator:,}"
    whole, rest = divmod(amount, 1)
    return f"{whole:,}.{int(rest * 10**9):09d}".rstrip("0").rstrip(".")


def three_digits(amount: "Fraction") -> str:
    """A number from 1 to 1024 with three significant digits."""
    return f"{float(amount):.0f}" if amount >= 100 else f"{float(amount):.3g}"


def is_exact(shown: str, amount: "Fraction") -> bool:
    """Whether a rounded number is the number itself."""
    return type(amount)(shown) == amount
