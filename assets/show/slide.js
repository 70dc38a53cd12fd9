// One slide of 1920 × 1080: head, body by what it holds, foot. Text enters as text, never as HTML.
import { el, svg } from "../map/dom.js";
import { Swipe } from "../map/swipe.js";
import { makePane, MAGNIFIED } from "./pane.js";
import { drawChart } from "./chart.js";
import { fillLegend } from "./legend.js";
import { pagesOf, tableOf } from "./pages.js";
import { Playback } from "./playback.js";

const LEAST = 22; // px: what is read at 3 m on a projector of 1920 px

export class SlideView {
  constructor(stage, told, number) {
    Object.assign(this, { stage, told, number, panes: [], pages: 1 });
    this.el = el("section", { class: "sh-slide", "data-kind": told.kind, "aria-roledescription": "slide" }, [], stage.el);
    this.head();
    this.body = el("div", { class: "sh-body" }, [], this.el);
    this.foot();
    this.fill();
  }

  say(pair) { return this.stage.say(pair); }

  word(key, values) { return this.stage.word(key, values); }

  head() {
    const { told } = this;
    const title = el(this.stage.main ? "h1" : "h2", { class: "sh-title" }, [this.say(told.title)]);
    this.part = el("span", { class: "sh-part" }, [], title);
    const lead = this.say(told.lead);
    const texts = el("div", { class: "sh-texts" }, [title, ...(lead ? [el("p", { class: "sh-lead" }, [lead])] : []), ...this.occasion()]);
    el("header", { class: "sh-head" }, [texts, this.marks()], this.el);
  }

  /** Of which meeting and day, on the opening and the last slide, unless these say so themselves. */
  occasion() {
    const { kind, lead, lines } = this.told;
    const { occasion, marks } = this.stage.told;
    if (kind !== "title" && (kind !== "closing" || this.say(lead))) return [];
    const own = [this.word("meeting", occasion), this.word("held", { day: occasion.held }), this.word("data_day", { day: occasion.as_of })].join("　");
    const said = kind === "title" && lines.length ? lines.map((line) => this.say(line)) : [own];
    if (marks.maker) said.push(this.word("maker", marks));
    return said.map((text) => el("p", { class: "sh-when" }, [text]));
  }

  /** Secrecy, sample and public edition: on every slide. */
  marks() {
    const { marks } = this.stage.told;
    const chip = (text, kind) => el("span", { class: `sh-mark ${kind}` }, [text]);
    const all = [];
    if (marks.secrecy) all.push(chip(this.say(marks.secrecy), "secrecy"));
    if (marks.public) all.push(chip(this.word("public"), "public"));
    if (marks.example) all.push(chip(this.word("example"), "example"));
    return el("div", { class: "sh-marks" }, all);
  }

  foot() {
    const { told, stage } = this;
    const { occasion, marks } = stage.told;
    const comma = stage.lang === "en" ? "; " : "；";
    const cited = [];
    if (told.clauses.length) cited.push(`${this.word("clauses")}${told.clauses.join(stage.lang === "en" ? ", " : "、")}`);
    if (told.sources.length) cited.push(`${this.word("sources")}${told.sources.map((s) => this.say(s)).join(comma)}`);
    const imprint = [this.say(occasion.title), this.word("data_day", { day: occasion.as_of }), this.word("version", occasion)];
    if (occasion.seal[0] && (told.kind === "title" || told.kind === "closing")) imprint.push(this.say(occasion.seal));
    if (marks.maker) imprint.push(this.word("maker", marks));
    if (marks.approval) imprint.push(this.word("approval", marks));
    const page = el("span", { class: "sh-page" }, [this.word("page", { page: this.number + 1, pages: stage.told.slides.length })]);
    const lines = [el("div", { class: "sh-cited" }, [cited.join("　")]), el("div", { class: "sh-imprint" }, [el("span", { class: "sh-imprint-text" }, [imprint.join(" · ")]), page])];
    el("footer", { class: "sh-foot" }, [el("div", { class: "sh-foot-lines" }, lines), ...(told.qr ? [this.code(told.qr)] : [])], this.el);
  }

  code(qr) {
    const about = { viewBox: `0 0 ${qr.side} ${qr.side}`, class: "sh-qr", role: "img", "aria-label": `${this.word("qr")} ${qr.text}`, "shape-rendering": "crispEdges" };
    return svg("svg", about, [svg("rect", { width: qr.side, height: qr.side, fill: "#fff" }), svg("path", { d: qr.path, fill: "#000" })]);
  }

  /** Place what the slide holds: words and figures left, the map right or over all of it. */
  fill() {
    const { told, body } = this;
    const lines = told.kind === "title" ? [] : told.lines; // there they stand under the title
    const words = lines.length || told.numbers.length || told.table || told.chart;
    body.classList.add(told.look ? (words ? "sh-two" : "sh-wide") : "sh-one");
    this.column = words ? el("div", { class: "sh-column" }, [], body) : null;
    if (told.look) this.map(body);
    if (!words) return;
    const { column } = this;
    if (told.numbers.length) this.numbers(column);
    if (lines.length) this.lines = el("ul", { class: "sh-lines" }, lines.map((line) => el("li", {}, [this.say(line)])), column);
    const boxes = told.table ? [el("div", { class: "sh-table-box" }, [], column), el("div", { class: "sh-which" }, ["\u00a0"], column)] : null;
    const box = told.chart ? el("div", { class: "sh-chart-box" }, [], column) : null;
    if (this.lines) this.squeeze(this.lines, told.table ? 30 : told.look || told.chart ? 36 : 48);
    if (boxes) this.table = tableOf(this, ...boxes); // once it is known how much room the words leave
    if (box) this.chart(box);
    this.divide();
  }

