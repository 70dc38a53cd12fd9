// Big sets: the server sends, per tile, either a picture of feature numbers (where many
// features meet the tile) or their outlines (where few do). Colours come from a look-up
// table by feature, so another colouring needs no new tile. Plain canvas, no WebGL.
import { ask } from "./dom.js";

const SIDE = 256;
const UNITS = 16; // outline coordinates per pixel
const SPECK = 5; // px, below which an edge would hide what it is the edge of

export class TileSet {
  constructor(layers, set, spec) {
    Object.assign(this, { layers, set, spec, url: set.url, name: set.name });
  }

  async load() {
    const answer = await ask(this.set.classes_url);
    if (!answer.ok) throw new Error(`${this.set.classes_url}: ${answer.status}`);
    this.classOf = new Uint8Array(await answer.arrayBuffer());
    this.features = null;
  }

  get tint() {
    return this.layers.view.tintOf(this.set, this.classOf?.length);
  }

  /** RGBA per class as 32-bit numbers; hidden classes are clear. */
  table() {
    const { view } = this.layers;
    const hidden = view.hiddenOf(this.name);
    if (this.tint) return this.tint.table(hidden, (c) => rgba(c.ink[view.data.palette]));
    const colors = this.set.classes.map((c) => (hidden?.has(c.key) ? 0 : rgba(c.ink[view.data.palette])));
    return Uint32Array.from(colors);
  }

  draw(set) {
    const { view } = this.layers;
    this.set = set;
    const state = JSON.stringify([view.data.palette, [...(view.hiddenOf(this.name) ?? [])], view.tintState(this.name)]);
    view.map.getPane(`s-${this.spec.name}`).style.opacity = view.opacity[set.group] ?? 1;
    if (this.drawn && this.state === state) return;
    this.state = state;
    this.lut = this.table();
    this.codes = this.tint?.bytes ?? this.classOf;
    if (this.drawn) { for (const tile of Object.values(this.drawn._tiles)) paint(tile.el, this); return; }
    this.drawn = new (grid())({ pane: `s-${this.spec.name}`, tileSize: SIDE, set: this, maxZoom: 20, keepBuffer: 1, updateWhenZooming: false });
    this.drawn.addTo(view.map);
    this.hover ??= ({ latlng }) => this.pointed(latlng);
    if (this.spec.hover) view.map.on("mousemove", this.hover);
  }

  /** Tell the class of what is under the pointer; names of a big set are not here. */
  pointed(latlng) {
    const { layers } = this;
    if (layers.over) return;
    const code = this.codes[this.at(latlng)];
    const kind = this.lut[code] ? (this.tint ?? this.set).classes[code] : null;
    if (kind) layers.tell(layers.view.panel.tipOf(this.set, kind), latlng); else layers.leave();
  }

  /** Number of the feature at a place, from the tile that is drawn there; -1 for none. */
  at(latlng) {
    const zoom = this.drawn._tileZoom;
    const { x, y } = this.layers.view.map.project(latlng, zoom);
    const [column, row] = [Math.floor(x / SIDE), Math.floor(y / SIDE)];
    const data = this.drawn._tiles[`${column}:${row}:${zoom}`]?.el.data;
    return data ? numberAt(data, x - column * SIDE, y - row * SIDE) : -1;
  }

  shows() { return false; }

  remove() {
    if (this.hover) this.layers.view.map.off("mousemove", this.hover);
    this.drawn?.remove();
    this.drawn = null;
  }
}

// Made at first use: this module is read before Leaflet is.
let Grid = null;
const grid = () => (Grid ??= L.GridLayer.extend({
  createTile(coords, done) {
    const tile = L.DomUtil.create("canvas", "leaflet-tile");
    tile.width = tile.height = SIDE * this.options.set.layers.view.density;
    const { set } = this.options;
    const abort = new AbortController();
    tile.abort = abort;
    ask(`${set.url}/${coords.z}/${coords.x}/${coords.y}`, { signal: abort.signal })
      .then((answer) => (answer.status === 204 ? null : answer.arrayBuffer()))
      .then((buffer) => { tile.data = buffer; paint(tile, set); done(null, tile); })
      .catch((error) => { if (error.name !== "AbortError") done(error, tile); });
    return tile;
  },
  _removeTile(key) {
    this._tiles[key]?.el.abort?.abort();
    L.GridLayer.prototype._removeTile.call(this, key);
  },
}));

