"""Which targets fit what the filters ask."""

from geo.plan import Plan, Progress, Target

NO_YEAR = "none"


def fitting(plan: Plan, rows: tuple[Progress, ...], asked: dict[str, str]) -> list[Progress]:
    """Targets that fit all that is asked."""
    mine = next((m.targets for m in plan.matters if m.id == asked["tmatter"]), ())
    return [
        row
        for row in rows
        if (not asked["tyear"] or asked["tyear"] == str(row.target.by_year or NO_YEAR))
        and (not asked["tclause"] or asked["tclause"] in row.target.clauses)
        and (not asked["tflag"] or asked["tflag"] in row.target.flags)
        and (not asked["tplace"] or asked["tplace"] in row.target.entities)
        and (not asked["tmatter"] or row.target.id in mine)
        and _mentions(plan, row.target, asked["tq"])
    ]


def _mentions(plan: Plan, target: Target, typed: str) -> bool:
    named = [one for id_ in target.entities if (one := plan.entity(id_))]
    texts = [target.id, target.subject, target.subject_en, target.note, target.note_en]
    texts += [text for one in named for text in (one.id, one.name, one.name_en, *one.aliases)]
    whole = " ".join(texts).casefold()
    return all(word in whole for word in typed.casefold().split())
