"""One account: new, or another's to change. A password is typed here and never shown."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from geo.errors import GeoError
from geo.model import SECRECY
from geo.people import Person, Role
from pages import admin_acts, door, parts, rights
from pages.admin_acts import Typed

_FIELDS = ("id", "name", "roles", "units", "clearance", "password", "disabled")


def role_name(role: Role) -> str:
    """A role as readers call it."""
    return rights.matrix().names[role][parts.english()]


def draw(known: Person | None, places: Mapping[str, str]) -> None:
    """The form; what is kept in it is of this person alone."""
    words = parts.section("admin")
    one = known or Person("", "", frozenset({Role.VIEWER}))
    turn = st.session_state.get("ap_turn", 0)
    key = {field: f"ap_{field}_{one.id}_{turn}" for field in _FIELDS}
    with st.form(f"ap_{one.id}_{turn}", border=False):
        if known is None:
            st.text_input(words["id"], key=key["id"], max_chars=64, help=words["id_note"])
        st.text_input(words["name"], one.name, key=key["name"], max_chars=60)
        _rights(one, places, key)
        if door.given().sign_in == "local":
            label = words["first_password" if known is None else "reset"]
            st.text_input(
                label,
                key=key["password"],
                type="password",
                max_chars=128,
                autocomplete="new-password",
            )
            st.caption(words["password_note"])
        if known is not None:
            st.toggle(words["disable"], one.disabled, key=key["disabled"])
        st.form_submit_button(
            words["add" if known is None else "save"],
            type="primary",
            on_click=partial(_kept, known, key),
        )
    if refused := st.session_state.pop("ap_refused", None):
        parts.refused(refused)


def _rights(one: Person, places: Mapping[str, str], key: Mapping[str, str]) -> None:
    words = parts.section("admin")
    st.multiselect(
        words["roles"],
        list(Role),
        default=[role for role in Role if role in one.roles],
        format_func=role_name,
        key=key["roles"],
    )
    st.multiselect(
        words["units"],
        list(dict.fromkeys((*places, *sorted(one.units)))),
        default=sorted(one.units),
        format_func=lambda id_: places.get(id_, id_),
        key=key["units"],
        help=words["units_note"],
        placeholder=words["all_units"],
    )
    level = SECRECY.index(one.clearance)
    st.selectbox(words["clearance"], SECRECY, level, key=key["clearance"])


def _kept(known: Person | None, key: Mapping[str, str]) -> None:
    """Take what was typed; a password leaves the session at once, taken or not."""
    said = {field: st.session_state.get(name) for field, name in key.items()}
    if said["password"]:
        st.session_state[key["password"]] = ""
    typed = Typed(
        str(said["id"] or (known.id if known else "")).strip(),
        str(said["name"] or "").strip(),
        frozenset(Role(one) for one in said["roles"] or ()),
        frozenset(said["units"] or ()),
        str(said["clearance"]),
        str(said["password"] or ""),
        bool(said["disabled"]),
    )
    try:
        done = admin_acts.keep(known, typed)
    except GeoError as error:
        st.session_state["ap_refused"] = error
        return
    st.session_state["ap_turn"] = st.session_state.get("ap_turn", 0) + 1
    st.session_state["ap_who"] = done.id
    st.session_state["ap_said"] = parts.t("admin", "kept").format(name=done.name, id=done.id)
