// Where units lie. Inside, places are pixels of the world at zoom 0 (256 by 256).
import { northingEasting } from "./gauss.js";

const ZONE_M = 41000000; // of the false easting: our grids are without the zone number
const EDGES_PX = 9; // from this size on each unit has an edge of its own
const LETTER_PX = 18; // from this size on it has room for a letter
const fine = 1e7;
const coarse = 1e6;

function world(lon, lat) {
  const s = Math.sin((lat * Math.PI) / 180);
  return [(lon / 360 + 0.5) * 256, (0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI)) * 256];
}

/** Cells of a square grid, cut at an outline. */
export class Grid {
  constructor(told) {
    const { left, top, step, rows, columns, across, down } = told;
    Object.assign(this, { left, top, step, rows, columns, across, down });
    this.number = new Int32Array(told.rows * told.columns).fill(-1);
    this.places = [];
    for (let i = 0; i < told.runs.length; i += 2) {
      for (let j = 0; j < told.runs[i + 1]; j += 1) {
        this.number[told.runs[i] + j] = this.places.length;
        this.places.push(told.runs[i] + j);
      }
    }
    this.count = this.places.length;
    this.net = [];
    for (let i = 0; i < told.corners.length; i += 2) this.net.push(world(told.corners[i] / fine, told.corners[i + 1] / fine));
    this.cut = told.outline.map((rings) => rings.map((steps) => ringOf(steps)));
    this.side = Math.hypot(this.corner(1, 0)[0] - this.corner(0, 0)[0], this.corner(1, 0)[1] - this.corner(0, 0)[1]);
  }

  /** The corner of column and row, found between those of the net. */
  corner(column, row) {
    const every = this.across[1] - this.across[0] || 1;
    const tall = this.down[1] - this.down[0] || 1;
    const i = Math.min(Math.floor(column / every), this.across.length - 2);
    const j = Math.min(Math.floor(row / tall), this.down.length - 2);
    const u = (column - this.across[i]) / (this.across[i + 1] - this.across[i]);
    const v = (row - this.down[j]) / (this.down[j + 1] - this.down[j]);
    const wide = this.across.length;
    const [a, b, c, d] = [this.net[j * wide + i], this.net[j * wide + i + 1], this.net[(j + 1) * wide + i], this.net[(j + 1) * wide + i + 1]];
    const mix = (n) => (a[n] * (1 - u) + b[n] * u) * (1 - v) + (c[n] * (1 - u) + d[n] * u) * v;
    return [mix(0), mix(1)];
  }

  /** Column and row of a place, with their fractions. */
  spot({ lng, lat }) {
    const [north, east] = northingEasting(lng, lat);
    return [(east - ZONE_M - this.left) / this.step, (this.top - north) / this.step];
  }

  unitAt(column, row) {
    const inside = column >= 0 && row >= 0 && column < this.columns && row < this.rows;
    return inside ? this.number[row * this.columns + column] : -1;
  }

  at(latlng) {
    const [column, row] = this.spot(latlng);
    return this.unitAt(Math.floor(column), Math.floor(row));
  }

  /** Units within `size` cells across around a place. */
  around(latlng, size) {
    const [column, row] = this.spot(latlng);
    const from = (n) => Math.floor(n - (size - 1) / 2);
    const out = [];
    for (let r = from(row); r < from(row) + size; r += 1) {
      for (let c = from(column); c < from(column) + size; c += 1) {
        const unit = this.unitAt(c, r);
        if (unit >= 0) out.push(unit);
      }
    }
    return out;
  }

  idOf(unit) {
    const [row, column] = [Math.floor(this.places[unit] / this.columns), this.places[unit] % this.columns];
    return `r${String(row).padStart(3, "0")}c${String(column).padStart(3, "0")}`;
  }

  boxOf(units) {
    return boxOf(units.flatMap((unit) => {
      const [row, column] = [Math.floor(this.places[unit] / this.columns), this.places[unit] % this.columns];
      return [this.corner(column, row), this.corner(column + 1, row + 1), this.corner(column + 1, row), this.corner(column, row + 1)];
    }));
  }

  /** Columns and rows that may meet a box. */
  span([west, north, east, south]) {
    const corners = [[west, north], [east, north], [west, south], [east, south]].map(([x, y]) => this.spot(lonLat(x, y)));
    const least = (n, most) => Math.min(Math.max(Math.floor(Math.min(...corners.map((c) => c[n]))) - 1, 0), most);
    const most = (n, all) => Math.max(Math.min(Math.ceil(Math.max(...corners.map((c) => c[n]))) + 1, all), 0);
    return [least(0, this.columns), least(1, this.rows), most(0, this.columns), most(1, this.rows)];
  }

  /** Colour and path of all units of it; cells in a row of one colour are one piece. */
  paths(frame, colorOf) {
    const [left, top, right, bottom] = this.span(frame.box);
    const every = this.across[1] - this.across[0] || 1;
    const found = new Map();
    for (let row = top; row < bottom; row += 1) {
      for (let column = left; column < right;) {
        const color = this.colorAt(column, row, colorOf);
        let end = column + 1;
        while (end < right && end % every !== 0 && this.colorAt(end, row, colorOf) === color) end += 1;
        if (color) this.piece(pathOf(found, color), frame, [column, row, end]);
        column = end;
      }
    }
    return found;
  }

  colorAt(column, row, colorOf) {
    const unit = this.number[row * this.columns + column];
    return unit < 0 ? null : colorOf(unit);
  }

