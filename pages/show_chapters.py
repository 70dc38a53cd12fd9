"""The list of chapters: sign, title, map and day in a line; moved, hidden and removed in place."""

from geo import meeting
from geo.meeting import Chapter
from geo.zone import Zone
from pages import show_board, show_draft, show_words
from pages.show_state import HELD, Draft
from pages.show_words import KINDS
from pages.target_words import safe

_EYE = (
    '<svg viewBox="0 0 24 24" width="16" height="16" fill="none" stroke="currentColor" '
    'stroke-width="1.8" aria-hidden="true"><path d="M2 12c4-7 16-7 20 0-4 7-16 7-20 0z"/>'
    '<circle cx="12" cy="12" r="3"/>{stroke}</svg>'
)
_ACTS = (("up", "↑"), ("down", "↓"), ("hide", ""), ("gone", "✕"))


def chosen(draft: Draft) -> Chapter | None:
    """The chapter chosen, else the first; None where there is none."""
    asked, held = HELD.get("chapter"), draft.story.chapters
    return next((one for one in held if one.id == asked), held[0] if held else None)


def show(zone: Zone, draft: Draft) -> None:
    """Draw the list."""
    one = chosen(draft)

    def act(what: str, id_: str) -> None:
        acted(draft, what, id_)

    show_board.show("mchapters", html(zone, draft, one), one.id if one else "", act)


def acted(draft: Draft, what: str, id_: str) -> None:
    """Do what a button of the list says; a chapter another run took away is passed over."""
    story = draft.story
    if all(one.id != id_ for one in story.chapters):
        return
    if what == "gone":
        show_draft.change(draft, meeting.without(story, id_))
        return
    HELD.put({"chapter": id_})
    if what in ("up", "down"):
        show_draft.change(draft, meeting.moved(story, id_, -1 if what == "up" else 1))
    elif what == "hide":
        hide = not meeting.chapter(story, id_).hidden
        show_draft.change(draft, meeting.hidden(story, id_, hide=hide))


def html(zone: Zone, draft: Draft, one: Chapter | None) -> str:
    """The rows."""
    rows = draft.story.chapters
    return "".join(_row(zone, i, each, each is one) for i, each in enumerate(rows, 1))


def _row(zone: Zone, place: int, one: Chapter, chosen_: bool) -> str:
    words, kind, id_ = show_words.words(), show_words.kind(one), safe(one.id)
    marks = [words[f"kind_{kind}"]]
    if one.look is not None:
        marks.append(show_words.colouring(one.look.colouring))
    if one.day:
        marks.append(one.day.isoformat())
    marks.append(words["seconds_short"].format(number=one.seconds))
    marks += [words["hidden"]] if one.hidden else []
    marks += [words["internal"]] if one.internal else []
    eye = _EYE.format(stroke='<path d="M4 20L20 4"/>' if one.hidden else "")
    buttons = "".join(
        f'<button data-act="{name}" data-id="{id_}" title="{safe(words[f"act_{name}"])}" '
        f'aria-label="{safe(words[f"act_{name}"])} {place}">{sign or eye}</button>'
        for name, sign in _ACTS
    )
    off = " moff" if one.hidden else ""
    return (
        f'<div class="mchap{off}" aria-current="{str(chosen_).lower()}">'
        f'<button class="mgo" data-act="open" data-id="{id_}"><i class="mk-{kind}" '
        f'aria-hidden="true">{KINDS[kind]}</i><b>{place}</b><span>'
        f"{safe(show_words.chapter_title(zone, one))}<small>{safe(' · '.join(marks))}</small>"
        f'</span></button><span class="macts">{buttons}</span></div>'
    )
