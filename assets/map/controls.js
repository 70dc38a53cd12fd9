// Toolbar, coordinate read-out, scale bar, north arrow and credits.
import { el, icon, svg } from "./dom.js";
import { northingEasting } from "./gauss.js";
import { seenOf } from "./paper.js";

const ICONS = {
  zoom_in: "M12 5v14M5 12h14", zoom_out: "M5 12h14", home: "M4 11l8-7 8 7M6 10v9h12v-9",
  back: "M15 5l-7 7 7 7", forward: "M9 5l7 7-7 7",
  length: "M3 17L17 3l4 4L7 21zM8 12l2 2M11 9l2 2M14 6l2 2", area: "M4 8l8-4 8 5-2 9-11 2z",
  region: "M4 4h4M12 4h4M20 4v4M20 12v4M20 20h-4M12 20H8M4 20v-4M4 12V8M10 10h5v5h-5z",
  circle: "M12 4a8 8 0 100 16 8 8 0 000-16M12 12h8", full: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  story: "M3 5h18v12H3zM12 8v6M9 11h6M12 17v3M8 20h8",
  print: "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
  remarks: "M4 5h16v11H10l-4 4v-4H4zM8 9h8M8 12h5",
  link: "M10 14a4 4 0 006 0l3-3a4 4 0 00-6-6l-1 1M14 10a4 4 0 00-6 0l-3 3a4 4 0 006 6l1-1",
};

export function addToolbar(view) {
  const bar = el("div", { class: "zm-bar", role: "toolbar" }, [], view.host);
  L.DomEvent.disableClickPropagation(bar);
  const { map, sketch } = view;
  const groups = [
    { zoom_in: () => map.zoomIn(), zoom_out: () => map.zoomOut(), home: () => view.home(), back: () => view.back(), forward: () => view.forward() },
    { length: () => sketch.start("length"), area: () => sketch.start("area"), region: () => sketch.start("region"), circle: () => sketch.start("circle") },
    { full: () => fullScreen(), link: () => { copyLink(view); tell(view, "link"); }, ...offered(view) },
  ];
  view.buttons = {};
  for (const group of groups) {
    const part = el("div", { class: "zm-bar-part" }, [], bar);
    for (const [name, act] of Object.entries(group)) {
      view.buttons[name] = el("button", { class: "zm-tool", "data-tool": name, onclick: act }, [icon(ICONS[name])], part);
    }
  }
  view.bar = bar;
  view.nameTools = () => {
    for (const [key, button] of Object.entries(view.buttons)) {
      button.title = view.data.words[`tool_${key}`];
      button.setAttribute("aria-label", view.data.words[`tool_${key}`]);
    }
    bar.setAttribute("aria-label", view.data.words.tools);
    if (view.readout) view.readout.title = view.data.words.readout;
    view.nameReadings?.();
  };
  view.nameTools();
}

/** What the page offers to do with the map as it is now, which it is told with it. */
function offered(view) {
  return Object.fromEntries((view.data.offers ?? []).map((what) => [what, () => tell(view, what)]));
}

/** Ask the page for one of its dialogs, about the map as it is now. */
export function tell(view, what) {
  view.trigger("open", { what, key: view.data.key, shown: { ...view.shown(), seen: seen(view), sketch: view.sketch.kept() }, nonce: Date.now() });
}

/** West, south, east, north of what is seen. */
function seen(view) {
  const box = seenOf(view);
  return [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((x) => Number(x.toFixed(6)));
}

function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen();
}

async function copyLink(view) {
  await copy(location.href);
  toast(view, view.data.words.copied);
}

async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const field = el("textarea", { style: "position:fixed;opacity:0" }, [], document.body); // plain http on an intranet
  field.value = text;
  field.select();
  document.execCommand("copy");
  return field.remove();
}

export function toast(view, text) {
  const note = el("div", { class: "zm-toast", role: "status" }, [text], view.host);
  setTimeout(() => note.remove(), 1800);
}

