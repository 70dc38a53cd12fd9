// Mounts the one map into a Streamlit component and keeps it in step with Python.
// Python sends `data` (what there is); this side sends back `map` (what is shown) and
// triggers (`click`, `pick`, `region`, `open`). The map itself is built once.
import { buildView } from "./view.js";

const views = new WeakMap();

/** Called by Streamlit at every rerun with the same host element. */
export function update(component) {
  const host = component.parentElement.querySelector(".zm");
  if (!views.has(host)) views.set(host, buildView(host, component.data));
  views.get(host).then(
    (view) => view.update(component),
    (error) => tell(host, component.data.words, error),
  );
}

/** Called when Streamlit takes the element away. */
export function remove(host) {
  views.get(host)?.then((view) => view.remove());
  views.delete(host);
}

function tell(host, words, error) {
  host.querySelector(".zm-loading").textContent = words.map_failed;
  console.error(error);
}
