// Toolbar, coordinate read-out, scale bar, north arrow and credits.
import { el, icon, svg } from "./dom.js";
import { northingEasting } from "./gauss.js";

const ICONS = {
  zoom_in: "M12 5v14M5 12h14", zoom_out: "M5 12h14", home: "M4 11l8-7 8 7M6 10v9h12v-9",
  back: "M15 5l-7 7 7 7", forward: "M9 5l7 7-7 7",
  length: "M3 17L17 3l4 4L7 21zM8 12l2 2M11 9l2 2M14 6l2 2", area: "M4 8l8-4 8 5-2 9-11 2z",
  region: "M4 4h4M12 4h4M20 4v4M20 12v4M20 20h-4M12 20H8M4 20v-4M4 12V8M10 10h5v5h-5z",
  circle: "M12 4a8 8 0 100 16 8 8 0 000-16M12 12h8", full: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  story: "M3 5h18v12H3zM12 8v6M9 11h6M12 17v3M8 20h8",
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
    { full: () => fullScreen(), link: () => copyLink(view), ...offered(view) },
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
  };
  view.nameTools();
}

/** What the page offers to do with the map as it is now, which it is told with it. */
function offered(view) {
  const open = (what) => view.trigger("open", { what, key: view.data.key, shown: view.shown(), nonce: Date.now() });
  return Object.fromEntries((view.data.offers ?? []).map((what) => [what, () => open(what)]));
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

/** Longitude/latitude and zone-41 northing/easting under the pointer; a click copies them. */
export function addReadout(view) {
  const node = el("button", { class: "zm-readout" }, [], view.host);
  L.DomEvent.disableClickPropagation(node);
  view.readout = node;
  const show = ({ latlng }) => {
    const [north, east] = northingEasting(latlng.lng, latlng.lat);
    node.textContent = `${latlng.lng.toFixed(6)}°E ${latlng.lat.toFixed(6)}°N　X ${north.toFixed(1)}  Y ${east.toFixed(1)}`;
    node.title = view.data.words.readout;
  };
  show({ latlng: view.map.getCenter() });
  view.map.on("mousemove", show);
  view.map.on("contextmenu", async (event) => { show(event); await copy(node.textContent); toast(view, view.data.words.copied); });
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
