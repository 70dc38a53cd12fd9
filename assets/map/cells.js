// Units that are no stored set: cells of a grid, or areas. Their places come once by address;
// what they look like is one byte per unit, as for every set. Drawn on canvas, tile by tile.
import { address } from "./dom.js";
import { Grid, Areas } from "./places.js";

const SIDE = 256;
const FILL = 0.8;
const ORDER = 416; // above fills of the ground, below boundaries, roads and symbols
const known = new Map(); // address → promise of places: a map that comes back has them at once

export class CellSet {
  constructor(layers, set, spec) {
    Object.assign(this, { layers, set, spec, url: set.url, name: set.name });
    this.pane = `s-${set.name}`;
    if (!layers.view.map.getPane(this.pane)) layers.pane(this.pane, ORDER);
  }

  async load() {
    this.places = await placesOf(this.url);
    this.features = null;
  }

  get tint() {
    return this.layers.view.tintOf(this.set, this.places?.count);
  }

  draw(set) {
    const { view } = this.layers;
    this.set = set;
    view.map.getPane(this.pane).style.opacity = view.opacity[set.group] ?? 1;
    const state = JSON.stringify([view.data.palette, [...(view.hiddenOf(this.name) ?? [])], view.tintState(this.name)]);
    if (this.drawn && this.state === state) return;
    this.state = state;
    this.colors = this.tint ? colorsOf(this.tint, view.hiddenOf(this.name), view.data.palette) : [];
    this.codes = this.tint ? view.brush.over(this.tint.bytes) : new Uint8Array(this.places.count).fill(255);
    if (this.drawn) return this.repaint();
    this.drawn = cellLayer(this, this.pane).addTo(view.map);
    this.hover ??= ({ latlng }) => this.pointed(latlng);
    view.map.on("mousemove", this.hover);
  }

  /** Paint again what is on the screen; of `units` only where they lie, if told which. */
  repaint(units = null) {
    const at = units && this.places.boxOf(units);
    for (const tile of Object.values(this.drawn?._tiles ?? {})) {
      if (!at || meets(at, tile.el.box)) paint(tile.el, this);
    }
  }

  /** Tell which unit is under the pointer, and its class. */
  pointed(latlng) {
    const { layers } = this;
    if (layers.over) return;
    const at = this.places.at(latlng);
    const kind = at >= 0 && this.colors[this.codes[at]] ? this.tint?.classes[this.codes[at]] : null;
    if (!kind) return layers.leave();
    layers.tell(layers.view.panel.tipOf({ ...this.set, label: `${this.set.label} ${this.places.idOf(at)}` }, kind), latlng);
  }

  shows() { return false; }

  /** Where a letter goes on each unit on the screen that is large enough. */
  *anchors() {
    const { view } = this.layers;
    const hidden = view.hiddenOf(this.name);
    for (const [unit, ...where] of this.places.anchors(view.map.getBounds(), view.map.getZoom())) {
      const kind = this.tint?.kind(unit);
      if (kind && !hidden?.has(kind.key)) yield [kind, ...where];
    }
  }

  remove() {
    if (this.hover) this.layers.view.map.off("mousemove", this.hover);
    this.drawn?.remove();
    this.drawn = null;
  }
}

/** Places of units by address: fetched and made ready once. */
export function placesOf(url) {
  if (!known.has(url)) {
    const found = fetchPlaces(url);
    found.catch(() => known.delete(url));
    known.set(url, found);
  }
  return known.get(url);
}

async function fetchPlaces(url) {
  const answer = await fetch(address(url));
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  const told = await answer.json();
  return told.kind === "grid" ? new Grid(told) : new Areas(told);
}

/** Colour of each class by its number, null where it is hidden. */
export function colorsOf(tint, hidden, palette) {
  return tint.classes.map((c) => (hidden?.has(c.key) ? null : c.ink[palette]));
}

let Layer = null; // made at first use: this module is read before Leaflet is

/** A layer of `source`: what has `places`, `codes` and `colors` by code, null for not drawn. */
export function cellLayer(source, pane) {
  Layer ??= L.GridLayer.extend({
    createTile(at) {
      const tile = L.DomUtil.create("canvas", "leaflet-tile");
      tile.width = tile.height = SIDE * (window.devicePixelRatio || 1);
      tile.scale = 2 ** at.z;
      tile.box = [at.x, at.y, at.x + 1, at.y + 1].map((n) => (n * SIDE) / tile.scale);
      paint(tile, this.options.source);
      return tile;
    },
  });
  return new Layer({ pane, tileSize: SIDE, source, maxZoom: 20, keepBuffer: 1, updateWhenZooming: false });
}

/** Draw the units that meet a tile, those of one colour at once so that no seam is seen. */
function paint(tile, { places, codes, colors, shade }) {
  const ink = tile.getContext("2d");
  ink.setTransform(1, 0, 0, 1, 0, 0);
  ink.clearRect(0, 0, tile.width, tile.height);
  const k = (tile.scale * tile.width) / SIDE; // px of the canvas per px of the world at zoom 0
  const frame = { box: tile.box, x: (x) => (x - tile.box[0]) * k, y: (y) => (y - tile.box[1]) * k, k };
  ink.save();
  const cut = places.outline(frame);
  if (cut) ink.clip(cut, "evenodd");
  ink.globalAlpha = FILL;
  for (const [color, path] of places.paths(frame, (unit) => colors[codes[unit]] ?? null)) {
    ink.fillStyle = color;
    ink.fill(path);
  }
  ink.globalAlpha = 1;
  if (shade) {
    ink.fillStyle = shade.color;
    for (const [, path] of places.paths(frame, (unit) => (shade.codes[unit] ? shade.color : null))) ink.fill(path);
  }
  ink.lineWidth = tile.width / SIDE;
  ink.strokeStyle = "rgba(60,70,80,0.35)";
  const edges = places.edges(frame, (unit) => Boolean(colors[codes[unit]]));
  if (edges) ink.stroke(edges);
  ink.restore();
}

function meets(a, b) {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}
