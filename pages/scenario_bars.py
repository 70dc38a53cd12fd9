"""Bars of what each demand asks against what it was given, with the number of the plan."""

from geo.scenario import Coverage
from pages import scenario_words
from pages.target_words import safe

_FULL = 100.0  # percent of the width, for the longer of the two


def row(one: Coverage) -> str:
    """A row below a demand: what was asked and what was given, on one scale."""
    words = scenario_words.words()
    asked, got = lengths(one.asked_mu, one.got_mu)
    plan = words["bar_plan"].format(target=one.target) if one.target else words["bar_own"]
    kind = "got" if one.met else "got off"
    return (
        '<tr class="bars"><td colspan="4"><div class="cbars">'
        f"{_bar('asked', asked, plan, scenario_words.of_mu(one.asked_mu))}"
        f"{_bar(kind, got, words['h_got'], scenario_words.of_mu(one.got_mu))}</div></td></tr>"
    )


def lengths(asked: float, got: float) -> tuple[float, float]:
    """Lengths of the two bars in percent; the longer one is full."""
    most = max(asked, got)
    return (_FULL * asked / most, _FULL * got / most) if most > 0 else (0.0, 0.0)


def _bar(kind: str, length: float, label: str, value: str) -> str:
    return (
        f'<span>{safe(label)}</span><div class="ctrack"><i class="{kind}" '
        f'style="width:{length:.1f}%"></i></div><b>{safe(value)}</b>'
    )
