// Sets on the map: small ones as SVG shapes, big ones as tiles, absent ones as a hatch.
import { address, ask } from "./dom.js";
import { toast } from "./controls.js";
import { hatch, symbol, dash } from "./symbols.js";
import { TileSet } from "./tiles.js";
import { ImageSet } from "./raster.js";
import { CellSet } from "./cells.js";

export class Layers {
  constructor(view) {
    this.view = view;
    this.sets = new Map();
    this.pending = 0;
    for (const spec of view.specs) this.pane(`s-${spec.name}`, 400 + spec.order);
    this.pane("s-absent", 432);
    this.pane("s-selection", 620, false);
    this.chosen = L.layerGroup().addTo(view.map);
    this.tip = L.tooltip({ className: "zm-tip", direction: "right", offset: [12, 0] });
  }

  pane(name, order, interactive = true) {
    const pane = this.view.map.createPane(name);
    pane.style.zIndex = order;
    if (!interactive) pane.style.pointerEvents = "none";
  }

  spec(name) {
    return this.view.specs.find((spec) => spec.name === name) ?? this.view.specs.find((spec) => spec.name === "other");
  }

  /** Bring what is drawn into line with the view: fetch, add, restyle, take away. */
  async show() {
    const work = this.view.data.sets.map((set) => this.showOne(set));
    await Promise.all(work);
  }

  async showOne(set) {
    const on = this.view.on.has(set.name);
    let layer = this.sets.get(set.name);
    if (layer && layer.url !== set.url) {
      layer.remove();
      this.sets.delete(set.name);
      layer = null;
    }
    if (!on) return layer?.remove();
    if (!layer) {
      const make = { shape: ShapeSet, tile: TileSet, image: ImageSet, cells: CellSet, absent: AbsentSet }[set.draw];
      layer = new make(this, set, this.spec(set.name));
      this.sets.set(set.name, layer);
    }
    layer.loaded ??= this.load(layer);
    await layer.loaded; // a second call while the first still fetches waits for the same answer
    if (!layer.drawn) await this.view.tinting; // it is first seen in the colours asked for
    if (!this.view.gone && this.view.on.has(set.name)) layer.draw(set);
  }

  async load(layer) {
    this.pending += 1;
    try { await layer.load(); } finally { this.pending -= 1; }
  }

  /** The ground below everything: our own, none, or 天地图 through our server. */
  ground(base) {
    const { map, data, host } = this.view;
    host.dataset.base = base;
    if (this.base === base) return;
    this.base = base;
    this.tiles?.forEach((layer) => layer.remove());
    const names = { vec: ["vec", "cva"], img: ["img", "cia"] }[base] ?? [];
    this.tiles = names.map((name) => L.tileLayer(address(`basemap/${name}/`) + "{z}/{x}/{y}", { maxZoom: 19, maxNativeZoom: 18 }).addTo(map));
    for (const layer of this.tiles) layer.once("tileerror", () => this.fallBack(data.words));
  }

  fallBack(words) {
    if (this.base === "own") return;
    toast(this.view, words.basemap_failed);
    this.view.base = "own";
    this.view.changed();
  }

  /** Features of drawn shape sets, hidden classes left out. */
  *visible() {
    for (const layer of this.sets.values()) {
      if (layer.drawn && layer.features) for (const f of layer.features) if (layer.shows(f)) yield [layer, f];
    }
  }

  /** Outline the selected features, with the ring of their uncertainty. */
  async select(selected) {
    const key = JSON.stringify(selected);
    if (key === this.selectedKey) return;
    this.selectedKey = key;
    const features = await Promise.all(selected.map((one) => this.feature(one)));
    if (this.selectedKey !== key) return;
    this.chosen.clearLayers();
    features.filter(Boolean).forEach((f) => this.outline(f));
    this.flash(selected);
  }

  /** Let what a search found flash; a reader who wants less motion sees the outline only. */
  flash(selected) {
    const { view } = this;
    const pane = view.map.getPane("s-selection");
    pane.classList.remove("zm-flash");
    if (!view.flash || !selected.some((one) => one.id === view.flash)) return;
    view.flash = null;
    pane.getBoundingClientRect(); // a class put back at once would not start anew
    pane.classList.add("zm-flash");
  }

  async feature({ set, id }) {
    const layer = this.sets.get(set);
    const local = layer?.features?.find((f) => f.properties.id === id);
    if (local) return local;
    const known = this.view.data.sets.find((s) => s.name === set);
    if (!known?.url) return null;
    const answer = await ask(`feature/${set}/${known.since}/${encodeURIComponent(id)}`);
    return answer.ok ? answer.json() : null;
  }

