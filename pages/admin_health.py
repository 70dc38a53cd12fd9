"""Health: versions, days of the data, rules, disk, backups, who is in; the chains when asked."""

import streamlit as st

from geo.chronicle import CHINA
from geo.zone import Zone
from pages import admin_facts, admin_figures, admin_table, parts, tally, who


def draw(zone: Zone) -> None:
    """Figures above, tables below."""
    told = admin_facts.facts(zone)
    admin_figures.draw(told)
    for code in tally.faults:
        st.warning(parts.t("admin", "uncounted").format(code=code))
    if st.button(parts.t("admin", "verify_all"), key="ah_verify"):
        _chains(zone)
    one, two, three = st.columns([4, 5, 5], gap="medium")
    with one:
        _inside()
        rows = [("product", told["product"]), *told["programs"].items()]
        admin_table.draw((), rows, title="programs")
    with two:
        titles = {
            s["name"]: zone.catalog.title(s["name"], english=parts.english()) for s in told["sets"]
        }
        sets = [
            (titles[s["name"]], f"v{s['since']}", s["recorded"], s["issued"]) for s in told["sets"]
        ]
        admin_table.draw(("set", "version_since", "recorded", "issued"), sets, title="sets")
    with three:
        digests = [(name, digest[:16]) for name, digest in told["rules"].items()]
        admin_table.draw((), digests, title="rules")


def _chains(zone: Zone) -> None:
    """Both chains, line by line."""
    words, held = parts.section("admin"), who.book()
    found = {"chain_zone": zone.verify()} | ({"chain_office": held.verify()} if held else {})
    for name, faults in found.items():
        if faults:
            st.error(f"{words[name]}：{words['altered'].format(n=len(faults))}")
            st.text(faults[0].message)
        else:
            st.success(f"{words[name]}：{words['all_sound']}")


def _inside() -> None:
    """Who is signed in: sessions that still stand, newest first."""
    held = who.book()
    if held is None:
        return
    known = held.people
    standing = [one for one in known.sessions.values() if one.stands(who.now())]
    standing.sort(key=lambda one: one.opened, reverse=True)
    rows = [
        (
            known.persons[one.person].name,
            one.person,
            f"{one.opened.astimezone(CHINA):%m-%d %H:%M}",
            one.entrance.value,
        )
        for one in standing
    ]
    admin_table.draw(("name", "id", "opened", "entrance"), rows, title="signed_in")