  piece(path, { x, y }, [column, row, end]) {
    const corners = [this.corner(column, row), this.corner(end, row), this.corner(end, row + 1), this.corner(column, row + 1)];
    corners.forEach(([a, b], i) => (i ? path.lineTo(x(a), y(b)) : path.moveTo(x(a), y(b))));
    path.closePath();
  }

  /** Edges of the units shown, where they are large enough to be told apart. */
  edges(frame, shown) {
    if (this.side * frame.k < EDGES_PX) return null;
    const [left, top, right, bottom] = this.span(frame.box);
    const path = new Path2D();
    for (let row = top; row < bottom; row += 1) {
      for (let column = left; column < right; column += 1) {
        const unit = this.number[row * this.columns + column];
        if (unit >= 0 && shown(unit)) this.piece(path, frame, [column, row, column + 1]);
      }
    }
    return path;
  }

  /** Unit, middle and size in degrees of the cells in view, if a letter has room in one. */
  *anchors(bounds, zoom) {
    if (this.side * 2 ** zoom < LETTER_PX) return;
    const [west, north] = world(bounds.getWest(), bounds.getNorth());
    const [east, south] = world(bounds.getEast(), bounds.getSouth());
    const [left, top, right, bottom] = this.span([west, north, east, south]);
    for (let row = top; row < bottom; row += 1) {
      for (let column = left; column < right; column += 1) {
        const unit = this.number[row * this.columns + column];
        if (unit >= 0) yield [unit, ...middle(boxOf([this.corner(column, row), this.corner(column + 1, row + 1)]))];
      }
    }
  }

  /** What cells at the edge are cut at. */
  outline(frame) {
    const path = new Path2D();
    for (const rings of this.cut) for (const ring of rings) lineOf(path, ring, frame);
    return path;
  }
}

/** Areas with ids, such as parcels. */
export class Areas {
  constructor(told) {
    this.ids = told.ids;
    this.count = told.areas.length;
    this.rings = told.areas.map((parts) => parts.flatMap((rings) => rings.map((steps) => ringOf(steps))));
    this.boxes = this.rings.map((rings) => boxOf(rings.flat()));
  }

  at(latlng) {
    const [x, y] = world(latlng.lng, latlng.lat);
    for (let unit = this.count - 1; unit >= 0; unit -= 1) {
      const [w, n, e, s] = this.boxes[unit];
      if (x >= w && x <= e && y >= n && y <= s && inside(this.rings[unit], x, y)) return unit;
    }
    return -1;
  }

  /** The unit at a place; a brush has no size here. */
  around(latlng) {
    const unit = this.at(latlng);
    return unit < 0 ? [] : [unit];
  }

  idOf(unit) {
    return this.ids[unit];
  }

  boxOf(units) {
    return boxOf(units.flatMap((unit) => [this.boxes[unit].slice(0, 2), this.boxes[unit].slice(2)]));
  }

  *near([west, north, east, south]) {
    for (let unit = 0; unit < this.count; unit += 1) {
      const [w, n, e, s] = this.boxes[unit];
      if (w <= east && e >= west && n <= south && s >= north) yield unit;
    }
  }

  paths(frame, colorOf) {
    const found = new Map();
    for (const unit of this.near(frame.box)) {
      const color = colorOf(unit);
      if (color) for (const ring of this.rings[unit]) lineOf(pathOf(found, color), ring, frame);
    }
    return found;
  }

  edges(frame, shown) {
    const path = new Path2D();
    for (const unit of this.near(frame.box)) {
      const [w, n, e, s] = this.boxes[unit];
      if (Math.max(e - w, s - n) * frame.k >= EDGES_PX && shown(unit)) for (const ring of this.rings[unit]) lineOf(path, ring, frame);
    }
    return path;
  }

  *anchors(bounds) {
    const [west, north] = world(bounds.getWest(), bounds.getNorth());
    const [east, south] = world(bounds.getEast(), bounds.getSouth());
    for (const unit of this.near([west, north, east, south])) yield [unit, ...middle(this.boxes[unit])];
  }

  outline() { return null; }
}

function pathOf(found, color) {
  if (!found.has(color)) found.set(color, new Path2D());
  return found.get(color);
}

/** Corners of a ring told as a corner and steps. */
function ringOf(steps) {
  let [lon, lat] = [0, 0];
  const out = [];
  for (let i = 0; i < steps.length; i += 2) {
    lon += steps[i];
    lat += steps[i + 1];
    out.push(world(lon / coarse, lat / coarse));
  }
  return out;
}

function lineOf(path, ring, { x, y }) {
  ring.forEach(([a, b], i) => (i ? path.lineTo(x(a), y(b)) : path.moveTo(x(a), y(b))));
  path.closePath();
}

function lonLat(x, y) {
  return { lng: (x / 256 - 0.5) * 360, lat: (Math.atan(Math.sinh(Math.PI * (1 - y / 128))) * 180) / Math.PI };
}

/** Middle of a box, and how wide and tall it is, in degrees. */
function middle([west, north, east, south]) {
  const [a, b] = [lonLat(west, north), lonLat(east, south)];
  return [(a.lng + b.lng) / 2, (a.lat + b.lat) / 2, b.lng - a.lng, a.lat - b.lat];
}

function boxOf(corners) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of corners) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}

/** Whether a ray to the right of x, y crosses the rings an odd number of times. */
function inside(rings, x, y) {
  let odd = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [[ax, ay], [bx, by]] = [ring[i], ring[j]];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
    }
  }
  return odd;
}
