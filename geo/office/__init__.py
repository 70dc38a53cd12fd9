"""The office: its book of people and of what they did, and who may write what into a zone."""

from geo.office.book import AUDIT, Office, open_office
from geo.office.permit import guard, permit
from geo.office.visit import RightsError, Visit, visiting, visitor

__all__ = [
    "AUDIT",
    "Office",
    "RightsError",
    "Visit",
    "guard",
    "open_office",
    "permit",
    "visiting",
    "visitor",
]
