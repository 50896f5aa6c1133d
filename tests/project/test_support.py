"""What the tests share does what it says: a test of many cases fails, and names each that does."""

import pytest
from support import for_each


@for_each([1, 2, (3, 4)], [5])
def test_every_combination_is_tried(*case: int) -> None:
    assert case in {(1, 5), (2, 5), (3, 4, 5)}


def test_each_case_that_fails_is_named() -> None:
    @for_each(["good", "bad", "worse"])
    def test(name: str) -> None:
        assert name == "good"

    with pytest.raises(AssertionError, match=r"(?s)2 of 3 fail.*bad\n.*worse\n"):
        test()


def test_no_case_is_a_failure() -> None:
    with pytest.raises(AssertionError, match="there is no case"):
        for_each([])(print)()
