// Measuring and asking by shape: click points, see the numbers, ask what lies inside.
// Lengths, areas and bearings come from the server, where the only measuring code lives.
import { el, address, area, number, debounce } from "./dom.js";

const CLOSED = { area: true, region: true, circle: true, length: false };

let restored = null; // the stored view drawn last in this window

export class Sketch {
  constructor(view) {
    this.view = view;
    this.points = [];
    this.drawn = L.layerGroup();
    this.box = el("div", { class: "zm-measure", hidden: true, role: "status" }, [], view.host);
    L.DomEvent.disableClickPropagation(this.box);
    view.map.on("click", (event) => this.add(event.latlng));
    view.map.on("dblclick", () => this.finish());
    view.map.on("mousemove", (event) => this.follow(event.latlng));
    document.addEventListener("keydown", (event) => this.key(event), { signal: view.ending.signal });
  }

  start(mode) {
    const again = this.mode === mode;
    this.stop();
    if (again) return;
    this.view.drawing.stop();
    this.mode = mode;
    this.active = true;
    this.finished = false;
    this.drawn.addTo(this.view.map);
    this.view.map.doubleClickZoom.disable();
    this.view.host.classList.add("sketching");
    this.view.buttons[mode].setAttribute("aria-pressed", "true");
    this.say([this.view.data.words[`hint_${mode}`]]);
  }

  stop() {
    if (!this.mode) return;
    this.view.buttons[this.mode].removeAttribute("aria-pressed");
    this.mode = null;
    this.points = [];
    this.numbers = null;
    this.drawn.clearLayers().remove();
    this.box.hidden = true;
    this.view.host.classList.remove("sketching");
    setTimeout(() => { this.active = false; this.view.map.doubleClickZoom.enable(); }, 50);
  }

  add({ lng, lat }) {
    if (!this.mode) return;
    if (this.finished) { this.points = []; this.finished = false; }
    const last = this.points.at(-1);
    if (last && last[0] === lng && last[1] === lat) return;
    this.points.push([lng, lat]);
    if (this.mode === "circle" && this.points.length === 2) this.finish();
    this.draw();
    this.measure();
  }

  follow({ lng, lat }) {
    if (!this.mode || this.finished || !this.points.length) return;
    this.loose = [lng, lat];
    this.draw();
    this.measure();
  }

  finish() {
    if (!this.mode || this.finished || this.points.length < 2) return;
    this.finished = true;
    this.loose = null;
    this.draw();
    this.measure();
  }

  /** What was measured and is still there, with its numbers. */
  kept() {
    if (!this.finished || !this.numbers || this.crossed()) return null;
    const { length_m, area_m2 } = this.numbers;
    return { mode: this.mode, clicked: this.points, closed: CLOSED[this.mode], points: this.mode === "circle" ? this.ring : this.points, length_m, area_m2: area_m2 ?? null };
  }

  /** Draw again what a stored view holds, once for each address that named it. */
  restore(told) {
    if (!told || restored === told.nonce) return;
    restored = told.nonce;
    this.start(told.mode);
    this.points = told.points;
    this.finish();
  }

  key(event) {
    if (!this.mode || ["INPUT", "TEXTAREA"].includes(event.target.tagName)) return;
    if (event.key === "Escape") this.stop();
    if (event.key === "Enter") this.finish();
    if (event.key === "Backspace" && this.points.length) { this.points.pop(); this.finished = false; this.draw(); this.measure(); }
  }

  path() {
    return this.loose && !this.finished ? [...this.points, this.loose] : this.points;
  }

  draw() {
    const { selection } = this.view.data;
    const style = { pane: "s-selection", interactive: false, color: selection, weight: 2, smoothFactor: 0.2, dashArray: this.finished ? null : "5 4", fillOpacity: 0.08 };
    const at = this.path().map(([x, y]) => [y, x]);
    this.drawn.clearLayers();
    if (this.mode === "circle" && at.length > 1) this.ring?.length && L.polygon(this.ring.map(([x, y]) => [y, x]), style).addTo(this.drawn);
    else if (CLOSED[this.mode] && at.length > 2) L.polygon(at, style).addTo(this.drawn);
    else L.polyline(at, style).addTo(this.drawn);
    if (this.mode === "circle" && at.length > 1) L.polyline(at, style).addTo(this.drawn);
    for (const p of this.points) L.circleMarker([p[1], p[0]], { ...style, dashArray: null, radius: 4, fillColor: "#fff", fillOpacity: 1 }).addTo(this.drawn);
  }

  measure = debounce(async () => {
    const path = this.path();
    if (!this.mode || path.length < 2) return;
    const asked = (this.asked = (this.asked ?? 0) + 1);
    const answer = await fetch(address("api/measure"), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ points: path, shape: this.mode === "circle" ? "circle" : CLOSED[this.mode] ? "area" : "line" }) });
    if (!answer.ok || asked !== this.asked || !this.mode) return;
    this.numbers = await answer.json();
    this.ring = this.numbers.ring;
    if (this.mode === "circle") this.draw();
    this.show();
  }, 60);

  show() {
    const { words, unit } = this.view.data;
    const n = this.numbers;
    const long = (m) => (m < 1000 ? `${number(m, 1)} ${words.m}` : `${number(m / 1000, 3)} ${words.km}`);
    const rows = [];
    if (this.mode === "circle") rows.push([words.radius, long(n.length_m)]);
    else rows.push([CLOSED[this.mode] && n.area_m2 ? words.perimeter : words.length, long(n.length_m)]);
    if (n.area_m2) {
      rows.push([words.ellipsoid_area, area(n.area_m2, unit)], [words.plane_area, area(n.plane_m2, unit)]);
      rows.push(["", this.view.data.units.filter((u) => u.id !== unit.id).map((u) => area(n.area_m2, u)).join("　")]);
    }
    if (this.crossed()) rows.push(["", words.sides_cross]);
    if (n.bearing_deg !== null) rows.push([words.bearing, `${number(n.bearing_deg, 1)}°`]);
    const body = rows.map(([k, v]) => el("div", { class: "zm-m-row" }, [el("span", {}, [k]), el("b", {}, [v])]));
    const inside = this.finished && CLOSED[this.mode] && n.area_m2
      ? [el("button", { class: "zm-chip", onclick: () => this.ask() }, [words.what_inside])] : [];
    const done = el("button", { class: "zm-link", onclick: () => this.stop() }, [words.close]);
    this.say([...body, el("div", { class: "zm-m-foot" }, [...inside, done])]);
    if (this.finished && ["region", "circle"].includes(this.mode) && (n.area_m2 || this.crossed()) && this.told !== n) { this.told = n; this.ask(); }
  }

  /** A region whose sides cross has no area; the server says so when it is asked about. */
  crossed() {
    return CLOSED[this.mode] && this.mode !== "circle" && !this.numbers.area_m2 && this.path().length > 3;
  }

  ask() {
    const ring = this.mode === "circle" ? this.ring : this.points;
    this.view.trigger("region", { ring, nonce: Date.now() });
  }

  say(nodes) {
    this.box.replaceChildren(...nodes);
    this.box.hidden = false;
  }
}
