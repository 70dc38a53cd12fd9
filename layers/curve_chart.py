"""A curve of points as a small drawing: values across, points up, with how the land lies on it."""

from collections.abc import Sequence
from html import escape

import numpy as np

_WIDE, _TALL, _PAD, _FOOT = 360, 120, 28, 18
_BINS = 24
_LINE, _BARS, _TEXT = "#1f5fa8", "#c9d3de", "#4a5568"


def svg(points: Sequence[tuple[float, float]], values: np.ndarray, alt: str) -> str:
    """Draw a bent line of (value, points) over a histogram of `values`, (n,) with NaN for none.

    `alt` says in words what is seen.
    """
    known = values[np.isfinite(values)]
    low, high = _ends(points, known)

    def x(value: float) -> float:
        return _PAD + (_WIDE - _PAD - 6) * (value - low) / (high - low)

    def y(share: float) -> float:
        return 6 + (_TALL - _FOOT - 6) * (1 - share)

    counts, edges = np.histogram(known, _BINS, (low, high))
    most = max(int(counts.max(initial=0)), 1)
    bars = "".join(
        f'<rect x="{x(a):.1f}" y="{y(n / most):.1f}" width="{x(b) - x(a):.1f}"'
        f' height="{y(0) - y(n / most):.1f}" fill="{_BARS}"/>'
        for n, a, b in zip(counts.tolist(), edges[:-1], edges[1:], strict=True)
    )
    level = [(low, points[0][1]), *points, (high, points[-1][1])]
    line = " ".join(f"{x(float(v)):.1f},{y(p / 100):.1f}" for v, p in level)
    dots = "".join(
        f'<circle cx="{x(v):.1f}" cy="{y(p / 100):.1f}" r="3" fill="{_LINE}"/>' for v, p in points
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_TALL}" width="{_WIDE}"'
        f' height="{_TALL}" font-family="Noto Sans SC, sans-serif"><title>{escape(alt)}</title>'
        f'{bars}<polyline points="{line}" fill="none" stroke="{_LINE}" stroke-width="2"/>{dots}'
        f"{_axes(low, high)}</svg>"
    )


def _ends(points: Sequence[tuple[float, float]], known: np.ndarray) -> tuple[float, float]:
    every = [*(value for value, _ in points), *([known.min(), known.max()] if known.size else [])]
    low, high = float(min(every)), float(max(every))
    return (low, high) if high > low else (low, low + 1.0)


def _axes(low: float, high: float) -> str:
    base = _TALL - _FOOT
    text = f'fill="{_TEXT}" font-size="10"'
    return (
        f'<path d="M{_PAD},6 V{base} H{_WIDE - 6}" fill="none" stroke="{_TEXT}"/>'
        f'<text x="{_PAD - 4}" y="12" text-anchor="end" {text}>100</text>'
        f'<text x="{_PAD - 4}" y="{base}" text-anchor="end" {text}>0</text>'
        f'<text x="{_PAD}" y="{_TALL - 5}" {text}>{low:,.4g}</text>'
        f'<text x="{_WIDE - 6}" y="{_TALL - 5}" text-anchor="end" {text}>{high:,.6g}</text>'
    )
