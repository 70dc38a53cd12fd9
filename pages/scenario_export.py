"""A scenario taken away: its units, workbook, image of its codes, a page to print, slides."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from geo import scenario
from geo.formats.write import FileKind, write
from geo.scenario import Outcome, wording
from geo.zone import Zone
from layers import plan_page, plan_slides, sheet
from layers.look import Look
from pages import download, parts, scenario_words, seal, site_paper
from pages.scenario_book import Found
from pages.target_words import safe


def show(zone: Zone, found: Found) -> None:
    """Draw the buttons; a file is made only when it is asked for, in the language of the screen."""
    words, outcome, english = scenario_words.words(), found.outcome, parts.english()
    stem = f"{found.kept.id}_{outcome.year}" if outcome.year else found.kept.id
    st.html(f'<h3 class="tsub">{safe(words["export"])}</h3>')
    page = partial(_page, zone, found, english=english)
    with st.container(key="cout", horizontal=True, gap="small"):
        units = partial(geopackage, zone, outcome, english=english)
        offered = [("GeoPackage", "gpkg", units, "gp")]
        offered += [("Excel", "xlsx", partial(workbook, zone, outcome, english=english), "xl")]
        if outcome.prepared.land.cells is not None:
            made = partial(scenario.geotiff, outcome, english=english)
            offered += [("GeoTIFF", "tif", made, "tf")]
        offered += [("PDF", "pdf", partial(page, plan_page.pdf), "pd")]
        offered += [("PowerPoint", "pptx", partial(page, plan_slides.pptx), "pp")]
        for label, ending, make, key in offered:
            name, which = f"{stem}.{ending}", f"c_{key}_{stem}_{english}"
            known = {"scenario": found.kept.id, "version": outcome.prepared.version}
            download.button(label, make, name, key=which, told=known)
    span = wording.span(outcome, english=english)
    told = words["export_span"].format(span=span) if span else ""
    st.html(f'<p class="tnote">{safe(told)} {safe(words["export_note"])}</p>')


def _page(zone: Zone, found: Found, made: Callable[..., bytes], *, english: bool) -> bytes:
    """A page or slides; why demands fail stands on it too."""
    outcome = replace(found.outcome, told=found.told)
    plan = scenario.leaf(zone, outcome, found.kept)
    plan = replace(plan, seal=seal.of(zone, plan.version))
    return made(plan, site_paper.fonts(), english=english)


def geopackage(zone: Zone, outcome: Outcome, *, english: bool) -> bytes:
    """All units with the use they get."""
    tints = {one.code: scenario_words.ink(one.code) for one in outcome.prepared.labels}
    sealed = seal.of(zone, outcome.prepared.version)
    title = scenario.title(outcome, english=english)
    look = Look(title, tints=tints, english=english, seal=sealed)
    return write(scenario.units(outcome, english=english), FileKind.GPKG, look=look)


def workbook(zone: Zone, outcome: Outcome, *, english: bool) -> bytes:
    """Demands, indicators, from→to, and what the file says of itself."""
    pages = scenario.tables(outcome, english=english)
    sealed = seal.of(zone, outcome.prepared.version).rows(english=english)
    about = {**scenario.about(outcome, english=english), **sealed}
    return sheet.book(pages, about, english=english)
