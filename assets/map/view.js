// The state of one map on one screen: which sets are on, what is hidden, chosen, selected.
import { Layers } from "./layers.js";
import { Labels } from "./labels.js";
import { Panel } from "./panel.js";
import { addToolbar, addReadout, addFurniture } from "./controls.js";
import { Sketch } from "./sketch.js";
import { el, loadScript, loadStyle, address, debounce } from "./dom.js";

/** Fetch what every map needs, all at once; answers with the Folium map's module. */
export async function fetchParts(data) {
  const [script] = await Promise.all([
    import(address(data.map_url)),
    loadStyle("assets/vendor/leaflet/leaflet.css", data),
    loadStyle("assets/map/map.css", data),
    loadScript("assets/vendor/leaflet/leaflet.js", data),
    document.fonts.load('14px "Noto Sans SC"', "经"),
  ]);
  return script;
}

/** Build the map from its module; the view follows Python's data from then on. */
export function buildView(host, data, script) {
  const view = new View(host, data);
  view.map = script.default(window.L, view.registry);
  view.begin();
  return view;
}

class View {
  constructor(host, data) {
    this.host = host;
    this.data = data;
    const initial = data.initial;
    this.on = new Set(initial.on);
    this.hidden = new Map(Object.entries(initial.hidden).map(([k, v]) => [k, new Set(v)]));
    this.opacity = { ...initial.opacity };
    this.base = data.basemaps.some((b) => b.id === initial.base) ? initial.base : "own";
    this.specs = [];
    // What the Folium elements of the map script call.
    this.registry = { set: (map, spec) => this.specs.push(spec) };
  }

  begin() {
    const { map, host, data } = this;
    host.querySelector(".zm-loading")?.remove();
    this.layers = new Layers(this);
    this.labels = new Labels(this);
    this.sketch = new Sketch(this);
    this.panel = new Panel(this, el("section", { class: "zm-panel" }, [], host));
    addToolbar(this);
    addReadout(this);
    addFurniture(this);
    const start = data.initial.view;
    if (start) map.setView([start[1], start[0]], start[2], { animate: false });
    else this.home(false);
    map.on("moveend", () => this.moved());
    map.on("click", (event) => this.clicked(event));
    this.resized = new ResizeObserver(() => map.invalidateSize({ pan: false }));
    this.resized.observe(host);
    // Leaflet focuses the map on every click; the ring is for people who came by keyboard.
    host.addEventListener("keyup", (event) => { if (event.key === "Tab") host.dataset.keys = ""; });
    host.addEventListener("pointerdown", () => { delete host.dataset.keys; });
    window.zoneMap = this; // the tests and the console look here
  }

  /** New data from Python: addresses, words, selection, a place to fly to. */
  update(component) {
    this.component = component;
    const before = this.data;
    this.data = component.data;
    const same = this.drawn && before.lang === this.data.lang && before.unit.id === this.data.unit.id && before.palette === this.data.palette
      && JSON.stringify(before.sets) === JSON.stringify(this.data.sets);
    if (before.lang !== this.data.lang) {
      this.nameTools();
      this.redrawFurniture();
    }
    if (!same) this.apply();
    this.layers.select(this.data.selected);
    if (this.data.fly && this.data.fly.nonce !== this.flown) {
      this.flown = this.data.fly.nonce;
      this.fly(this.data.fly);
    }
    this.labels.later();
  }

  /** Draw what is on and tell the panel; called at every change of state. */
  apply() {
    this.drawn = true;
    this.layers.ground(this.base);
    this.layers.show().then(() => {
      this.panel.draw();
      this.labels.later();
      this.host.dataset.ready = String(this.layers.pending === 0);
    });
    this.panel.draw();
  }

  changed() {
    this.apply();
    this.report();
  }

  moved() {
    this.panel.count();
    this.labels.later();
    const at = this.map.getCenter();
    const here = [at.lat, at.lng, this.map.getZoom()].join();
    if (!this.stepping && here !== this.past?.at(-1)) (this.past ??= []).push(here);
    this.stepping = false;
    this.report();
  }

  report = debounce(() => {
    if (this.gone) return;
    const at = this.map.getCenter();
    const box = this.map.getBounds();
    const round = (x, n) => Number(x.toFixed(n));
    this.component?.setStateValue("map", {
      view: [round(at.lng, 5), round(at.lat, 5), round(this.map.getZoom(), 2)],
      bounds: [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((x) => round(x, 6)),
      on: this.data.sets.map((s) => s.name).filter((name) => this.on.has(name)),
      hidden: Object.fromEntries([...this.hidden].filter(([, v]) => v.size).map(([k, v]) => [k, [...v]])),
      opacity: this.opacity,
      base: this.base,
    });
  }, 350);

  trigger(name, value) {
    this.component?.setTriggerValue(name, value);
  }

  clicked(event) {
    if (this.sketch.active) return;
    const { lng, lat } = event.latlng;
    this.trigger("click", { lon: lng, lat, tolerance_m: 8 * this.metresPerPixel() });
  }

  metresPerPixel() {
    const lat = (this.map.getCenter().lat * Math.PI) / 180;
    return (40075016.686 * Math.cos(lat)) / 2 ** (this.map.getZoom() + 8);
  }

  home(animate = true) {
    const [w, s, e, n] = this.data.home;
    const left = this.panel?.folded ? 20 : 320;
    this.map.fitBounds([[s, w], [n, e]], { paddingTopLeft: [left, 48], paddingBottomRight: [20, 40], animate });
  }

  back() {
    if (!this.past || this.past.length < 2) return;
    (this.future ??= []).push(this.past.pop());
    this.step(this.past.at(-1));
  }

  forward() {
    const next = this.future?.pop();
    if (!next) return;
    this.past.push(next);
    this.step(next);
  }

  step(where) {
    const [lat, lon, zoom] = where.split(",").map(Number);
    this.stepping = true;
    this.map.setView([lat, lon], zoom, { animate: false });
  }

  fly({ bounds, point }) {
    const right = document.querySelector(".st-key-card") ? 380 : 20;
    const pad = { paddingTopLeft: [this.panel.folded ? 20 : 330, 60], paddingBottomRight: [right, 60], maxZoom: 16 };
    if (bounds) this.map.fitBounds([[bounds[1], bounds[0]], [bounds[3], bounds[2]]], pad);
    else this.map.setView([point[1], point[0]], Math.max(this.map.getZoom(), 14));
  }

  /** Take the map away; what was still to be drawn or reported is dropped. */
  remove() {
    this.gone = true;
    this.resized.disconnect();
    this.sketch.stop();
    this.map.remove();
  }
}
