"""Quantities are read as k8s.io/apimachinery reads them; the values are what its ParseQuantity answers."""

from fractions import Fraction

import pytest

from kexplain.api.quantity import LARGEST, parse_quantity


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("1", 1), ("100m", Fraction(1, 10)), ("0.5", Fraction(1, 2)), (".5", Fraction(1, 2)),
        ("1.", 1), ("1k", 1000), ("1Ki", 1024), ("1.5Gi", 3 * 2**29), ("12E", 12 * 10**18), ("1Ei", 2**60),
        ("3P", 3 * 10**15), ("1e3", 1000), ("1E3", 1000), ("1e-3", Fraction(1, 1000)), ("1E+2", 100),
        ("1e007", 10**7), ("00012", 12), ("5u", Fraction(5, 10**6)), ("7n", Fraction(7, 10**9)),
        ("+5Mi", 5 * 2**20), ("-5", -5), (" 1Gi ", 2**30), ("0.1m", Fraction(1, 10**4)),
        ("1.1Ki", Fraction(11264, 10)), ("0Mi", 0), ("1e20", 10**20),
        (1, 1), (0.1, Fraction(1, 10)), (1000.0, 1000), (1e22, 10**22), (1e-7, Fraction(1, 10**7)), (-2, -2),
    ],
)  # fmt: skip
def test_value(text, value):
    assert parse_quantity(text) == value


@pytest.mark.parametrize("text", ["0.1n", "1e-12", "0.0000000001", "0.00000000000001Ki", "1e-99"])
def test_what_is_too_small_is_rounded_up_to_a_billionth(text):
    assert parse_quantity(text) == Fraction(1, 10**9)
    assert parse_quantity(f"-{text}") == Fraction(-1, 10**9)


def test_binary_suffixes_are_capped_and_decimal_ones_are_not():
    assert parse_quantity("9Ei") == LARGEST
    assert parse_quantity("10E") == 10**19


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a quantity is a number, or a string such as 500m or 1Gi"),
        (None, "a quantity is a number, or a string such as 500m or 1Gi"),
        (True, "a quantity is a number, or a string such as 500m or 1Gi"),
        ("abc", "'abc' is not a quantity: it does not begin with a number"),
        ("Gi", "'Gi' is not a quantity: it does not begin with a number"),
        (".", "'.' is not a quantity: it does not begin with a number"),
        ("٣", "'٣' is not a quantity: it does not begin with a number"),
        ("512 Mi", "'512 Mi' is not a quantity: no space may stand before the suffix"),
        ("1,5", "'1,5' is not a quantity: digits cannot be grouped, and decimals follow a point"),
        ("512MB", "'512MB' is not a quantity: write Mi for powers of 1024 or M for powers of 1000"),
        ("1g", "'1g' is not a quantity: write Gi for powers of 1024 or G for powers of 1000"),
        ("1K", "'1K' is not a quantity: write Ki for 1024 or k for 1000"),
        ("1Kb", "'1Kb' is not a quantity: write Ki for 1024 or k for 1000"),
        ("1mi", "'1mi' is not a quantity: the suffix is written Mi"),
        ("1GiB", "'1GiB' is not a quantity: the suffix is written Gi"),
        ("1e999999999", "'1e999999999' is not an amount that Kubernetes can count"),
        ("1" * 10_000, "'11111111111111111111'… is too long for a quantity"),
    ],
)
def test_what_is_wrong_is_said(text, message):
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the message is compared in full
        parse_quantity(text)
    assert str(raised.value) == message


MALFORMED = ["1e", "1e1.5", "1Ee", "1.2.3", "--1", "1e+", "1\u216f\u2170", "1\x00", "1ki ", "1 ki"]


@pytest.mark.parametrize("text", MALFORMED)
def test_malformed(text):
    with pytest.raises(ValueError, match="is not a quantity"):
        parse_quantity(text)


HOSTILE = ["9" * 10**6, "." * 10**6, "1" + "e" * 10**6, "1" + " " * 10**6 + "x", "1e" + "9" * 190]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_ends(text):
    """What goes back over a million characters for each of them does not end."""
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - any message that is short
        parse_quantity(text)
    assert len(str(raised.value)) < 400
