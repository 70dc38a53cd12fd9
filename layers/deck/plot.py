"""Charts that PowerPoint draws itself, with their data in a workbook inside the file."""

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from layers.brief.ink import of_chart
from layers.brief.values import Chart, ChartKind
from layers.deck import fit
from layers.deck.fit import Type
from layers.deck.leaf import INKS, Deck, Leaf, clean, colour
from layers.deck.look import Room
from layers.picture.paint import readable
from layers.style import Palette

_TEXT, _HEAD = 14.0, 18.0  # points
_LONG = 2  # lines of a category's name under its bar; with more of them bars lie
_MARKERS = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.DIAMOND,
            XL_MARKER_STYLE.TRIANGLE)  # fmt: skip
_KINDS = {
    (ChartKind.BAR, False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    (ChartKind.BAR, True): XL_CHART_TYPE.BAR_CLUSTERED,
    (ChartKind.STACKED, False): XL_CHART_TYPE.COLUMN_STACKED,
    (ChartKind.STACKED, True): XL_CHART_TYPE.BAR_STACKED,
    (ChartKind.LINE, False): XL_CHART_TYPE.LINE_MARKERS,
    (ChartKind.DOUGHNUT, False): XL_CHART_TYPE.DOUGHNUT,
}


def put(leaf: Leaf, chart: Chart, room: Room) -> Any:
    """A chart on a slide."""
    deck = leaf.deck
    lying = chart.kind in (ChartKind.BAR, ChartKind.STACKED) and _lies(deck, chart, room.width)
    made_of: Any = CategoryChartData
    data = made_of(number_format=_format(chart))
    data.categories = [clean(one.say(deck.english)) for one in chart.categories]
    for one in chart.series:
        data.add_series(clean(one.name.say(deck.english)), one.values)
    frame = leaf.made.shapes.add_chart(_KINDS[chart.kind, lying], *room.emu, data)
    title = chart.title.say(deck.english)
    frame.name = title
    frame._element.nvGraphicFramePr.cNvPr.set("descr", deck.say("chart_of", title=title))
    made = frame.chart
    _words(made, chart, deck)
    _colours(made, chart, deck)
    if chart.kind is ChartKind.DOUGHNUT:
        _ring(made)
    else:
        _axes(made, chart, lying)
    _gaps(made)
    for properties in made._chartSpace.iter(qn("a:defRPr"), qn("a:rPr")):
        _face(properties)
    return frame


def _lies(deck: Deck, chart: Chart, width: float) -> bool:
    slot = width * 0.94 / len(chart.categories)
    type_ = Type(_TEXT)
    names = [one.say(deck.english) for one in chart.categories]
    return any(len(fit.lines(deck.fonts, name, slot, type_)) > _LONG for name in names)


def _format(chart: Chart) -> str:
    whole = all(v is None or float(v).is_integer() for one in chart.series for v in one.values)
    return "#,##0" if whole else "#,##0.0#"


def _words(made: Any, chart: Chart, deck: Deck) -> None:
    """Title with unit and what gaps mean, legend, sizes, and the theme's fonts."""
    made.font.size = Pt(_TEXT)
    made.font.color.theme_color = INKS["ink"]
    made.has_title = True
    text, unit = chart.title.say(deck.english), chart.unit.say(deck.english)
    notes = [deck.say("unit", unit=unit)] if unit else []
    if any(value is None for one in chart.series for value in one.values):
        notes.append(deck.say("gap"))
    frame = made.chart_title.text_frame
    told = deck.say("semicolon").join(notes)
    for said, size, bold in ((text, _HEAD, True), (told, _TEXT, False)):
        if said:
            paragraph = frame.paragraphs[0] if bold else frame.add_paragraph()
            run = paragraph.add_run()
            run.text = clean(said)
            run.font.size, run.font.bold = Pt(size), bold
            run.font.color.theme_color = INKS["navy" if bold else "soft"]
    made.chart_title.include_in_layout = False
    ring = chart.kind is ChartKind.DOUGHNUT
    made.has_legend = ring or len(chart.series) > 1
    if made.has_legend:
        right = XL_LEGEND_POSITION.RIGHT
        made.legend.position = right if ring else XL_LEGEND_POSITION.BOTTOM
        made.legend.include_in_layout = False
        made.legend.font.size = Pt(16 if ring else _TEXT)


def _face(properties: Any) -> None:
    for tag, face in (("latin", "+mn-lt"), ("ea", "+mn-ea")):
        if properties.find(qn(f"a:{tag}")) is None:
            properties.append(parse_xml(f'<a:{tag} {nsdecls("a")} typeface="{face}"/>'))


def _colours(made: Any, chart: Chart, deck: Deck) -> None:
    for number, inks in enumerate(of_chart(chart, deck.palette)):
        series = made.plots[0].series[number]
        if chart.kind is ChartKind.LINE:
            _line(series, inks[0], number)
            continue
        if len(set(inks)) == 1 and chart.kind is not ChartKind.DOUGHNUT:
            _fill(series.format.fill, inks[0], number, deck.palette)
            continue
        if chart.kind is ChartKind.DOUGHNUT:
            _ring_labels(series, inks)
        for at, ink in enumerate(inks):
            odd = at if chart.kind is ChartKind.DOUGHNUT else number
            _fill(series.points[at].format.fill, ink, odd, deck.palette)


def _fill(fill: Any, ink: str, number: int, palette: Palette) -> None:
    """A plain colour; in grey every second one is hatched, so that they are told apart."""
    paint = colour(ink)
    if palette is Palette.GREY and number % 2:
        fill.patterned()
        fill.pattern = MSO_PATTERN.LIGHT_UPWARD_DIAGONAL
        fill.fore_color.rgb, fill.back_color.rgb = colour("FFFFFF"), paint
    else:
        fill.solid()
        fill.fore_color.rgb = paint


def _line(series: Any, ink: str, number: int) -> None:
    """A line with its own marks; the last value known is written at it."""
    paint = colour(ink)
    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = paint, Pt(3)
    if number % 2 == 0 and number:
        series.format.line.dash_style = MSO_LINE.DASH
    series.marker.style, series.marker.size = _MARKERS[number % 4], 9
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = paint
    series.marker.format.line.color.rgb = colour("FFFFFF")
    known = [at for at, value in enumerate(series.values) if value is not None]
    if known:
        label = series.points[known[-1]].data_label
        label.position = XL_LABEL_POSITION.BELOW if number % 2 else XL_LABEL_POSITION.ABOVE
        label.font.size, label.font.bold = Pt(_TEXT), True


def _axes(made: Any, chart: Chart, lying: bool) -> None:
    """Bars bear their values and need no axis; lines get a light net."""
    plot, line = made.plots[0], chart.kind is ChartKind.LINE
    made.category_axis.format.line.color.rgb = colour("8A94A0")
    made.category_axis.has_major_gridlines = False
    made.category_axis.tick_labels.font.size = Pt(_TEXT)
    made.category_axis.reverse_order = lying
    values = made.value_axis
    values.has_major_gridlines, values.visible = line, line
    if line:
        values.major_gridlines.format.line.color.rgb = colour("E3E8ED")
        values.format.line.fill.background()
        values.tick_labels.font.size = Pt(_TEXT)
        values.tick_labels.number_format = _format(chart)
        values.tick_labels.number_format_is_linked = False
        return
    if all((v or 0) >= 0 for one in chart.series for v in one.values):
        values.minimum_scale = 0
    plot.gap_width, plot.has_data_labels = 70, True
    plot.overlap = 100 if chart.kind is ChartKind.STACKED else -8
    labels = plot.data_labels
    labels.show_value, labels.font.size = True, Pt(_TEXT)
    labels.number_format, labels.number_format_is_linked = _format(chart), False
    if chart.kind is ChartKind.BAR:
        labels.position = XL_LABEL_POSITION.OUTSIDE_END


def _ring(made: Any) -> None:
    """Values on the ring, dark or white as can be read."""
    plot = made.plots[0]
    plot.vary_by_categories, plot.has_data_labels = True, True
    plot.data_labels.show_value, plot.data_labels.show_percentage = True, False
    plot.data_labels.font.size, plot.data_labels.font.bold = Pt(16), True
    hole = plot._element.find(qn("c:holeSize"))
    if hole is not None:
        hole.set("val", "58")


def _ring_labels(series: Any, inks: Sequence[str]) -> None:
    """The ink of every value on a ring."""
    for at, ink in enumerate(inks):
        font = series.points[at].data_label.font
        font.size, font.bold = Pt(16), True
        font.color.rgb = colour(readable(ink))


def _gaps(made: Any) -> None:
    """What is not known stays a gap, in PowerPoint too."""
    chart = made._chartSpace.chart
    blank = chart.find(qn("c:dispBlanksAs"))
    if blank is None:
        blank = parse_xml(f"<c:dispBlanksAs {nsdecls('c')}/>")
        chart.append(blank)
    blank.set("val", "gap")
