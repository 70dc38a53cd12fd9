"""A leaf: one slide of the deck, and what can be put on it. Rooms are in mm."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import segno
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from layers.brief import words
from layers.brief.values import Brief, Slide
from layers.deck import fit, look, theme
from layers.deck.fit import Type
from layers.deck.look import LINE, Room
from layers.picture import FontBook
from layers.style import Palette

INKS = {
    "ink": MSO_THEME_COLOR.TEXT_1,
    "navy": MSO_THEME_COLOR.TEXT_2,
    "soft": MSO_THEME_COLOR.ACCENT_6,
    "accent": MSO_THEME_COLOR.ACCENT_1,
}
_TITLES = fit.types(look.TITLE, 20.0, Type(look.TITLE, True))


@dataclass(frozen=True, slots=True, eq=False)
class Deck:
    """The file being made, and how."""

    book: Any
    brief: Brief
    fonts: FontBook
    english: bool = False
    palette: Palette = Palette.STANDARD

    def say(self, key: str, **values: object) -> str:
        """One of the words that all writers share."""
        return words.say(key, self.english, **values)

    def begin(self, layout: int, slide: Slide, part: tuple[int, int] = (1, 1)) -> "Leaf":
        """A new slide with its title, footer, number, marks and notes."""
        made = self.book.slides.add_slide(self.book.slide_layouts[layout])
        leaf = Leaf(self, slide, made)
        leaf.number_and_foot()
        leaf.notes()
        leaf.title(slide.title.say(self.english), part)
        return leaf


@dataclass(frozen=True, slots=True)
class Style:
    """How a text stands: its ink, where in its room, and in which weight."""

    ink: str = "ink"
    align: str = "left"
    anchor: str = "top"


PLAIN = Style()
_ALIGN = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "middle": PP_ALIGN.CENTER}
_ANCHOR = {"top": MSO_ANCHOR.TOP, "middle": MSO_ANCHOR.MIDDLE, "bottom": MSO_ANCHOR.BOTTOM}


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """One slide being filled."""

    deck: Deck
    slide: Slide
    made: Any

    def title(self, text: str, part: tuple[int, int]) -> None:
        """The title at the largest size at which it fits; which part of several it heads."""
        number, parts = part
        if parts > 1:
            text += self.deck.say("part", part=number, parts=parts)
        holder = self.made.shapes.title
        cover = self.made.slide_layout.name in (
            theme.NAMES[theme.COVER],
            theme.NAMES[theme.CLOSING],
        )
        if cover:
            return
        taken = self.marks()
        room = Room(look.HEAD.left, look.HEAD.top, look.HEAD.width - taken, look.HEAD.height)
        type_ = fit.largest(self.deck.fonts, [text], (room.width, room.height), _TITLES)
        place(holder, room)
        told = text if type_ else fit.cut(self.deck.fonts, text, room.width, _TITLES[-1], 2)
        fill(holder, [told], type_ or _TITLES[-1], self.deck)
        self.note(text if told != text else "")

    def marks(self) -> float:
        """QR code, secrecy and 示例 at the upper right; mm that they take from the title."""
        brief, right = self.deck.brief, look.WIDE - look.EDGE
        if brief.base_url and self.slide.permalink:
            self.code(Room(right - look.CODE_MM, 6.0, look.CODE_MM, look.CODE_MM))
            right -= look.CODE_MM + 5
        type_ = Type(14.0, True)
        found = (
            (words.secrecy(brief, self.deck.english), look.SOFT),
            (self.deck.say("example") if brief.example else "", look.WARNING),
        )
        for text, ink in found:
            if text:
                wide = fit.wide(self.deck.fonts, text, type_) + 6
                self._mark(text, Room(right - wide, 13.2, wide, 8.6), ink)
                right -= wide + 3
        return look.WIDE - look.EDGE - right + 4

    def _mark(self, text: str, room: Room, ink: str) -> None:
        frame = self.box([text], room, Type(14.0, True), Style(align="middle", anchor="middle"))
        frame.name = text
        frame.line.color.rgb, frame.line.width = colour(ink), Pt(1)
        for run in frame.text_frame.paragraphs[0].runs:
            run.font.color.rgb = colour(ink)

    def code(self, room: Room) -> None:
        """The permalink as a QR code that can also be clicked."""
        link = self.deck.brief.base_url.rstrip("/") + "/" + self.slide.permalink.lstrip("/")
        out = io.BytesIO()
        segno.make(link, error="l", micro=False).save(out, kind="png", scale=8, border=2)
        shape = self.picture(out.getvalue(), room, self.deck.say("code_of"))
        shape.click_action.hyperlink.address = link

    def box(self, texts: Sequence[str], room: Room, type_: Type, style: Style = PLAIN) -> Any:
        """Paragraphs in a room of their own."""
        frame = self.made.shapes.add_textbox(*room.emu)
        fill(frame, texts, type_, self.deck, style)
        return frame

    def body(self, idx: int, texts: Sequence[str], room: Room, type_: Type) -> None:
        """Paragraphs in a placeholder of the layout."""
        (holder,) = [one for one in self.made.placeholders if one.placeholder_format.idx == idx]
        place(holder, room)
        fill(holder, texts, type_, self.deck, None)

    def picture(self, data: bytes, room: Room, told: str) -> Any:
        """A picture with words for those who cannot see it."""
        shape = self.made.shapes.add_picture(io.BytesIO(data), *room.emu)
        shape.name = told
        shape._element.nvPicPr.cNvPr.set("descr", told)
        return shape

    def number_and_foot(self) -> None:
        """Footer and slide number: placeholders of the layout that python-pptx does not copy."""
        tree = self.made.shapes._spTree
        foot = words.foot(self.deck.brief, self.deck.english)
        lang = _lang(self.deck)
        for id_, kind, inside in (
            (90, f'ftr" sz="quarter" idx="{theme.FOOT_IDX}', f"<a:r>{lang}<a:t>{{0}}</a:t></a:r>"),
            (91, f'sldNum" sz="quarter" idx="{theme.NUMBER_IDX}',
             '<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
             f"{lang}<a:t>{{1}}</a:t></a:fld>"),
        ):  # fmt: skip
            text = inside.format("", len(self.deck.book.slides))
            holder = parse_xml(
                f'<p:sp {nsdecls("a", "p", "r")}><p:nvSpPr><p:cNvPr id="{id_}" name="{id_}"/>'
                f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}"/>'
                f"</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p>{text}"
                "</a:p></p:txBody></p:sp>"
            )
            for words_ in holder.iter(qn("a:t")):
                words_.text = words_.text or foot
            tree.append(holder)

    def notes(self) -> None:
        """What the presenter says, the clauses it rests on, sources, and the state shown."""
        deck, slide = self.deck, self.slide
        comma, semicolon = deck.say("comma"), deck.say("semicolon")
        known = deck.brief.occasion
        parts = (
            slide.notes,
            deck.say("clauses", clauses=comma.join(slide.clauses)) if slide.clauses else "",
            deck.say("sources", sources=semicolon.join(s.say(deck.english) for s in slide.sources))
            if slide.sources else "",
            deck.say("as_of", day=known.as_of.isoformat()) + semicolon
            + words.state(deck.brief, deck.english),
        )  # fmt: skip
        frame = self.made.notes_slide.notes_text_frame
        frame.text = "\n".join(clean(one) for one in parts if one)
        for paragraph in frame.paragraphs:
            for run in paragraph.runs:
                _faced(run, deck)

    def note(self, text: str) -> None:
        """A line more in the notes, for what is shortened on the slide."""
        if text:
            paragraph = self.made.notes_slide.notes_text_frame.add_paragraph()
            run = paragraph.add_run()
            run.text = clean(text)
            _faced(run, self.deck)

    def drop_empty(self) -> None:
        """Take away placeholders that nothing was put in: they would ask to be clicked."""
        for holder in list(self.made.placeholders):
            if holder.has_text_frame and not holder.text_frame.text:
                holder._element.getparent().remove(holder._element)


def colour(ink: str) -> Any:
    """A colour as #RRGGBB, or without the sign, for python-pptx."""
    made: Any = RGBColor
    return made.from_string(ink.removeprefix("#"))


