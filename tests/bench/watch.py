"""One page in the browser, watched from outside: its pixels and what its websocket carries.

Nothing of the app measured is asked how it feels: it is painted when its pixels stop
changing and what was asked for is there.
"""

import base64
import io
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Error, Page, ViewportSize, sync_playwright

SIZE: ViewportSize = {"width": 1440, "height": 900}
CLIP = {"x": 360, "y": 170, "width": 900, "height": 560, "scale": 0.5}  # map only, in every app
QUIET_S = 1.5
COUNT = """
(() => { const Plain = WebSocket; window.carried = { bytes: 0, sent: 0, last: 0 };
  const size = (d) => d.byteLength ?? d.size ?? d.length;
  window.WebSocket = class extends Plain {
    constructor(...given) { super(...given);
      this.addEventListener("message", (e) => { carried.bytes += size(e.data); carried.last = performance.now(); }); }
    send(data) { carried.bytes += size(data); carried.sent = performance.now(); super.send(data); }
  }; })();
"""  # noqa: E501


@dataclass(frozen=True, slots=True)
class Toggle:
    """What one click on a layer's box did."""

    seconds: float
    bytes: int
    view_kept: bool
    blanked: bool


class TooSlowError(Exception):
    """Nothing was painted in the time allowed."""


class Watched:
    """A page with an empty cache, from its first request on."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._camera = page.context.new_cdp_session(page)
        page.add_init_script(COUNT)

    def paint(self, address: str, there: Callable[[Page], bool], limit_s: float) -> float:
        """Seconds from navigation until the pixels are still and what is wanted is there."""
        start = time.perf_counter()
        self.page.goto(address, wait_until="commit", timeout=limit_s * 1000)
        return self._settle(start, there, limit_s)[0]

    def toggle(self, box: str, there: Callable[[Page], bool], limit_s: float) -> Toggle:
        """Click a box; watch until the second layer shows and all is still."""
        before, carried = self._frame(), self._carried()
        start = time.perf_counter()
        self.page.locator(box).first.click(timeout=limit_s * 1000)
        seconds, frames = self._settle(start, there, limit_s)
        after = frames[-1]
        kept = _unlike(before, after) < 0.35
        blanked = any(min(_unlike(before, one), _unlike(after, one)) > 0.5 for one in frames)
        return Toggle(seconds, self._carried() - carried, kept, blanked)

    def drag(self, there: Callable[[Page], bool], limit_s: float) -> None:
        """Move the map a little, so that a view lost in a rerun is seen."""
        mouse = self.page.mouse
        mouse.move(800, 500)
        mouse.down()
        mouse.move(700, 440, steps=4)
        mouse.up()
        self._settle(time.perf_counter(), there, limit_s)

    def rerun_ms(self, box: str) -> float:
        """Milliseconds from what the browser sent to the last it was answered, for one click."""
        self.page.locator(box).first.click()
        time.sleep(1.2)
        return float(self.page.evaluate("carried.last - carried.sent"))

    def _carried(self) -> int:
        return int(self.page.evaluate("carried.bytes"))

    def _frame(self) -> bytes:
        asked = {"format": "jpeg", "quality": 50, "clip": CLIP}
        try:
            return base64.b64decode(self._camera.send("Page.captureScreenshot", asked)["data"])
        except Error:  # nothing has been drawn yet, so there is nothing to take
            return b""

    def _settle(
        self, start: float, there: Callable[[Page], bool], limit_s: float
    ) -> tuple[float, list[bytes]]:
        """Seconds from `start` to the last change of the pixels, and all different frames."""
        frames, changed = [self._frame()], time.perf_counter()
        while True:
            frame = self._frame()
            now = time.perf_counter()  # a blocked page gives its picture late: seen is when it came
            if frame != frames[-1]:
                frames.append(frame)
                changed = now
            if now - changed > QUIET_S and there(self.page) and not _empty(frame):
                return changed - start, frames
            if now - start > limit_s:
                raise TooSlowError
            time.sleep(0.08)  # watching must not be the work itself


def _unlike(one: bytes, other: bytes) -> float:
    """Share of pixels that clearly differ between two frames."""
    a, b = (np.asarray(Image.open(io.BytesIO(f)).convert("RGB"), dtype=int) for f in (one, other))
    return float((np.abs(a - b).max(axis=2) > 40).mean())


def _empty(frame: bytes) -> bool:
    """Whether a frame is all of one colour: shapes that are there but not yet drawn."""
    if not frame:
        return True
    shades = np.asarray(Image.open(io.BytesIO(frame)).convert("L")) // 8
    return float(np.bincount(shades.ravel()).max() / shades.size) > 0.95


@contextmanager
def started() -> Iterator[Browser]:
    """Chromium, Chrome or what $CHROME names; raises RuntimeError if there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = os.environ.get("CHROME") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        raise RuntimeError("no Chromium found; set CHROME=path")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        running = playwright.chromium.launch(executable_path=found, args=flags)
        try:
            yield running
        finally:
            running.close()


@contextmanager
def watched(browser: Browser) -> Iterator[Watched]:
    """A page in a context of its own: no cache, no other host."""
    context = browser.new_context(viewport=SIZE)
    try:
        yield Watched(context.new_page())
    finally:
        context.close()
