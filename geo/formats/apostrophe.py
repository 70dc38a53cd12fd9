"""The apostrophe that keeps a spreadsheet from computing, rounding or dating a text.

Written before such a text in CSV files, and taken away again where one is read.
"""

import re

_TAKEN = re.compile(
    r"\s*[=+\-@＝＋－＠'\t\r\n]"  # formulas, our own mark
    r"|0\d+$|\d{16,}$|\d+(\.\d+)?[eE][+-]?\d+$"  # digits that would be lost
    r"|\d{1,4}[-/]\d{1,2}([-/]\d{1,4})?$"  # days
)


def tied(text: str) -> str:
    """A text as a spreadsheet may see it; one that has an apostrophe of its own gets another."""
    return f"'{text}" if _TAKEN.match(text) else text


def untied(text: str) -> str:
    """The text that was tied; any other as it is."""
    return text[1:] if text.startswith("'") and _TAKEN.match(text[1:]) else text
