"""Why a verdict is what it is: a line for each rule that has a say."""

from collections.abc import Iterator

from geo.site import Answer, Reason
from geo.zone import Zone
from pages import site_book, site_source, site_words


def rows(zone: Zone, known: site_book.Open) -> Iterator[tuple[str, str, str, str]]:
    """One line a rule: the gravest reason, its numbers, its source; what is merely noted is not."""
    told = set[str]()
    for one in sorted(known.report.reasons, key=_gravity):
        if one.finding.rule not in told and one.code != "NOTED":
            told.add(one.finding.rule)
            yield _reason(zone, one)


def _gravity(one: Reason) -> tuple[int, bool]:
    """The verdict it allows, and what is hit before what is not known."""
    return -one.verdict.rank, one.finding.answer is not Answer.HIT


def _reason(zone: Zone, one: Reason) -> tuple[str, str, str, str]:
    words, found = site_words.words(), one.finding
    number = "　".join([words[f"why_{one.code.lower()}"], *site_words.amounts(found)[:2]])
    source = found.basis
    if found.source:
        source = " · ".join(filter(None, [found.basis, site_source.told(zone, found)]))
    return one.verdict.name, site_words.title(found), number, source
