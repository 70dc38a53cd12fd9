// The way in: the page carries what its maps ask for, then the show begins. The same code runs
// from the app and from one file on a USB stick.
import { carry } from "../map/dom.js";
import { cutter } from "./outlines.js";
import { Show } from "./show.js";
import { PresenterWindow, asked } from "./presenter.js";

/**
 * `script` is the map as Folium described it; `pack` holds what is told, and base64 of gzipped
 * answers by address.
 */
export async function start(script, pack) {
  const root = document.getElementById("show");
  for (const [path, packed] of Object.entries(pack.carried)) {
    if (path.startsWith("tiles/")) carry(`${path}/*`, cutter(() => unpacked(packed)));
    else carry(path, once(() => unpacked(packed)));
  }
  carry("", ""); // from here on nothing is asked of any server, even if there is nothing to carry
  await Promise.all([400, 700].map((weight) => document.fonts.load(`${weight} 24px "Noto Sans SC"`, "经区")));
  root.replaceChildren();
  const Kind = asked() ? PresenterWindow : Show;
  const { lang, palette } = root.dataset;
  window.zoneShow = new Kind(root, pack.told, script, { lang, palette }); // the tests and the console look here
}

/** Fetch a pack and begin; a failure is told on the page. */
export async function open(script, url) {
  const root = document.getElementById("show");
  try {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    await start(script, await answer.json());
  } catch (error) {
    root.textContent = root.dataset.failed;
    console.error(error);
  }
}

function once(make) {
  let made = null;
  return () => (made ??= make());
}

async function unpacked(base64) {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}
