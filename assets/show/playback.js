// The map through time: one colouring after another, as of a day ("so far") or with what came
// new in each period ("this period").
import { el } from "../map/dom.js";

const EACH_MS = 1800;

export class Playback {
  constructor(slide, pane) {
    Object.assign(this, { slide, pane, mode: "so_far" });
    const { stage, told } = slide;
    this.keys = told.look.periods;
    this.fresh = this.keys.map((key) => counterpart(stage.told.colourings, key));
    this.at = Math.max(this.keys.indexOf(told.look.colouring), 0);
    if (!told.look.colouring) this.at = this.keys.length - 1;
    this.title = el("div", { class: "sh-moment", role: "status" }, [], slide.frame);
    this.dots = this.keys.map((key) => el("span", { class: "sh-dot" }, [short(stage.told.colourings[key].day)]));
    slide.strip.append(...this.dots);
    this.tell();
    if (!told.look.colouring) this.show(this.at);
  }

  get key() {
    return this.mode === "so_far" ? this.keys[this.at] : this.fresh[this.at];
  }

  async show(at) {
    this.at = at;
    this.tell();
    await this.pane.colour(this.key ?? "");
    if (!this.pane.gone) this.slide.explain();
    this.slide.stage.changed?.();
  }

  /** The moment, in large letters over the map, and where it stands among all. */
  tell() {
    const { stage } = this.slide;
    const day = stage.told.colourings[this.keys[this.at]].day;
    const told = this.mode === "so_far" ? "so_far" : this.key ? "this_period" : "no_period";
    this.title.replaceChildren(el("b", {}, [day]), ` ${stage.word(told)}`);
    this.slide.el.dataset.period = String(this.at);
    this.slide.el.dataset.mode = this.mode;
    this.dots.forEach((dot, i) => dot.classList.toggle("on", i <= this.at));
    this.dots.forEach((dot, i) => dot.classList.toggle("now", i === this.at));
  }

  /** Start from the first period, or stop where it is. */
  toggle() {
    if (this.timer) return this.stop();
    this.slide.el.dataset.playing = "true";
    const again = this.at === this.keys.length - 1;
    this.timer = setInterval(() => this.step(), EACH_MS);
    return this.show(again ? 0 : this.at);
  }

  step() {
    if (this.at < this.keys.length - 1) this.show(this.at + 1);
    if (this.at === this.keys.length - 1) this.stop();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
    this.slide.el.dataset.playing = "false";
  }

  other() {
    this.mode = this.mode === "so_far" ? "this_period" : "so_far";
    return this.show(this.at);
  }

  get seconds() {
    return (this.keys.length * EACH_MS) / 1000;
  }
}

/** The last day of a year is told by its year. */
function short(day) {
  return day.endsWith("-12-31") ? day.slice(0, 4) : day;
}

/** Of a colouring as of a day the one that shows only what came new in the period to that day. */
function counterpart(colourings, key) {
  const [kind, day] = key.split(":");
  return Object.keys(colourings).find((other) => other.startsWith(`${kind}_new:`) && other.endsWith(`:${day}`)) ?? null;
}
