// Left panel: search, presets, and one tree that is layer list and legend at once.
import { el, address, area, number, debounce } from "./dom.js";
import { tell } from "./controls.js";
import { swatch, tintSwatch } from "./symbols.js";

export class Panel {
  constructor(view, root) {
    this.view = view;
    this.root = root;
    this.open = new Set();
    this.fold = el("button", { class: "zm-fold", "aria-expanded": "true", onclick: () => this.toggle() }, ["‹"], root);
    this.more = el("button", { class: "zm-more", "aria-expanded": "true", onclick: () => this.toggle() }, [], root);
    this.legend = el("div", { class: "zm-legend" }, [], root);
    this.search = el("div", { class: "zm-search" }, [], root);
    this.presets = el("div", { class: "zm-presets", role: "group" }, [], root);
    this.tree = el("div", { class: "zm-tree" }, [], root);
    this.foot = el("div", { class: "zm-foot" }, [], root);
    L.DomEvent.disableClickPropagation(root).disableScrollPropagation(root);
    this.buildSearch();
    if (this.compact) this.toggle();
  }

  /** On a page of its own concern the tree is behind a button; the colouring's legend is not. */
  get compact() { return this.view.data.panel === "compact"; }

  /** What the panel takes of the map's left and top, in px. */
  room() {
    const wide = this.view.host.clientWidth;
    if (!this.compact) return [this.folded ? 20 : 320, 48];
    const legend = this.folded && this.view.data.tint; // it may not be drawn yet
    return [legend ? Math.min(210, wide * 0.35) : 20, 48];
  }

  get words() { return this.view.data.words; }

  get about() { return this.words.about; }

  toggle() {
    this.folded = !this.folded;
    this.root.classList.toggle("folded", this.folded);
    this.view.host.classList.toggle("folded", this.folded);
    this.fold.textContent = this.folded ? "›" : "‹";
    this.fold.setAttribute("aria-expanded", String(!this.folded));
    this.more.setAttribute("aria-expanded", String(!this.folded));
    if (this.compact && this.presets.children.length) this.draw();
  }

  // ---- search ------------------------------------------------------------------------
  buildSearch() {
    const ask = debounce(() => this.ask(), 140);
    this.input = el("input", {
      type: "search", class: "zm-input", id: this.view.id("search"), autocomplete: "off", role: "combobox", "aria-expanded": "false", "aria-controls": this.view.id("found"),
      oninput: ask, onkeydown: (event) => this.key(event), onfocus: ask,
    }, [], this.search);
    this.found = el("ul", { class: "zm-found", id: this.view.id("found"), role: "listbox", hidden: true }, [], this.search);
    document.addEventListener("pointerdown", (event) => { if (!this.search.contains(event.target)) this.close(); }, { signal: this.view.ending.signal });
  }

  async ask() {
    const q = this.input.value.trim();
    if (!q) return this.recent();
    const asked = (this.asked = (this.asked ?? 0) + 1);
    const answer = await fetch(address(`api/search?q=${encodeURIComponent(q)}`));
    const found = answer.ok ? await answer.json() : [];
    if (asked === this.asked) this.list(found, this.words.nothing_found);
  }

  recent() {
    const kept = JSON.parse(sessionStorage.getItem("zm-recent") ?? "[]");
    if (kept.length) this.list(kept, ""); else this.close();
  }

  list(found, empty) {
    const english = this.view.data.lang === "en";
    this.matches = found;
    this.at = -1;
    this.found.replaceChildren(...found.map((m, i) => el("li", { role: "option", id: this.view.id(`m${i}`), onpointerdown: () => this.pick(m) }, [
      el("span", { class: "zm-m-name" }, [english ? m.label_en || m.label : m.label]),
      el("span", { class: "zm-m-why" }, [english ? m.why_en : m.why]),
    ])));
    if (!found.length && empty) this.found.append(el("li", { class: "zm-none" }, [empty]));
    this.found.hidden = !this.found.children.length;
    this.input.setAttribute("aria-expanded", String(!this.found.hidden));
  }

