"""What land is looked for: size, use, status, distances, slope, what must not stand in the way."""

import streamlit as st

from geo import ledger
from geo.site import Criteria, Reach
from geo.units import M2_PER, SIGN
from geo.zone import Zone
from pages import door, parts, site_words

_NEAR = ("road", "corridor", "station", "park", "coast", "facility", "hub", "water", "project")


def draw(zone: Zone) -> Criteria:
    """The form; nothing filled in asks nothing."""
    words, unit = site_words.words(), parts.unit()
    per, sign = float(M2_PER[unit]), SIGN[unit][parts.english()]
    st.caption(f"{words['size']} / {sign}")
    left, right = st.columns(2)
    least = left.number_input(words["least"], 0.0, value=None, key=f"site_least_{unit}")
    most = right.number_input(words["most"], 0.0, value=None, key=f"site_most_{unit}")
    use = st.selectbox(
        words["use"],
        sorted(door.uses()),
        index=None,
        format_func=site_words.use,
        placeholder=words["use_none"],
        key="site_find_use",
        persist_state="session",
    )
    statuses = st.multiselect(
        words["statuses"],
        list(ledger.supply_rules().statuses),
        default=["available"],
        format_func=_status,
        key="site_statuses",
        placeholder=words["any_one"],
        persist_state="session",
    )
    near = _near(zone)
    no_ban = st.checkbox(words["no_ban"], value=True, key="site_no_ban")
    sure = st.checkbox(words["sure"], key="site_sure", help=words["sure_help"])
    gentle = st.checkbox(words["gentle"], key="site_gentle", help=words["gentle_help"])
    return Criteria(
        least_m2=None if least is None else least * per,
        most_m2=None if most is None else most * per,
        use=use or "",
        near=near,
        statuses=tuple(statuses),
        gentle=gentle,
        no_ban=no_ban,
        sure=sure,
    )


def _status(id_: str) -> str:
    one = ledger.supply_rules().statuses[id_]
    return parts.say(one.name, one.name_en)


def _near(zone: Zone) -> tuple[Reach, ...]:
    """Sets the land must lie near, and how near."""
    words, held = site_words.words(), zone.sets()
    names = st.multiselect(
        words["near_sets"],
        [name for name in _NEAR if name in held],
        format_func=lambda one: zone.catalog.title(one, english=parts.english()),
        key="site_near",
        placeholder=words["near_none"],
        persist_state="session",
    )
    out = []
    for name in names:
        title = zone.catalog.title(name, english=parts.english())
        most = st.number_input(
            words["within"].format(name=title),
            min_value=0.0,
            value=1000.0,
            step=100.0,
            key=f"site_within_{name}",
        )
        out.append(Reach(name, float(most), _which(zone, name)))
    return tuple(out)


def _which(zone: Zone, name: str) -> tuple[str, ...]:
    """Particular features of a set, such as one port; none means any."""
    table = zone.existing(name).table
    titles = dict(zip(table["id"], table["name"], strict=True))
    picked = st.multiselect(
        site_words.words()["which"],
        list(titles),
        format_func=lambda one: str(titles[one]),
        key=f"site_which_{name}",
        placeholder=site_words.words()["any"],
    )
    return tuple(picked)
