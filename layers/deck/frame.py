"""The frame of a slide: lead above, clauses and sources below, and the room between."""

from collections.abc import Callable
from dataclasses import dataclass

from layers.brief.values import Slide
from layers.deck import fit, look, theme
from layers.deck.fit import Type
from layers.deck.leaf import Deck, Leaf, Style
from layers.deck.look import Room

Part = tuple[int, int]  # which of how many slides that one of the brief comes to
Plan = Callable[[Part], None]

_LEADS = fit.types(look.LEAD + 2, look.LEAST, Type(look.LEAD))
_LEAD_HIGH = 20.0  # mm, two lines of it
_SOURCE = Type(look.SMALL)
_CITED = 2  # lines


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A slide before it is opened; `cited` says whether clauses and sources stand below."""

    deck: Deck
    slide: Slide
    cited: bool = True

    def room(self, part: Part = (1, 1)) -> Room:
        """What is left for content."""
        room, lead, cites = look.BODY_ROOM, self._lead(part), self._cites()
        if lead:
            room = room.below(self._lead_high(lead) + 5)
        return room.upper(room.height - (len(cites) * _SOURCE.step + 2 if cites else 0))

    def begin(self, layout: int, part: Part = (1, 1)) -> Leaf:
        """A slide with its lead and sources on it."""
        leaf, room = self.deck.begin(layout, self.slide, part), look.BODY_ROOM
        lead, cites = self._lead(part), self._cites()
        if lead:
            leaf.body(theme.LEAD_IDX, [lead], room.upper(self._lead_high(lead)), self._size(lead))
        if cites:
            high = len(cites) * _SOURCE.step
            place = Room(room.left, room.bottom - high, room.width, high)
            leaf.box([fit.joined(cites)], place, _SOURCE, Style("soft"))
        return leaf

    @property
    def brief_lead(self) -> bool:
        """Whether the lead takes two lines at most."""
        return self._lead_high(self._lead((1, 1))) <= _LEAD_HIGH

    def _lead(self, part: Part) -> str:
        return self.slide.lead.say(self.deck.english) if part[0] == 1 else ""

    def _size(self, lead: str) -> Type:
        room = (look.BODY_ROOM.width, _LEAD_HIGH)
        return fit.largest(self.deck.fonts, [lead], room, _LEADS) or _LEADS[-1]

    def _lead_high(self, lead: str) -> float:
        return fit.high(self.deck.fonts, [lead], look.BODY_ROOM.width, self._size(lead))

    def _cites(self) -> list[str]:
        """Clauses and sources in at most two lines; the notes have them whole."""
        deck, slide, said = self.deck, self.slide, list[str]()
        if slide.clauses:
            said.append(deck.say("clauses", clauses=deck.say("comma").join(slide.clauses)))
        if slide.sources:
            told = deck.say("semicolon").join(one.say(deck.english) for one in slide.sources)
            said.append(deck.say("sources", sources=told))
        if not said or not self.cited:
            return []
        text = deck.say("dot").join(said)
        wide = look.BODY_ROOM.width
        return fit.lines(
            deck.fonts, fit.cut(deck.fonts, text, wide, _SOURCE, _CITED), wide, _SOURCE
        )
