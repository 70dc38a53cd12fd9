"""Tables in which every number opens to the ids it stands for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pages import parts, project_words
from pages.target_words import safe

_NUM = ' class="num"'


@dataclass(frozen=True, slots=True)
class Cell:
    """A text; or a number of things, which open below it."""

    text: str
    ids: tuple[str, ...] = ()
    right: bool = False

    @classmethod
    def of(cls, ids: Sequence[str]) -> "Cell":
        """How many, and which."""
        return cls(str(len(ids)), tuple(ids), right=True)


def html(heads: Sequence[str], rows: Iterable[Sequence[Cell]], kind: str) -> str:
    """The table; heads are keys of the words."""
    words = parts.section("project")
    body = list(rows)
    right = [any(row[i].right for row in body) for i, _ in enumerate(heads)]
    head = "".join(
        f'<th scope="col"{_NUM if num else ""}>{safe(words[name])}</th>'
        for name, num in zip(heads, right, strict=True)
    )
    inner = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in body)
    return (
        f'<div class="pscroll"><table class="ttab {kind}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{inner}</tbody></table></div>"
    )


def _cell(one: Cell) -> str:
    right = _NUM if one.right else ""
    if not one.ids:
        return f"<td{right}>{safe(one.text)}</td>"
    ids = safe(project_words.joined(one.ids))
    return f"<td{right}><details><summary>{safe(one.text)}</summary>{ids}</details></td>"
