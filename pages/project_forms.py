"""Which form each verb has."""

from collections.abc import Mapping

from geo.projects import Project
from pages import project_intake, project_links, project_progress
from pages.project_book import Seen
from pages.project_made import Before, Form


def nothing(_seen: Seen, _one: Project | None, _key: str) -> str:
    """Most forms need nothing chosen before they are drawn."""
    return ""


BEFORE: Mapping[str, Before] = {"adjusted": project_intake.field}
FORMS: Mapping[str, Form] = {
    "adjusted": project_intake.adjusted,
    "added": project_intake.added,
    "exited": project_intake.exited,
    "scheduled": project_progress.scheduled,
    "done": project_progress.done,
    "reported": project_progress.reported,
    "linked": project_links.linked,
    "unlinked": project_links.unlinked,
    "withdrawn": project_links.withdrawn,
}
