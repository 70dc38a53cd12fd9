"""A document as PDF/A-2a and PDF/UA-1 (typst): own fonts, no network, the same bytes each run."""

import io
import json
import re
import shutil
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import segno
import typst

from geo.errors import DataError
from layers.picture.typeset import MISSING, face
from layers.picture.values import FontBook
from layers.report.blocks import Code, Document, Figures
from layers.report.opening import TEXT_MM

_TEMPLATE = Path(__file__).with_name("report.typ")
_STANDARDS: list[Any] = ["a-2a", "ua-1"]
_HIDDEN = ("Cc", "Cf", "Cs")
_SPACES = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")
_UNIT = re.compile(
    r"(?<=\d) (?=(?:㎡|亩|米|%|m²|mu|m)(?:\W|$))|(?<=版本) (?=\d)|(?<=version) (?=\d)"
)


def rendered(document: Document, fonts: FontBook) -> bytes:
    """The PDF of a document.

    Raises `DataError` REPORT_PICTURE where a map is no picture or too wide, and `SettingError`
    FONT_MISSING.
    """
    made = datetime(document.made.year, document.made.month, document.made.day, tzinfo=UTC)
    with TemporaryDirectory() as folder:
        try:
            drawn = _compiler(document, fonts, Path(folder)).compile(
                format="pdf", pdf_standards=_STANDARDS, timestamp=int(made.timestamp())
            )
        except typst.TypstError as error:
            text = f"报告排版失败：{error.message}，请检查附图文件"
            raise DataError(text, "REPORT_PICTURE") from error
    return _bytes(drawn)[0]


def pages(document: Document, fonts: FontBook, dpi: float = 100) -> list[bytes]:
    """The pages as PNG, for looking at."""
    with TemporaryDirectory() as folder:
        drawn = _compiler(document, fonts, Path(folder)).compile(format="png", ppi=dpi)
    return _bytes(drawn)


def _bytes(made: bytes | list[bytes] | None) -> list[bytes]:
    return made if isinstance(made, list) else [made or b""]


def _compiler(document: Document, fonts: FontBook, folder: Path) -> typst.Compiler:
    held = face(fonts.regular).held
    data = _shown(_plain(document, folder), held)
    (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    shutil.copyfile(_TEMPLATE, folder / "report.typ")
    rooms = sorted({str(Path(path).parent) for path in (fonts.regular, fonts.bold)})
    book = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=rooms)
    return typst.Compiler(folder / "report.typ", root=folder, font_paths=book)


def _plain(document: Document, folder: Path) -> dict[str, Any]:
    """The document as JSON, its pictures written beside it."""
    plain = asdict(document)
    count = 0
    for section, said in zip(document.sections, plain["sections"], strict=True):
        said["blocks"] = []
        for block in section.blocks:
            entry: dict[str, Any] = {"kind": type(block).__name__.lower()}
            if isinstance(block, Figures):
                entry["pictures"] = _pictures(block, folder, count)
                count += len(block.pictures)
            else:
                entry |= asdict(block)
            if isinstance(block, Code):
                _code(block.link, folder)
            said["blocks"].append(entry)
    return {**plain, "made": document.made.isoformat()}


def _pictures(block: Figures, folder: Path, first: int) -> list[dict[str, Any]]:
    out = list[dict[str, Any]]()
    for i, (one, caption) in enumerate(zip(block.pictures, block.captions, strict=True)):
        if one.width_mm > TEXT_MM:
            raise DataError(
                f"附图宽 {one.width_mm:g} 毫米，超过版心 {TEXT_MM:g} 毫米，请按版心出图",
                "REPORT_PICTURE",
            )
        name = f"picture-{first + i}.{'svg' if one.svg else 'png'}"
        (folder / name).write_bytes(one.svg or one.png)
        out.append({"file": name, "width": one.width_mm, "caption": caption})
    return out


def _code(link: str, folder: Path) -> None:
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="svg", scale=4, border=4, light="#fff")
    (folder / "code.svg").write_bytes(out.getvalue())


def _shown(value: Any, held: frozenset[int]) -> Any:
    """Every text with only what the font can draw: an archived page has no empty boxes."""
    if isinstance(value, str):
        return drawable(value, held)
    if isinstance(value, Mapping):
        return {key: _shown(one, held) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [_shown(one, held) for one in value]
    return value


def drawable(text: str, held: frozenset[int]) -> str:
    """A text on one line; what no font holds becomes 〓, what has no shape goes."""
    composed = unicodedata.normalize("NFC", _SPACES.sub(" ", text).strip())
    composed = _UNIT.sub("\u00a0", composed)
    return "".join(
        letter if ord(letter) in held else MISSING
        for letter in composed
        if unicodedata.category(letter) not in _HIDDEN
    )
