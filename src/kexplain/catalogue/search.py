"""Answers to a question: the terms and rules that its words speak of, the likeliest first.

Imported only where nothing has the name that was asked for: it reads every term.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from math import log
from typing import NamedTuple

from kexplain.api.kinds import resources
from kexplain.catalogue.rule import Rule
from kexplain.catalogue.term import named, names, terms

NAME, FIRST, REST, WHOLE = 6.0, 2.0, 1.0, 8.0
"""What a word weighs in a name, in the first sentence and in the rest; and a whole name that stands in the question."""
ALL, OWN, APART = 1.5, 1.1, 0.8
"""How much a name weighs that is the whole question, one that is the title, and one whose words stand apart."""
SAME = {"no": "miss", "without": "miss", "lack": "miss", "lacks": "miss", "absent": "miss"}
"""Words that say the same as another."""
TITLES = 2
"""The first names of an entry: its id and its title."""
ALIKE = 82
"""From 0 to 100: how alike a word must be to a known one to be taken for it."""
LEAST = 0.4
"""The part of a question's weight that the best answer must have for there to be any."""
ABOUT, STRANGE = 0.15, 0.5
"""The part of a question that the best answer must name or say first; the second where words of it are unknown."""
NAMED = 2.5
"""The least that a word of a name weighs."""
SILENT = frozenset(re.findall(r"\w+", """
    a about an and any are as at be been between by can cannot cant could do does doing doesnt dont explain for
    from get gets give has have how i if im in into is isnt it its kubernetes k8s keep keeps kind made make makes
    me mean meaning means my need of on or our please set should so some stand stands tell that the their them then
    there these they this to too use used uses using versus vs want was we what whats when where which who why will with
    wont work would you your difference differ differs different compare compared happens happen
"""))  # fmt: skip
"""Words that say nothing of what a question is about."""


class Answer(NamedTuple):
    """One answer: the id of a term or rule, and how well it fits."""

    id: str
    is_rule: bool
    score: float


class Entry(NamedTuple):
    """A term or rule as the search sees it: how much each word weighs in it, and its names as words."""

    id: str
    is_rule: bool
    weights: dict[str, float]
    names: tuple[tuple[str, ...], ...]


def answers(question: str, own: Mapping[str, Rule]) -> list[Answer]:
    """The terms and rules that a question speaks of, the likeliest first; empty where none does."""
    found = entries(own)
    known = frequencies(own)
    asked = [word for word in words_of(question) if word not in SILENT]
    spoken = [corrected(word, known) for word in asked]
    rarity = {word: log(1 + len(found) / known[word]) for word in spoken if word in known}
    if not rarity:
        return []
    meant = set(named_in(question))
    scored = [(e, score(e, spoken, rarity, e.id in meant and not e.is_rule)) for e in found]
    best = sorted(((e, fit) for e, fit in scored if fit > 0), key=lambda pair: (-pair[1], pair[0].id))
    enough = LEAST * REST * sum(rarity.get(word, 3.0) for word in spoken)
    taken = dict(zip(asked, spoken, strict=True))
    if not best or best[0][1] < enough or not is_about(best[0][0], taken, rarity, log(1 + len(found))):
        return []
    return [Answer(e.id, e.is_rule, fit) for e, fit in best]


def is_about(entry: Entry, asked: Mapping[str, str], rarity: Mapping[str, float], unknown: float) -> bool:
    """Whether an entry is about a question, ``asked`` in some words that were taken for others.

    Enough of them must stand in its names or its first sentence: a word that nobody knows has the weight ``unknown``,
    and one that was corrected counts only in a name.
    """
    weights = {word: rarity.get(taken, unknown) for word, taken in asked.items()}
    told = sum(
        weights[word] for word, taken in asked.items()
        if entry.weights.get(taken, 0.0) >= (FIRST if word == taken else NAMED)
    )  # fmt: skip
    return told >= (ABOUT if all(taken in rarity for taken in asked.values()) else STRANGE) * sum(weights.values())


def speaking_of(words: str) -> list[str]:
    """The terms in which all of some words stand, by the weight they have there, best first."""
    wanted = words_of(words)
    found = [
        (sum(one.weights[word] for word in wanted), one.id) for one in entries({}) if set(wanted) <= set(one.weights)
    ]
    return [id_ for _, id_ in sorted(found, key=lambda pair: (-pair[0], pair[1]))]


