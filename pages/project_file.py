"""The score sheet as a file that anybody can recompute."""

from collections.abc import Sequence

from layers import project_score
from layers.project_score import Line
from pages import parts, seal
from pages.project_book import Seen

HEADS = ("unit", "item", "count", "weight", "points", "working", "total", "summed", "inputs")
_NAMED = {"unit": "col_lead", "total": "score_total"}


def version(seen: Seen) -> int:
    """The version the score rests on."""
    return seen.book.version if seen.moment.known is None else seen.moment.known


def book(seen: Seen, lines: Sequence[Line]) -> bytes:
    """The Excel file."""
    words, formula = parts.section("project"), seen.rules.formula
    about = {
        words["score_about"]: parts.say(formula.label, formula.label_en),
        words["formula_head"]: words["formula"].format(base=project_score.plain(formula.base)),
        words["as_of_head"]: seen.day.isoformat(),
        words["version_head"]: str(version(seen)),
        words["inputs"]: words["inputs_help"],
        **seal.of(seen.zone, version(seen)).rows(english=parts.english()),
    }
    if seen.zone.example:
        about[parts.t("app", "example")] = parts.t("app", "example_note")
    heads = {key: words[_NAMED.get(key, key)] for key in HEADS}
    return project_score.workbook(words["view_score"], heads, lines, about)
