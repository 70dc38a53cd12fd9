// Drawing a site: several areas with holes, corners that snap, undo, live area; and the shapes
// a page shows of its own (the site, land in conflict, a cut). Python is told of whole shapes.
// Areas come from the server, where the only measuring code lives.
import { el, address, area, debounce } from "./dom.js";

const REACH_PX = 10; // how near a corner must be to be snapped to
const HANDLES = 300; // corners that can be dragged at once
const same = (a, b) => a && b && a[0] === b[0] && a[1] === b[1];
const flip = (ring) => ring.map(([x, y]) => [y, x]);

export class Drawing {
  constructor(view) {
    Object.assign(this, { view, areas: [], ring: [], past: [], sizes: new Map(), snapping: true, mode: null });
    const { map } = view;
    map.createPane("s-drawing").style.zIndex = 610;
    this.given = L.layerGroup().addTo(map);
    this.own = L.layerGroup().addTo(map);
    this.box = el("div", { class: "zm-draw", hidden: true, role: "toolbar" }, [], view.host);
    this.legend = el("ul", { class: "zm-drawn-key", hidden: true }, [], view.host);
    L.DomEvent.disableClickPropagation(this.box);
    map.on("click", (event) => this.add(event.latlng));
    map.on("dblclick", () => this.finish());
    map.on("mousemove", (event) => this.follow(event.latlng));
    document.addEventListener("keydown", (event) => this.key(event), { signal: view.ending.signal });
  }

  /** What Python says: what to show, whether to draw, and a shape to go on with if `turn` is new. */
  update(told) {
    const text = JSON.stringify([told, this.view.data.lang, this.view.data.unit.id]);
    if (text === this.told) return;
    this.told = text;
    this.showGiven(told?.shapes ?? [], told?.key ?? []);
    const open = Boolean(told?.draw);
    if (!open) this.stop();
    this.open = open;
    if (open && told.turn !== this.turn) {
      Object.assign(this, { turn: told.turn, areas: structuredClone(told.areas), ring: [], past: [] });
      this.start(this.areas.length || !told.start ? null : "area");
    }
    this.draw();
    this.measure();
  }

  showGiven(shapes, key) {
    this.given.clearLayers();
    for (const { shape, style } of shapes) {
      const common = { pane: "s-drawing", interactive: false, smoothFactor: 0.2 };
      L.geoJSON(shape, { ...common, style: { color: "#fff", weight: style.weight + 3, opacity: 0.85, fill: false } }).addTo(this.given);
      L.geoJSON(shape, { ...common, style }).addTo(this.given);
    }
    this.legend.hidden = !key.length;
    this.legend.replaceChildren(...key.map(({ label, style }) => el("li", {}, [
      el("i", { style: `border:2px ${style.dashArray ? "dashed" : "solid"} ${style.color};background:${style.fill ? style.fillColor : "transparent"}` }), label,
    ])));
  }

  get active() {
    return Boolean(this.mode) || Boolean(this.ending);
  }

  start(mode) {
    if (mode && this.view.sketch.mode) this.view.sketch.stop();
    if (!mode && this.mode) {
      this.ending = setTimeout(() => { this.ending = null; this.view.map.doubleClickZoom.enable(); }, 60);
    }
    this.mode = mode;
    this.ring = [];
    this.loose = null;
    if (mode) this.view.map.doubleClickZoom.disable();
    this.view.host.classList.toggle("sketching", Boolean(mode));
    this.draw();
  }

  stop() {
    if (this.mode) this.start(null);
  }

  /** The corner under the pointer of anything drawn, or the place itself. */
  snapped({ lng, lat }) {
    if (!this.snapping) return [lng, lat];
    const { map } = this.view;
    const here = map.latLngToContainerPoint([lat, lng]);
    let best = null;
    let least = REACH_PX;
    const near = (x, y) => {
      const at = map.latLngToContainerPoint([y, x]);
      const away = Math.hypot(at.x - here.x, at.y - here.y);
      if (away < least) [best, least] = [[x, y], away];
    };
    const pad = (REACH_PX * this.view.metresPerPixel()) / 80_000; // degrees, on the safe side
    for (const [, f] of this.view.layers.visible()) {
      const [w, s, e, n] = f.box;
      if (lng > w - pad && lng < e + pad && lat > s - pad && lat < n + pad) corners(f.geometry.coordinates, near);
    }
    for (const rings of this.areas) corners(rings, near);
    return best ?? [lng, lat];
  }

