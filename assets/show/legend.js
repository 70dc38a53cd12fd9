// The legend of a slide's map, beside the data and never on it: what is drawn, in which colours,
// how many, and how far each set may be believed.
import { el, number, svg } from "../map/dom.js";
import { swatch, tintSwatch } from "../map/symbols.js";
import { gradeChip } from "../map/panel.js";

const SILENT = new Set(["sea", "land", "place"]); // the ground speaks for itself
const MOST_KINDS = 6;

/** Rows for all that a pane shows; `other` is the pane on the other side of a swipe. */
export function fillLegend(box, pane, other = null) {
  const { stage, data, look } = pane;
  const rows = [];
  for (const set of data.sets) {
    if (!pane.on.has(set.name) || SILENT.has(set.name) || !set.count) continue;
    if (pane.tint?.set === set.name) rows.unshift(...tinted(pane, set, other));
    else rows.push(...plain(pane, set));
  }
  if (look.selected.length) rows.push(row(outline(data.selection), stage.word("selected")));
  if (look.drawings.length) rows.push(row(outline(look.drawings[0].color), stage.word("drawn")));
  box.replaceChildren(el("h2", { class: "sh-legend-title" }, [stage.word("legend")]), ...rows);
}

function tinted(pane, set, other) {
  const { tint } = pane;
  const spec = pane.layers.spec(set.name);
  const head = el("div", { class: "sh-legend-head" }, [el("b", {}, [tint.title]), gradeChip(set.grade, pane.data.words)]);
  const rows = tint.classes.map((c, i) => {
    const sample = tintSwatch(c.symbol || spec.symbol, c.ink[pane.data.palette], c.letter, set.grade, set.geometry);
    const before = other?.tint?.classes[i]?.key === c.key ? `${number(other.tint.classes[i].count, 0)} → ` : "";
    return row(sample, c.label, `${before}${number(c.count, 0)}`);
  });
  const note = tint.note ? [el("div", { class: "sh-legend-note" }, [tint.note])] : [];
  return [head, ...rows, ...note];
}

function plain(pane, set) {
  const spec = pane.layers.spec(set.name);
  const glyph = pane.data.lang === "en" ? spec.glyph_en : spec.glyph;
  const shown = set.classes.filter((c) => !pane.hiddenOf(set.name)?.has(c.key));
  const sample = (c) => swatch(spec, (c?.ink ?? spec.ink)[pane.data.palette], c?.grade ?? set.grade, glyph, c?.geometry ?? set.geometry);
  const split = set.by_kind && set.by_use && shown.length > 1 && shown.length <= MOST_KINDS;
  if (split) return shown.map((c) => row(sample(c), c.label, number(c.count, 0), gradeChip(c.grade, pane.data.words)));
  const count = shown.reduce((sum, c) => sum + c.count, 0);
  return [row(sample(null), set.label, count > 1 ? number(count, 0) : "", gradeChip(set.grade, pane.data.words))];
}

function row(sample, label, count = "", chip = "") {
  return el("div", { class: "sh-legend-row" }, [sample, el("span", { class: "sh-legend-name" }, [label]), chip, el("span", { class: "sh-legend-count" }, [count])]);
}

function outline(color) {
  const box = svg("rect", { x: 3, y: 2, width: 20, height: 10, fill: "none", stroke: color, "stroke-width": 2.4 });
  return svg("svg", { viewBox: "0 0 26 14", width: 26, height: 14, class: "zm-swatch", "aria-hidden": "true" }, [box]);
}
