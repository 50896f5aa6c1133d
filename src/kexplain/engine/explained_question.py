"""Answering a question, such as ``why is my pod pending`` or ``requests vs limits``, from the whole glossary."""

import re

from kexplain.catalogue.rule import rules
from kexplain.catalogue.search import answers
from kexplain.engine.asked import Asked
from kexplain.engine.explained_rule import of_rule
from kexplain.engine.explained_term import of_term
from kexplain.engine.explanation import Explanation

COMPARES = re.compile(r"\b(?:vs\.?|versus|or|differs?|differences?|different|compare[ds]?|between)\b", re.IGNORECASE)
MOST = 6
"""Answers that are named; the first is explained in full, and the second too where the question compares."""


def of_question(question: str, asked: Asked) -> list[Explanation]:
    """The likeliest answer, with the others by name; both things where a question compares two."""
    best = answers(question, {**rules(), **asked.own})[:MOST]
    shown = best[: 2 if COMPARES.search(question) else 1]
    found = [
        one for answer in shown
        if (one := of_rule(answer.id, asked.own) if answer.is_rule else of_term(answer.id)) is not None
    ]  # fmt: skip
    for one in found:
        one.name = question
    if found:
        found[0].others = [answer.id for answer in best[len(shown) :]]
    return found