function paint(tile, set) {
  const ink = tile.getContext("2d");
  ink.clearRect(0, 0, tile.width, tile.height);
  if (!tile.data) return;
  const kind = new Uint8Array(tile.data, 0, 1)[0];
  if (kind === 1) paintPicture(ink, tile, set); else paintOutlines(ink, tile, set);
}

function paintPicture(ink, tile, set) {
  const ids = new Uint32Array(tile.data, 4, SIDE * SIDE);
  const image = new ImageData(SIDE, SIDE);
  const out = new Uint32Array(image.data.buffer);
  const { lut, codes } = set;
  for (let i = 0; i < ids.length; i += 1) {
    const id = ids[i];
    if (id === 0) continue;
    out[i] = lut[codes[id - 1]];
  }
  const still = new OffscreenCanvas(SIDE, SIDE);
  still.getContext("2d").putImageData(image, 0, 0);
  ink.imageSmoothingEnabled = false;
  ink.drawImage(still, 0, 0, tile.width, tile.height);
}

function paintOutlines(ink, tile, set) {
  const head = new Uint32Array(tile.data, 4, 1);
  const table = new Uint32Array(tile.data, 8, head[0] * 2);
  const xy = new Int16Array(tile.data, 8 + head[0] * 8);
  const scale = tile.width / SIDE / UNITS;
  const { lut, codes } = set;
  ink.lineWidth = tile.width / SIDE;
  ink.strokeStyle = "rgba(90,90,90,0.55)";
  let at = 0;
  for (let ring = 0; ring < head[0];) {
    const id = table[ring * 2];
    let wide = 0;
    ink.beginPath();
    for (; ring < head[0] && table[ring * 2] === id; ring += 1) {
      const n = table[ring * 2 + 1];
      ink.moveTo(xy[at] * scale, xy[at + 1] * scale);
      for (let i = 1; i < n; i += 1) {
        ink.lineTo(xy[at + 2 * i] * scale, xy[at + 2 * i + 1] * scale);
        wide = Math.max(wide, Math.abs(xy[at + 2 * i] - xy[at]));
      }
      ink.closePath();
      at += 2 * n;
    }
    const color = lut[codes[id]];
    if (!color) continue;
    ink.fillStyle = css(color);
    ink.fill("evenodd");
    if (wide > SPECK * UNITS) ink.stroke();
  }
}

/** Number of the topmost feature at x, y px of a tile; -1 for none. */
function numberAt(data, x, y) {
  if (new Uint8Array(data, 0, 1)[0] === 1) return new Uint32Array(data, 4, SIDE * SIDE)[Math.floor(y) * SIDE + Math.floor(x)] - 1;
  const count = new Uint32Array(data, 4, 1)[0];
  const table = new Uint32Array(data, 8, count * 2);
  const xy = new Int16Array(data, 8 + count * 8);
  let [at, found, inside] = [0, -1, false];
  for (let ring = 0; ring < count; ring += 1) {
    const [id, n] = [table[ring * 2], table[ring * 2 + 1]];
    if (crosses(xy, at, n, x * UNITS, y * UNITS)) inside = !inside;
    at += 2 * n;
    if (ring + 1 < count && table[ring * 2 + 2] === id) continue; // rings of one feature: even-odd
    if (inside) found = id;
    inside = false;
  }
  return found;
}

/** Whether a ray to the right of x, y crosses a ring an odd number of times. */
function crosses(xy, at, n, x, y) {
  let odd = false;
  for (let i = 0, j = n - 1; i < n; j = i, i += 1) {
    const [ax, ay, bx, by] = [xy[at + 2 * i], xy[at + 2 * i + 1], xy[at + 2 * j], xy[at + 2 * j + 1]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}

function rgba(hex) {
  const n = parseInt(hex.slice(1), 16);
  return ((0xd8 << 24) | ((n & 0xff) << 16) | (n & 0xff00) | (n >> 16)) >>> 0;
}

function css(color) {
  return `rgba(${color & 0xff},${(color >> 8) & 0xff},${(color >> 16) & 0xff},${((color >>> 24) & 0xff) / 255})`;
}
