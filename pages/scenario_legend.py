"""Titles of the maps of a plan, in both languages, with the period they tell of."""

from geo.scenario import Outcome, wording
from pages import door


def titled(outcome: Outcome) -> tuple[str, str]:
    """Title of the map of uses."""
    said = door.words()["scenario"]
    spans = (wording.span(outcome, english=english) for english in (False, True))
    plain, texts = said["plan_title"], said["span_title"]
    chinese, english = (
        text.format(span=span) if span else bare
        for text, bare, span in zip(texts, plain, spans, strict=True)
    )
    return chinese, english
