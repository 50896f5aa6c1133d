"""The catalogues of rules and terms, as tables for people and JSON for tools."""

import json
from collections.abc import Iterable, Mapping

from kexplain.catalogue.peers import PeerCheck
from kexplain.catalogue.rule import Rule
from kexplain.catalogue.term import Term, terms
from kexplain.words import count

RULE_FIELDS = (
    "id",
    "title",
    "severity",
    "category",
    "at",
    "terms",
    "profiles",
    "equivalents",
    "fixable",
    "preview",
    "since",
    "source",
)
TERM_FIELDS = ("id", "title", "aka", "domain", "at", "definition", "broader", "related", "source")


def rules_json(known: Mapping[str, Rule]) -> str:
    """Rules with the fields of the public JSON."""
    return dump([{**{name: getattr(rule, name) for name in RULE_FIELDS}, **more(rule)} for rule in known.values()])


def more(rule: Rule) -> dict[str, object]:
    """The parameters of a rule with the values in force, and the file of a rule of one's own."""
    takes = {name: {**parameter, "value": rule.parameters[name]} for name, parameter in rule.takes.items()}
    return {"parameters": takes, **({"path": rule.path} if rule.path else {})}


def terms_json(found: Iterable[Term] = ()) -> str:
    """Terms, or else every one, with the fields of the public JSON."""
    return dump([{name: getattr(term, name) for name in TERM_FIELDS} for term in found or terms().values()])


def rules_table(known: Mapping[str, Rule]) -> str:
    """One line per rule: id, severity, category, profiles, title."""
    rows = [(r.id, r.severity, r.category, ",".join(r.profiles) or "-", r.title) for r in known.values()]
    return table(("rule", "severity", "category", "profiles", "what it finds"), rows)


def terms_table(found: Iterable[Term] = ()) -> str:
    """One line per term, or else of every one: id and first sentence."""
    return table(("term", "what it is"), [(term.id, term.brief) for term in found or terms().values()])


def peers_json(checks: Iterable[PeerCheck]) -> str:
    """The checks of another tool, each with its rules."""
    return dump([check._asdict() for check in checks])


def peers_table(checks: Iterable[PeerCheck]) -> str:
    """One line per check of another tool: id, how common it is, what it is, our rules (``-`` where there is none)."""
    rows = [(c.id, c.tier or "-", c.about, ", ".join(c.rules) or "-") for c in checks]
    return table(("check", "tier", "what it looks for", "rules"), rows)


def peers_summary(tool: str, checks: list[PeerCheck]) -> str:
    """How many checks of a tool have a rule, and how many of those that most tools share have none."""
    lacking = [check for check in checks if not check.rules]
    core = sum(check.tier == "core" for check in lacking)
    found = f"{len(checks) - len(lacking)} of {count(len(checks), 'check')} of {tool} have a rule here"
    return f"{found}; of the {len(lacking)} others {core} are common to most tools" if lacking else found


def table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Columns as wide as their widest cell; the last is left as it is."""
    lines = [header, *rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(header) - 1)]
    text = ["  ".join([*(cell.ljust(w) for cell, w in zip(line, widths, strict=False)), line[-1]]) for line in lines]
    return "\n".join(text) + "\n"


def dump(value: object) -> str:
    """JSON for people and tools."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
