"""The office: its book of people, of what they did and what they remarked; who may write what."""

from geo.office.boards import Boards, open_boards
from geo.office.book import AUDIT, Office, open_office
from geo.office.permit import guard, permit
from geo.office.pins import level, placed
from geo.office.visit import RightsError, Visit, visiting, visitor

__all__ = [
    "AUDIT",
    "Boards",
    "Office",
    "RightsError",
    "Visit",
    "guard",
    "level",
    "open_boards",
    "open_office",
    "permit",
    "placed",
    "visiting",
    "visitor",
]
