// Names on one canvas: greedy by rank, haloed, never on top of each other or of a symbol.
import { debounce } from "./dom.js";
import { writeLetters } from "./letters.js";

const FONT = '"Noto Sans SC", "Microsoft YaHei", sans-serif';
const SIZE = { place: [0, 13, 12.5, 12, 11.5, 11.5], other: [0, 16, 14, 12.5, 12, 11.5] }; // px by rank
const FROM_ZOOM = { place: [0, 10.5, 11.5, 13, 14, 15], other: [0, 0, 0, 11, 12, 13] };

export class Labels {
  constructor(view) {
    this.view = view;
    this.canvas = L.DomUtil.create("canvas", "zm-labels", view.map.createPane("s-labels"));
    view.map.getPane("s-labels").style.cssText = "z-index:610;pointer-events:none";
    view.map.on("zoomstart", () => { this.canvas.style.visibility = "hidden"; });
    view.map.on("moveend zoomend resize", () => this.later());
  }

  later = debounce(() => this.draw(), 40);

  draw() {
    if (this.view.gone) return;
    const { map } = this.view;
    const size = map.getSize();
    const scale = this.view.density;
    const { canvas } = this;
    canvas.width = size.x * scale;
    canvas.height = size.y * scale;
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    const ink = canvas.getContext("2d");
    ink.scale(scale, scale);
    ink.lineJoin = "round";
    ink.textBaseline = "middle";
    const wanted = [...this.candidates(size)].sort((a, b) => a.order - b.order);
    const taken = wanted.filter((c) => c.symbol).map((c) => [c.x - 10, c.y - 10, c.x + 10, c.y + 10, c]);
    const written = new Set(); // a seat and its town bear one name: it is written once
    this.placed = wanted.filter((c) => !written.has(c.text) && this.place(ink, c, taken, size) && written.add(c.text));
    this.letters = writeLetters(this, ink, this.placed.map((c) => c.box));
    canvas.style.visibility = "visible";
  }

  *candidates(size) {
    const { view } = this;
    if (view.marks) yield* view.marks(); // what was drawn by hand goes first
    const zoom = view.map.getZoom();
    const english = view.data.lang === "en";
    for (const [layer, f] of view.layers.visible()) {
      const { spec } = layer;
      if (!spec.labelled) continue;
      const p = f.properties;
      const strong = spec.accent.includes(p.id);
      if (spec.plain && !strong) continue;
      const rank = strong ? 1 : Math.min(Math.max(p.r, 1), 5);
      const kind = spec.name === "place" ? "place" : "other";
      const from = FROM_ZOOM[kind][rank];
      const at = view.map.latLngToContainerPoint([p.ly, p.lx]);
      const near = at.x > -40 && at.y > -20 && at.x < size.x + 40 && at.y < size.y + 20;
      if (!near) continue;
      const symbol = f.geometry.type === "Point" && spec.symbol !== "dot";
      const area = f.geometry.type.endsWith("Polygon");
      const base = spec.name === "place" ? 50 : spec.name === "district" ? 12 : spec.name === "unit" ? 14 : 0;
      const half = area ? this.half(f.box) : null;
      yield {
        half, x: at.x, y: at.y, symbol, centred: area || spec.name === "place", dot: spec.name === "place",
        text: zoom < from ? "" : (english && p.en ? p.en : p.name), more: layer.kind?.(f)?.label, size: SIZE[kind][rank], heavy: rank <= 2 && spec.name !== "place",
        color: layer.kind?.(f) ? "#1f2933" : this.color(spec, layer.ink(f)), order: base + rank * 4 + spec.order / 100 - (strong ? 20 : 0), layer, within: spec.name === "district", spaced: spec.name === "district" && !english,
      };
    }
  }

  /** Half width and height in px of a box in degrees. */
  half([w, s, e, n]) {
    const { map } = this.view;
    const [a, b] = [map.latLngToContainerPoint([n, w]), map.latLngToContainerPoint([s, e])];
    return [(b.x - a.x) / 2, (b.y - a.y) / 2];
  }

