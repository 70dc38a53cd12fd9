"""Pack: the same deck is the same file, byte for byte, on every machine and day."""

import io
import re
import zipfile
from datetime import UTC, date, datetime
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from layers.deck.theme import themed

_STILL = (1980, 1, 1, 0, 0, 0)
_NOW = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms)")
_STALE = ("TotalTime", "Words", "Paragraphs", "Slides", "Notes", "HiddenSlides", "HeadingPairs",
          "TitlesOfParts", "PresentationFormat", "AppVersion")  # fmt: skip


def packed(book: Any, title: str, made: date) -> bytes:
    """A presentation as a file, with the day of the meeting as its only date."""
    day = datetime(made.year, made.month, made.day, tzinfo=UTC)
    core = book.core_properties
    core.title, core.author, core.last_modified_by = title[:255], "", ""
    core.created = core.modified = day
    core.revision, core.keywords, core.comments, core.subject = 1, "", "", ""
    _tidy(book)
    out = io.BytesIO()
    book.save(out)
    return still(out.getvalue(), day)


def _tidy(book: Any) -> None:
    """Leave out what the template says of a presentation that is not this one."""
    package = book.part.package
    for holder in (package, book.part):
        for key, relation in list(holder._rels.items()):
            if relation.reltype.endswith(("/thumbnail", "/printerSettings")):
                holder._rels.pop(key)
    for part in package.iter_parts():
        if part.partname == "/docProps/app.xml":
            root: Any = parse_xml(part.blob)
            for one in list(root):
                name = one.tag.rpartition("}")[2]
                if name in _STALE:
                    root.remove(one)
                elif name == "Application":
                    one.text = "Microsoft Office PowerPoint"
            part._blob = serialize_part_xml(root)
    _notes(book)


def _notes(book: Any) -> None:
    """Name the master of the notes in the presentation, which python-pptx leaves out."""
    for key, relation in book.part.rels.items():
        if relation.reltype == RT.NOTES_MASTER:
            element = book.part._element.find(qn("p:sldMasterIdLst"))
            text = f'<p:notesMasterIdLst {nsdecls("p", "r")}><p:notesMasterId r:id="{key}"/>'
            element.addnext(parse_xml(f"{text}</p:notesMasterIdLst>"))
            theme = relation.target_part.part_related_by(RT.THEME)
            theme._element = parse_xml(themed(theme.blob))


def still(data: bytes, day: datetime) -> bytes:
    """A zip file with one time for all its entries, workbooks in it likewise."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _STILL)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            body = old.read(name)
            if name.endswith(".xlsx"):
                body = still(body, day)
            elif name == "docProps/core.xml":
                told = day.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                body = _NOW.sub(rb"\g<1>" + told + rb"\g<2>", body)
            new.writestr(entry, body)
    return out.getvalue()
