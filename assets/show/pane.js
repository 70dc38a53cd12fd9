// A map on a slide: the very view of the app without its panel and tools. Slides are read from
// afar, so it is laid out at half its size and magnified: symbols, lines and names are doubled.
import { View, buildView } from "../map/view.js";
import { Layers } from "../map/layers.js";
import { Labels } from "../map/labels.js";
import { Panel } from "../map/panel.js";
import { addFurniture } from "../map/controls.js";
import { Tint, fetched, held } from "../map/tint.js";
import { el } from "../map/dom.js";

export const MAGNIFIED = 2;
const RINGS = 3; // selected features that still get the ring of their uncertainty

/** Put a map into a frame of a slide; `stage` knows the language and how far it is scaled. */
export function makePane(frame, stage, look) {
  const host = el("div", { class: "zm sh-zm", "data-base": "own" }, [el("div", { class: "zm-map" })], frame);
  const known = stage.told.map[stage.lang === "en" ? 1 : 0];
  const data = {
    ...known, key: "show", panel: "none", palette: stage.palette, lang: stage.lang, tint: null, tables: false, basemaps: [{ id: "own" }],
    initial: { on: look.on, hidden: look.hidden, opacity: look.opacity, base: "own", view: null },
  };
  const pane = buildView(host, data, { default: stage.script }, Pane);
  pane.stage = stage;
  pane.look = look;
  pane.fit();
  return pane;
}

class Pane extends View {
  begin() {
    const { map, host } = this;
    Object.assign(map.options, { zoomSnap: 0, minZoom: 7, zoomAnimation: false });
    map.keyboard.disable(); // arrows turn the slides
    map.getContainer().removeAttribute("tabindex");
    this.layers = new Layers(this);
    this.labels = new Labels(this);
    this.sketch = this.drawing = { active: false };
    this.panel = Object.assign(Object.create(Panel.prototype), { view: this }); // for its tips
    addFurniture(this);
    const outline = this.layers.outline.bind(this.layers);
    this.layers.outline = (f) => outline(this.look.selected.length > RINGS ? { ...f, properties: { ...f.properties, err: null } } : f);
    map.createPane("s-drawing").style.zIndex = 615;
    this.drawn = L.layerGroup().addTo(map);
    map.on("moveend", () => this.labels.later());
    this.resized = new ResizeObserver(() => {
      map.invalidateSize({ pan: false });
      this.fit();
    });
    this.resized.observe(host);
    window.zoneMap = host.zoneMap = this; // the tests and the console look here
  }

  get density() {
    return (window.devicePixelRatio || 1) * MAGNIFIED * (this.stage?.scale ?? 1);
  }

  fit() {
    if (!this.look || this.gone) return;
    const [w, s, e, n] = this.look.extent ?? this.data.home;
    this.map.fitBounds([[s, w], [n, e]], { animate: false, padding: this.look.extent ? [0, 0] : [6, 6] });
  }

  /** Draw everything, in a colouring if there is one; done when it can be seen. */
  async draw(key) {
    await this.colour(key, false);
    await this.layers.ground("own");
    await this.layers.show();
    await this.layers.select(this.look.selected);
    if (this.gone) return;
    this.sketches();
    this.labels.draw();
  }

  /** Colour by one of the brief's colourings; an empty key takes the colours away. */
  async colour(key, redraw = true) {
    this.wanted = key;
    this.layers.leave(); // a tip would tell of the colouring before
    const told = key ? this.tone(this.stage.told.colourings[key]) : null;
    const bytes = told && (held(told.url) ?? await fetched(told.url));
    if (this.gone || this.wanted !== key) return;
    this.takeTint(told && new Tint(told, bytes));
    if (!redraw) return;
    await this.layers.show();
    this.labels.later();
  }

  tone(one) {
    const say = (pair) => this.stage.say(pair);
    const classes = one.tones.map((t) => ({ key: t.key, label: say(t.title), ink: t.ink, letter: t.letter, symbol: t.symbol, count: t.count, text: "" }));
    return { set: one.set, since: one.since, url: one.url, title: say(one.title), note: say(one.note), letters: true, classes };
  }

  /** What presenters drew, with their words. */
  sketches() {
    this.drawn.clearLayers();
    for (const { geometry, label, color } of this.look.drawings) {
      const style = { pane: "s-drawing", interactive: false, color, weight: 2.5, fillOpacity: 0.12 };
      L.geoJSON(geometry, { ...style, style, pointToLayer: (_f, at) => L.circleMarker(at, { ...style, radius: 6, fillColor: color, fillOpacity: 0.9 }) }).addTo(this.drawn);
    }
  }

  /** Words beside what was drawn, for the names to make room for. */
  *marks() {
    for (const { geometry, label: text, color } of this.look.drawings) {
      const at = L.geoJSON(geometry).getBounds().getCenter();
      const { x, y } = this.map.latLngToContainerPoint(at);
      const symbol = geometry.type === "Point";
      yield { x, y, symbol, centred: !symbol, half: null, text, size: 14, heavy: true, color, order: -100, layer: null };
    }
  }

  remove() {
    this.gone = true;
    this.ending.abort();
    this.resized.disconnect();
    this.map.remove();
    this.host.remove();
  }
}
