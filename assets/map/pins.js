// Comments pinned to places: a numbered mark each, told by Python; a click opens its thread.
// What people wrote never comes here, only numbers, places and states.
export class Pins {
  constructor(view) {
    this.view = view;
    view.map.createPane("s-pins").style.zIndex = 640;
    this.group = L.layerGroup().addTo(view.map);
  }

  /** Marks `{number, lon, lat, state, name, here}`; `name` is read out, `here` the one open. */
  update(told) {
    const text = JSON.stringify(told ?? []);
    if (text === this.told) return;
    this.told = text;
    this.group.clearLayers();
    for (const one of told ?? []) this.mark(one);
  }

  mark({ number, lon, lat, state, name, here }) {
    const [className, iconSize, iconAnchor] = [`zm-pin ${state}${here ? " here" : ""}`, [26, 26], [13, 30]];
    const icon = L.divIcon({ className, html: "", iconSize, iconAnchor });
    const pin = L.marker([lat, lon], { icon, pane: "s-pins", title: name, alt: name, zIndexOffset: here ? 900 : 0 }).addTo(this.group);
    const node = pin.getElement();
    node.textContent = String(number);
    node.dataset.pin = String(number);
    pin.on("click", (event) => {
      L.DomEvent.stop(event);
      this.view.trigger("open", { what: "remark", key: this.view.data.key, number, nonce: Date.now() });
    });
  }
}
