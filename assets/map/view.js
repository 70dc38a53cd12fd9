// The state of one map on one screen: which sets are on, what is hidden, chosen, selected.
import { Layers } from "./layers.js";
import { Labels } from "./labels.js";
import { Panel } from "./panel.js";
import { addToolbar, addReadout, addFurniture } from "./controls.js";
import { Sketch } from "./sketch.js";
import { Drawing } from "./drawing.js";
import { Brush } from "./brush.js";
import { Pins } from "./pins.js";
import { Tint, fetched, held } from "./tint.js";
import { toast } from "./controls.js";
import { mirror, pair, part } from "./pair.js";
import { onPaper } from "./paper.js";
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
export function buildView(host, data, script, Kind = View) {
  const view = new Kind(host, data);
  // Folium names one element; here each map is made in its own, so that a page may hold several.
  const own = Object.assign(Object.create(window.L), { map: (_id, options) => window.L.map(host.querySelector(".zm-map"), options) });
  view.map = script.default(own, view.registry);
  view.begin();
  return view;
}

/** The data with the set that its colouring brings along, if it does. */
function withOwn(data) {
  const own = data.tint?.own;
  return own ? { ...data, sets: [...data.sets.filter((set) => set.name !== own.name), own] } : data;
}

const flown = new Map(); // what each map has flown to: it does so once, also when it comes back

export class View {
  constructor(host, data) {
    this.host = host;
    this.data = withOwn(data);
    this.ending = new AbortController(); // takes our listeners off the document
    host.dataset.panel = data.panel;
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
    this.drawing = new Drawing(this);
    this.brush = new Brush(this);
    this.pins = new Pins(this);
    this.panel = new Panel(this, el("section", { class: "zm-panel" }, [], host));
    addToolbar(this);
    addReadout(this);
    addFurniture(this);
    this.place();
    map.on("moveend", () => this.moved());
    map.on("click", (event) => this.clicked(event));
    this.resized = new ResizeObserver(() => {
      map.invalidateSize({ pan: false });
      if (!this.placed) this.place();
    });
    this.resized.observe(host);
    onPaper(this);
    // Leaflet focuses the map on every click; the ring is for people who came by keyboard.
    host.addEventListener("keyup", (event) => { if (event.key === "Tab") host.dataset.keys = ""; });
    host.addEventListener("pointerdown", () => { delete host.dataset.keys; });
    window.zoneMap = host.zoneMap = this; // the tests and the console look here
  }

  /** Start where the address or the last visit says; a container without room is waited for. */
  place() {
    const start = this.data.initial.view;
    if (start) this.map.setView([start[1], start[0]], start[2], { animate: false });
    else this.home(false);
    this.placed = this.host.clientWidth > 0 && this.host.clientHeight > 0;
  }

  /** An id on the page; only the overview's map has the short ones. */
  id(name) {
    return this.data.key === "zone" ? `zm-${name}` : `zm-${this.data.key}-${name}`;
  }

  /** New data from Python: addresses, words, selection, a place to fly to. */
  update(component) {
    this.component = component;
    const before = this.data;
    this.data = withOwn(component.data);
    this.showOwn();
    const same = this.drawn && before.lang === this.data.lang && before.unit.id === this.data.unit.id && before.palette === this.data.palette
      && JSON.stringify(before.sets) === JSON.stringify(this.data.sets);
    if (before.lang !== this.data.lang) {
      this.nameTools();
      this.redrawFurniture();
    }
    this.brush.update(this.data.drawn?.brush);
    const recoloured = this.followTint();
    const narrowed = this.followNarrow();
    if (!same || recoloured || narrowed) this.apply();
    this.layers.select(this.data.selected);
    this.drawing.update(this.data.drawn);
    this.pins.update(this.data.drawn?.pins);
    this.sketch.restore(this.data.sketch);
    const { fly, key } = this.data;
    if (fly && fly.nonce !== flown.get(key)) {
      flown.set(key, fly.nonce);
      this.fly(fly);
    }
    this.labels.later();
    pair(this);
  }

  /** Take up which features of a set the page's filters leave; true if that changed. */
  followNarrow() {
    const told = this.data.drawn?.narrow ?? {};
    const key = JSON.stringify(told);
    if (key === (this.narrowKey ?? "{}")) return false;
    this.narrowKey = key;
    this.narrow = new Map(Object.entries(told).map(([name, ids]) => [name, new Set(ids)]));
    return true;
  }

  /** Whether the page's filters leave a feature. */
  keeps(name, id) {
    return this.narrow?.get(name)?.has(id) ?? true;
  }

  /** What a page colours that is no stored set is on until the reader takes it off. */
  showOwn() {
    for (const { name } of this.data.sets.filter((set) => set.draw === "cells" && !this.owned?.has(set.name))) {
      (this.owned ??= new Set()).add(name);
      this.on.add(name);
    }
  }