/** Degrees, minutes and seconds of an angle, to a hundredth of a second. */
function sexagesimal(angle) {
  const parts = Math.round(Math.abs(angle) * 360000);
  const [seconds, minutes] = [(parts % 6000) / 100, Math.floor(parts / 6000) % 60];
  return `${Math.floor(parts / 360000)}°${String(minutes).padStart(2, "0")}′${seconds.toFixed(2).padStart(5, "0")}″`;
}

function plane(lon, lat, zone, prefix = zone) {
  const [north, east] = northingEasting(lon, lat, zone);
  return `X ${north.toFixed(1)}  Y ${(east - (zone - prefix) * 1e6).toFixed(1)}`;
}

const degrees = (lon, lat) => `${lon.toFixed(6)}°E ${lat.toFixed(6)}°N`;

/** How a position may be read; all are CGCS2000. */
const READINGS = {
  both: (lon, lat) => `${degrees(lon, lat)}　${plane(lon, lat, 41)}`,
  lonlat: degrees,
  dms: (lon, lat) => `${sexagesimal(lon)}E ${sexagesimal(lat)}N`,
  z41: (lon, lat) => plane(lon, lat, 41),
  cm123: (lon, lat) => plane(lon, lat, 41, 0),
  z40: (lon, lat) => plane(lon, lat, 40),
};

/** The position under the pointer in the system chosen in the menu; a click copies it. */
export function addReadout(view) {
  const box = el("div", { class: "zm-reading" }, [], view.host);
  const node = el("button", { class: "zm-readout" }, [], box);
  const menu = el("select", {}, [], box);
  const kept = sessionStorage.getItem("zm-reading");
  view.nameReadings = () => {
    const { words } = view.data;
    const chosen = menu.value || (kept in READINGS ? kept : "both");
    menu.replaceChildren(...Object.keys(READINGS).map((key) => el("option", { value: key, selected: key === chosen }, [words[`crs_${key}`]])));
    for (const name of ["title", "aria-label"]) menu.setAttribute(name, words.reading);
  };
  view.nameReadings();
  L.DomEvent.disableClickPropagation(box);
  view.readout = node;
  let under = null; // where in the window the pointer is; the middle of the map where it is not
  const show = () => {
    const at = under ? view.map.containerPointToLatLng(under) : view.map.getCenter();
    node.textContent = READINGS[menu.value](at.lng, at.lat);
    node.title = view.data.words.readout;
  };
  const point = ({ containerPoint }) => { under = containerPoint; show(); };
  menu.addEventListener("change", () => { sessionStorage.setItem("zm-reading", menu.value); show(); });
  show();
  view.map.on("mousemove", point);
  view.map.on("mouseout", () => { under = null; });
  view.map.on("moveend zoomend", show);
  view.map.on("contextmenu", async (event) => { point(event); await copy(node.textContent); toast(view, view.data.words.copied); });
  node.addEventListener("click", async () => { await copy(node.textContent); toast(view, view.data.words.copied); });
}

/** Metric scale bar, north arrow, and whose data this is. */
export function addFurniture(view) {
  const box = el("div", { class: "zm-furniture" }, [], view.host);
  const arrow = svg("svg", { viewBox: "0 0 24 36", width: 20, height: 30, class: "zm-north", role: "img", "aria-label": "N" }, [
    svg("path", { d: "M12 2 L18 26 L12 21 Z", fill: "#333" }), svg("path", { d: "M12 2 L6 26 L12 21 Z", fill: "#fff", stroke: "#333" }),
    svg("text", { x: 12, y: 36, "text-anchor": "middle", "font-size": 10, fill: "#333" }, ["N"]),
  ]);
  const bar = el("div", { class: "zm-scale" });
  const credit = el("div", { class: "zm-credit" });
  box.append(arrow, bar);
  view.host.append(credit);
  const draw = () => {
    const per = view.metresPerPixel();
    const most = per * 110;
    const power = 10 ** Math.floor(Math.log10(most));
    const metres = [5, 2, 1].map((n) => n * power).find((n) => n <= most);
    bar.style.width = `${metres / per}px`;
    bar.textContent = metres >= 1000 ? `${metres / 1000} ${view.data.words.km}` : `${metres} ${view.data.words.m}`;
    credit.textContent = view.data.credit;
  };
  draw();
  view.map.on("zoomend moveend", draw);
  view.redrawFurniture = draw;
}
