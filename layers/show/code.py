"""QR codes as squares: numbers only, drawn by whoever shows them."""

from typing import Any

import segno


def squares(text: str) -> dict[str, Any]:
    """A QR code as the path of its dark squares, one unit each, with its quiet zone of four."""
    rows = segno.make(text, error="m", micro=False).matrix
    dark = "".join(
        f"M{x + 4},{y + 4}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, module in enumerate(row)
        if module
    )
    return {"side": len(rows) + 8, "path": dark, "text": text}
