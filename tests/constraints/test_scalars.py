"""Bounds of one scalar at their edges: what is the last good value, and what is told of the next."""

import pytest

from kexplain.constraints.scalars import Test, count_or_percent, in_range, of_amount, of_length
from kexplain.syntax.parse import parse
from kexplain.syntax.tree import Scalar


@pytest.mark.parametrize(
    ("test", "text", "told"),
    [
        (in_range("1 65535"), "1", ""),
        (in_range("1 65535"), "65535", ""),
        (in_range("1 65535"), "0", "is out of range; 1 to 65535"),
        (in_range("1 65535"), "65536", "is out of range; 1 to 65535"),
        (of_length("- 3"), "abc", ""),
        (of_length("- 3"), "abcd", "has 4 characters; at most 3"),
        (of_amount("positive"), "1m", ""),
        (of_amount("positive"), "0", "is zero; it must be more"),
        (of_amount("non-negative"), "0", ""),
        (of_amount("non-negative"), "-1", "is below zero; zero or more"),
        (of_amount("whole"), "1500m", "is no whole number"),
        (count_or_percent("100"), "0", ""),
        (count_or_percent("100"), "-1", "is below zero"),
        (count_or_percent("100"), "100%", ""),
        (count_or_percent("100"), "101%", "is above 100%"),
        (count_or_percent(""), "101%", ""),
    ],
)
def test_the_edge_of_a_bound(test: Test, text: str, told: str) -> None:
    node = parse(text)[0].root
    assert isinstance(node, Scalar)
    assert test(node) == told
