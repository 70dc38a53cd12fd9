// The player in one window: which slide, which look, which keys. It draws nothing itself.
import { el } from "../map/dom.js";
import { Stage } from "./stage.js";
import { Presenter } from "./presenter.js";

const KEYS = {
  ArrowRight: "next", PageDown: "next", " ": "space", Enter: "next", ArrowDown: "next",
  ArrowLeft: "back", PageUp: "back", ArrowUp: "back", Home: "first", End: "last",
  p: "auto", f: "full", F5: "full", b: "blank", ".": "blank", d: "dark", l: "lang", s: "presenterWindow",
  t: "time", m: "mode", "?": "help", h: "help", Escape: "escape",
};
const HINT_MS = 2500;

export class Show {
  constructor(root, told, script, open) {
    Object.assign(this, { root, told, at: 0, playing: false });
    this.box = el("main", { class: "sh-box" }, [], root);
    this.stage = new Stage(this.box, told, script, open);
    this.stage.changed = () => this.tell();
    this.line = el("div", { class: "sh-line", "aria-hidden": "true" }, [el("i")], root);
    this.hint = el("div", { class: "sh-hint", "aria-hidden": "true" }, [], root);
    this.said = el("div", { class: "sh-said", role: "status", "aria-live": "polite" }, [], root);
    this.presenter = new Presenter(this);
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("pointermove", () => this.moved());
    window.addEventListener("hashchange", () => { if (this.asked() !== this.at) this.go(this.asked()); });
    this.touch();
    this.go(this.asked());
  }

  /** The slide that the address asks for: #3 is the third. */
  asked() {
    const number = Number.parseInt(location.hash.slice(1), 10);
    return Number.isInteger(number) ? Math.min(Math.max(number, 1), this.told.slides.length) - 1 : 0;
  }

  async go(at, page = 0) {
    this.at = Math.min(Math.max(at, 0), this.told.slides.length - 1);
    this.root.dataset.slide = String(this.at + 1);
    if (location.hash !== `#${this.at + 1}`) location.replace(`#${this.at + 1}`);
    document.documentElement.lang = this.stage.lang === "en" ? "en" : "zh-CN";
    document.title = `${this.stage.say(this.told.slides[this.at].title)} · ${this.stage.say(this.told.occasion.title)}`;
    const drawn = this.stage.show(this.at, page);
    this.tell();
    this.wait();
    await drawn;
    if (this.playing && !this.held && this.stage.slide?.playback && !this.stage.slide.playback.timer) this.stage.slide.playback.toggle();
  }

  /** The same slide again, in another language, where the reader was. */
  async again() {
    const { slide } = this.stage;
    const [page, swipe, period, mode] = [slide.at ?? 0, slide.swipe?.at, slide.playback?.at, slide.playback?.mode];
    await this.go(this.at, page);
    const now = this.stage.slide;
    if (swipe !== undefined) now.swipe?.set(swipe);
    if (period === undefined || !now.playback) return;
    if (mode !== "so_far") await now.playback.other();
    await now.playback.show(period);
  }

  tell() {
    this.presenter?.tell();
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    this.act(act);
  }

  act(name) {
    if (!Object.values(KEYS).includes(name)) return;
    if (this.black && name !== "blank") return this.blacken(false);
    if (this.list && name !== "help") this.help(false);
    this[name]();
  }

  next() {
    const { slide } = this.stage;
    if ((slide.at ?? 0) < slide.pages - 1) {
      slide.page((slide.at ?? 0) + 1);
      this.tell();
      this.wait();
    } else if (this.at < this.told.slides.length - 1) this.go(this.at + 1);
    else this.say("ended");
  }

  back() {
    const { slide } = this.stage;
    if ((slide.at ?? 0) > 0) {
      slide.page(slide.at - 1);
      this.tell();
    } else if (this.at > 0) this.go(this.at - 1, -1);
  }

  first() { this.go(0); }

  last() { this.go(this.told.slides.length - 1); }