  add(latlng) {
    if (!this.mode || !this.open) return;
    const at = this.snapped(latlng);
    if (this.ring.length > 2 && this.closes(latlng)) return this.finish();
    if (same(this.ring.at(-1), at)) return;
    this.ring.push(at);
    this.changed();
  }

  /** Whether a click on the first corner closes the ring. */
  closes(latlng) {
    const { map } = this.view;
    const [x, y] = this.ring[0];
    return map.latLngToContainerPoint([y, x]).distanceTo(map.latLngToContainerPoint(latlng)) < REACH_PX;
  }

  follow(latlng) {
    if (!this.mode || !this.ring.length) return;
    this.loose = this.snapped(latlng);
    this.draw();
    this.measure();
  }

  finish() {
    if (!this.mode || this.ring.length < 3) return;
    this.keep();
    if (this.mode === "hole") this.holeOf(this.ring)?.push(this.ring);
    else this.areas.push([this.ring]);
    this.start(null);
    this.tell();
  }

  /** The area a hole lies in: the last one around its first corner. */
  holeOf(ring) {
    return this.areas.findLast((rings) => inside(ring[0], rings[0])) ?? this.areas.at(-1);
  }

  keep() {
    this.past.push(structuredClone(this.areas));
  }

  undo() {
    if (this.ring.length) {
      this.ring.pop();
      this.changed();
    } else if (this.past.length) {
      this.areas = this.past.pop();
      this.tell();
    }
  }

  clear() {
    if (this.areas.length) this.keep();
    this.areas = [];
    this.start("area");
    this.tell();
  }

  key(event) {
    if (!this.open || ["INPUT", "TEXTAREA"].includes(event.target.tagName)) return;
    if (this.view.sketch.mode) return;
    if (event.key === "Escape") this.stop();
    if (event.key === "Enter") this.finish();
    if (event.key === "Backspace" && (this.ring.length || this.mode)) this.undo();
  }

  changed() {
    this.draw();
    this.measure();
  }

  tell() {
    this.changed();
    this.view.trigger("drawn", { areas: this.areas, nonce: Date.now() });
  }

  draw() {
    this.own.clearLayers();
    this.box.hidden = !this.open;
    if (!this.open) return;
    const color = this.view.data.selection;
    const style = { pane: "s-drawing", interactive: false, color, weight: 2.5, smoothFactor: 0.2, fillOpacity: 0.1 };
    for (const rings of this.areas) L.polygon(rings.map(flip), style).addTo(this.own);
    const path = this.loose ? [...this.ring, this.loose] : this.ring;
    if (path.length > 2) L.polygon(flip(path), { ...style, dashArray: "5 4" }).addTo(this.own);
    else if (path.length) L.polyline(flip(path), { ...style, dashArray: "5 4" }).addTo(this.own);
    for (const [x, y] of this.ring) L.circleMarker([y, x], { ...style, radius: 4, weight: 2, fillColor: "#fff", fillOpacity: 1 }).addTo(this.own);
    const count = this.areas.flat(2).length;
    if (!this.mode && count <= HANDLES) this.areas.forEach((rings) => rings.forEach((ring) => ring.forEach((_, i) => this.handle(ring, i, color))));
    this.say();
  }

  /** A corner to drag; a right click takes it out. */
  handle(ring, i, color) {
    const icon = L.divIcon({ className: "zm-corner", html: "", iconSize: [11, 11] });
    const marker = L.marker([ring[i][1], ring[i][0]], { icon, draggable: true, keyboard: false, pane: "s-drawing" }).addTo(this.own);
    marker.getElement()?.style.setProperty("border-color", color);
    marker.on("dragend", () => {
      this.keep();
      ring[i] = this.snappedBut(ring, i, marker.getLatLng());
      this.tell();
    });
    marker.on("contextmenu", (event) => {
      L.DomEvent.stop(event);
      if (ring.length < 4) return;
      this.keep();
      ring.splice(i, 1);
      this.tell();
    });
  }

