// Two maps of one page that show the same place. The page's container says how: one keyed
// `pair_sync…` holds them side by side, one keyed `pair_swipe…` lays the first over the second
// under a divider. Where the first has the whole layer tree, the other shows the same sets.
import { Swipe, follow } from "./swipe.js";

const FRAME = '[class*="st-key-pair_"]';
const frames = new Map(); // container → { mode, views, undo }

/** Called whenever a map was brought up to date. */
export function pair(view) {
  const frame = view.host.closest(FRAME);
  const mode = frame?.className.match(/st-key-pair_(swipe|sync)/)?.[1];
  const before = frames.get(view.frame);
  if (view.frame !== frame || before?.mode !== mode) part(view);
  if (!mode) return;
  view.frame = frame;
  const held = frames.get(frame) ?? { mode, views: [], undo: null };
  frames.set(frame, held);
  if (!held.views.includes(view)) held.views.push(view);
  if (held.views.length !== 2 || held.undo) return;
  const [left, right] = held.views.sort((a, b) => (a.host.compareDocumentPosition(b.host) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  held.undo = link(held.mode, left, right, frame);
  mirror(left);
}

/** Let the other map show the sets, classes and ground of one with the whole tree. */
export function mirror(view) {
  const held = frames.get(view.frame);
  if (!held?.undo || view.data.panel !== "full") return;
  const other = held.views.find((one) => one !== view);
  other.on = new Set(view.on);
  other.hidden = new Map([...view.hidden].map(([name, keys]) => [name, new Set(keys)]));
  other.opacity = { ...view.opacity };
  other.base = view.base;
  other.apply();
}

/** Called when a map goes, or no longer belongs to its container. */
export function part(view) {
  const held = frames.get(view.frame);
  if (!held) return;
  held.undo?.();
  held.undo = null;
  held.views = held.views.filter((one) => one !== view);
  if (!held.views.length) frames.delete(view.frame);
  view.frame = null;
}

function link(mode, left, right, frame) {
  right.map.setView(left.map.getCenter(), left.map.getZoom(), { animate: false });
  if (mode === "swipe") {
    const swipe = new Swipe(frame, { left: left.map, right: right.map, cover: left.host, label: left.data.words.swipe });
    return () => swipe.remove();
  }
  const undo = [follow(left.map, right.map), follow(right.map, left.map)];
  return () => undo.forEach((one) => one());
}
