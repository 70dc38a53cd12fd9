// Tables, and pages of what is too long for one slide.
import { el, number } from "../map/dom.js";

/** Nodes in groups that each fit into `room` px of height, as they are measured now. */
export function pagesOf(nodes, room) {
  const out = [[]];
  let used = 0;
  for (const node of nodes) {
    const high = node.offsetHeight + (parseFloat(getComputedStyle(node).marginBottom) || 0);
    if (used + node.offsetHeight > room && out.at(-1).length) {
      out.push([]);
      used = 0;
    }
    used += high;
    out.at(-1).push(node);
  }
  return out;
}

/** The table of a slide, with its rows, the room they have, and a line that says which are seen. */
export function tableOf(slide, box, which) {
  const { told } = slide;
  const { columns, rows, total } = told.table;
  const side = (i) => (columns[i].right ? "right" : null);
  const head = el("tr", {}, columns.map((c, i) => el("th", { scope: "col", class: side(i) }, [slide.say(c.title)])));
  const lines = rows.map((row) => el("tr", {}, row.map((cell, i) => el("td", { class: kindOf(slide.say(cell), side(i)) }, [slide.say(cell)]))));
  const table = el("table", { class: "sh-table" }, [el("thead", {}, [head]), el("tbody", {}, lines)], box);
  enlarge(table, box);
  fixColumns(table, head);
  const say = (before, count) => {
    const key = rows.length < total ? "cut" : "rows";
    const values = { from: before + 1, to: before + count, shown: number(count, 0), total: number(total, 0) };
    which.textContent = total > count ? slide.word(key, values) : "\u00a0";
  };
  return { rows: lines, room: box.clientHeight - head.offsetHeight - 2, say };
}

const SIZES = [34, 32, 30, 28, 26]; // px of a table's letters

/** Letters as large as all rows have room for; a long table takes the least and several pages. */
function enlarge(table, box) {
  for (const size of SIZES) {
    table.style.fontSize = `${size}px`;
    if (table.offsetHeight <= box.clientHeight) return;
  }
}

/** Dates and numbers stay on one line. */
function kindOf(text, side) {
  return [side, /^[\d.,:%+\-–— ]{1,16}$/.test(text) && "short"].filter(Boolean).join(" ") || null;
}

/** Columns keep the width they have with all rows, so that pages of a table look alike. */
function fixColumns(table, head) {
  const widths = [...head.children].map((cell) => parseFloat(getComputedStyle(cell).width)); // of the box, with fractions
  [...head.children].forEach((cell, i) => { cell.style.width = `${widths[i]}px`; });
  table.style.tableLayout = "fixed";
}
