"""Site checks as safe HTML: every value is escaped where it enters, words are handed in."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from geo.model import Grade
from layers import card
from layers.site_look import ANSWERS, SEVERITIES, VERDICTS, Mark

Pairs = Iterable[tuple[str, str]]
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\u3001-\u3017\uff08\uff09\uff0c\uff1b\uff1a]+")


def quoted(text: str) -> str:
    """Text with its Chinese parts marked as such: titles of laws, names only Chinese has."""
    return _HAN.sub(lambda found: f'<span lang="zh-CN">{found[0]}</span>', escape(text))


def badge(mark: Mark, word: str) -> str:
    """Sign, letter and word of an answer or a verdict in its colours."""
    return (
        f'<span class="zs-badge" style="color:{mark.ink};background:{mark.ground};'
        f'border-color:{mark.ink}"><i aria-hidden="true">{mark.sign}</i>{escape(word)}</span>'
    )


def answer(name: str, word: str) -> str:
    """The badge of an answer, by its name."""
    return badge(ANSWERS[name], word)


def verdict(name: str, word: str, title: str, pairs: Pairs, chips: Sequence[str] = ()) -> str:
    """The verdict, large and first; below it what it was asked of."""
    mark = VERDICTS[name]
    marks = "".join(f'<span class="chip warn">{escape(one)}</span>' for one in chips)
    return (
        f'<section class="zs-verdict" role="status" data-verdict="{name}" '
        f'style="color:{mark.ink};background:{mark.ground};border-color:{mark.ink}">'
        f'<b class="zs-sign" aria-hidden="true">{mark.sign}</b>'
        f"<div><h2>{escape(word)}</h2><p>{escape(title)} {marks}</p></div></section>"
        f"{facts(pairs)}"
    )


def facts(pairs: Pairs) -> str:
    """Names and values side by side."""
    inner = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in pairs
        if value
    )
    return f'<dl class="zs-facts">{inner}</dl>'


def reasons(rows: Iterable[tuple[str, str, str, str]], more: str) -> str:
    """Why: a sign by verdict, the rule, its number and its source; beyond five they fold."""
    items = [
        f'<li><span style="color:{VERDICTS[name].ink}" aria-hidden="true">{VERDICTS[name].sign}'
        f"</span><div><b>{escape(title)}</b> {escape(number)}"
        f"<small>{quoted(source)}</small></div></li>"
        for name, title, number, source in rows
    ]
    first, rest = "".join(items[:5]), "".join(items[5:])
    told = escape(more.format(count=len(items) - 5))
    folded = f"<details><summary>{told}</summary><ul>{rest}</ul></details>" if rest else ""
    return f'<ul class="zs-reasons">{first}</ul>{folded and f"<div class=zs-more>{folded}</div>"}'


def row(
    name: tuple[str, str],
    title: str,
    severity: tuple[str, str],
    amounts: Sequence[str],
    picture: str = "",
) -> str:
    """One rule's answer on two lines: sign, word, rule, severity; then the numbers."""
    told = "　".join(escape(one) for one in amounts if one)
    chip = f'<span class="chip {SEVERITIES[severity[0]]}">{escape(severity[1])}</span>'
    return (
        f'<div class="zs-row">{picture}<div><div class="zs-line">{answer(*name)}'
        f"<b>{escape(title)}</b>{chip}</div>"
        f'<div class="zs-amount">{told}</div></div></div>'
    )


def evidence(grade: Grade | None, pairs: Pairs, notes: Sequence[str], *, english: bool) -> str:
    """What an answer rests on: grade, source, version, basis, certainty; then the remarks."""
    chip = card.chip(grade, english=english) if grade else ""
    told = "".join(f"<span>{escape(name)} {quoted(value)}</span>" for name, value in pairs if value)
    remarks = "".join(f"<p>{quoted(one)}</p>" for one in notes if one)
    return f'<div class="zs-source">{chip}{told}</div><div class="zs-notes">{remarks}</div>'


def features(rows: Iterable[tuple[str, str]], more: int = 0) -> str:
    """Features that a rule names, each with its number."""
    items = "".join(
        f"<li><span>{quoted(name)}</span><b>{quoted(number)}</b></li>" for name, number in rows
    )
    rest = f"<li>+ {more}</li>" if more > 0 else ""
    return f'<ul class="zs-features">{items}{rest}</ul>' if items else ""


def remarks(rows: Iterable[tuple[str, str]]) -> str:
    """What people said against a finding: kept beside it."""
    return "".join(
        f'<div class="zs-dispute"><b>{escape(who)}</b> {escape(text)}</div>' for who, text in rows
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> str:
    """A plain table; cells are text."""
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in one) + "</tr>" for one in rows
    )
    return (
        f'<table class="zs-tab {kind}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    )


def compared(
    heads: Sequence[str], rows: Iterable[tuple[str, Sequence[tuple[str, str]], Sequence[int]]]
) -> str:
    """Sites side by side: a row's cells are (name of an answer or verdict, text); best marked."""
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = ""
    for title, cells, best in rows:
        body += f'<tr><th scope="row">{escape(title)}</th>'
        body += "".join(_cell(*one, best=i in best) for i, one in enumerate(cells)) + "</tr>"
    return (
        f'<div class="zs-scroll"><table class="zs-tab zs-compare"><thead><tr><th></th>{head}'
        f"</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(name: str, text: str, *, best: bool) -> str:
    mark = VERDICTS.get(name) or ANSWERS.get(name)
    sign = f'<i style="color:{mark.ink}" aria-hidden="true">{mark.sign}</i> ' if mark else ""
    star = '<i class="zs-best" aria-hidden="true">★</i>' if best else ""
    return f"<td{' class=best' if best else ''}>{sign}{escape(text)}{star}</td>"


def heading(text: str, count: int) -> str:
    """The head of a group of answers, with how many there are."""
    return f'<h3 class="zs-group">{escape(text)} <span>{count}</span></h3>'


def notice(text: str) -> str:
    """A quiet remark."""
    return f'<p class="zs-notice">{escape(text)}</p>'


def candidate(name: tuple[str, str], title: str, numbers: str) -> str:
    """A parcel that would do: its verdict, its name, its size and distance."""
    return (
        f'<div class="zs-line">{badge(VERDICTS[name[0]], name[1])}<b>{escape(title)}</b>'
        f"<span>{escape(numbers)}</span></div>"
    )
