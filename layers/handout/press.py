"""A handout as PDF/A-2a and PDF/UA-1 (typst): own fonts, no network, the same bytes each run."""

import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from geo.errors import DataError
from layers.brief.values import Brief
from layers.handout.pages import pages
from layers.handout.values import How
from layers.picture.typeset import face
from layers.report.paper import drawable

_TEMPLATE = Path(__file__).with_name("handout.typ")
_STANDARDS: list[Any] = ["a-2a", "ua-1"]


def pdf(brief: Brief, how: How) -> bytes:
    """The handout, a page for every slide, its fonts embedded.

    Raises what maps raise (`DataError` PICTURE_…), `DataError` HANDOUT, and `SettingError`
    FONT_MISSING.
    """
    held = brief.occasion.held
    made = datetime(held.year, held.month, held.day, tzinfo=UTC)
    with TemporaryDirectory() as folder:
        compiler = _compiler(brief, how, Path(folder))
        try:
            out = compiler.compile(
                format="pdf", pdf_standards=_STANDARDS, timestamp=int(made.timestamp())
            )
        except typst.TypstError as error:
            text = f"讲义排版失败：{error.message}，请检查汇报内容"
            raise DataError(text, "HANDOUT") from error
    return out if isinstance(out, bytes) else b""


def images(brief: Brief, how: How, dpi: float = 60) -> list[bytes]:
    """The pages as PNG, for looking at."""
    with TemporaryDirectory() as folder:
        out = _compiler(brief, how, Path(folder)).compile(format="png", ppi=dpi)
    return out if isinstance(out, list) else [out or b""]


def _compiler(brief: Brief, how: How, folder: Path) -> typst.Compiler:
    data, files = pages(brief, how)
    plain = _shown(data, face(how.fonts.regular).held)
    (folder / "data.json").write_text(json.dumps(plain, ensure_ascii=False), "utf-8")
    for name, body in files.items():
        (folder / name).write_bytes(body)
    shutil.copyfile(_TEMPLATE, folder / "handout.typ")
    rooms = sorted({str(Path(path).parent) for path in (how.fonts.regular, how.fonts.bold)})
    book = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=rooms)
    return typst.Compiler(folder / "handout.typ", root=folder, font_paths=book)


def _shown(value: Any, held: frozenset[int]) -> Any:
    """Every text with only what the font can draw: an archived page has no empty boxes."""
    if isinstance(value, str):
        return drawable(value, held)
    if isinstance(value, Mapping):
        return {key: _shown(one, held) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [_shown(one, held) for one in value]
    return value
