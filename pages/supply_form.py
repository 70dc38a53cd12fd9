"""What forms share: day, reason, paper, saving. What was typed stays until it is saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from geo.errors import ConflictError, DataError, GeoError
from geo.ledger import record, supply_rules
from geo.ledger.shapes import following
from geo.model import Event
from geo.people import Act
from geo.supply import Draft
from geo.zone import Zone
from pages import parts, rights, supply_book, supply_draft, supply_refusal


@dataclass(frozen=True, slots=True)
class Form:
    """One form on some parcels; `name` says what it does, `act` which right it takes."""

    name: str
    ids: tuple[str, ...]
    act: Act = Act.LEDGER

    def key(self, part: str) -> str:
        """Key of one of its widgets, fresh after each save."""
        return (
            f"sform_{self.name}_{'_'.join(self.ids)}_{st.session_state.get('sform_turn', 0)}_{part}"
        )

    def value(self, part: str) -> Any:
        """What one of its widgets says."""
        return st.session_state.get(self.key(part))

    def papers(self, *, needed: bool) -> None:
        """Day of effect, document, reason."""
        words, today = parts.section("supply"), supply_book.today()
        left, right = st.columns(2, gap="small")
        left.date_input(
            words["on"], today, max_value=today, key=self.key("on"), format="YYYY-MM-DD"
        )
        label = words["document"] if needed else words["document_free"]
        right.text_input(label, key=self.key("document"))
        st.text_area(words["reason"], key=self.key("reason"), height=68)

    def draft(self) -> Draft:
        """Who records what on which paper; raises `DataError` REASON_MISSING."""
        reason = str(self.value("reason") or "").strip()
        if not reason:
            raise DataError("请写明原因后再保存", "REASON_MISSING")
        now, document = datetime.now(UTC), str(self.value("document") or "").strip()
        return Draft(supply_rules(), parts.user(), now, self.value("on"), reason, document)

    def save_button(
        self, zone: Zone, make: Callable[[Draft], Sequence[Event]], *, disabled: bool = False
    ) -> None:
        """The one button that writes, and what was refused the last time."""
        refused = st.session_state.get("sform_refused")
        if refused and refused[0] == (self.name, self.ids):
            supply_refusal.told(refused[1])
        supply_draft.keep(self.name, self.ids, seen(zone, self.ids))
        st.button(
            parts.t("supply", "save"),
            key=self.key("save"),
            type="primary",
            **rights.shut(self.act, disabled=disabled),
            on_click=save,
            args=(self, zone, make),
        )


def seen(zone: Zone, ids: Sequence[str]) -> int:
    """The version at which the reader began to look at these parcels."""
    kept: dict[str, int] = st.session_state.setdefault("sform_seen", {})
    return min(kept.setdefault(id_, zone.version) for id_ in ids) if ids else zone.version


def look_anew() -> None:
    """What is shown from now on is what the reader has seen."""
    st.session_state["sform_seen"] = {}


def save(form: Form, zone: Zone, make: Callable[[Draft], Sequence[Event]]) -> None:
    """Record what a form says; what is refused is told in the form, which stays as it is."""
    try:
        events = list(make(form.draft()))
        new, told = following(zone, events)
        record(zone, [*events, *told], seen=seen(zone, form.ids), new=new)
    except GeoError as error:
        st.session_state["sform_refused"] = ((form.name, form.ids), error)
        if isinstance(error, ConflictError):
            look_anew()
        return
    st.session_state.pop("sform_refused", None)
    supply_draft.saved(form.name, form.ids)
    look_anew()
    st.session_state["supply_said"] = parts.t("supply", "saved").format(version=zone.version)
