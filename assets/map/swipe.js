// Before and after: one map over another of the same place, the upper one cut off at a divider
// that the reader drags. Both maps move together. Knows Leaflet maps and elements only, so that
// any page may lay two maps over one another:
//
//   const swipe = new Swipe(frame, { left, right, label: "前后对比", at: 0.5, moved: (share) => {} });
//   swipe.name(label) · swipe.set(0.3) · swipe.remove()
//
// `frame` is the positioned element that holds both maps, each filling it; `left` is the map seen
// left of the divider. Its element (the map's own, or `cover` where more belongs to it) is cut.
import { el } from "./dom.js";

const STEP = 0.02; // of the width at one press of an arrow key

export class Swipe {
  constructor(frame, { left, right, cover = left.getContainer(), label = "", at = 0.5, moved = () => {} }) {
    Object.assign(this, { frame, left, right, cover, moved });
    this.bar = el("div", { class: "zm-swipe", role: "slider", tabindex: 0, "aria-orientation": "horizontal", "aria-valuemin": 0, "aria-valuemax": 100 }, [el("span", { class: "zm-swipe-grip", "aria-hidden": "true" }, ["◂▸"])], frame);
    this.name(label);
    this.bar.addEventListener("pointerdown", (event) => this.take(event));
    this.bar.addEventListener("pointermove", (event) => this.drag(event));
    this.bar.addEventListener("pointerup", () => { this.held = false; });
    this.bar.addEventListener("pointercancel", () => { this.held = false; });
    this.bar.addEventListener("keydown", (event) => this.key(event));
    this.links = [follow(left, right), follow(right, left)];
    this.set(at);
  }

  name(label) {
    this.bar.setAttribute("aria-label", label);
    this.bar.title = label;
  }

  /** Put the divider at a share of the width, 0 to 1. */
  set(share) {
    this.at = Math.min(Math.max(share, 0), 1);
    const percent = this.at * 100;
    this.bar.style.left = `${percent}%`;
    this.bar.setAttribute("aria-valuenow", Math.round(percent));
    this.cover.style.clipPath = `inset(0 ${100 - percent}% 0 0)`;
    this.moved(this.at);
  }

  take(event) {
    this.held = true;
    this.bar.setPointerCapture(event.pointerId);
    event.preventDefault(); // no text is chosen while it is drawn along
    this.bar.focus({ preventScroll: true });
  }

  drag(event) {
    if (!this.held) return;
    const box = this.frame.getBoundingClientRect(); // as seen, also where the page is scaled
    this.set((event.clientX - box.left) / box.width);
  }

  key(event) {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP, Home: -1, End: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation(); // arrows here move the divider and nothing else
    this.set(this.at + by);
  }

  remove() {
    this.links.forEach((unlink) => unlink());
    this.bar.remove();
    this.cover.style.clipPath = "";
  }
}

/** Let `other` follow `map`; answers with what undoes it. */
export function follow(map, other) {
  const step = () => {
    const [at, zoom] = [map.getCenter(), map.getZoom()];
    if (other.getZoom() === zoom && map.project(at).distanceTo(map.project(other.getCenter())) < 0.5) return;
    other.setView(at, zoom, { animate: false });
  };
  map.on("move zoom", step);
  return () => map.off("move zoom", step);
}
