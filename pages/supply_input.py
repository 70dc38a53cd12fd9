"""One input for a field of the ledger, by its kind; amounts may be typed with their unit."""

from datetime import date
from typing import Any

import streamlit as st

from geo.ledger import supply_rules
from geo.supply import Field, Parcel, Value
from pages import parts, supply_values, supply_words
from pages.supply_form import Form

_DAYS = date(1987, 1, 1), date(2100, 12, 31)


def draw(form: Form, key: str, parcel: Parcel | None = None, *, needed: bool = False) -> None:
    """Draw the input, filled with what is known."""
    known, rules = supply_rules().fields[key], supply_rules()
    widget, label = form.key(f"f_{key}"), _label(known, needed=needed)
    now = parcel.fields.get(key) if parcel else None
    if known.kind == "day":
        st.date_input(label, _day(now), *_DAYS, key=widget, format="YYYY-MM-DD")
    elif known.kind == "use":
        _choice(widget, label, {code: supply_words.use(code) for code in rules.uses}, now)
    elif known.kind == "method":
        _choice(widget, label, {one: supply_words.method(one) for one in rules.methods}, now)
    elif known.kind == "realm":
        _choice(widget, label, {one: supply_words.realm(one) for one in rules.realm_names}, now)
    elif known.kind == "choice":
        _choice(widget, label, {one: one for one in known.choices}, now)
    elif known.kind == "yes":
        words = parts.section("supply")
        shown = None if now is None else "是" if now else "否"
        _choice(widget, label, {"是": words["yes"], "否": words["no"]}, shown)
    else:
        st.text_input(label, _plain(now), key=widget, placeholder=_hint(known))


def given(form: Form, keys: list[str]) -> dict[str, Any]:
    """What was typed into the inputs of some fields."""
    return {key: form.value(f"f_{key}") for key in keys}


def changed(form: Form, keys: list[str], parcel: Parcel) -> dict[str, Any]:
    """What was typed and is not what is known already."""
    said = given(form, keys)
    return {key: value for key, value in said.items() if not _same(value, parcel.fields.get(key))}


def _same(said: Any, known: Value) -> bool:
    if isinstance(known, bool):
        return bool(said == ("是" if known else "否"))
    if isinstance(known, date) or said is None:
        return bool(said == known)
    return str(said).strip() == _plain(known)


def _label(known: Field, *, needed: bool) -> str:
    name = parts.say(known.name, known.name_en)
    unit = f" /{supply_words.unit(known.unit)}" if known.unit else ""
    return name + unit + (parts.t("supply", "needed") if needed else "")


def _hint(known: Field) -> str | None:
    if supply_values.is_area(known):
        return parts.t("supply", "area_hint")
    return None


def _choice(widget: str, label: str, options: dict[str, str], now: Value) -> None:
    keys = list(options)
    if isinstance(now, str) and now not in keys:
        keys, options = [now, *keys], {now: now, **options}  # a mixed use has no code of its own
    index = keys.index(now) if isinstance(now, str) else None
    st.selectbox(
        label,
        keys,
        index,
        format_func=lambda one: options.get(one, one),
        key=widget,
        placeholder=parts.t("supply", "pick"),
    )


def _day(now: Value) -> date | None:
    return now if isinstance(now, date) else None


def _plain(now: Value) -> str:
    if now is None:
        return ""
    return f"{now:.10g}" if isinstance(now, float) else str(now)
