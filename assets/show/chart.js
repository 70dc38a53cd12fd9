// Charts as SVG: bars, stacked bars, lines and rings. What colour says is also said in grey, by
// hatches, by marks on lines and by the numbers themselves. No value is drawn where none is known.
import { svg } from "../map/dom.js";

const PLAIN = ["#1F5FA8", "#C8500A", "#00795A", "#B0568A", "#B07800", "#3C93C4"];
const TEXT = 24; // px of the slide
const MARKS = ["circle", "square", "triangle", "diamond"];
let serial = 0;

/** A chart in a box of width × height px of a stage, which says texts in the reader's language. */
export function drawChart(told, width, height, stage) {
  const say = (pair) => stage.say(pair);
  const none = stage.word("none");
  const title = say(told.title);
  const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "sh-chart", role: "img", "aria-label": title });
  const unit = say(told.unit);
  root.append(label(0, 26, [title, unit && (stage.lang === "en" ? ` (${unit})` : `（${unit}）`)].join(""), { class: "sh-chart-title" }));
  const chart = { told, root, say, none, serial: (serial += 1), box: { left: 0, top: 44, width, height: height - 44 } };
  ({ bar: bars, stacked: bars, line: lines, doughnut: ring })[told.kind](chart);
  return root;
}

function label(x, y, text, more = {}) {
  return svg("text", { x, y, "font-size": TEXT, fill: "currentColor", ...more }, [text]);
}

/** Ink of a series, or of one of its values. */
function inkOf(series, i, at = 0) {
  return series.inks[at] ?? (series.ink || PLAIN[i % PLAIN.length]);
}

/** The fill of the nth series: plain, then hatches that differ in grey too. */
function fill(chart, color, n) {
  if (n === 0) return color;
  const id = `sh-fill-${chart.serial}-${n}-${color.slice(1)}`;
  if (!chart.root.querySelector(`[id="${id}"]`)) {
    const paths = ["M0,12L12,0", "M0,0L12,12", "M0,6H12", "M6,0V12", "M0,12L12,0M0,0L12,12"];
    const line = svg("path", { d: paths[(n - 1) % paths.length], stroke: "#fff", "stroke-width": 2.4 });
    const ground = svg("rect", { width: 12, height: 12, fill: color });
    chart.root.append(svg("defs", {}, [svg("pattern", { id, width: 12, height: 12, patternUnits: "userSpaceOnUse" }, [ground, line])]));
  }
  return `url(#${id})`;
}

/** Names of the series in a row on top; answers with the height it takes. */
function key(chart, sample) {
  const { told, root, box, say } = chart;
  if (told.series.length < 2) return 0;
  let x = 0;
  told.series.forEach((one, i) => {
    const name = say(one.name);
    root.append(sample(one, i, x, box.top + 8), label(x + 44, box.top + 28, name));
    x += 70 + wide(name);
  });
  return 44;
}

/** About how wide a text is: Chinese is square, Latin about half. */
function wide(text) {
  return [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e7f ? TEXT : TEXT * 0.56), 0);
}

/** Round steps from 0 (or below) to the largest value. */
function steps(low, high) {
  const span = high - low || 1;
  const power = 10 ** Math.floor(Math.log10(span / 4));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => span / n <= 5);
  const out = [];
  for (let v = Math.floor(low / step) * step; v < high + step * 0.999; v += step) out.push(Number(v.toPrecision(12)));
  return out;
}

const shown = (value) => value.toLocaleString("en-US", { maximumFractionDigits: 2 });

/** Axes and their numbers; answers with how values and categories are placed. */
function axes(chart, top, low, high) {
  const { told, root, box, say } = chart;
  const ticks = steps(Math.min(0, low), Math.max(0, high));
  const [first, last] = [ticks[0], ticks.at(-1)];
  const left = Math.max(...ticks.map((v) => wide(shown(v)))) + 14;
  const names = told.categories.map(say);
  const room = (box.width - left) / names.length;
  const folded = names.map((name) => fold(name, room - 10));
  const below = Math.max(...folded.map((rows) => rows.length)) * 28 + 12;
  const [y0, y1] = [box.top + box.height - below, box.top + top + 34];
  const y = (value) => y0 - ((value - first) / (last - first)) * (y0 - y1);
  for (const v of ticks) {
    root.append(svg("path", { d: `M${left},${y(v)}H${box.width}`, class: v === 0 ? "sh-axis" : "sh-grid" }));
    root.append(label(left - 10, y(v) + 8, shown(v), { "text-anchor": "end", class: "sh-soft" }));
  }
  const x = (i) => left + room * (i + 0.5);
  folded.forEach((rows, i) => rows.forEach((text, n) => root.append(label(x(i), y0 + 32 + n * 28, text, { "text-anchor": "middle" }))));
  return { x, y, room };
}

/** A name on lines no wider than `most` px. */
function fold(text, most) {
  const parts = /[\u2e80-\uffff]/.test(text) ? [...text] : text.split(/(?<= )/);
  const rows = [""];
  for (const part of parts) {
    if (rows.at(-1) && wide(rows.at(-1) + part.trimEnd()) > most) rows.push("");
    rows[rows.length - 1] += part;
  }
  return rows.map((one) => one.trim());
}

