"""Steps of a project: planned beside done, with the red marks that stay; its monthly reports."""

from geo.projects import Mark, Project, Step
from layers import project_look
from pages import parts, project_source, project_words
from pages.project_book import Seen
from pages.target_words import safe


def steps(seen: Seen, one: Project) -> str:
    """A table of the steps."""
    words = parts.section("project")
    heads = ("col_step", "col_due", "col_done")
    head = "".join(f'<th scope="col">{safe(words[name])}</th>' for name in heads)
    rows = "".join(_step(seen, step) for step in one.steps)
    proposals = seen.rules.proposals(one)
    hints = "".join(
        f"<li>{safe(words['proposal'].format(step=seen.rules.steps[id_].name, day=day))}"
        f"{safe(limit.basis)}</li>"
        for id_, (day, limit) in proposals.items()
    )
    more = f'<ul class="tflags">{hints}</ul>' if hints else ""
    table = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    return f'<table class="ttab psteps">{table}</table>{more}'


def _step(seen: Seen, one: Step) -> str:
    words, light = parts.section("project"), project_words.light(one.colour)
    due = project_words.when(one.due)
    if len(one.deadlines) > 1:
        due += f"<small>{safe(words['was'].format(days=_earlier(one)))}</small>"
    done, extra = "—", ""
    if one.done:
        done = project_words.when(one.done.when)
        extra += _small(parts.say(one.done.text, one.done.text_en))
    for cited in _sources(one):
        extra += f"<small>{cited}</small>"
    extra += "".join(_small(_mark(mark)) for mark in one.marks)
    return (
        f"<tr><td>{project_look.icon(light)} {safe(project_words.step(one))}"
        f"<small>{safe(project_words.why(one.why))}</small></td><td>{due}</td><td>{done}</td></tr>"
        + (f'<tr class="pmore"><td colspan="3">{extra}</td></tr>' if extra else "")
    )


def _earlier(one: Step) -> str:
    return project_words.joined(str(deadline.due or "—") for deadline in one.deadlines[:-1])


def _sources(one: Step) -> list[str]:
    found = [deadline.cited for deadline in one.deadlines] + [one.done.cited if one.done else None]
    return list(dict.fromkeys(project_source.told(cited) for cited in found if cited))


def _mark(one: Mark) -> str:
    words = parts.section("project")
    if one.cleared is None:
        return words["mark_open"].format(due=one.due, red=one.red)
    how = words[f"mark_{one.how}"]
    return words["mark"].format(due=one.due, red=one.red, cleared=one.cleared, how=how)


def _small(text: str) -> str:
    return f"<small>{safe(text)}</small>" if text else ""


def reports(one: Project) -> str:
    """Monthly reports, latest first."""
    words = parts.section("project")
    if not one.reports:
        return f'<p class="tnote">{safe(words["no_reports"])}</p>'
    out = ""
    for month, report in sorted(one.reports.items(), reverse=True):
        money = words["report_money"].format(
            planned=project_words.wan(report.planned_wan),
            completed=project_words.wan(report.completed_wan),
        )
        stated = report.planned_wan is not None or report.completed_wan is not None
        said = parts.say(report.text, report.text_en)
        cited = f"<small>{project_source.told(report.cited)}</small>" if report.cited else ""
        on = _small(words["report_on"].format(day=report.on))
        out += (
            f"<li><b>{safe(month)}</b> {safe(money if stated else '')} {safe(said)}{on}{cited}</li>"
        )
    return f'<ul class="tfacts">{out}</ul>'
