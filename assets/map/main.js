// Mounts the one map into a Streamlit component and keeps it in step with Python.
// Python sends `data` (what changes); what there is (sets, texts) comes by the address
// `data.scene`, once per version and language. This side sends back `map` (what is shown)
// and triggers (`click`, `pick`, `region`, `open`). The map itself is built once.
import { buildView, fetchParts } from "./view.js";
import { address } from "./dom.js";

const views = new WeakMap();
const scenes = new Map();
let turn = Promise.resolve(); // one rerun after the other, in the order they came

/** Called by Streamlit at every rerun with the same host element. */
export function update(component) {
  const host = component.parentElement.querySelector(".zm");
  turn = turn.then(() => step(host, component)).catch((error) => tell(host, component.data.failed, error));
}

async function step(host, component) {
  const { data } = component;
  const [known, script] = await Promise.all([scene(data.scene), views.has(host) ? null : fetchParts(data)]);
  const told = { ...component, data: { ...known, ...data } };
  if (script) views.set(host, buildView(host, told.data, script));
  views.get(host).update(told);
}

function scene(url) {
  if (!scenes.has(url)) scenes.set(url, fetchJson(url));
  return scenes.get(url);
}

async function fetchJson(url) {
  const answer = await fetch(address(url));
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/**
 * Called when Streamlit takes the element away, and also for a rerun that the next one overtook
 * while its script still loaded: then the element is still there, and so stays its map.
 */
export function remove(host) {
  turn = turn.then(() => {
    if (host.isConnected) return;
    views.get(host)?.remove();
    delete host.zoneMap;
    views.delete(host);
  });
}

function tell(host, text, error) {
  const loading = host.querySelector(".zm-loading");
  if (loading) loading.textContent = text;
  console.error(error);
}