def place(shape: Any, room: Room) -> None:
    """Move a shape into a room."""
    shape.left, shape.top, shape.width, shape.height = room.emu


def fill(
    shape: Any, texts: Sequence[str], type_: Type, deck: Deck, style: Style | None = PLAIN
) -> None:
    """Set paragraphs in a shape; without a style, ink and bullets stay those of the layout."""
    frame = shape.text_frame
    frame.word_wrap = True
    if not shape.is_placeholder:
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    if style and not shape.is_placeholder:
        frame.vertical_anchor = _ANCHOR[style.anchor]
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        lay(paragraph, text, type_, deck, style if not shape.is_placeholder else None)
        if number and type_.after:
            paragraph.space_before = Pt(type_.after / look.MM_PER_POINT)


def lay(paragraph: Any, text: str, type_: Type, deck: Deck, style: Style | None = PLAIN) -> Any:
    """One paragraph: exact line height, our size; its run."""
    paragraph.line_spacing = Pt(round(type_.size * LINE, 1))
    if style:
        paragraph.alignment = _ALIGN[style.align]
    run = paragraph.add_run()
    run.text = clean(text)
    run.font.size = Pt(type_.size)
    if style:
        run.font.bold = type_.bold
        run.font.color.theme_color = INKS[style.ink]
    _faced(run, deck)
    return run


def clean(text: str) -> str:
    """A text without the signs that XML has no place for."""
    return "".join(c if c >= " " or c in "\n\t" else " " for c in text)


def _faced(run: Any, deck: Deck) -> None:
    """The theme's fonts by name, East Asian too, and the language for spelling."""
    properties = run._r.get_or_add_rPr()
    for key, value in _language(deck).items():
        properties.set(key, value)
    for tag, face in (("latin", "+mn-lt"), ("ea", "+mn-ea")):
        font = properties.find(qn(f"a:{tag}"))
        if font is None:
            font = parse_xml(f'<a:{tag} {nsdecls("a")} typeface="{face}"/>')
            properties.insert_element_before(
                font, *(("a:ea",) if tag == "latin" else ()), "a:cs", "a:sym", "a:hlinkClick",
                "a:hlinkMouseOver", "a:rtl", "a:extLst",
            )  # fmt: skip


def _language(deck: Deck) -> dict[str, str]:
    first, other = ("en-US", "zh-CN") if deck.english else ("zh-CN", "en-US")
    return {"lang": first, "altLang": other}


def _lang(deck: Deck) -> str:
    told = " ".join(f'{key}="{value}"' for key, value in _language(deck).items())
    return f'<a:rPr {told}><a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/></a:rPr>'
