"""Sizes and colours of the deck: one accent, wide margins, 13.33 × 7.5 inch. Sizes in mm."""

from collections.abc import Sequence
from dataclasses import dataclass

EMU_PER_MM = 36_000
MM_PER_POINT = 25.4 / 72
WIDE, HIGH = 338.667, 190.5
EDGE = 15.0
GAP = 8.0
LINE = 1.34  # of the size of letters, exact, so that every program breaks pages alike
SAFE = 0.96  # of a width that our own measure may fill: others' fonts run a little wider

LATIN, HAN = "Arial", "微软雅黑"  # on every office machine; others fall back by their panose
INK, SOFT, NAVY, PALE, EDGE_INK = "1E2833", "5B6776", "17375E", "F3F6F9", "D5DBE1"
ACCENT = "1F5FA8"
SCHEME: Sequence[tuple[str, str]] = (
    ("dk1", INK), ("lt1", "FFFFFF"), ("dk2", NAVY), ("lt2", PALE), ("accent1", ACCENT),
    ("accent2", "C8500A"), ("accent3", "00795A"), ("accent4", "B0568A"), ("accent5", "B07800"),
    ("accent6", SOFT), ("hlink", ACCENT), ("folHlink", SOFT),
)  # fmt: skip
WARNING = "9A3412"  # of the mark 示例, as on the maps

TITLE, LEAD, BODY, SMALL = 28.0, 18.0, 22.0, 12.0  # points
LEAST, TABLE, TABLE_LEAST = 18.0, 16.0, 14.0


@dataclass(frozen=True, slots=True)
class Room:
    """A piece of a slide in mm, from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def below(self, high: float) -> "Room":
        """What is left under a strip."""
        return Room(self.left, self.top + high, self.width, self.height - high)

    def upper(self, high: float) -> "Room":
        """A strip at the top."""
        return Room(self.left, self.top, self.width, high)

    def lefthand(self, wide: float) -> "Room":
        """A strip at the left."""
        return Room(self.left, self.top, wide, self.height)

    def beside(self, wide: float) -> "Room":
        """What is left at the right of a strip."""
        return Room(self.left + wide, self.top, self.width - wide, self.height)

    @property
    def emu(self) -> tuple[int, int, int, int]:
        """Left, top, width and height as the file has them."""
        left, top = emu(self.left), emu(self.top)
        return left, top, emu(self.right) - left, emu(self.bottom) - top


def emu(mm: float) -> int:
    """Mm as English metric units."""
    return round(mm * EMU_PER_MM)


FULL = Room(0, 0, WIDE, HIGH)
HEAD = Room(EDGE + 6, 7.5, WIDE - 2 * EDGE - 6, 20)
FOOT = Room(EDGE, 178.5, WIDE - 2 * EDGE - 30, 7)
NUMBER = Room(WIDE - EDGE - 25, 178.5, 25, 7)
BLOCK = Room(EDGE, 11.5, 2.2, 12)  # the accent before a title
BODY_ROOM = Room(EDGE, 31, WIDE - 2 * EDGE, 143)
CODE_MM = 21.0  # side of a QR code
COVER_TITLE = Room(26, 48, 176, 50)
COVER_LEAD = Room(26, 101, 176, 26)
COVER_FACTS = Room(26, 138, 176, 30)
COVER_BLOCK = Room(26, 38, 26, 2.2)
COVER_MAP = Room(212, 34, 112, 118)
CLOSE_BLOCK = Room(26, 38, 26, 2.2)
CLOSE_TITLE = Room(26, 46, 286, 24)
CLOSE_TEXT = Room(26, 78, 286, 84)
