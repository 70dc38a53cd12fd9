// Rasters: the server sends one picture of legend numbers (0: nothing known). It is coloured
// here by the palette in use, so that another palette or a hidden class needs no new picture.
import { ask } from "./dom.js";

const ORDER = 413; // above the ground, below every line and symbol

export class ImageSet {
  constructor(layers, set) {
    Object.assign(this, { layers, set, url: set.url, name: set.name });
    if (!layers.view.map.getPane("s-image")) layers.pane("s-image", ORDER, false);
  }

  async load() {
    const answer = await ask(this.url);
    if (!answer.ok) throw new Error(`${this.url}: ${answer.status}`);
    const picture = await createImageBitmap(await answer.blob(), { colorSpaceConversion: "none", premultiplyAlpha: "none" });
    this.canvas = Object.assign(document.createElement("canvas"), { width: picture.width, height: picture.height });
    this.ink = this.canvas.getContext("2d", { willReadFrequently: true });
    this.ink.drawImage(picture, 0, 0);
    this.pixels = this.ink.getImageData(0, 0, picture.width, picture.height);
    this.numbers = Uint8Array.from({ length: picture.width * picture.height }, (_, i) => this.pixels.data[4 * i]);
    this.canvas.style.imageRendering = "pixelated"; // a cell is a cell, however near
  }

  draw(set) {
    const { view } = this.layers;
    const [west, south, east, north] = set.box;
    const state = JSON.stringify([view.data.palette, [...(view.hidden.get(this.name) ?? [])]]);
    if (this.state !== state) this.paint(set, view);
    this.state = state;
    const common = { pane: "s-image", interactive: false };
    this.drawn ??= L.svgOverlay(this.canvas, [[south, west], [north, east]], common).addTo(view.map); // takes any element
    this.drawn.setOpacity(view.opacity[set.group] ?? 1);
  }

  paint(set, view) {
    const hidden = view.hidden.get(this.name);
    const table = new Uint32Array(256);
    set.classes.forEach((c, i) => { if (!hidden?.has(c.key)) table[i + 1] = rgba(c.ink[view.data.palette]); });
    const colored = new Uint32Array(this.pixels.data.buffer);
    for (let i = 0; i < colored.length; i += 1) colored[i] = table[this.numbers[i]];
    this.ink.putImageData(this.pixels, 0, 0);
  }

  shows() { return false; }

  remove() {
    this.drawn?.remove();
    this.drawn = null;
  }
}

/** #RRGGBB as an opaque pixel in the byte order of ImageData. */
function rgba(color) {
  const n = parseInt(color.slice(1), 16);
  return new Uint32Array(new Uint8Array([n >> 16, (n >> 8) & 255, n & 255, 255]).buffer)[0];
}
