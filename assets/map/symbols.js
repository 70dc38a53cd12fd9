// Lines, hatches and point symbols; how far a thing may be believed shows in how it is drawn.
import { svg } from "./dom.js";

const DASH = { official: null, surveyed: null, traced: "9 5", schematic: "3 4" };

/** Dash of a line by its grade; wide lines get longer dashes so that they stay lines. */
export function dash(grade, spec) {
  if (spec.plain) return null;
  if (grade === "schematic" && spec.double) return "10 5";
  if (grade === "schematic" && spec.width >= 2.2) return "7 4";
  return DASH[grade] ?? null;
}

/** Fill reference of a light diagonal hatch in a colour, made once; `strong` where it must be read. */
export function hatch(color, strong = false) {
  const id = `zm-hatch-${color.slice(1)}${strong ? "-s" : ""}`;
  if (!document.getElementById(id)) {
    const line = svg("path", { d: "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4", stroke: color, "stroke-width": 1, "stroke-opacity": strong ? 0.9 : 0.55 });
    const wash = svg("rect", { width: 8, height: 8, fill: color, "fill-opacity": strong ? 0.55 : 0.08 });
    const pattern = svg("pattern", { id, width: 8, height: 8, patternUnits: "userSpaceOnUse" }, [wash, line]);
    const holder = svg("svg", { width: 0, height: 0, style: "position:absolute", "aria-hidden": "true" }, [svg("defs", {}, [pattern])]);
    document.body.append(holder);
  }
  return `url(#${id})`;
}

const SHAPES = {
  circle: () => svg("circle", { cx: 11, cy: 11, r: 9 }),
  square: () => svg("rect", { x: 2.5, y: 2.5, width: 17, height: 17, rx: 3 }),
  triangle: () => svg("path", { d: "M11,1.5 L21,19.5 L1,19.5 Z", "stroke-linejoin": "round" }),
  diamond: () => svg("path", { d: "M11,0.8 L21.2,11 L11,21.2 L0.8,11 Z", "stroke-linejoin": "round" }),
};

/** Dark or light, whichever is read on a colour. */
function letterOn(color) {
  const n = parseInt(color.slice(1), 16);
  return 0.299 * (n >> 16) + 0.587 * ((n >> 8) & 255) + 0.114 * (n & 255) > 150 ? "#1f2933" : "#fff";
}

/**
 * A 22 px point symbol: solid where the position is cited, hollow and dashed where schematic.
 * `tinted` ones are filled in any case, as their colour is what is asked.
 */
export function symbol(shape, color, glyph, grade, tinted = false) {
  const node = svg("svg", { viewBox: "0 0 22 22", width: 22, height: 22 });
  const solid = grade !== "schematic";
  const body = SHAPES[shape === "dot" ? "circle" : shape]();
  const look = tinted
    ? { fill: color, stroke: solid ? "#fff" : "#1f2933", "stroke-width": 1.5, "stroke-dasharray": solid ? "none" : "3 2" }
    : solid
    ? { fill: color, stroke: "#fff", "stroke-width": 1.5 }
    : { fill: "#fff", stroke: color, "stroke-width": 1.6, "stroke-dasharray": "3 2" };
  for (const [key, value] of Object.entries(look)) body.setAttribute(key, value);
  const text = svg("text", { x: 11, y: shape === "triangle" ? 14 : 11, "text-anchor": "middle", "dominant-baseline": "central", fill: tinted ? letterOn(color) : solid ? "#fff" : color }, [glyph]);
  node.append(body, text);
  return node;
}

/** A 26×14 px sample of a class of a colouring, with its letter. */
export function tintSwatch(shape, color, letter, grade, geometry) {
  const node = svg("svg", { viewBox: "0 0 26 14", width: 26, height: 14, class: "zm-swatch", "aria-hidden": "true" });
  if (geometry === "Point") {
    const mark = symbol(shape, color, letter, grade, true);
    mark.setAttribute("x", 5); mark.setAttribute("y", -1); mark.setAttribute("width", 16); mark.setAttribute("height", 16);
    node.append(mark);
    return node;
  }
  node.append(svg("rect", { x: 1.5, y: 0.5, width: 23, height: 13, fill: color, stroke: "#5b6776", "stroke-width": 0.8 }));
  node.append(svg("text", { x: 13, y: 7.5, "text-anchor": "middle", "dominant-baseline": "central", fill: letterOn(color) }, [letter]));
  return node;
}

/** A 26×14 px sample of a set for the legend. */
export function swatch(spec, color, grade, glyph, geometry) {
  const node = svg("svg", { viewBox: "0 0 26 14", width: 26, height: 14, class: "zm-swatch", "aria-hidden": "true" });
  if (geometry === "Point") {
    const mark = symbol(spec.symbol, color, glyph, grade);
    mark.setAttribute("x", 5); mark.setAttribute("y", -1); mark.setAttribute("width", 16); mark.setAttribute("height", 16);
    node.append(mark);
    return node;
  }
  const line = { stroke: color, "stroke-width": Math.max(spec.width, spec.width ? 1.4 : 0), "stroke-dasharray": dash(grade, spec) ?? "none" };
  if (geometry === "LineString") {
    node.append(svg("path", { d: "M1,7 H25", fill: "none", ...line }));
    if (spec.double) node.append(svg("path", { d: "M1,7 H25", fill: "none", ...line, stroke: "#fff", "stroke-width": spec.width - 2.6 }));
    return node;
  }
  const hatched = spec.fill > 0 && spec.fill < 1 && grade === "schematic";
  const fill = spec.fill === 0 ? "none" : hatched ? hatch(color) : color;
  const edge = spec.width ? line : { stroke: "#C9C2B4", "stroke-width": 0.8 };
  node.append(svg("rect", { x: 1.5, y: 1.5, width: 23, height: 11, fill, "fill-opacity": hatched || spec.fill === 0 ? 1 : Math.max(spec.fill, 0.2), ...edge }));
  return node;
}