  outline(feature) {
    const color = this.view.data.selection;
    const common = { pane: "s-selection", interactive: false, fill: false };
    const point = feature.geometry.type === "Point";
    const [lon, lat] = feature.geometry.coordinates;
    if (point) {
      L.circleMarker([lat, lon], { ...common, radius: 15, color: "#fff", weight: 6 }).addTo(this.chosen);
      L.circleMarker([lat, lon], { ...common, radius: 15, color, weight: 3 }).addTo(this.chosen);
      const error = feature.properties.err;
      if (error) L.circle([lat, lon], { ...common, radius: error, color, weight: 1.5, dashArray: "2 6" }).addTo(this.chosen);
      return;
    }
    L.geoJSON(feature, { ...common, style: { color: "#fff", weight: 7, opacity: 0.9 } }).addTo(this.chosen);
    L.geoJSON(feature, { ...common, style: { color, weight: 3 } }).addTo(this.chosen);
  }

  hover(layer, feature, event) {
    this.over = true; // a shape lies over whatever tiles tell of
    this.tell(this.view.panel.tipFor(layer, feature), event.latlng);
  }

  tell(content, latlng) {
    if (this.view.sketch.active || this.view.drawing.active) return;
    this.tip.setContent(content).setLatLng(latlng);
    this.view.map.openTooltip(this.tip);
  }

  leave() {
    this.over = false;
    this.view.map.closeTooltip(this.tip);
  }
}

/** A set small enough to be shapes of its own. */
class ShapeSet {
  constructor(layers, set, spec) {
    Object.assign(this, { layers, set, spec, url: set.url, name: set.name });
    this.pane = `s-${spec.name}`;
    this.renderer = L.svg({ pane: this.pane, padding: 0.3 });
  }

  async load() {
    const answer = await ask(this.url);
    if (!answer.ok) throw new Error(`${this.url}: ${answer.status}`);
    this.features = (await answer.json()).features;
    this.features.forEach((f, i) => { f.box = boxOf(f.geometry.coordinates); f.at = i; });
  }

  /** The page's colouring of this set, if it is one of these very features. */
  get tint() {
    return this.layers.view.tintOf(this.set, this.features?.length);
  }

  /** The class a colouring gives a feature; null without one. */
  kind(feature) {
    return this.tint?.kind(feature.at) ?? null;
  }

  get ink() {
    return (feature) => {
      const { accent, tint, ink, accent_ink: strong } = this.spec;
      const id = feature.properties.id;
      const own = this.kind(feature)?.ink ?? (this.set.by_use && this.set.classes.find((c) => c.key === feature.properties.kind)?.ink);
      if (own) return own[this.layers.view.data.palette];
      const chosen = accent.includes(id) && strong ? strong : (tint[id] ?? ink);
      return chosen[this.layers.view.data.palette];
    };
  }

  shows(feature) {
    const { view } = this.layers;
    const hidden = view.hiddenOf(this.name);
    if (!view.keeps(this.name, feature.properties.id)) return false;
    if (!this.tint) return !hidden?.has(feature.properties.kind);
    const kind = this.kind(feature);
    return kind !== null && !hidden?.has(kind.key);
  }

  draw(set) {
    const { view } = this.layers;
    this.set = set;
    const state = JSON.stringify([view.data.palette, view.data.lang, [...(view.hiddenOf(this.name) ?? [])], view.tintState(this.name), view.data.drawn?.narrow?.[this.name]]);
    view.map.getPane(this.pane).style.opacity = view.opacity[set.group] ?? 1;
    if (this.drawn && this.state === state) return;
    this.state = state;
    if (this.drawn) return this.pieces.forEach((piece) => this.paint(piece));
    this.pieces = [];
    this.drawn = L.layerGroup(this.parts()).addTo(view.map);
    for (const piece of this.pieces) if (!this.shows(piece.feature)) this.paint(piece);
  }

  /** Bring one drawn piece into line with colours and classes; nothing is made anew. */
  paint({ feature, layer, style }) {
    const shown = this.shows(feature);
    if (feature.geometry.type === "Point") {
      if (shown) this.drawn.addLayer(layer.setIcon(this.icon(feature))); else this.drawn.removeLayer(layer);
      return;
    }
    if (shown) layer.setStyle(style(feature));
    const path = layer.getElement?.();
    if (path) path.style.display = shown ? "" : "none"; // its place in the draw order stays
  }

