"""Answering a question, such as ``why is my pod pending`` or ``requests vs limits``, from the whole glossary."""

import re
from collections.abc import Mapping

from kexplain.catalogue.rule import Rule, rules
from kexplain.catalogue.search import SILENT, Answer, answers
from kexplain.catalogue.term import named
from kexplain.engine.asked import Asked
from kexplain.engine.explained_rule import of_rule
from kexplain.engine.explained_term import of_term
from kexplain.engine.explanation import Explanation

APART = re.compile(r"\b(?:vs\.?|versus|or|and|from|between|compared)\b", re.IGNORECASE)
COMPARES = re.compile(r"\b(?:vs\.?|versus|differs?|differences?|different|compare[ds]?)\b", re.IGNORECASE)
MOST = 6
"""Answers that are named; the first is explained in full, and every side of a question that compares."""


def of_question(question: str, asked: Asked) -> list[Explanation]:
    """The likeliest answer, with the others by name; the answer of each side where a question compares."""
    known = {**rules(), **asked.own}
    best = answers(question, known)
    shown = sides(question, known) if COMPARES.search(question) else []
    shown = shown if len(shown) > 1 else best[:1]
    found = [
        one for answer in shown
        if (one := of_rule(answer.id, asked.own) if answer.is_rule else of_term(answer.id)) is not None
    ]  # fmt: skip
    for one in found:
        one.name = question
    if found:
        told = {answer.id for answer in shown}
        found[0].others = [answer.id for answer in best if answer.id not in told][: MOST - len(found)]
    return found


def sides(question: str, known: Mapping[str, Rule]) -> list[Answer]:
    """The best answer for each of the things that a question compares."""
    best = (side(part, known) for part in APART.split(question))
    return list({answer.id: answer for answer in best if answer}.values())


def side(part: str, known: Mapping[str, Rule]) -> Answer | None:
    """What one side of a question is about: a term by its name, or the best answer to it."""
    name = " ".join(word for word in part.strip(" ?!.,").split() if word.lower() not in SILENT)
    if name and (id_ := named(name)):
        return Answer(id_, False, 1.0)
    return next(iter(answers(part, known)), None)
