// Painting units by hand: a use is chosen, units are brushed or clicked, and Python is told of
// whole strokes. What was painted is seen at once; the server's colouring follows and rules.
// Strokes not yet answered are told again with the next one, so that none is lost.
import { el, address } from "./dom.js";

const SIZES = [1, 3, 5, 9]; // cells across
const known = new Map(); // address → promise of one byte per unit

export class Brush {
  constructor(view) {
    Object.assign(this, { view, tool: null, size: 1, strokes: [], count: 0 });
    this.box = el("div", { class: "zm-brush", hidden: true, role: "toolbar" }, [], view.host);
    L.DomEvent.disableClickPropagation(this.box).disableScrollPropagation(this.box);
    const at = view.map.getContainer();
    at.addEventListener("pointerdown", (event) => this.down(event), { capture: true, signal: view.ending.signal });
    at.addEventListener("pointermove", (event) => this.move(event), { capture: true, signal: view.ending.signal });
    window.addEventListener("pointerup", () => this.up(), { signal: view.ending.signal });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && this.tool) this.take(null); }, { signal: view.ending.signal });
  }

  get active() {
    return Boolean(this.tool);
  }

  /** What Python says: uses, why each is closed where, and the last stroke it has taken up. */
  update(told) {
    this.told = told ?? null;
    this.box.hidden = !told;
    if (!told) return this.tool && this.take(null);
    if (told.turn !== this.turn) Object.assign(this, { turn: told.turn, strokes: [], count: told.done });
    this.strokes = this.strokes.filter((stroke) => stroke.n > told.done);
    if (this.tool?.use && !told.uses.some((use) => use.id === this.tool.use)) this.take(null);
    this.say();
  }

  get layer() {
    return this.view.layers.sets.get("cells");
  }

  /** Codes with the strokes that the server has not answered yet laid over them. */
  over(bytes) {
    if (!this.told || !this.strokes.length) return bytes;
    const out = bytes.slice();
    for (const stroke of this.strokes) for (const [unit, code] of stroke.codes) out[unit] = code;
    return out;
  }

  async take(tool) {
    this.tool = tool;
    const { map, host } = this.view;
    host.classList.toggle("painting", Boolean(tool));
    map.dragging[tool ? "disable" : "enable"]();
    map.boxZoom[tool ? "disable" : "enable"]();
    map.doubleClickZoom[tool ? "disable" : "enable"]();
    Object.assign(this, { closed: null, beneath: null, here: 0, last: null, refused: new Map() });
    this.say();
    const use = tool?.use && this.told.uses.find((one) => one.id === tool.use);
    const [closed, beneath] = await Promise.all([use ? bytesAt(use.why) : null, tool && bytesAt(this.told.beneath)]);
    if (this.tool !== tool) return;
    Object.assign(this, { closed, beneath });
    if (this.layer) {
      this.layer.shade = closed && { codes: closed, color: "rgba(70,60,60,0.30)" };
      this.layer.repaint();
    }
  }

  // ---- a stroke ------------------------------------------------------------------------
  down(event) {
    if (!this.tool || event.button !== 0 || this.box.contains(event.target) || event.target.closest(".zm-panel, .zm-bar, .leaflet-control")) return;
    if (!this.layer?.places || !this.beneath) return;
    event.stopPropagation();
    event.preventDefault();
    this.stroke = { n: (this.count += 1), tool: this.tool.name, use: this.tool.use ?? "", units: new Set(), codes: new Map() };
    this.refused = new Map();
    this.before = null;
    this.dab(event);
  }

  move(event) {
    if (!this.tool) return;
    if (this.stroke) this.dab(event);
    else this.point(event);
  }

  /** Paint between the last place and this one. */
  dab(event) {
    const { map } = this.view;
    const here = map.mouseEventToContainerPoint(event);
    const from = this.before ?? here;
    const steps = Math.max(1, Math.ceil(from.distanceTo(here) / 4));
    const fresh = [];
    for (let i = 1; i <= steps; i += 1) {
      const at = map.containerPointToLatLng(from.add(here.subtract(from).multiplyBy(i / steps)));
      for (const unit of this.layer.places.around(at, this.size)) if (!this.stroke.units.has(unit)) fresh.push(this.mark(unit));
    }
    this.before = here;
    if (fresh.length) {
      this.layer.codes = this.layer.codes.slice();
      for (const unit of fresh) if (this.stroke.codes.has(unit)) this.layer.codes[unit] = this.stroke.codes.get(unit);
      this.layer.repaint(fresh);
    }
    this.say();
  }

  /** Take a unit into the stroke, with the class it is seen in until the server answers. */
  mark(unit) {
    const { stroke, told } = this;
    stroke.units.add(unit);
    const why = this.closed?.[unit];
    if (why) {
      this.refused.set(why, (this.refused.get(why) ?? 0) + 1);
      return unit;
    }
    const beneath = this.beneath[unit];
    const use = told.uses.find((one) => one.id === stroke.use);
    const held = beneath < told.uses.length ? told.uses[beneath].code : told.keep;
    stroke.codes.set(unit, { use: use?.code, keep: told.keep, hold: held, free: beneath }[stroke.tool]);
    return unit;
  }

  up() {
    if (!this.stroke) return;
    this.strokes.push(this.stroke);
    this.last = this.stroke;
    this.stroke = null;
    this.view.trigger("drawn", {
      strokes: this.strokes.map(({ n, tool, use, units }) => ({ n, tool, use, units: [...units] })),
      nonce: Date.now(),
    });
    this.say();
  }

  /** Tell under the pointer why a unit is closed to the use in hand. */
  point(event) {
    if (!this.closed || !this.layer?.places) return;
    const unit = this.layer.places.at(this.view.map.mouseEventToLatLng(event));
    const why = unit >= 0 ? this.closed[unit] : 0;
    if (why === this.here) return;
    this.here = why;
    this.say();
  }

  // ---- the toolbar ---------------------------------------------------------------------
  say() {
    const { told, tool } = this;
    if (!told) return;
    const { words, palette } = this.view.data;
    const chip = (name, text, more = {}) => el("button", {
      class: "zm-chip", type: "button", "data-brush": name, "aria-pressed": String(tool?.key === name), onclick: () => this.take(tool?.key === name ? null : { key: name, ...more }),
    }, text);
    const dye = (ink) => el("i", { class: "zm-brush-dye", style: `background:${ink[palette]}` });
    const uses = told.uses.map((use) => chip(`use-${use.id}`, [dye(use.ink), use.label], { name: "use", use: use.id }));
    const others = ["keep", "hold", "free"].map((name) => chip(name, [words[`brush_${name}`]], { name }));
    const sizes = this.layer?.places?.columns ? SIZES.map((size) => el("button", {
      class: "zm-chip", type: "button", "data-size": size, "aria-pressed": String(this.size === size), onclick: () => { this.size = size; this.say(); },
    }, [`${size}×${size}`])) : [];
    this.box.setAttribute("aria-label", words.brush_tools);
    this.box.replaceChildren(
      el("div", { class: "zm-brush-row" }, uses), el("div", { class: "zm-brush-row" }, [...others, ...sizes]),
      el("div", { class: "zm-brush-hint" }, [this.hint(words)]),
    );
  }

  hint(words) {
    const { told, tool, stroke } = this;
    if (!tool) return words.brush_begin;
    const said = [];
    const painted = stroke ?? this.last;
    if (painted) said.push(`${words.brush_done} ${painted.codes.size}`);
    if (this.refused?.size) {
      const reasons = [...this.refused].map(([why, count]) => `${told.reasons[why - 1]} ${count}`).join(" · ");
      said.push(`${words.brush_refused} ${reasons}`);
    } else if (this.here) said.push(`${words.brush_closed} ${told.reasons[this.here - 1]}`);
    return said.join(" · ") || words.brush_drag;
  }
}

function bytesAt(url) {
  if (!known.has(url)) {
    const found = fetch(address(url)).then(async (answer) => {
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      return new Uint8Array(await answer.arrayBuffer());
    });
    found.catch(() => known.delete(url));
    known.set(url, found);
  }
  return known.get(url);
}