  /** Where a dragged corner comes to lie; it does not snap to itself. */
  snappedBut(ring, i, latlng) {
    const [held] = ring.splice(i, 1);
    const at = this.snapped(latlng);
    ring.splice(i, 0, held);
    return at;
  }

  say() {
    const { words } = this.view.data;
    const button = (name, act, more = {}) => el("button", { class: "zm-chip", type: "button", "data-draw": name, onclick: act, ...more }, [words[`draw_${name}`]]);
    const press = (mode) => ({ "aria-pressed": String(this.mode === mode) });
    const snap = el("label", { class: "zm-draw-snap" }, [el("input", { type: "checkbox", checked: this.snapping, onchange: (event) => { this.snapping = event.target.checked; } }), words.draw_snap]);
    const tools = el("div", { class: "zm-draw-tools" }, [
      button("area", () => this.start(this.mode === "area" ? null : "area"), press("area")),
      button("hole", () => this.start(this.mode === "hole" ? null : "hole"), { ...press("hole"), disabled: !this.areas.length }),
      button("undo", () => this.undo(), { disabled: !this.ring.length && !this.past.length }),
      button("clear", () => this.clear(), { disabled: !this.areas.length && !this.ring.length }),
      snap,
    ]);
    this.size ??= el("div", { class: "zm-draw-size" });
    const hint = this.mode ? words[`hint_draw_${this.mode}`] : this.areas.length ? words.hint_draw_edit : words.hint_draw_more;
    this.box.setAttribute("aria-label", words.draw_tools);
    this.box.replaceChildren(tools, this.size, el("div", { class: "zm-draw-hint" }, [hint]));
  }

  /** The area of everything drawn: areas less holes, with the ring under way. */
  measure = debounce(async () => {
    if (!this.open) return;
    const open = this.loose ? [...this.ring, this.loose] : this.ring;
    const signed = this.areas.flatMap((rings) => rings.map((ring, i) => [ring, i ? -1 : 1]));
    if (open.length > 2) signed.push([open, this.mode === "hole" ? -1 : 1]);
    const asked = (this.asked = (this.asked ?? 0) + 1);
    const found = await Promise.all(signed.map(async ([ring, sign]) => sign * (await this.sizeOf(ring))));
    if (asked !== this.asked || !this.open || !this.size) return;
    if (!signed.length && !this.ring.length) return this.size.replaceChildren();
    const { words, unit, units } = this.view.data;
    const whole = found.reduce((sum, one) => sum + one, 0);
    const others = units.filter((one) => one.id !== unit.id && one.id !== "km2").map((one) => area(whole, one)).join(" · ");
    const crossed = found.some(Number.isNaN);
    this.size.replaceChildren(...(crossed ? [words.sides_cross] : [el("b", {}, [area(whole, unit)]), ` ${others} · ${this.areas.length} ${words.draw_count}`]));
  }, 60);

  async sizeOf(ring) {
    const key = JSON.stringify(ring);
    if (!this.sizes.has(key)) {
      if (this.sizes.size > 400) this.sizes.clear();
      const ask = fetch(address("api/measure"), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ points: ring, shape: "area" }) });
      this.sizes.set(key, ask.then((answer) => (answer.ok ? answer.json() : { area_m2: null }), () => ({ area_m2: null })));
    }
    return (await this.sizes.get(key)).area_m2 ?? Number.NaN;
  }
}

function corners(coordinates, tell) {
  if (typeof coordinates[0] === "number") tell(coordinates[0], coordinates[1]);
  else for (const part of coordinates) corners(part, tell);
}

function inside([x, y], ring) {
  let within = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [[a, b], [c, d]] = [ring[i], ring[j]];
    if (b > y !== d > y && x < ((c - a) * (y - b)) / (d - b) + a) within = !within;
  }
  return within;
}