  parts() {
    const { spec } = this;
    const shapes = this.features.filter((f) => f.geometry.type !== "Point");
    const out = [];
    const common = { pane: this.pane, renderer: this.renderer, smoothFactor: 0.8 };
    const add = (style, more) => {
      const drawn = L.geoJSON(shapes, { ...common, ...more, style });
      drawn.eachLayer((layer) => this.pieces.push({ feature: layer.feature, layer, style }));
      out.push(drawn);
    };
    const white = { color: "#fff", weight: spec.width + 2 * spec.casing, opacity: 0.9, fill: false, interactive: false };
    if (spec.casing) add(() => white, { interactive: false });
    add((f) => this.style(f), { interactive: spec.hover, onEachFeature: (f, l) => this.wire(f, l) });
    if (spec.double) add((f) => ({ ...this.style(f), color: "#fff", weight: spec.width - 2.6 }), { interactive: false });
    for (const f of this.features) if (f.geometry.type === "Point" && spec.symbol !== "dot") out.push(this.marker(f));
    return out;
  }

  style(feature) {
    const { spec } = this;
    const color = this.ink(feature);
    const strong = spec.accent.includes(feature.properties.id);
    const grade = feature.properties.g;
    const areal = feature.geometry.type.endsWith("Polygon");
    const hatched = areal && spec.fill > 0 && spec.fill < 1 && grade === "schematic";
    return {
      color, weight: strong ? Math.max(spec.width + 1, 3) : spec.width, stroke: spec.width > 0,
      dashArray: dash(grade, spec), lineCap: "butt",
      ...this.fill(feature, areal, hatched ? hatch(color) : color, hatched ? 1 : spec.fill < 1 && strong ? 0.28 : spec.fill),
    };
  }

  /** How an area is filled; a colouring must be read, so it fills what is else only hinted at. */
  fill(feature, areal, color, opacity) {
    const kind = this.kind(feature);
    if (!kind) return { fill: areal && this.spec.fill > 0, fillColor: color, fillOpacity: opacity };
    const ink = this.ink(feature);
    const hatched = feature.properties.g === "schematic";
    return { fill: areal, fillColor: hatched ? hatch(ink, true) : ink, fillOpacity: hatched ? 1 : Math.max(this.spec.fill, 0.75), color: edge(ink), weight: Math.max(this.spec.width, 0.8) };
  }

  icon(feature) {
    const glyph = this.layers.view.data.lang === "en" ? this.spec.glyph_en : this.spec.glyph;
    const kind = this.kind(feature);
    const html = symbol(kind?.symbol || this.spec.symbol, this.ink(feature), kind?.letter || glyph, feature.properties.g, Boolean(kind));
    return L.divIcon({ className: "zm-symbol", html, iconSize: [22, 22] });
  }

  marker(feature) {
    const [lon, lat] = feature.geometry.coordinates;
    const marker = L.marker([lat, lon], { pane: this.pane, keyboard: false, bubblingMouseEvents: true, icon: this.icon(feature) });
    this.pieces.push({ feature, layer: marker });
    this.wire(feature, marker);
    return marker;
  }

  wire(feature, layer) {
    if (!this.spec.hover) return;
    layer.on("mousemove mouseover", (event) => this.layers.hover(this, feature, event));
    layer.on("mouseout", () => this.layers.leave());
  }

  remove() {
    this.drawn?.remove();
    this.drawn = null;
  }
}

/** A theme we hold no data for: the whole zone hatched, so that blank never means free. */
class AbsentSet {
  constructor(layers, set) {
    Object.assign(this, { layers, set, url: set.url, name: set.name });
  }

  async load() {
    this.zone = await (await ask(this.set.cover)).json();
  }

  draw() {
    if (this.drawn) return;
    const style = { color: "#8A93A0", weight: 1, dashArray: "2 4", fillColor: hatch("#8A93A0"), fillOpacity: 1 };
    this.drawn = L.geoJSON(this.zone, { pane: "s-absent", interactive: false, style }).addTo(this.layers.view.map);
  }

  remove() {
    this.drawn?.remove();
    this.drawn = null;
  }
}

/** A darker edge of the same colour, so that neighbours of one class stay apart. */
function edge(color) {
  const n = parseInt(color.slice(1), 16);
  return `#${[n >> 16, (n >> 8) & 255, n & 255].map((x) => Math.round(x * 0.62).toString(16).padStart(2, "0")).join("")}`;
}

/** West, south, east, north of nested coordinates. */
function boxOf(coordinates, box = [180, 90, -180, -90]) {
  if (typeof coordinates[0] === "number") {
    const [x, y] = coordinates;
    return [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
  }
  return coordinates.reduce((so_far, part) => boxOf(part, so_far), box);
}
