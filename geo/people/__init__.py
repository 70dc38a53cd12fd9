"""Who may do what: people, roles, actions, passwords, sign-in attempts.

Nothing here keeps anything: accounts and what people did are in the book of `geo.office`.
"""

from geo.people.fold import (
    KIND,
    Entrance,
    People,
    Session,
    folded,
    plain_name,
    session_subject,
)
from geo.people.gate import Gate
from geo.people.password import PasswordError, hashed, matches, weak
from geo.people.rules import Action, Matrix, read
from geo.people.tally import Tally
from geo.people.values import LOCAL, Act, Person, Role

__all__ = [
    "KIND",
    "LOCAL",
    "Act",
    "Action",
    "Entrance",
    "Gate",
    "Matrix",
    "PasswordError",
    "People",
    "Person",
    "Role",
    "Session",
    "Tally",
    "folded",
    "hashed",
    "matches",
    "plain_name",
    "read",
    "session_subject",
    "weak",
]
