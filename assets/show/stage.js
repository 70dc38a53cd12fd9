// The stage: 1920 × 1080 px scaled into its box, so that all sizes keep their proportions from
// a projector of 1280 px to a wall of 3840 px. It shows one slide at a time.
import { el } from "../map/dom.js";
import { SlideView } from "./slide.js";

const [WIDE, HIGH] = [1920, 1080];

export class Stage {
  /** `open`: language and palette it opens in; `main`: the slide's title is that of the page. */
  constructor(box, told, script, { lang, palette, main = true }) {
    Object.assign(this, { box, told, script, main, lang, palette, scale: 1 });
    this.el = el("div", { class: "sh-stage" }, [], box);
    this.sizes = new ResizeObserver(() => this.fit());
    this.sizes.observe(box);
    this.fit();
  }

  fit() {
    const { clientWidth: w, clientHeight: h } = this.box;
    if (!w || !h) return;
    this.scale = Math.min(w / WIDE, h / HIGH);
    this.el.style.transform = `translate(${(w - WIDE * this.scale) / 2}px, ${(h - HIGH * this.scale) / 2}px) scale(${this.scale})`;
    this.slide?.panes.forEach((pane) => pane.labels?.later());
  }

  say(pair) {
    return this.lang === "en" ? pair[1] : pair[0];
  }

  /** One of our own words, with what is to be put into it. */
  word(key, values = {}) {
    return this.say(this.told.words[key]).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }

  /** Show a slide; -1 as page is its last one. Done when all of it can be seen. */
  async show(number, page = 0) {
    const before = this.slide;
    this.el.dataset.ready = "false";
    const slide = new SlideView(this, this.told.slides[number], number);
    this.slide = slide;
    before?.remove();
    slide.page(page < 0 ? slide.pages - 1 : page);
    await slide.draw();
    if (this.slide === slide) this.el.dataset.ready = "true";
  }

  clear() {
    this.slide?.remove();
    this.slide = null;
  }
}
