// Small tools of the page. Text always enters as textContent, never as HTML.

/** Make an element; `children` are nodes or text. */
export function el(tag, attributes = {}, children = [], parent = null) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...[children].flat());
  parent?.append(node);
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/** Make an SVG element. */
export function svg(tag, attributes = {}, children = []) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...[children].flat());
  return node;
}

/** A line icon of 18 px from path data. */
export function icon(path) {
  return svg("svg", { viewBox: "0 0 24 24", width: 18, height: 18, class: "zm-icon", "aria-hidden": "true" },
    [svg("path", { d: path })]);
}

/** Absolute address of one of our own routes, whatever path a proxy puts us under. */
export function address(path) {
  return new URL(path, new URL("./", location.href)).href;
}

const carried = new Map(); // path → body or what makes it

/** Let the page answer for a path itself: from then on nothing is asked of any server. */
export function carry(path, body) {
  carried.set(path, body);
}

/**
 * The answer of one of our own routes. A page that carries its data (one file on a USB stick)
 * answers by itself; what it does not carry is not there.
 */
export async function ask(path, options = {}) {
  if (!carried.size) return fetch(address(path), options);
  const held = carried.get(path) ?? carried.get(path.replace(/(\/\d+){3}$/, "/*")); // all tiles of a set
  const body = typeof held === "function" ? await held(path) : held;
  return new Response(body ?? null, { status: held === undefined ? 404 : body ? 200 : 204 });
}

export function loadScript(path, data) {
  if (window.L) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const node = el("script", { src: address(`${path}?v=${data.build}`) });
    node.onload = resolve;
    node.onerror = () => reject(new Error(path));
    document.head.append(node);
  });
}

export function loadStyle(path, data) {
  const href = address(`${path}?v=${data.build}`);
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const node = el("link", { rel: "stylesheet", href });
    node.onload = resolve;
    node.onerror = () => reject(new Error(path));
    document.head.append(node);
  });
}

export function debounce(act, milliseconds) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, milliseconds);
  };
}

/** Square metres in the reader's unit, e.g. 「约 500.0 亩」. */
export function area(m2, unit, about = "") {
  return `${about}${number(m2 / unit.m2, unit.decimals)} ${unit.sign}`;
}

export function number(value, decimals) {
  return value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
