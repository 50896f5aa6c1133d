"""Kinds of constraints on one scalar: its format, range, length, its values, its amount.

Each takes the arguments of its row and gives a function: scalar → what is wrong with it, "" where nothing is.
"""

import re
from collections.abc import Callable

from kexplain.api.quantity import NANO, billionths
from kexplain.constraints.formats import FORMATS
from kexplain.constraints.names import fits
from kexplain.constraints.nodes import limits, listed, span, whole
from kexplain.syntax.tree import Scalar

Test = Callable[[Scalar], str]


def of_format(names: str) -> Test:
    """A string of one or several formats; an empty one counts as not set."""
    tests = [FORMATS[name][0] for name in names.split()]
    first = tests[0] if len(tests) == 1 else lambda text: next(filter(None, (test(text) for test in tests)), "")
    return lambda node: first(node.value) if type(node.value) is str and node.value else ""


def in_range(bounds: str) -> Test:
    """A whole number between two, ``-`` for an open end."""
    low, high = limits(bounds)

    def test(node: Scalar) -> str:
        number = whole(node)
        if number is None or low <= number <= high:
            return ""
        return f"is out of range; {span(bounds)}"

    return test


def of_length(bounds: str) -> Test:
    """A string of so many bytes or characters."""
    low, high = limits(bounds)

    def test(node: Scalar) -> str:
        if type(node.value) is not str or low <= len(node.value) <= high:
            return ""
        return f"has {len(node.value)} characters; {span(bounds)}"

    return test


def one_of_values(values: str) -> Test:
    """One of a closed list; an empty string counts as not set."""
    known = values.split("|")

    def test(node: Scalar) -> str:
        text = node.text if type(node.value) is not bool else str(node.value).lower()
        if text in known or node.value == "":
            return ""
        near = next((value for value in known if value.lower() == text.lower()), "")
        return f"is not {listed(known, 'or')}" + (f"; did you mean {near}?" if near else "")

    return test


def none_of_values(values: str) -> Test:
    """None of a list; after a ``;`` the reason."""
    names, _, reason = values.partition(";")
    known, reason = names.split("|"), reason.strip()
    gap = " " if reason.partition(" ")[0] in {"with", "without", "in", "unless", "beside"} else ": "
    return lambda node: f"is not allowed{reason and gap + reason}" if node.text in known else ""


def of_amount(signs: str) -> Test:
    """A quantity: ``positive``, ``non-negative``, ``whole``."""
    wanted = set(signs.split())

    def test(node: Scalar) -> str:
        try:
            amount = billionths(node.value)
        except ValueError:
            return ""
        if amount < 0 and wanted & {"positive", "non-negative"}:
            return f"is below zero; {amount_words(signs)}"
        if amount == 0 and "positive" in wanted:
            return "is zero; it must be more"
        return "is no whole number" if "whole" in wanted and amount % NANO else ""

    return test


def amount_words(signs: str) -> str:
    """What an amount must be, in words."""
    least = "more than zero" if "positive" in signs else "zero or more" if "non-negative" in signs else ""
    return listed([part for part in (least, "a whole number" if "whole" in signs else "") if part])


def count_or_percent(most: str) -> Test:
    """A whole number of zero or more, or a percentage; ``100`` bounds that one."""

    def test(node: Scalar) -> str:
        number, text = whole(node), node.value
        if number is not None:
            return "is below zero" if number < 0 else ""
        if type(text) is not str:
            return ""
        if not re.fullmatch("[0-9]+%", text):
            hint = f"; leave the quotes out: {text}" if re.fullmatch("[0-9]+", text) else ""
            return f"is neither a whole number nor a percentage such as 25%{hint}"
        return "is above 100%" if most and int(text[:-1]) > int(most) else ""

    return test


def name_prefix(name: str) -> Test:
    """What a generated name begins with: a name, at whose end - may stand."""
    test = FORMATS[name][0]

    def judge(node: Scalar) -> str:
        text = node.value
        if type(text) is not str or not text:
            return ""
        return test(f"{text[:-1]}a" if len(text) > 1 and text.endswith("-") else text)

    return judge


def not_empty(_: str) -> Test:
    """A string that is not empty, in a list."""
    return lambda node: "is empty" if node.value in {None, ""} else ""


def prefix(start: str) -> Test:
    """A string that begins in a certain way."""
    return lambda node: (
        f"does not begin with {start}"
        if type(node.value) is str and node.value and not node.value.startswith(start)
        else ""
    )


def file_mode(most: str) -> Test:
    """The permissions of a file: 0 to 0777, octal; people write it decimal by mistake."""
    largest = int(most or "777", 8)

    def test(node: Scalar) -> str:
        number = whole(node)
        if number is None or 0 <= number <= largest:
            return ""
        digits = str(number)
        hint = f"; 0{digits} would be right, if octal was meant" if fits("[0-7]{3}", digits) else ""
        return f"is no file mode between 0 and 0{most or '777'}{hint}"

    return test


def port(_: str) -> Test:
    """A port by number or by name."""
    name = FORMATS["port-name"][0]

    def test(node: Scalar) -> str:
        number = whole(node)
        if number is not None:
            return "" if 1 <= number <= 65535 else "is out of range; 1 to 65535"
        if type(node.value) is not str:
            return ""
        return name(node.value) if node.value else "is empty; it is a number or the name of a port"

    return test


def target_port(_: str) -> Test:
    """The same, where 0 and an empty string stand for the Service's own port."""
    test = port("")
    return lambda node: "" if node.value in {0, ""} else test(node)


SCALARS: dict[str, tuple[Callable[[str], Test], Callable[[str], str]]] = {
    "format": (of_format, lambda names: "; ".join(FORMATS[name][1] for name in names.split())),
    "range": (in_range, span),
    "length": (of_length, lambda bounds: f"{span(bounds)} characters"),
    "values": (one_of_values, lambda values: f"one of {listed(values.split('|'), 'or')}"),
    "not-values": (none_of_values, lambda values: f"not {listed(values.partition(';')[0].split('|'), 'or')}"),
    "amount": (of_amount, amount_words),
    "count-or-percent": (
        count_or_percent,
        lambda most: "a whole number, or a percentage" + (most and f" up to {most}%"),
    ),
    "name-prefix": (name_prefix, lambda name: FORMATS[name][1]),
    "not-empty": (not_empty, lambda _: "not empty"),
    "prefix": (prefix, lambda start: f"begins with {start}"),
    "file-mode": (file_mode, lambda most: f"0 to 0{most or '777'}, octal"),
    "target-port": (target_port, lambda _: "1 to 65535, or the name of a port"),
    "port": (port, lambda _: "1 to 65535, or the name of a port"),
}
"""Each kind by its name in the tables: what makes its test of the arguments, and what says it in a phrase."""
