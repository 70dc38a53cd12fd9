// The presenter's window beside the show: the slide, the next one, notes, timer and clock.
// Both windows hold the same page; they tell each other by messages, which also reach from a
// file to a file. Messages name slides and keys only.
import { el } from "../map/dom.js";
import { Stage } from "./stage.js";

const MARK = "zone-show";
export const ASKED = "#presenter";

/** Origin of a message: a file has none that could be named. */
const target = () => (location.protocol === "file:" ? "*" : location.origin);
const ours = (event, other) => other && event.source === other && event.data?.mark === MARK
  && (location.protocol === "file:" || event.origin === location.origin);

/** The show's side: opens the window, tells it what is shown, takes keys from it. */
export class Presenter {
  constructor(show) {
    this.show = show;
    window.addEventListener("message", (event) => {
      if (!ours(event, this.window)) return;
      if (event.data.act) show.act(event.data.act);
      this.tell();
    });
  }

  open() {
    const address = location.href.split("#")[0] + ASKED;
    this.window = window.open(address, "zone-show-presenter", "popup,width=1280,height=800");
    if (!this.window) this.show.say("blocked");
  }

  tell() {
    if (!this.window || this.window.closed) return;
    const { at, black, playing, root, stage } = this.show;
    this.window.postMessage({ mark: MARK, at, page: stage.slide?.at ?? 0, lang: stage.lang, black: Boolean(black), playing, theme: root.dataset.theme }, target());
  }
}

const SENT = {
  ArrowRight: "next", PageDown: "next", " ": "space", Enter: "next", ArrowDown: "next", ArrowLeft: "back", PageUp: "back", ArrowUp: "back",
  Home: "first", End: "last", p: "auto", b: "black", ".": "black", d: "dark", l: "lang", t: "time", m: "mode",
};

/** The window's side. */
export class PresenterWindow {
  constructor(root, told, script) {
    Object.assign(this, { root, told, started: Date.now(), at: -1 });
    root.dataset.presenter = "true";
    const part = (name, children = []) => el("div", { class: `sh-p-${name}` }, children);
    this.title = el("h1", { class: "sh-p-title" });
    this.now = part("now");
    this.next = part("next");
    this.after = el("h2", { class: "sh-p-label" });
    this.label = el("h2", { class: "sh-p-label" });
    this.notes = part("notes");
    this.timer = el("b", { class: "sh-p-time" });
    this.clock = el("b", { class: "sh-p-time" });
    this.words = {};
    const button = (key, act) => (this.words[key] = el("button", { onclick: act }));
    const named = (key, node) => el("span", {}, [(this.words[key] = el("small")), node]);
    const bar = part("bar", [this.title, named("timer", this.timer), named("clock", this.clock), button("back", () => this.send("back")), button("forward", () => this.send("next")), button("reset", () => { this.started = Date.now(); this.tick(); })]);
    root.append(el("main", { class: "sh-p" }, [bar, this.now, part("side", [this.after, this.next, this.label, this.notes])]));
    this.stages = [new Stage(this.now, told, script, false), new Stage(this.next, told, script, false)];
    document.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("message", (event) => { if (ours(event, window.opener)) this.follow(event.data); });
    this.follow({ at: 0, page: 0, lang: told.english ? "en" : "zh", theme: "light" });
    this.tick();
    setInterval(() => this.tick(), 1000);
    this.send("");
  }

  send(act) {
    window.opener?.postMessage({ mark: MARK, act }, target());
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("button")) return;
    const act = SENT[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    this.send(act);
  }

  follow({ at, page, lang, theme, black }) {
    this.root.dataset.theme = theme;
    this.root.dataset.off = String(Boolean(black));
    const [now, next] = this.stages;
    const moved = at !== this.at || lang !== now.lang;
    if (!moved) return now.slide?.page(page);
    this.at = at;
    this.root.dataset.slide = String(at + 1);
    document.documentElement.lang = lang === "en" ? "en" : "zh-CN";
    for (const stage of this.stages) stage.lang = lang;
    const word = (key) => now.word(key);
    for (const [key, node] of Object.entries(this.words)) node.textContent = word(key);
    document.title = word("presenter");
    const { slides } = this.told;
    this.title.textContent = `${at + 1} / ${slides.length}　${now.say(slides[at].title)}`;
    this.after.textContent = at + 1 < slides.length ? word("next") : word("next") + word("last");
    this.label.textContent = word("notes");
    this.notes.replaceChildren(el("p", slides[at].notes ? {} : { class: "sh-soft" }, [slides[at].notes || word("no_notes")]));
    now.show(at, page);
    if (at + 1 < slides.length) next.show(at + 1); else next.clear();
  }

  tick() {
    const past = Math.floor((Date.now() - this.started) / 1000);
    const two = (n) => String(n).padStart(2, "0");
    this.timer.textContent = `${two(Math.floor(past / 60))}:${two(past % 60)}`;
    const now = new Date();
    this.clock.textContent = `${two(now.getHours())}:${two(now.getMinutes())}`;
  }
}