  /**
   * Take up the page's colouring once its bytes are here; until then what is shown stays.
   * Of several asked for in a row the last one wins. True if it changed at once.
   */
  followTint() {
    const told = this.data.tint ?? null;
    const key = JSON.stringify(told);
    if (key === (this.tintKey ?? "null")) return false;
    this.tintKey = key;
    const bytes = told && held(told.url);
    if (!told || bytes) {
      this.takeTint(told && new Tint(told, bytes));
      return true;
    }
    this.tinting = fetched(told.url).then((found) => {
      if (this.gone || this.tintKey !== key) return;
      this.takeTint(new Tint(told, found));
      this.apply();
    }, (error) => {
      if (this.gone || this.tintKey !== key) return;
      this.tintKey = null; // asked for again at the next rerun
      console.error(error);
      toast(this, this.data.words.tint_failed);
    });
    return false;
  }

  takeTint(tint) {
    this.tint = tint;
    this.host.dataset.tint = tint?.url ?? "";
  }

  /** The colouring of a set, if it is of the very features that are drawn. */
  tintOf(set, count) {
    const { tint } = this;
    return tint?.set === set.name && tint.since === set.since && tint.bytes.length === count ? tint : null;
  }

  /** What of a colouring shows on a set, to tell whether it must be painted again. */
  tintState(name) {
    return this.tint?.set === name ? [this.tint.url, this.tint.classes.map((c) => [c.key, c.ink, c.letter, c.symbol])] : null;
  }

  /** Pixels of the screen in one of ours. */
  get density() {
    return window.devicePixelRatio || 1;
  }

  get lettered() {
    return Boolean(this.tint) && (this.tint.letters || this.data.palette === "grey");
  }

  /** Classes hidden in a set: its kinds, or those of the colouring it bears. */
  hiddenOf(name) {
    return this.hidden.get(this.hidingKey(name));
  }

  hidingKey(name) {
    return this.tint?.set === name ? `~${name}` : name;
  }

  /** Draw what is on and tell the panel; called at every change of state. */
  apply() {
    this.drawn = true;
    this.layers.ground(this.base);
    this.layers.show().then(() => {
      if (this.gone) return;
      this.panel.draw();
      this.labels.later();
      this.host.dataset.ready = String(this.layers.pending === 0);
    });
    this.panel.draw();
  }

  changed() {
    this.apply();
    mirror(this);
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
    if (!this.gone) this.component?.setStateValue("map", this.shown());
  }, 350);

  /** What the map shows now: where it is, what is on, hidden and faded. */
  shown() {
    const at = this.map.getCenter();
    const box = this.map.getBounds();
    const round = (x, n) => Number(x.toFixed(n));
    return {
      view: [round(at.lng, 5), round(at.lat, 5), round(this.map.getZoom(), 2)],
      bounds: [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((x) => round(x, 6)),
      on: this.data.sets.filter((s) => s.draw !== "cells" && this.on.has(s.name)).map((s) => s.name),
      hidden: Object.fromEntries([...this.hidden].filter(([, v]) => v.size).map(([k, v]) => [k, [...v]])),
      opacity: this.opacity,
      base: this.base,
    };
  }

  trigger(name, value) {
    if (name === "pick") this.flash = value.id; // what was looked for flashes once it is outlined
    this.component?.setTriggerValue(name, value);
  }

  clicked(event) {
    if (this.sketch.active || this.drawing.active || this.brush.active) return;
    const { lng, lat } = event.latlng;
    this.trigger("click", { lon: lng, lat, tolerance_m: 8 * this.metresPerPixel() });
  }

  metresPerPixel() {
    const lat = (this.map.getCenter().lat * Math.PI) / 180;
    return (40075016.686 * Math.cos(lat)) / 2 ** (this.map.getZoom() + 8);
  }

  home(animate = true) {
    const [w, s, e, n] = this.data.home;
    const [left, top] = this.panel?.room() ?? [320, 48];
    this.map.fitBounds([[s, w], [n, e]], { paddingTopLeft: [left, top], paddingBottomRight: [20, 40], animate });
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
    const right = this.data.tables && document.querySelector(".st-key-card") ? 380 : 20;
    const [left, top] = this.panel.room();
    const pad = { paddingTopLeft: [left, top + 12], paddingBottomRight: [right, 60], maxZoom: 16 };
    if (bounds) this.map.fitBounds([[bounds[1], bounds[0]], [bounds[3], bounds[2]]], pad);
    else this.map.setView([point[1], point[0]], Math.max(this.map.getZoom(), 14));
  }

  /** Take the map away; what was still to be drawn or reported is dropped. */
  remove() {
    this.gone = true;
    part(this);
    this.ending.abort();
    this.resized.disconnect();
    this.sketch.stop();
    this.map.remove();
  }
}