def score(entry: Entry, spoken: list[str], rarity: Mapping[str, float], is_named: bool) -> float:
    """How well an entry fits: rare words count more, and whole names most."""
    found = sum(rarity[word] * entry.weights.get(word, 0.0) for word in set(spoken) if word in rarity)
    whole = 0.0
    for number, name in enumerate(entry.names):
        if name and set(name) <= set(spoken):
            weight = WHOLE * sum(rarity.get(word, 0.0) for word in name)
            weight *= APART if not stands_in(name, spoken) else ALL if len(name) == len(spoken) else 1.0
            whole = max(whole, weight * (OWN if number < TITLES else 1.0))
    if is_named:
        whole = max(whole, WHOLE * max(rarity.values()) * 0.5)
    return (found + whole) * (0.9 if entry.is_rule else 1.0)


def stands_in(name: tuple[str, ...], spoken: list[str]) -> bool:
    """Whether the words of a name stand in a question one after the other."""
    return any(tuple(spoken[start : start + len(name)]) == name for start in range(len(spoken) - len(name) + 1))


def named_in(question: str) -> Iterator[str]:
    """The terms whose name stands in a question as it is written, of at most four words."""
    parts = [part.strip("?!.,;:'\"`()") for part in question.split()]
    for length in range(min(4, len(parts)), 0, -1):
        for start in range(len(parts) - length + 1):
            name = " ".join(parts[start : start + length])
            if name.lower() not in SILENT and (id_ := named(name)):
                yield id_


def entries(own: Mapping[str, Rule]) -> list[Entry]:
    """Every term, and every rule of the run."""
    return [*term_entries(), *rule_entries(own)]


def rule_entries(own: Mapping[str, Rule]) -> list[Entry]:
    """Every rule of the run."""
    return [
        entry(rule.id, True, (rule.id, rule.title), rule.article["what"], rule.article["why"]) for rule in own.values()
    ]


@lru_cache(maxsize=1)
def term_entries() -> tuple[Entry, ...]:
    """Every term; that of a kind has the kind's short names too."""
    short = {names().get(one.kind.lower()): one.short_names for one in resources().values()}
    return tuple(
        entry(term.id, False, (term.id, term.title, *term.aka, *short.get(term.id, ())), term.brief,
              term.definition.removeprefix(term.brief))
        for term in terms().values()
    )  # fmt: skip


@cache
def entry(id_: str, is_rule: bool, names: tuple[str, ...], first: str, rest: str) -> Entry:
    """An entry of those words; a word that stands in several parts has the weight of the best."""
    weights: dict[str, float] = {}
    spelt = tuple(tuple(word for word in words_of(name) if word not in SILENT) for name in names)
    for weight, words in ((REST, words_of(rest)), (FIRST, words_of(first))):
        weights |= dict.fromkeys(words, weight)
    for name in spelt:
        for word in name:
            weights[word] = max(weights.get(word, 0.0), NAME / max(1, len(name)) ** 0.5)
    return Entry(id_, is_rule, weights, spelt)


def frequencies(own: Mapping[str, Rule]) -> Counter[str]:
    """In how many entries each word stands."""
    found = term_frequencies().copy()
    for one in rule_entries(own):
        found.update(one.weights.keys())
    return found


@cache
def term_frequencies() -> Counter[str]:
    """In how many terms each word stands."""
    return Counter(word for one in term_entries() for word in one.weights)


def corrected(word: str, known: Mapping[str, int]) -> str:
    """A word as it is known; one that is not is taken for the most alike with its first letter, if alike enough."""
    if word in known or len(word) < 4:
        return word
    from rapidfuzz import fuzz, process

    begun = [one for one in known if one[0] == word[0] and len(one) >= len(word) - (len(word) > 4)]
    close = process.extractOne(word, begun, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return str(close[0]) if close else word


def words_of(text: str) -> list[str]:
    """The words of a text in their plain form; ``livenessProbe`` is two."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text.replace("'", ""))
    return [plain(word) for word in re.findall(r"[a-z0-9]+", apart.lower())]


@cache
def plain(word: str) -> str:
    """A word without its ending: ``probes`` and ``probe``, ``scheduling`` and ``schedule``, are one."""
    if word in SAME:
        return SAME[word]
    if word in SILENT or len(word) < 4:
        return word
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ss", "ss"), ("us", "us"), ("s", "")):
        if word.endswith(ending):
            word = word.removesuffix(ending) + instead
            break
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word.removesuffix(ending)
            if word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    return word.removesuffix("e") if len(word) > 4 else word
