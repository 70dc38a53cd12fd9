// Tables, and pages of what is too long for one slide.
import { el, number } from "../map/dom.js";

/** Nodes in groups that each fit into `room` px of height, as they are measured now. */
export function pagesOf(nodes, room) {
  const out = [[]];
  let used = 0;
  for (const node of nodes) {
    const high = node.offsetHeight + (parseFloat(getComputedStyle(node).marginBottom) || 0);
    if (used + high > room && out.at(-1).length) {
      out.push([]);
      used = 0;
    }
    used += high;
    out.at(-1).push(node);
  }
  return out;
}

/** The table of a slide, with its rows, the room they have, and a line that says which are seen. */
export function tableOf(slide, column) {
  const { told } = slide;
  const { columns, rows, total } = told.table;
  const side = (i) => (columns[i].right ? "right" : null);
  const head = el("tr", {}, columns.map((c, i) => el("th", { scope: "col", class: side(i) }, [slide.say(c.title)])));
  const lines = rows.map((row) => el("tr", {}, row.map((cell, i) => el("td", { class: side(i) }, [slide.say(cell)]))));
  const box = el("div", { class: "sh-table-box" }, [], column);
  const table = el("table", { class: "sh-table" }, [el("thead", {}, [head]), el("tbody", {}, lines)], box);
  const which = el("div", { class: "sh-which" }, ["\u00a0"], column);
  fixColumns(table, head);
  const say = (before, count) => {
    const few = rows.length < total ? slide.word("cut", { shown: number(rows.length, 0) }) : "";
    const more = lines.length > count || few;
    which.textContent = more ? slide.word("rows", { from: before + 1, to: before + count, total: number(total, 0) }) + few : "\u00a0";
  };
  return { rows: lines, room: box.clientHeight - head.offsetHeight - 2, say };
}

/** Columns keep the width they have with all rows, so that pages of a table look alike. */
function fixColumns(table, head) {
  const widths = [...head.children].map((cell) => cell.offsetWidth);
  [...head.children].forEach((cell, i) => { cell.style.width = `${widths[i]}px`; });
  table.style.tableLayout = "fixed";
}
