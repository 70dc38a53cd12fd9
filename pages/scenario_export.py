"""A scenario taken away: GeoPackage of its units, Excel workbook, GeoTIFF of its codes."""

from functools import partial

import streamlit as st

from geo import scenario
from geo.formats.write import FileKind, write
from geo.scenario import Outcome
from layers import sheet
from layers.look import Look
from pages import scenario_words
from pages.scenario_book import Found
from pages.target_words import safe


def show(found: Found) -> None:
    """Draw the buttons; a file is made only when it is asked for."""
    words, stem, outcome = scenario_words.words(), found.kept.id, found.outcome
    st.html(f'<h3 class="tsub">{safe(words["export"])}</h3>')
    with st.container(key="cout", horizontal=True, gap="small"):
        offered = [("GeoPackage", "gpkg", partial(geopackage, outcome), "gp")]
        offered += [("Excel", "xlsx", partial(workbook, outcome), "xl")]
        if outcome.prepared.land.cells is not None:
            offered += [("GeoTIFF", "tif", partial(scenario.geotiff, outcome), "tf")]
        for label, ending, make, key in offered:
            st.download_button(
                label, make, f"{stem}.{ending}", key=f"c_{key}_{stem}", on_click="ignore"
            )
    st.html(f'<p class="tnote">{safe(words["export_note"])}</p>')


def geopackage(outcome: Outcome) -> bytes:
    """All units with the use they get."""
    tints = {one.code: scenario_words.ink(one.code) for one in outcome.prepared.labels}
    look = Look(scenario.title(outcome), tints=tints)
    return write(scenario.units(outcome), FileKind.GPKG, look=look)


def workbook(outcome: Outcome) -> bytes:
    """Demands, indicators, from→to, and what the file says of itself."""
    return sheet.book(scenario.tables(outcome), scenario.about(outcome))
