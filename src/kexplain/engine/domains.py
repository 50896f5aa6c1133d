"""Annotated files narrowed to some domains of the glossary: security alone, or everything but storage."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from kexplain.catalogue.term import terms
from kexplain.engine.annotation import Annotated
from kexplain.engine.finding import Finding
from kexplain.errors import InputError
from kexplain.words import nearest


class UnknownDomainError(InputError):
    """The name of a domain that there is none of."""


def within(files: list[Annotated], only: Collection[str] = (), skip: Collection[str] = ()) -> list[Annotated]:
    """The files with what is said of ``only`` these domains, and of none to ``skip``. Raises UnknownDomainError.

    A finding is of the domains of its terms: it stays while one of them is wanted.
    """
    if not only and not skip:
        return files
    check(only, skip)

    def is_wanted(domain: str) -> bool:
        return (not only or domain in only) and domain not in skip

    found = []
    for file in files:
        objects = [
            replace(one, annotations=[a for a in one.annotations if is_wanted(a.domain)]) for one in file.objects
        ]
        findings = [finding for finding in file.findings if any(map(is_wanted, domains_of(finding) or [""]))]
        found.append(replace(file, objects=objects, findings=findings))
    return found


def check(*named: Iterable[str]) -> None:
    """Raises UnknownDomainError where one of the names is no domain."""
    known = {term.domain for term in terms().values()}
    for name in (name for names in named for name in names if name not in known):
        raise UnknownDomainError(f"no domain is called {name!r}{nearest(name, known)}; {', '.join(sorted(known))}")


def domains_of(finding: Finding) -> set[str]:
    """The domains of the terms that a finding is about."""
    return {terms()[term].domain for term in finding.rule.terms if term in terms()}
