"""A scenario taken away: its units, workbook, image of its codes, a page to print, slides."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from geo import scenario
from geo.formats.write import FileKind, write
from geo.scenario import Outcome
from geo.zone import Zone
from layers import plan_page, plan_slides, sheet
from layers.look import Look
from pages import download, parts, scenario_words, site_paper
from pages.scenario_book import Found
from pages.target_words import safe


def show(zone: Zone, found: Found) -> None:
    """Draw the buttons; a file is made only when it is asked for."""
    words, stem, outcome = scenario_words.words(), found.kept.id, found.outcome
    st.html(f'<h3 class="tsub">{safe(words["export"])}</h3>')
    with st.container(key="cout", horizontal=True, gap="small"):
        offered = [("GeoPackage", "gpkg", partial(geopackage, outcome), "gp")]
        offered += [("Excel", "xlsx", partial(workbook, outcome), "xl")]
        if outcome.prepared.land.cells is not None:
            offered += [("GeoTIFF", "tif", partial(scenario.geotiff, outcome), "tf")]
        offered += [("PDF", "pdf", partial(_page, zone, found, plan_page.pdf), "pd")]
        offered += [("PowerPoint", "pptx", partial(_page, zone, found, plan_slides.pptx), "pp")]
        for label, ending, make, key in offered:
            download.button(label, make, f"{stem}.{ending}", key=f"c_{key}_{stem}")
    st.html(f'<p class="tnote">{safe(words["export_note"])}</p>')


def _page(zone: Zone, found: Found, made: Callable[..., bytes]) -> bytes:
    """A page or slides in the reader's language; why demands fail stands on it too."""
    outcome = replace(found.outcome, told=found.told)
    plan = scenario.leaf(zone, outcome, found.kept)
    return made(plan, site_paper.fonts(), english=parts.english())


def geopackage(outcome: Outcome) -> bytes:
    """All units with the use they get."""
    tints = {one.code: scenario_words.ink(one.code) for one in outcome.prepared.labels}
    look = Look(scenario.title(outcome), tints=tints)
    return write(scenario.units(outcome), FileKind.GPKG, look=look)


def workbook(outcome: Outcome) -> bytes:
    """Demands, indicators, from→to, and what the file says of itself."""
    return sheet.book(scenario.tables(outcome), scenario.about(outcome))
