// The letter of its class on every coloured shape that has room for it: what colour says on a
// screen, letters say on grey paper.
import { ask } from "./dom.js";

const ROOM = 18; // px a shape must have both ways
const HEIGHT = 12;
const asked = new Map(); // address → promise of places

/** Write the letters; `written` are boxes of names, on which no letter is put. */
export function writeLetters(labels, ink, written) {
  const { view } = labels;
  const layer = view.tint && view.layers.sets.get(view.tint.set);
  if (!layer?.drawn || !view.lettered) return 0;
  const places = layer.features ? ofFeatures(layer) : layer.anchors?.() ?? ofSet(layer, labels);
  let count = 0;
  for (const [kind, lon, lat, wide, tall] of near(view, places)) {
    const at = view.map.latLngToContainerPoint([lat, lon]);
    const [w, h] = labels.half([lon - wide / 2, lat - tall / 2, lon + wide / 2, lat + tall / 2]);
    if (Math.min(w, h) * 2 < ROOM) continue;
    const spot = spots(h).find(([dx, dy]) => !written.some((b) => b[0] < at.x + dx + 6 && b[2] > at.x + dx - 6 && b[1] < at.y + dy + 7 && b[3] > at.y + dy - 7));
    if (!spot) continue;
    ink.font = `700 ${HEIGHT}px "Noto Sans SC", "Microsoft YaHei", sans-serif`;
    const width = ink.measureText(kind.letter).width;
    labels.write(ink, kind.letter, at.x + spot[0] - width / 2, at.y + spot[1], "#1f2933");
    count += 1;
  }
  return count;
}

/** On the anchor, else a line above or below it while that is still well inside. */
function spots(half) {
  return half > 2 * HEIGHT ? [[0, 0], [0, -HEIGHT - 3], [0, HEIGHT + 3]] : [[0, 0]];
}

function* ofFeatures(layer) {
  for (const f of layer.features) {
    if (!f.geometry.type.endsWith("Polygon") || !layer.shows(f)) continue;
    const [w, s, e, n] = f.box;
    yield [layer.kind(f), f.properties.lx, f.properties.ly, e - w, n - s];
  }
}

/** Places of a set that comes as tiles are fetched when letters are first wanted. */
function* ofSet(layer, labels) {
  const url = layer.set.anchors_url;
  if (!layer.places) {
    if (!asked.has(url)) asked.set(url, placesAt(url));
    asked.get(url).then((places) => { layer.places = places; labels.later(); }, (error) => { asked.delete(url); console.error(error); });
    return;
  }
  const { tint } = layer;
  const hidden = layer.layers.view.hiddenOf(layer.name);
  const p = layer.places;
  for (let i = 0; tint && i * 4 < p.length; i += 1) {
    const kind = tint.kind(i);
    if (kind && !hidden?.has(kind.key)) yield [kind, p[4 * i] / 1e6, p[4 * i + 1] / 1e6, p[4 * i + 2] / 1e6, p[4 * i + 3] / 1e6];
  }
}

async function placesAt(url) {
  const answer = await ask(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return new Int32Array(await answer.arrayBuffer());
}

/** Of some places, those on the screen that may have room and have a letter. */
function* near(view, places) {
  const box = view.map.getBounds();
  const least = ROOM * 360 / 256 / 2 ** view.map.getZoom(); // degrees of longitude in that many px
  for (const place of places) {
    const [kind, lon, lat, wide] = place;
    if (kind.letter && wide >= least && lon > box.getWest() && lon < box.getEast() && lat > box.getSouth() && lat < box.getNorth()) yield place;
  }
}