  numbers(column) {
    const cards = this.told.numbers.map((one) => {
      const value = el("div", { class: "sh-value" }, [one.value, el("small", {}, [this.say(one.unit)])]);
      return el("div", { class: "sh-number" }, [el("div", { class: "sh-label" }, [this.say(one.label)]), value, el("div", { class: "sh-note" }, [this.say(one.note)])]);
    });
    const across = cards.length <= 3 ? cards.length : cards.length === 4 ? 2 : cards.length <= 9 ? 3 : 4;
    const { look, chart, table } = this.told;
    const small = look || chart || table || this.told.lines.length;
    const most = look ? Math.min(cards.length, 3) : small ? Math.min(cards.length, 4) : across;
    const grid = el("div", { class: "sh-numbers" }, cards, column);
    grid.style.setProperty("--across", most); // by script, as a policy may forbid the attribute
    grid.dataset.size = small ? "small" : cards.length > 6 ? "middle" : "large";
  }

  chart(box) {
    box.append(drawChart(this.told.chart, box.clientWidth, box.clientHeight, this.stage));
  }

  /** Smaller letters, but never smaller than what can be read. */
  squeeze(list, most) {
    for (let size = most; size >= LEAST; size -= 2) {
      list.style.fontSize = `${size}px`;
      if (list.scrollHeight <= list.clientHeight + 1) return;
    }
  }

  /** What does not fit goes on, on further pages of the same slide. */
  divide() {
    if (this.table) this.parts = pagesOf(this.table.rows, this.table.room);
    else if (this.lines) this.parts = pagesOf([...this.lines.children], this.lines.clientHeight + 1);
    this.pages = this.parts?.length ?? 1;
    this.page(0);
  }

  page(number) {
    if (!this.parts) return;
    this.at = Math.min(Math.max(number, 0), this.pages - 1);
    this.parts.forEach((part, i) => part.forEach((node) => { node.hidden = i !== this.at; }));
    this.part.textContent = this.pages > 1 ? this.word("part", { part: this.at + 1, parts: this.pages }) : "";
    this.table?.say(this.parts.slice(0, this.at).flat().length, this.parts[this.at].length);
  }

  // ---- maps -----------------------------------------------------------------------------
  map(body) {
    const { look } = this.told;
    const box = el("div", { class: "sh-mapbox" }, [], body);
    this.frame = el("div", { class: "sh-map", role: "group", "aria-label": `${this.word("map")} ${this.say(this.told.title)}` }, [], box);
    this.strip = look.periods.length ? el("div", { class: "sh-strip" }, [], box) : null;
    this.legend = el("aside", { class: "sh-legend", "aria-label": this.word("legend") }, [], box);
    this.frame.style.setProperty("--magnified", MAGNIFIED);
  }

  /** Make the maps once the slide has its place on the page; done when they can be seen. */
  async draw() {
    if (!this.frame) return;
    const { look } = this.told;
    this.panes.push(makePane(this.frame, this.stage, look));
    if (look.before) this.panes.push(makePane(this.frame, this.stage, look));
    const [pane, other] = this.panes;
    await Promise.all([pane.draw(look.colouring), other?.draw(look.before)]);
    if (pane.gone) return;
    if (other) this.divider(pane, other);
    else if (look.periods.length) this.playback = new Playback(this, pane);
    this.explain();
  }

  divider(pane, other) {
    this.swipe = new Swipe(this.frame, { left: other.map, right: pane.map, cover: other.host, label: this.word("before_after") });
    const told = this.stage.told.colourings;
    const { look } = this.told;
    for (const [side, key] of [["left", look.before], ["right", look.colouring]]) {
      el("div", { class: `sh-side ${side}` }, [told[key]?.day || this.word("no_data_day")], this.frame);
    }
  }

  /** The legend, in letters as large as it has room for. */
  explain() {
    const [pane, other] = this.panes;
    const { legend } = this;
    fillLegend(legend, pane, other);
    const fits = () => legend.scrollHeight <= legend.clientHeight + 1 && legend.scrollWidth <= legend.clientWidth + 1;
    for (const tight of [false, true]) {
      legend.classList.toggle("tight", tight);
      for (let size = 24; size >= 19; size -= 1) {
        legend.style.setProperty("--size", `${size}px`);
        if (fits()) return;
      }
    }
    legend.parentElement.classList.add("sh-broad"); // two columns beside a smaller map
  }

  remove() {
    this.playback?.stop();
    this.swipe?.remove();
    this.panes.forEach((pane) => pane.remove());
    this.el.remove();
  }
}
