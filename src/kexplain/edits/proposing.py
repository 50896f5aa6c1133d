"""The fixes that a report carries: of each finding its own, made alone and checked by another run."""

from dataclasses import replace

from kexplain.api.release import Release
from kexplain.edits.candidates import candidates
from kexplain.edits.fixing import Again, Verdict, in_texts
from kexplain.edits.rewriting import edits_of, together
from kexplain.engine.finding import Proposal
from kexplain.engine.report import Report

SETS = 3
"""Other runs at most; each checks all fixes that can be made together. What is in none of them is not proposed."""


def proposing(report: Report, release: Release, again: Again) -> Report:
    """The report with a proposal on each finding that can be fixed, safely or not."""
    open_ = [one for one in candidates(report, release) if one.fix]
    proposals: dict[int, Proposal] = {}
    for _ in range(SETS):
        given_up: dict[str, str] = {}
        chosen, texts = in_texts(together(open_), given_up)
        if not chosen:
            break
        verdict = Verdict(report, again(texts), chosen)
        tried = {id(one) for one in chosen}
        open_ = [one for one in open_ if id(one) not in tried and one.finding.fingerprint not in given_up]
        for one in chosen if not verdict.unclear else ():
            edits = None if one.finding.fingerprint in verdict.blamed else edits_of(one)
            if edits and one.fix:
                proposals[id(one.finding)] = Proposal(one.fix.words, one.fix.safe, tuple(edits))
    return replace(report, findings=[f._replace(fix=proposals.get(id(f))) for f in report.findings])
