// A page that the browser prints: the map takes a size that fits any sheet and shows what it
// showed on the screen; afterwards it is as before.
const BOX = { width: "690px", height: "500px" };

export function onPaper(view) {
  const { map, host } = view;
  if (!host.closest(".st-key-mapframe")) return; // beside lists a map stays as it is
  const box = host.querySelector(".zm-map");
  let before = null;
  const resize = (style) => {
    Object.assign(box.style, style);
    map.invalidateSize({ pan: false, animate: false });
  };
  const options = { signal: view.ending.signal };
  window.addEventListener("beforeprint", () => {
    before = { at: map.getCenter(), zoom: map.getZoom() };
    const seen = seenOf(view);
    view.stepping = true; // no step of the reader's
    resize(BOX);
    map.fitBounds(seen, { animate: false });
    view.labels.draw();
  }, options);
  window.addEventListener("afterprint", () => {
    if (!before) return;
    view.stepping = true;
    resize({ width: "", height: "" });
    map.setView(before.at, before.zoom, { animate: false });
    before = null;
  }, options);
}

/** What of the ground is not under the panel. */
export function seenOf({ map, panel }) {
  const size = map.getSize();
  return L.latLngBounds([[panel.room()[0], size.y], [size.x, 0]].map((at) => map.containerPointToLatLng(at)));
}