  space() {
    if (!this.playing) return this.next();
    this.held = !this.held;
    if (this.held) this.stage.slide.playback?.stop();
    this.say(this.held ? "paused" : "auto");
    this.wait();
  }

  auto() {
    this.playing = !this.playing;
    this.held = false;
    const { playback } = this.stage.slide;
    if (this.playing && playback && !playback.timer) playback.toggle();
    this.say(this.playing ? "auto" : "paused");
    this.wait();
  }

  /** Play by itself, each page as long as its slide says. */
  wait() {
    clearTimeout(this.timer);
    this.line.dataset.run = "";
    if (!this.playing || this.held) return;
    const told = this.told.slides[this.at];
    const slide = this.stage.slide;
    const seconds = Math.max(told.seconds / (slide?.pages ?? 1), told.look?.periods.length ? told.look.periods.length * 1.8 + 3 : 3);
    this.line.style.setProperty("--seconds", `${seconds}s`);
    void this.line.offsetWidth; // the line starts anew
    this.line.dataset.run = "true";
    this.timer = setTimeout(() => this.onward(), seconds * 1000);
  }

  onward() {
    const last = this.at === this.told.slides.length - 1 && (this.stage.slide.at ?? 0) === this.stage.slide.pages - 1;
    if (!last) return this.next();
    this.playing = false;
    this.wait();
    return this.say("ended");
  }

  full() {
    if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen();
  }

  blank() { this.blacken(!this.black); }

  blacken(on) {
    this.black = on;
    this.root.dataset.black = String(on);
    this.tell();
  }

  escape() {
    this.playing = this.held = false;
    this.wait();
  }

  dark() {
    this.root.dataset.theme = this.root.dataset.theme === "dark" ? "light" : "dark";
    this.tell();
  }

  lang() {
    this.stage.lang = this.stage.lang === "en" ? "zh" : "en";
    this.again();
  }

  time() { this.stage.slide.playback?.toggle(); }

  mode() { this.stage.slide.playback?.other(); }

  say(key) {
    this.said.textContent = this.stage.word(key);
    this.said.dataset.on = "true";
    clearTimeout(this.saying);
    this.saying = setTimeout(() => { this.said.dataset.on = "false"; }, HINT_MS);
  }

  presenterWindow() { this.presenter.open(); }

  /** A quiet line of keys while the pointer moves; else nothing but the slide. */
  moved() {
    this.hint.textContent = this.stage.word("hint");
    this.root.dataset.moving = "true";
    clearTimeout(this.moving);
    this.moving = setTimeout(() => { this.root.dataset.moving = "false"; }, HINT_MS);
  }

  help(on = !this.list) {
    this.list?.remove();
    this.list = null;
    if (!on) return;
    const rows = [["→ ␣ PageDown", "next"], ["← PageUp", "back"], ["Home End", "ends"], ["P ␣", "play"], ["F", "full"], ["B", "black"], ["D", "dark"], ["L", "lang"], ["S", "presenter"], ["T", "time"], ["M", "mode"], ["?", "help"]];
    const word = (key) => this.stage.word(key);
    const list = el("dl", {}, rows.flatMap(([keys, key]) => [el("dt", {}, keys.split(" ").map((k) => el("kbd", {}, [k]))), el("dd", {}, [word(`keys_${key}`)])]));
    this.list = el("div", { class: "sh-help", role: "dialog", "aria-label": word("help") }, [el("h2", {}, [word("help")]), list], this.stage.el);
  }

  /** A finger drawn across a slide turns it; on a map it moves the map. */
  touch() {
    let start = null;
    const free = (event) => event.pointerType === "touch" && !event.target.closest(".sh-map");
    document.addEventListener("pointerdown", (event) => { start = free(event) ? event : null; });
    document.addEventListener("pointerup", (event) => {
      const far = start ? event.clientX - start.clientX : 0;
      start = null;
      if (Math.abs(far) > 80) this.act(far < 0 ? "next" : "back");
    });
  }
}
