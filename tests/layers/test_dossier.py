"""Documents about a filed case: maps, statuses in words, numbers of the record."""

import io
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from geo import casework, demo
from geo.casework import Asker, Filed
from geo.shell.paper import fonts
from geo.zone import Zone
from layers.dossier import How, Paper, written

UNTIL = "2026-06-30"


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Filed:
    """A case on two parcels of the demonstration store, one of them still in reserve."""

    zone: Zone = demo.made(
        f"sqlite:///{tmp_path_factory.mktemp('dossier') / 'demo.db'}", date.fromisoformat(UNTIL)
    )
    site = casework.picked(zone, ["SL-0001", "SL-0002"], "1001")
    ((case, report),) = casework.ask(zone, [site], Asker("王工", "招商"), date.fromisoformat(UNTIL))
    casework.dispute(zone, case.number, "supply_status", "台账待更新", by="李工")
    return casework.filed(zone, casework.case(zone, case.number), report)


def flat(text: str) -> str:
    return "".join(text.split())


def test_the_pdf_says_number_verdict_dispute_and_that_it_is_an_example(known: Filed) -> None:
    data = written(known, Paper.PDF, How(fonts(), link="http://127.0.0.1:8501/site?case=X"))
    text = flat("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))
    assert known.number in text
    assert flat(known.row["verdict"]) in text
    assert "台账待更新" in text
    assert "示例数据" in text
    area = known.row["area_m2"]
    assert f"{area:,.2f}" in text or f"{area:,.0f}" in text or f"{area:,.1f}" in text


def test_statuses_stand_in_words_and_not_as_ids(known: Filed) -> None:
    data = written(known, Paper.DOCX, How(fonts()))
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = " ".join(cells)
    ids = {met["value"] for one in known.row["findings"] for met in one["features"]}
    assert ids & {"producing", "approved"}
    assert "producing" not in text
    assert "approved" not in text
    assert "投产" in text or "批而未供" in text


def test_equal_cases_give_equal_bytes(known: Filed) -> None:
    how = How(fonts(), english=True)
    assert written(known, Paper.PDF, how) == written(known, Paper.PDF, how)


def test_excel_opens_and_names_the_site(known: Filed, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    path = tmp_path / "r.xlsx"
    path.write_bytes(written(known, Paper.XLSX, How(fonts())))
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert any(known.number in map(str, row) for row in rows)