  color(spec, ink) {
    const grey = this.view.data.palette === "grey";
    if (spec.name === "district") return grey ? "#6A6A6A" : "#94804F";
    if (spec.name === "unit") return grey ? "#4F4F4F" : "#6F6455";
    if (spec.name === "place") return "#7A828C";
    return ink;
  }

  place(ink, c, taken, size) {
    if (!c.text) return false;
    ink.font = `${c.heavy ? 700 : 400} ${c.size}px ${FONT}`;
    const lines = (c.spaced ? [[...c.text].join("\u2009")] : wrapped(c.text));
    if (c.more) lines.push(c.more); // the class a colouring gives it
    const widths = lines.map((line) => ink.measureText(line).width);
    const width = Math.max(...widths);
    const step = c.size * 1.15;
    const high = step * lines.length;
    for (const [dx, dy] of this.positions(c, width, high)) {
      const box = [c.x + dx - width / 2 - 2, c.y + dy - high / 2, c.x + dx + width / 2 + 2, c.y + dy + high / 2];
      if (box[0] < 0 || box[2] > size.x || box[1] < 0 || box[3] > size.y) continue;
      if (taken.some((t) => t[4] !== c && t[0] < box[2] && t[2] > box[0] && t[1] < box[3] && t[3] > box[1])) continue;
      taken.push([...box, null]);
      lines.forEach((line, i) => {
        // beside a symbol lines start or end at it, otherwise they are centred
        const left = dx > width / 2 ? box[0] + 2 : dx < -width / 2 ? box[2] - 2 - widths[i] : c.x + dx - widths[i] / 2;
        this.write(ink, line, left, box[1] + step * (i + 0.5), c.color);
      });
      c.box = box;
      return true;
    }
    return false;
  }

  write(ink, text, x, y, color) {
    ink.strokeStyle = "rgba(255,255,255,0.92)";
    ink.lineWidth = 3.5;
    ink.strokeText(text, x, y);
    ink.fillStyle = color;
    ink.fillText(text, x, y);
  }

  positions(c, width, high) {
    const [wide, tall] = c.half ?? [0, 0];
    if (c.centred && !(wide && wide < 400)) return [[0, 0], [0, -high], [0, high]];
    if (c.half) {
      const [dx, dy] = [wide + width / 2 + 4, tall + high / 2 + 3];
      const inside = wide * 2 > width ? [[0, 0], [0, -high], [0, high], [0, tall / 2], [0, -tall / 2]] : [];
      if (c.within) return [...inside, [0, tall / 4], [0, -tall / 4], [wide / 2, 0], [-wide / 2, 0]]; // beside it, it would name its neighbour
      return [...inside, [dx, 0], [-dx, 0], [0, dy], [0, -dy], [dx, -dy], [-dx, -dy], [dx, dy], [-dx, dy]];
    }
    const side = width / 2 + 14;
    return [[side, 0], [-side, 0], [0, high / 2 + 13], [0, -high / 2 - 13], [side, 12], [side, -12], [-side, 12], [-side, -12]];
  }
}

/** A long name on two lines: Chinese after the middle, English at the space nearest to it. */
function wrapped(text) {
  const chinese = /[\u3400-\u9fff]/.test(text);
  if (text.length <= (chinese ? 8 : 20)) return [text];
  const bracket = text.indexOf("（");
  const middle = bracket > 3 ? bracket : Math.ceil(text.length / 2);
  if (chinese) return [text.slice(0, middle), text.slice(middle)];
  const spaces = [...text.matchAll(/ /g)].map((m) => m.index);
  if (!spaces.length) return [text];
  const at = spaces.reduce((best, i) => (Math.abs(i - middle) < Math.abs(best - middle) ? i : best));
  return [text.slice(0, at), text.slice(at + 1)];
}
