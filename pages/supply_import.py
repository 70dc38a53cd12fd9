"""A ledger in Excel: what each column is, what each line would do, then one save for all."""

import streamlit as st

from geo.errors import ConflictError, GeoError
from geo.ledger import DryRun, Outcome, Sheet, commit, dry_run
from geo.people import Act
from geo.zone import Zone
from pages import parts, rights, supply_import_columns, supply_import_lines, uploads


def draw(zone: Zone) -> None:
    """The steps that can be taken with what is known so far."""
    words = parts.section("supply")
    done = st.session_state.pop("si_done", None)
    if done:
        st.success(words["import_done"].format(**done))
    turn = st.session_state.get("si_turn", 0)
    file = st.file_uploader(words["import_file"], ["xlsx", "xls", "csv"], key=f"si_file_{turn}")
    if file is None:
        st.info(words["import_hint"])
        return
    if not uploads.allowed([file]):
        return
    refused = st.session_state.pop("si_refused", None)
    if refused:
        parts.refused(refused)
    run = _compared(zone, file.file_id, file.name, file.getvalue())
    if run is None:
        return
    supply_import_columns.draw(run, file.file_id)
    supply_import_lines.draw(run)
    _confirm(zone, run)


def _compared(zone: Zone, file_id: str, name: str, data: bytes) -> DryRun | None:
    """The dry run shown, the same until the file or its columns change: that is what is kept."""
    said = st.session_state.get(f"si_said_{file_id}")
    held: tuple[object, DryRun] | None = st.session_state.get("si_run")
    if held and held[0] == (file_id, said):
        return held[1]
    try:
        uploads.begin(file_id)
        with st.spinner(parts.t("supply", "comparing"), show_time=True):
            run = dry_run(zone, Sheet(data, name, said=said), by=parts.user())
    except GeoError as error:
        parts.refused(error)
        return None
    st.session_state["si_run"] = ((file_id, said), run)
    return run


def _confirm(zone: Zone, run: DryRun) -> None:
    """Reason, paper and the one button that writes."""
    words, refused = parts.section("supply"), run.counts[Outcome.REFUSED]
    if not run.events:
        st.info(words["import_nothing"])
        return
    left, right = st.columns(2)
    reason = left.text_input(words["reason"], key="si_reason")
    document = right.text_input(words["document_free"], key="si_document")
    leave = bool(refused) and st.checkbox(words["leave"].format(number=refused), key="si_leave")
    st.button(
        words["import_save"].format(number=len(run.events)),
        type="primary",
        key="si_save",
        **rights.shut(Act.LEDGER, disabled=bool(refused) and not leave),
        on_click=_commit,
        args=(zone, run, {"reason": reason, "document": document}, leave),
    )


def _commit(zone: Zone, run: DryRun, papers: dict[str, str], leave: bool) -> None:
    try:
        version = commit(zone, run, leave_refused=leave, **papers)
    except GeoError as error:
        st.session_state["si_refused"] = error
        if isinstance(error, ConflictError):
            st.session_state.pop("si_run", None)  # compared anew with what the other clerk did
        return
    st.session_state["si_done"] = {"number": len(run.events), "version": version}
    st.session_state["si_turn"] = st.session_state.get("si_turn", 0) + 1
    st.session_state.pop("si_run", None)
