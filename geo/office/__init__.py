"""The office: its book of people, what they did, remarked and marked; who may write what."""

from geo.office.albums import Albums, open_albums
from geo.office.boards import Boards, open_boards
from geo.office.book import AUDIT, Office, open_office
from geo.office.permit import guard, permit
from geo.office.pins import level, placed, usual
from geo.office.visit import RightsError, Visit, visiting, visitor

__all__ = [
    "AUDIT",
    "Albums",
    "Boards",
    "Office",
    "RightsError",
    "Visit",
    "guard",
    "level",
    "open_albums",
    "open_boards",
    "open_office",
    "permit",
    "placed",
    "usual",
    "visiting",
    "visitor",
]
