// The presenter's window beside the show: the slide, the next one, notes, timer and clock.
// Both windows hold the same page; they tell each other by messages, which also reach from a
// file to a file. Messages name slides and keys only. Either window may open the other.
import { el } from "../map/dom.js";
import { Stage } from "./stage.js";

const MARK = "zone-show";
const HASH = "#presenter";

/** Whether the page is asked for as the presenter's window. */
export function asked() {
  return location.hash === HASH || new URLSearchParams(location.search).get("presenter") === "1";
}

/** The address of the other kind of window. */
function other() {
  const url = new URL(location.href);
  url.hash = asked() ? "" : HASH;
  url.searchParams.delete("presenter");
  return url.href;
}

/** Origin of a message: a file has none that could be named. */
const target = () => (location.protocol === "file:" ? "*" : location.origin);
const ours = (event, peer) => peer && event.source === peer && event.data?.mark === MARK
  && (location.protocol === "file:" || event.origin === location.origin);

/** The show's side: opens the window, tells it what is shown, takes keys from it. */
export class Presenter {
  constructor(show) {
    this.show = show;
    this.window = window.opener; // where the presenter's window opened the show
    window.addEventListener("message", (event) => {
      if (!ours(event, this.window)) return;
      if (event.data.act) show.act(event.data.act);
      this.tell();
    });
  }

  open() {
    this.window = window.open(other(), "zone-show-presenter", "popup,width=1280,height=800");
    if (!this.window) this.show.say("blocked");
  }

  tell() {
    if (!this.window || this.window.closed) return;
    const { at, black, playing, root, stage } = this.show;
    const { playback } = stage.slide ?? {};
    const more = { period: playback?.at, mode: playback?.mode, page: stage.slide?.at ?? 0 };
    this.window.postMessage({ mark: MARK, at, lang: stage.lang, black: Boolean(black), playing, theme: root.dataset.theme, ...more }, target());
  }
}

const SENT = {
  ArrowRight: "next", PageDown: "next", " ": "space", Enter: "next", ArrowDown: "next", ArrowLeft: "back", PageUp: "back", ArrowUp: "back",
  Home: "first", End: "last", p: "auto", b: "blank", ".": "blank", d: "dark", l: "lang", t: "time", m: "mode", s: "show",
};

/** The window's side. Until there is a show it turns its own slides. */
export class PresenterWindow {
  constructor(root, told, script, open) {
    Object.assign(this, { root, told, started: Date.now(), at: -1, peer: window.opener });
    root.dataset.presenter = "true";
    this.frame();
    this.stages = [this.now, this.next].map((box) => new Stage(box, told, script, { ...open, main: false }));
    document.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("message", (event) => { if (ours(event, this.peer)) this.follow(event.data); });
    this.follow({ at: 0, page: 0, lang: open.lang, theme: "light" });
    this.tick();
    setInterval(() => this.tick(), 1000);
    this.peer?.postMessage({ mark: MARK, act: "" }, target());
  }

  frame() {
    const part = (name, children = []) => el("div", { class: `sh-p-${name}` }, children);
    this.title = el("h1", { class: "sh-p-title" });
    this.now = part("now");
    this.next = part("next");
    this.after = el("h2", { class: "sh-p-label" });
    this.label = el("h2", { class: "sh-p-label" });
    this.notes = el("div", { class: "sh-p-notes", tabindex: 0 });
    this.timer = el("b", { class: "sh-p-time" });
    this.clock = el("b", { class: "sh-p-time" });
    this.words = {};
    const button = (key, act) => (this.words[key] = el("button", { onclick: act }));
    const named = (key, node) => el("span", {}, [(this.words[key] = el("small")), node]);
    const reset = () => { this.started = Date.now(); this.tick(); };
    const acts = [button("show", () => this.send("show")), button("back", () => this.send("back")), button("forward", () => this.send("next")), button("reset", reset)];
    const bar = part("bar", [this.title, named("timer", this.timer), named("clock", this.clock), ...acts]);
    this.root.append(el("main", { class: "sh-p" }, [bar, this.now, part("side", [this.after, this.next, this.label, this.notes])]));
  }

  /** Tell the show what to do; without one do it here, as far as it can be done. */
  send(act) {
    if (act === "show") return this.open();
    if (this.peer && !this.peer.closed) return this.peer.postMessage({ mark: MARK, act }, target());
    const to = { next: this.at + 1, space: this.at + 1, back: this.at - 1, first: 0, last: this.told.slides.length - 1 }[act] ?? this.at;
    const lang = act === "lang" ? { en: "zh", zh: "en" }[this.stages[0].lang] : this.stages[0].lang;
    return this.follow({ at: Math.min(Math.max(to, 0), this.told.slides.length - 1), page: 0, lang, theme: this.root.dataset.theme });
  }

  /** The show in a window of its own, for the projector. */
  open() {
    if (this.peer && !this.peer.closed) return this.peer.focus();
    const url = `${other().split("#")[0]}#${this.at + 1}`;
    this.peer = window.open(url, "zone-show", "popup,width=1280,height=720");
    return this.peer;
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("button")) return;
    const act = SENT[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    this.send(act);
  }

  follow({ at, page, lang, theme, black, period, mode }) {
    this.root.dataset.theme = theme;
    this.root.dataset.off = String(Boolean(black));
    const [now] = this.stages;
    if (at !== this.at || lang !== now.lang) this.turn(at, page, lang);
    else now.slide?.page(page);
    const { playback } = now.slide;
    if (!playback || period === undefined) return;
    if (playback.mode !== mode || playback.at !== period) {
      playback.mode = mode;
      playback.show(period);
    }
  }

  turn(at, page, lang) {
    const [now, next] = this.stages;
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
    this.notes.setAttribute("aria-label", word("notes"));
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
