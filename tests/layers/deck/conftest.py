"""Decks of the sample, and what a reader of PowerPoint's files sees of them."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pptx import Presentation

from layers import deck
from layers.brief.values import Brief
from layers.picture import FontBook
from tests.layers.brief.conftest import brief, fonts

__all__ = ["brief", "fonts"]
Read = Callable[..., Any]


@pytest.fixture(scope="session")
def data(brief: Brief, fonts: FontBook) -> bytes:
    """The sample in Chinese."""
    return deck.write(brief, fonts)


@pytest.fixture(scope="session")
def book(data: bytes) -> Any:
    return Presentation(io.BytesIO(data))


@pytest.fixture(scope="session")
def read(fonts: FontBook) -> Read:
    """Write a brief and read it back."""

    def reading(known: Brief, **how: Any) -> Any:
        return Presentation(io.BytesIO(deck.write(known, fonts, **how)))

    return reading


def titled(book: Any, text: str) -> list[Any]:
    """Slides whose title starts so."""
    return [one for one in book.slides if one.shapes.title.text_frame.text.startswith(text)]


def frames(slide: Any) -> Iterator[tuple[str, Any]]:
    """Every text frame of a slide, with what it is in: a box, a placeholder's kind, a cell."""
    for shape in slide.shapes:
        if shape.is_placeholder:
            yield str(shape.placeholder_format.type).split(" ")[0], shape.text_frame
        elif shape.has_text_frame:
            yield "BOX", shape.text_frame
        elif shape.has_table:
            for row in shape.table.rows:
                for cell in row.cells:
                    yield "CELL", cell.text_frame


def words(slide: Any) -> str:
    """All that stands on a slide, notes left out."""
    return "\n".join(frame.text for _, frame in frames(slide))
