"""What a new scenario starts with: demands that the plan states, the office's limits, no figures.

Only areas of land that the plan gives are demands. Where it names no class of use, the class
is our reading and the demand says so.
"""

from collections.abc import Iterator

from geo.plan import Target
from geo.scenario.closed import rules
from geo.scenario.definition import Definition, Demand, Limit, Part, Units, Use
from geo.scenario.score import template
from geo.scenario.terms import Where
from geo.zone import Zone

PRACTICE = "经区做法，可改"
# Target of the plan → how it is asked: id and class of the use, and what was read into it.
ASKED = {
    "S14": ("trade", "09", "服务贸易园", "用途类别（商业服务业用地）为样板理解，可改"),
    "S23": ("health", "08", "健康城建设用地", "方案只说建设用地，用途类别（公共服务）为样板，可改"),
}
_MU = {"亩": 1.0, "万亩": 10_000.0}


def limits() -> tuple[Limit, ...]:
    """The office's hard exclusions, farmland first: what closes a unit that it touches."""
    known = template().masks
    drawn = [
        Limit(
            id=one.id,
            title=one.title,
            title_en=one.title_en,
            where=Where(set=one.layer.set, kinds=one.layer.kinds),
        )
        for one in known.values()
        if one.layer.set != "landuse"  # present use is told by the conversion rules
    ]
    return (*drawn, *_more())


def _more() -> Iterator[Limit]:
    for set_, title, title_en in (
        ("watersource", "饮用水水源保护区", "Drinking-water source protection area"),
        ("hill", "山体保护区", "Hill protection area"),
        ("relic", "文物保护范围", "Heritage protection area"),
    ):
        yield Limit(id=set_, title=title, title_en=title_en, where=Where(set=set_))
    yield Limit(
        id="supplied",
        title="已供应的宗地",
        title_en="Parcels supplied already",
        phases=("supplied", "built", "alert"),
        from_pct=50.0,
        basis="供应台账",
    )
    yield Limit(
        id="slope",
        title="坡度大于 25°",
        title_en="Slope over 25°",
        raster="slope",
        above=25.0,
        basis=PRACTICE,
    )


def parts() -> tuple[Part, ...]:
    """Land of which only a part is lost: what runs through a unit."""
    return (
        Part(
            id="corridor",
            title="综合管廊两侧（示意）",
            title_en="Beside utility tunnels (schematic)",
            where=Where(set="corridor", buffer_m=10.0),
            usable_pct=0.0,
            basis=PRACTICE,
        ),
    )


def excludes(definition: Definition) -> tuple[Limit, ...]:
    """The hard exclusions of a scenario: its own, or the office's where it names none."""
    if definition.excludes is not None:
        return definition.excludes
    codes = {use.id: use.code for use in definition.uses}
    masks = template().masks
    found = []
    for limit in limits():
        closed = masks[limit.id].uses if limit.id in masks else ()
        uses = tuple(id_ for id_, code in codes.items() if code[:2] in closed)
        if uses or not closed:
            found.append(limit.model_copy(update={"uses": uses}))
    return tuple(found)


def tolerance_pct() -> float:
    """How far a demand may be missed where it says nothing."""
    return rules().settings["demand_tolerance_pct"]


def start(zone: Zone, units: Units | None = None) -> Definition:
    """A new scenario: the land that the plan asks for, on the whole zone."""
    known = {one.id: one for one in zone.plan.targets}
    asked = {id_: how for id_, how in ASKED.items() if id_ in known}
    uses = tuple(Use(id=id_, code=code, name=name) for id_, code, name, _ in asked.values())
    demands = tuple(_demand(known[target], how) for target, how in asked.items())
    return Definition(
        name="规划目标落地",
        units=units or Units(),
        uses=uses,
        demands=demands,
        excludes=limits_of(uses),
        partials=parts(),
    )


def limits_of(uses: tuple[Use, ...]) -> tuple[Limit, ...]:
    """The office's exclusions for some uses."""
    bare = Definition(name="—", uses=uses, demands=(Demand(use=uses[0].id, mu=0.0),))
    return excludes(bare)


def _demand(target: Target, how: tuple[str, str, str, str]) -> Demand:
    use, _, _, note = how
    amount = (target.value_low or 0.0) * _MU[target.unit]
    told = "、".join(target.clauses)
    return Demand(use=use, mu=amount, target=target.id, clause=told, note=note)
