"""The summary's count of what was not checked: documents of one sort are one number, whatever their reasons add."""

import pickle

import pytest

from kexplain.objects.outcome import Outcome, Status
from kexplain.output.summary import counted
from kexplain.syntax.cause import Reason, brief, joined

LATIN = Reason("not UTF-8", "save it as UTF-8", detail="byte 4")


def left(*reasons: str) -> str:
    return counted([Outcome(f"{n}.yaml", 1, Status.SKIPPED, reason) for n, reason in enumerate(reasons)])


def test_documents_are_counted_by_what_is_the_matter() -> None:
    other = Reason("not UTF-8", "save it as UTF-8", detail="byte 90")
    assert left(LATIN, other, "a Compose file") == "3 documents: 2 not UTF-8, 1 a Compose file"


def test_no_mark_in_plain_words_divides_them() -> None:
    assert left("it says a; b (c)") == "1 document: 1 it says a; b (c)"


def test_beyond_four_sorts_the_others_are_counted() -> None:
    assert left(*"aabbccdde", "f") == "10 documents: 2 a, 2 b, 2 c, 2 d, 2 other reasons"


@pytest.mark.parametrize(
    ("reason", "words", "what"),
    [
        (Reason("encrypted"), "encrypted", "encrypted"),
        (Reason("encrypted", "decrypt it"), "encrypted; decrypt it", "encrypted"),
        (LATIN, "not UTF-8 (byte 4); save it as UTF-8", "not UTF-8"),
        (joined([LATIN, "2 values are filled in later"]),
         "not UTF-8 (byte 4); save it as UTF-8; 2 values are filled in later", "not UTF-8"),
        (joined([]), "", ""),
    ],
)  # fmt: skip
def test_a_reason_is_its_words_and_knows_what_is_the_matter(reason: str, words: str, what: str) -> None:
    copied = pickle.loads(pickle.dumps(reason))
    assert (str(reason), brief(reason), copied, brief(copied)) == (words, what, words, what)
