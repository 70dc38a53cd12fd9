"""What is known of a project: its fields, and the source its admission rests on."""

from geo.projects import Project
from pages import parts, project_source, project_words
from pages.project_book import Seen
from pages.target_detail import pairs

_HEAD = ("name", "name_en", "kind", "lead", "tags", "note", "note_en", "clauses", "entity")


def told(seen: Seen, one: Project) -> str:
    """The fields as a list."""
    words, rules = parts.section("project"), seen.rules
    rows = [
        (words["col_kind"], project_words.named(rules.kinds, one.kind)),
        (words["col_phase"], project_words.named(rules.phases, one.phase)),
        (words["col_lead"], project_words.office(one.lead)),
        (words["col_tags"], project_words.tags(one) or words["no_tag"]),
    ]
    for key, field in rules.fields.items():
        if key not in _HEAD and one.fields.get(key):
            label = parts.say(field.name, field.name_en)
            rows.append((label, project_words.value(field, one.fields[key])))
    note = parts.say(str(one.fields.get("note", "")), str(one.fields.get("note_en", "")))
    rows += [(words["note"], note), (words["document"], one.document)]
    return pairs(rows) + (
        f'<p class="psource">{project_source.told(one.cited)}</p>' if one.cited else ""
    )
