"""Words and numbers of the site page, in the reader's language and unit."""

from geo.site import Answer, Finding, LegalState, Met, Severity, Verdict
from geo.units import AreaUnit, format_area, format_length, half_up
from pages import door, parts


def words() -> dict[str, str]:
    """All texts of the page."""
    return parts.section("site")


def named(one: Answer | Severity | Verdict | LegalState) -> str:
    """An answer, a severity, a verdict or a legal state as the reader says it."""
    name = one.name.lower()
    if isinstance(one, Answer):
        return words()[f"answer_{name}"]
    if isinstance(one, Severity):
        return words()[f"severity_{name}"]
    return words()[f"verdict_{name}" if isinstance(one, Verdict) else f"state_{name}"]


def both(key: str) -> tuple[str, str]:
    """A text in both languages."""
    chinese, english = door.words()["site"][key]
    return chinese, english


def extent(m2: float | None) -> str:
    """An area in the reader's unit; square metres beside it where the unit is coarse."""
    if m2 is None:
        return ""
    unit = parts.unit()
    told = format_area(m2, unit, english=parts.english())
    fine = unit is not AreaUnit.M2 and m2 < 100_000
    return f"{told}（{metres2(m2)}）" if fine and not parts.english() else told


def metres2(m2: float) -> str:
    """An area in square metres."""
    return format_area(m2, AreaUnit.M2, english=parts.english())


def metres(value: float | None) -> str:
    """A length or distance."""
    return "" if value is None else format_length(value, english=parts.english())


def share(percent: float | None) -> str:
    """A share of the site; small ones are not made nought."""
    if percent is None:
        return ""
    return f"{half_up(percent, 2)} %" if percent >= 0.01 or not percent else "< 0.01 %"


def amounts(found: Finding) -> list[str]:
    """The numbers of a finding: overlap and share, length, distance against limit."""
    out, told = [], words()
    if found.overlap_m2:
        out += [extent(found.overlap_m2), f"{told['share']} {share(found.share_pct)}"]
    if found.length_m:
        out.append(f"{told['length']} {metres(found.length_m)}")
    if found.distance_m is not None:
        limit = f" / {told['limit']} {metres(found.limit_m)}" if found.limit_m is not None else ""
        out.append(f"{told['distance']} {metres(found.distance_m)}{limit}")
    return out


def of_feature(met: Met) -> str:
    """The number of one feature."""
    if met.overlap_m2 is not None:
        return extent(met.overlap_m2)
    told = metres(met.distance_m if met.distance_m is not None else met.length_m)
    limit = f" / {metres(met.limit_m)}" if met.limit_m is not None else ""
    return (told + limit) or met.value


def title(found: Finding) -> str:
    """What a rule is called."""
    return parts.say(found.title, found.title_en)


def use(code: str) -> str:
    """A use by code and name."""
    known = door.uses().get(code)
    return f"{code} {known.name}" if known else code


def settled(text: str, **values: object) -> str:
    """A text with its places filled."""
    return words()[text].format(**values)
