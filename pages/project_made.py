"""What a verb's form makes: widgets now, events once the form is sent."""

from collections.abc import Callable, Sequence

from geo.model import Event
from geo.projects import Project, Stamp
from pages.project_book import Seen

Made = Callable[[], Sequence[Event]]
Maker = Callable[[Stamp], Sequence[Event]]
Keys = tuple[str, str]  # how the keys of a form begin, and what was chosen before the form
Form = Callable[[Seen, Project | None, Keys], Maker]
Before = Callable[[Seen, Project | None, str], str]


def id_of(one: Project | None) -> str:
    """Id of the project a form is about."""
    return one.id if one else ""