  key(event) {
    const rows = this.matches?.length ?? 0;
    if (event.key === "Escape") this.close();
    if (event.key === "Enter" && rows) this.pick(this.matches[Math.max(this.at, 0)]);
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || !rows) return;
    event.preventDefault();
    this.at = (this.at + (event.key === "ArrowDown" ? 1 : rows - 1 + (this.at < 0))) % rows;
    [...this.found.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === this.at)));
    this.input.setAttribute("aria-activedescendant", this.view.id(`m${this.at}`));
  }

  pick(match) {
    const kept = JSON.parse(sessionStorage.getItem("zm-recent") ?? "[]").filter((m) => m.label !== match.label);
    sessionStorage.setItem("zm-recent", JSON.stringify([match, ...kept].slice(0, 6)));
    this.input.value = "";
    this.close();
    this.input.blur();
    if (match.set && !this.view.on.has(match.set)) { this.view.on.add(match.set); this.view.changed(); }
    this.view.trigger("pick", { set: match.set, id: match.id, lon: match.lon, lat: match.lat, bounds: match.bounds, nonce: Date.now() });
  }

  close() {
    this.found.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }

  // ---- tree and legend ---------------------------------------------------------------
  draw() {
    const { data } = this.view;
    for (const name of ["title", "aria-label"]) this.fold.setAttribute(name, this.words.fold);
    this.more.textContent = this.words.layers;
    this.input.placeholder = this.words.search;
    this.input.setAttribute("aria-label", this.words.search);
    this.presets.setAttribute("aria-label", this.words.presets);
    this.presets.replaceChildren(...data.presets.map((p) => el("button", {
      class: "zm-chip", "aria-pressed": String(this.matchesPreset(p)), onclick: () => this.preset(p),
    }, [p.label])), this.bookmarks());
    this.counts = [];
    const top = this.tree.scrollTop;
    this.tree.replaceChildren(...data.groups.map((g) => this.group(g)).filter(Boolean));
    this.tree.scrollTop = top;
    this.legend.replaceChildren(...this.compact && this.folded ? this.tintRows() : []);
    this.foot.replaceChildren(...this.footer());
    this.count();
  }

  /** One's own named views, in a dialog. */
  bookmarks() {
    return el("button", { class: "zm-chip", "data-chip": "bookmarks", onclick: () => tell(this.view, "bookmarks") }, [this.words.bookmarks]);
  }

  matchesPreset(preset) {
    const names = this.view.data.sets.map((s) => s.name);
    return names.every((name) => preset.on.includes(name) === this.view.on.has(name));
  }

  preset(preset) {
    this.view.on = new Set(preset.on);
    this.view.hidden.clear();
    this.view.changed();
  }

  group(group) {
    const { view } = this;
    const sets = view.data.sets.filter((set) => set.group === group.id);
    if (!sets.length) return null;
    const on = sets.filter((set) => view.on.has(set.name)).length;
    const shut = this.shut?.has(group.id) ?? (group.folded && !on);
    const box = el("input", { type: "checkbox", "aria-label": group.label, onchange: (e) => this.switch(sets, e.target.checked) });
    box.checked = on === sets.length;
    box.indeterminate = on > 0 && on < sets.length;
    const caret = el("button", { class: "zm-caret", "aria-expanded": String(!shut), "aria-label": group.label, onclick: () => this.shutGroup(group.id, !shut) }, [shut ? "▸" : "▾"]);
    const slide = el("input", {
      type: "range", min: 20, max: 100, step: 5, value: Math.round((view.opacity[group.id] ?? 1) * 100), class: "zm-opacity", title: this.words.opacity,
      "aria-label": `${group.label} ${this.words.opacity}`, oninput: (e) => this.fade(group.id, e.target.value / 100), onchange: () => view.report(),
    });
    const head = el("div", { class: "zm-group" }, [caret, box, el("span", { class: "zm-group-name" }, [group.label]), on ? slide : ""]);
    return el("div", { class: "zm-g" }, shut ? [head] : [head, ...sets.map((set) => this.row(set))]);
  }

  shutGroup(id, shut) {
    this.shut ??= new Set(this.view.data.groups.filter((g) => g.folded && !this.view.data.sets.some((s) => s.group === g.id && this.view.on.has(s.name))).map((g) => g.id));
    if (shut) this.shut.add(id); else this.shut.delete(id);
    this.draw();
  }

  fade(group, opacity) {
    this.view.opacity[group] = opacity;
    this.view.layers.show();
  }

  switch(sets, on) {
    for (const set of sets) if (on) this.view.on.add(set.name); else this.view.on.delete(set.name);
    this.view.changed();
  }

  row(set) {
    const { view } = this;
    const id = view.id(`set-${set.name}`);
    const box = el("input", { type: "checkbox", id, "data-set": set.name, onchange: (e) => this.switch([set], e.target.checked) });
    box.checked = view.on.has(set.name);
    const absent = set.draw === "absent";
    const plain = absent || set.draw === "image"; // neither features to count nor a table
    const count = el("span", { class: "zm-count" });
    if (!plain) this.counts.push([set, null, count]);
    const chip = absent ? el("span", { class: "zm-grade absent" }, [this.words.no_data]) : gradeChip(set.grade, this.words, true);
    const table = plain || !view.data.tables ? "" : el("button", { class: "zm-table", title: this.words.table, "aria-label": `${set.label} ${this.words.table}`, onclick: () => view.trigger("open", { what: "table", set: set.name, nonce: Date.now() }) }, ["▤"]);
    const name = el("label", { class: "zm-name", for: id, title: set.label }, [set.label]);
    const line = el("div", { class: `zm-row${box.checked ? "" : " off"}` }, [box, absent ? el("span", { class: "zm-nodata" }) : this.sample(set, null), name, chip, count, table]);
    if (box.checked && view.tint?.set === set.name) return el("div", {}, [line, ...this.tintRows(set)]);
    if (!box.checked || !set.by_kind || set.classes.length < 2) return line;
    return el("div", {}, [line, ...set.classes.map((c) => this.classRow(set, c))]);
  }

  classRow(set, kind) {
    const hidden = this.view.hidden.get(set.name)?.has(kind.key) ?? false;
    const count = el("span", { class: "zm-count" });
    if (set.draw !== "image") this.counts.push([set, kind.key, count]);
    return el("button", { class: `zm-class${hidden ? " off" : ""}`, "aria-pressed": String(!hidden), title: this.words.hide_class, onclick: () => this.hide(set.name, kind.key) },
      [this.sample(set, kind), el("span", { class: "zm-name" }, [kind.label]), count]);
  }

  /** Title, classes and note of the page's colouring, in place of the set's own kinds. */
  tintRows() {
    const { tint } = this.view;
    const set = tint && this.view.data.sets.find((s) => s.name === tint.set);
    if (!set) return [];
    const note = tint.note ? [el("div", { class: "zm-tint-note" }, [tint.note])] : [];
    return [el("div", { class: "zm-tint-title" }, [tint.title]), ...tint.classes.map((c) => this.tintRow(set, c)), ...note];
  }

  tintRow(set, kind) {
    const { view } = this;
    const hidden = view.hiddenOf(set.name)?.has(kind.key) ?? false;
    const letter = view.lettered || set.geometry === "Point" ? kind.letter : "";
    const sample = tintSwatch(kind.symbol || view.layers.spec(set.name).symbol, kind.ink[view.data.palette], letter, set.grade, set.geometry);
    const count = el("span", { class: "zm-count" });
    this.counts.push([set, null, count, kind]);
    return el("button", { class: `zm-class${hidden ? " off" : ""}`, "data-class": kind.key, "aria-pressed": String(!hidden), title: this.words.hide_class, onclick: () => this.hide(set.name, kind.key) },
      [sample, el("span", { class: "zm-name" }, [kind.label]), count]);
  }

  hide(set, key) {
    const name = this.view.hidingKey(set);
    const hidden = this.view.hidden.get(name) ?? new Set();
    if (!hidden.delete(key)) hidden.add(key);
    this.view.hidden.set(name, hidden);
    this.view.changed();
  }

  sample(set, kind) {
    const { view } = this;
    const image = set.draw === "image";
    const spec = image ? PAINTED : view.layers.spec(set.name);
    const ink = kind?.ink ?? (image ? set.classes[set.classes.length >> 1].ink : spec.ink);
    const glyph = view.data.lang === "en" ? spec.glyph_en : spec.glyph;
    return swatch(spec, ink[view.data.palette], image ? "official" : (kind?.grade ?? set.grade), glyph, kind?.geometry ?? set.geometry);
  }

  /** Counts and areas of what is on screen now. */
  count() {
    const [box, unit] = [this.view.map.getBounds(), this.view.data.unit];
    const view = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
    for (const [set, key, node, dye] of this.counts ?? []) {
      const layer = this.view.layers.sets.get(set.name);
      const known = layer?.drawn && layer.features;
      const tint = this.view.tint?.set === set.name ? this.view.tint : null;
      const seen = known ? layer.features.filter((f) => this.view.keeps(set.name, f.properties.id) && (dye ? layer.kind(f)?.key === dye.key : tint ? layer.kind(f) : !key || f.properties.kind === key) && meets(f.box, view)) : null;
      node.parentElement.classList.toggle("none", seen?.length === 0);
      if (dye && (dye.text || !seen)) {
        node.textContent = [number(dye.count, 0), dye.text].filter(Boolean).join(" · ");
        continue;
      }
      const count = seen ? seen.length : (key ? set.classes.find((c) => c.key === key).count : tint ? tint.total : set.count);
      const m2 = seen?.reduce((sum, f) => sum + (f.properties.m2 ?? 0), 0) ?? 0;
      const size = m2 > 0 ? area(m2, { ...unit, decimals: m2 / unit.m2 > 100 ? 0 : unit.decimals }, "") : "";
      node.textContent = number(count, 0);
      node.title = [`${this.words.on_screen} ${number(count, 0)}`, size && `${set.grade === "schematic" ? this.about : ""}${size}`].filter(Boolean).join(" · ");
      if (size) node.textContent = `${number(count, 0)} · ${size}`;
    }
  }

  footer() {
    const { view, words } = this;
    const button = (what, text) => el("button", { class: "zm-link", onclick: () => view.trigger("open", { what, nonce: Date.now() }) }, [text]);
    const palette = el("select", { class: "zm-select", "aria-label": words.palette, onchange: (e) => view.trigger("open", { what: "palette", value: e.target.value, nonce: Date.now() }) },
      view.data.palettes.map((p) => el("option", { value: p.id, selected: p.id === view.data.palette }, [p.label])));
    const base = el("select", { class: "zm-select", "aria-label": words.basemap, onchange: (e) => { view.base = e.target.value; view.changed(); } },
      view.data.basemaps.map((b) => el("option", { value: b.id, selected: b.id === view.base }, [b.label])));
    return [button("sources", words.sources), button("unplaced", words.unplaced), base, palette];
  }

  // ---- pointer tip: at most four fields ------------------------------------------------
  tipFor(layer, feature) {
    const p = feature.properties;
    const { view, words } = this;
    const english = view.data.lang === "en";
    const size = p.m2 ? area(p.m2, view.data.unit, p.g === "schematic" || p.g === "traced" ? this.about : "") : "";
    const kind = layer.kind?.(feature);
    return el("div", {}, [
      el("b", {}, [english && p.en ? p.en : p.name]), gradeChip(p.g, words),
      ...kind ? [this.classLine(kind)] : [],
      el("div", { class: "zm-tip-sub" }, [[english ? p.kind_en : p.kind, size].filter(Boolean).join(" · ")]),
    ]);
  }

  /** Of a set that comes as tiles: its title and the class under the pointer. */
  tipOf(set, kind) {
    return el("div", {}, [el("b", {}, [set.label]), gradeChip(kind.grade ?? set.grade, this.words), this.classLine(kind)]);
  }

  classLine(kind) {
    const dye = el("span", { class: "zm-tip-dye" });
    dye.style.background = kind.ink[this.view.data.palette];
    return el("div", { class: "zm-tip-class" }, [dye, kind.label]);
  }
}

/** A sample of a picture: colour alone, whatever it may be believed. */
const PAINTED = { fill: 1, width: 0, symbol: "square", glyph: "", glyph_en: "" };

export function gradeChip(grade, words, short = false) {
  const word = words[`grade_${grade}${short ? "_short" : ""}`];
  return el("span", { class: `zm-grade ${grade}`, title: words[`grade_${grade}_long`] }, [word]);
}

function meets(box, view) {
  return box[0] <= view[2] && box[2] >= view[0] && box[1] <= view[3] && box[3] >= view[1];
}
