// Tiles of a big set, cut in the browser from the outlines that the page carries. What comes out
// is what the server sends as a tile of outlines (see ../map/tiles.js).
const SIDE = 256;
const UNITS = 16; // tile coordinates per pixel
const MARGIN = 8; // px around a tile that are kept, so that edges of tiles do not show

/** Answers tile addresses …/z/x/y with bytes, or null where nothing is. */
export function cutter(load) {
  let known = null;
  return async (path) => {
    known ??= load().then(read);
    const [z, x, y] = path.split("/").slice(-3).map(Number);
    return tile(await known, z, x, y);
  };
}

/** Rings with their corners in the unit square of Web Mercator, and boxes around them. */
function read(buffer) {
  const [count, points] = new Uint32Array(buffer, 0, 2);
  const table = new Uint32Array(buffer, 8, 2 * count);
  const east = new Int32Array(buffer, 8 + 8 * count, points);
  const north = new Int32Array(buffer, 8 + 8 * count + 4 * points, points);
  const xy = new Float64Array(2 * points);
  let [lon, lat] = [0, 0];
  for (let i = 0; i < points; i += 1) {
    lon += east[i];
    lat += north[i];
    const sine = Math.sin((lat * Math.PI) / 180e6);
    xy[2 * i] = lon / 360e6 + 0.5;
    xy[2 * i + 1] = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  }
  const rings = [];
  for (let ring = 0, from = 0; ring < count; ring += 1) {
    const [row, n] = [table[2 * ring], table[2 * ring + 1]];
    rings.push({ row, from, n, box: boxOf(xy, from, n) });
    from += n;
  }
  return { xy, rings };
}

function boxOf(xy, from, n) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = from; i < from + n; i += 1) {
    box[0] = Math.min(box[0], xy[2 * i]);
    box[1] = Math.min(box[1], xy[2 * i + 1]);
    box[2] = Math.max(box[2], xy[2 * i]);
    box[3] = Math.max(box[3], xy[2 * i + 1]);
  }
  return box;
}

function tile({ xy, rings }, z, x, y) {
  const scale = 2 ** z;
  const edge = MARGIN / SIDE;
  const [west, north, east, south] = [(x - edge) / scale, (y - edge) / scale, (x + 1 + edge) / scale, (y + 1 + edge) / scale];
  const found = [];
  for (const { row, from, n, box } of rings) {
    if (box[0] > east || box[2] < west || box[1] > south || box[3] < north) continue;
    let ring = [];
    for (let i = from; i < from + n; i += 1) ring.push([(xy[2 * i] * scale - x) * SIDE, (xy[2 * i + 1] * scale - y) * SIDE]);
    if (box[0] < west || box[2] > east || box[1] < north || box[3] > south) ring = clipped(ring);
    if (ring.length > 2) found.push([row, ring]);
  }
  return found.length ? packed(found) : null;
}

/** A ring cut to the tile and its margin, side by side after Sutherland and Hodgman. */
function clipped(ring) {
  let out = ring;
  for (const [axis, limit, sign] of [[0, -MARGIN, 1], [0, SIDE + MARGIN, -1], [1, -MARGIN, 1], [1, SIDE + MARGIN, -1]]) {
    const inside = (p) => sign * (p[axis] - limit) >= 0;
    const before = out;
    out = [];
    before.forEach((here, i) => {
      const last = before.at(i - 1);
      if (inside(here) !== inside(last)) {
        const share = (limit - last[axis]) / (here[axis] - last[axis]);
        out.push([last[0] + share * (here[0] - last[0]), last[1] + share * (here[1] - last[1])]);
      }
      if (inside(here)) out.push(here);
    });
  }
  return out;
}

function packed(found) {
  const points = found.reduce((sum, [, ring]) => sum + ring.length, 0);
  const buffer = new ArrayBuffer(8 + found.length * 8 + points * 4);
  new Uint8Array(buffer, 0, 1)[0] = 2; // outlines
  new Uint32Array(buffer, 4, 1)[0] = found.length;
  const table = new Uint32Array(buffer, 8, found.length * 2);
  const xy = new Int16Array(buffer, 8 + found.length * 8);
  let at = 0;
  found.forEach(([row, ring], i) => {
    table.set([row, ring.length], 2 * i);
    for (const [px, py] of ring) {
      xy[at] = Math.round(px * UNITS);
      xy[at + 1] = Math.round(py * UNITS);
      at += 2;
    }
  });
  return buffer;
}
