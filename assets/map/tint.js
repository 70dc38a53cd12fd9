// A set coloured by what the page asks: one byte per feature, in the order of the set.
// The bytes come by an address made of their digest, so what was fetched once stays good.
import { ask } from "./dom.js";

const NOT_THERE = 255;
const MOST = 96; // colourings kept; a day each while a slider is drawn along
const there = new Map(); // address → bytes
const asked = new Map(); // address → promise of bytes

/** The bytes at an address, if they are here already. */
export function held(url) {
  return there.get(url);
}

export function fetched(url) {
  if (!asked.has(url)) asked.set(url, bytesOf(url).finally(() => asked.delete(url)));
  return asked.get(url);
}

async function bytesOf(url) {
  const answer = await ask(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  there.set(url, new Uint8Array(await answer.arrayBuffer()));
  if (there.size > MOST) there.delete(there.keys().next().value);
  return there.get(url);
}

/** What Python told of a colouring, with its bytes. */
export class Tint {
  constructor(told, bytes) {
    Object.assign(this, told);
    this.bytes = bytes;
  }

  /** The class of the feature in row `at`, or null where it is not there. */
  kind(at) {
    const code = this.bytes[at];
    return code === NOT_THERE ? null : (this.classes[code] ?? null);
  }

  /** RGBA numbers by code for `Uint32Array` pictures; classes hidden or not there are clear. */
  table(hidden, color) {
    const table = new Uint32Array(256);
    this.classes.forEach((c, i) => { if (!hidden?.has(c.key)) table[i] = color(c); });
    return table;
  }

  get total() {
    return this.classes.reduce((sum, c) => sum + c.count, 0);
  }
}
