"""Pieces of the site page: signs beside colours, text escaped, the best cell marked."""

import base64
import re

import pytest
from shapely.geometry import box

from geo.model import Grade
from layers import site_html, site_look, site_thumb

BAD = '<script>alert("x")</script>'


def test_every_answer_and_verdict_has_a_sign_of_its_own_beside_its_colour() -> None:
    for table in (site_look.ANSWERS, site_look.VERDICTS):
        assert len({mark.sign for mark in table.values()}) == len(table)
        assert len({mark.letter for mark in table.values()}) == len(table)


@pytest.mark.parametrize("mark", [*site_look.ANSWERS.values(), *site_look.VERDICTS.values()])
def test_words_on_their_ground_can_be_read(mark: site_look.Mark) -> None:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(mark.ink), light(mark.ground)), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 7  # WCAG 2 AAA


def test_no_piece_lets_markup_through() -> None:
    pieces = [
        site_html.verdict("USABLE", BAD, BAD, [(BAD, BAD)], [BAD]),
        site_html.reasons([("UNKNOWN", BAD, BAD, BAD)] * 7, "{count}"),
        site_html.row(("HIT", BAD), BAD, ("BAN", BAD), [BAD]),
        site_html.evidence(Grade.TRACED, [(BAD, BAD)], [BAD], english=False),
        site_html.features([(BAD, BAD)], 2),
        site_html.remarks([(BAD, BAD)]),
        site_html.table([BAD], [[BAD]]),
        site_html.compared([BAD], [(BAD, [("", BAD)], ())]),
        site_html.heading(BAD, 1),
        site_html.notice(BAD),
        site_html.candidate(("USABLE", BAD), BAD, BAD),
        site_thumb.picture(box(122.2, 37.4, 122.21, 37.41), [], BAD),
    ]
    assert not [one for one in pieces if "<script" in one]


def test_beyond_five_reasons_the_rest_fold_and_are_counted() -> None:
    rows = [("UNKNOWN", f"rule {i}", "", "") for i in range(7)]
    told = site_html.reasons(rows, "{count} more")
    assert told.count("<li>") == 7
    assert "2 more" in told
    assert "<details>" not in site_html.reasons(rows[:5], "{count} more")


def test_the_best_cell_of_a_comparison_is_marked_by_more_than_colour() -> None:
    told = site_html.compared(["A", "B"], [("area", [("", "1"), ("", "2")], (1,))])
    assert told.count("★") == 1
    assert re.search(r'<td class=best>2<i class="zs-best"[^>]*>★', told)


def test_a_small_picture_keeps_the_shape_of_the_site() -> None:
    told = site_thumb.picture(box(122.20, 37.40, 122.21, 37.41), [], "x")
    svg = base64.b64decode(told.partition("base64,")[2].partition('"')[0]).decode()
    at = [
        tuple(map(float, one.split())) for one in re.findall(r"[\d.]+ [\d.]+", svg.split('d="')[1])
    ]
    wide = max(x for x, _ in at[:4]) - min(x for x, _ in at[:4])
    high = max(y for _, y in at[:4]) - min(y for _, y in at[:4])
    # a hundredth of a degree is 885 m by 1,110 m here
    assert high == pytest.approx(48, abs=0.2)
    assert wide / high == pytest.approx(885 / 1110, rel=0.03)