function bars(chart) {
  const { told, root, none } = chart;
  const stacked = told.kind === "stacked";
  const top = key(chart, (one, i, x, y) => svg("rect", { x, y, width: 34, height: 24, fill: fill(chart, inkOf(one, i), i) }));
  const sums = told.categories.map((_, c) => told.series.reduce((sum, s) => sum + Math.max(0, s.values[c] ?? 0), 0));
  const all = stacked ? sums : told.series.flatMap((s) => s.values.filter((v) => v !== null));
  const { x, y, room } = axes(chart, top, Math.min(0, ...all), Math.max(0, ...all));
  const each = Math.min(stacked ? room * 0.6 : (room * 0.78) / told.series.length, 110);
  told.categories.forEach((_, c) => {
    let base = 0;
    told.series.forEach((one, i) => {
      const value = one.values[c];
      const left = stacked ? x(c) - each / 2 : x(c) + (i - told.series.length / 2) * each;
      if (value === null) {
        if (!stacked) root.append(label(left + each / 2, y(0) - 10, none, { "text-anchor": "middle", class: "sh-soft", "font-size": 22 }));
        return;
      }
      const [from, to] = stacked ? [base, (base += value)] : [0, value];
      const [up, down] = [Math.min(y(from), y(to)), Math.max(y(from), y(to))];
      root.append(svg("rect", { x: left + 3, y: up, width: each - 6, height: Math.max(down - up, 1), fill: fill(chart, inkOf(one, i, c), i), class: "sh-bar" }));
      if (!stacked) root.append(label(left + each / 2, up - 8, shown(value), { "text-anchor": "middle" }));
      else if (down - up > 30) root.append(label(x(c), (up + down) / 2 + 8, shown(value), { "text-anchor": "middle", class: "sh-on-bar" }));
    });
    if (stacked) root.append(label(x(c), y(base) - 8, shown(base), { "text-anchor": "middle", class: "sh-strong" }));
  });
}

function lines(chart) {
  const { told, root } = chart;
  const top = key(chart, (one, i, x, y) => svg("g", {}, [svg("path", { d: `M${x},${y + 12}h34`, ...stroke(one, i) }), mark(i, x + 17, y + 12, inkOf(one, i))]));
  const all = told.series.flatMap((s) => s.values.filter((v) => v !== null));
  const { x, y } = axes(chart, top, Math.min(0, ...all), Math.max(0, ...all));
  told.series.forEach((one, i) => {
    let pen = "M";
    const path = one.values.map((v, c) => { // a gap where nothing is known
      const piece = v === null ? "" : `${pen}${x(c)},${y(v)}`;
      pen = v === null ? "M" : "L";
      return piece;
    }).join("");
    root.append(svg("path", { d: path, ...stroke(one, i) }));
    one.values.forEach((v, c) => { if (v !== null) root.append(mark(i, x(c), y(v), inkOf(one, i))); });
    const last = one.values.findLastIndex((v) => v !== null);
    if (last >= 0) root.append(label(x(last), y(one.values[last]) + (i % 2 ? 36 : -18), shown(one.values[last]), { "text-anchor": "middle", class: "sh-strong" }));
  });
}

function stroke(one, i) {
  return { fill: "none", stroke: inkOf(one, i), "stroke-width": 5, "stroke-dasharray": ["none", "16 8", "4 7", "18 6 4 6"][i % 4], "stroke-linejoin": "round" };
}

function mark(i, x, y, color) {
  const shape = MARKS[i % MARKS.length];
  const d = { square: `M${x - 8},${y - 8}h16v16h-16z`, triangle: `M${x},${y - 10}l10,17h-20z`, diamond: `M${x},${y - 11}l11,11l-11,11l-11,-11z` }[shape];
  return shape === "circle" ? svg("circle", { cx: x, cy: y, r: 8.5, fill: color, stroke: "#fff", "stroke-width": 2 }) : svg("path", { d, fill: color, stroke: "#fff", "stroke-width": 2 });
}

function ring(chart) {
  const { told, root, box, say } = chart;
  const [one] = told.series;
  const total = one.values.reduce((sum, v) => sum + (v ?? 0), 0);
  const r = Math.min(box.height / 2 - 10, box.width * 0.24);
  const beside = Math.max(...told.categories.map((name) => wide(say(name)))) + 300;
  const [cx, cy] = [Math.max(r + 10, (box.width - beside) / 2), box.top + box.height / 2];
  let angle = -Math.PI / 2;
  const step = Math.min(64, box.height / told.categories.length);
  told.categories.forEach((name, i) => {
    const value = one.values[i];
    const color = fill(chart, one.inks[i] ?? PLAIN[i % PLAIN.length], i);
    if (value && total) root.append(svg("path", { d: arc(cx, cy, r, angle, (angle += (value / total) * 2 * Math.PI)), fill: color, "fill-rule": "evenodd", class: "sh-bar" }));
    const y = cy + (i - (told.categories.length - 1) / 2) * step;
    const share = value && total ? ` · ${Math.round((value / total) * 100)}%` : "";
    root.append(svg("rect", { x: cx + r + 40, y: y - 15, width: 34, height: 28, fill: color, class: "sh-bar" }));
    root.append(label(cx + r + 90, y + 8, `${say(name)}　${value === null ? chart.none : shown(value)}${share}`));
  });
  root.append(label(cx, cy + 16, total ? shown(total) : chart.none, { "text-anchor": "middle", "font-size": 48, class: "sh-strong" }));
}

/** A piece of a ring between two angles. */
function arc(cx, cy, r, from, to) {
  const whole = to - from > 2 * Math.PI - 1e-6;
  const end = whole ? to - 1e-3 : to;
  const at = (radius, angle) => `${cx + radius * Math.cos(angle)},${cy + radius * Math.sin(angle)}`;
  const large = end - from > Math.PI ? 1 : 0;
  const inner = r * 0.58;
  return `M${at(r, from)}A${r},${r} 0 ${large} 1 ${at(r, end)}L${at(inner, end)}A${inner},${inner} 0 ${large} 0 ${at(inner, from)}Z`;
}
