"""Our theme, master and layouts, made from the plain ones of python-pptx.

Whoever edits the deck later finds real placeholders, theme fonts with an East Asian one, and
theme colours; nothing is left of the template's own look.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from layers.deck import look
from layers.deck.look import Room

_NS, _A = nsdecls("a", "p", "r"), nsdecls("a")
_EA = '<a:latin typeface="+{0}-lt"/><a:ea typeface="+{0}-ea"/><a:cs typeface="+{0}-cs"/>'
PANOSE = {look.LATIN: "020B0604020202020204", look.HAN: "020B0503020204020204"}
COVER, TEXT, NUMBERS, TABLE, MAP, CLOSING = range(6)
NAMES = ("封面 Cover", "文字 Text", "数字 Numbers", "表格 Table", "地图 Map", "结束 Closing")
NUMBER, FIELD = "‹#›", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
LEAD_IDX, BODY_IDX, FOOT_IDX, NUMBER_IDX = 13, 14, 11, 12


def blank() -> Any:
    """A presentation without slides, 16:9, with our master and layouts."""
    book: Any = Presentation()
    book.slide_width, book.slide_height = look.emu(look.WIDE), look.emu(look.HIGH)
    size = book.part._element.find(qn("p:sldSz"))
    del size.attrib["type"]
    for layout in list(book.slide_layouts)[len(NAMES) :]:
        book.slide_layouts.remove(layout)
    _theme(book.slide_master.part.part_related_by(RT.THEME))
    _master(book.slide_master._element)
    for number, layout in enumerate(book.slide_layouts):
        _layout(layout._element, number)
    return book


def _theme(part: Any) -> None:
    part._blob = themed(part.blob)


def themed(blob: bytes) -> bytes:
    """A theme with our colours and fonts and flat shapes."""
    root: Any = parse_xml(blob)
    root.set("name", "经区")
    colours = root.find(f".//{qn('a:clrScheme')}")
    colours.set("name", "经区")
    for name, value in look.SCHEME:
        place = colours.find(qn(f"a:{name}"))
        place.clear()
        place.append(parse_xml(f'<a:srgbClr {_A} val="{value}"/>'))
    fonts = root.find(f".//{qn('a:fontScheme')}")
    fonts.set("name", "经区")
    for kind in ("majorFont", "minorFont"):
        place = fonts.find(qn(f"a:{kind}"))
        for tag, face in (("latin", look.LATIN), ("ea", look.HAN)):
            font = place.find(qn(f"a:{tag}"))
            font.set("typeface", face)
            font.set("panose", PANOSE[face])
        for font in place.findall(qn("a:font")):
            if font.get("script") == "Hans":
                font.set("typeface", look.HAN)
    for style in root.iter(qn("a:effectStyle")):
        for one in list(style):
            style.remove(one)
        style.append(parse_xml(f"<a:effectLst {_A}/>"))
    return bytes(serialize_part_xml(root))


def _master(root: Any) -> None:
    tree = root.find(f".//{qn('p:spTree')}")
    _cleared(tree)
    rule = Room(look.EDGE, 177.2, look.WIDE - 2 * look.EDGE, 0.3)
    shapes = [
        _block(20, "页脚线", rule, "bg2", lower=True),
        _block(21, "标题标记", look.BLOCK, "accent1"),
        _Holder(2, "title", look.HEAD, "单击编辑标题", "", "ctr").xml,
        _Holder(3, 'body" idx="1', look.BODY_ROOM, "单击编辑文字").xml,
        _Holder(4, 'ftr" sz="quarter" idx="3', look.FOOT, "", _small("l"), "ctr").xml,
        _Holder(5, 'sldNum" sz="quarter" idx="4', look.NUMBER, NUMBER, _small("r"), "ctr").xml,
    ]
    for shape in shapes:
        tree.append(parse_xml(shape))
    styles = root.find(qn("p:txStyles"))
    root.replace(styles, parse_xml(_styles()))


def _layout(root: Any, number: int) -> None:
    """Cover and closing hide the master's shapes; the others only add their own places."""
    root.find(qn("p:cSld")).set("name", NAMES[number])
    for name in ("type", "preserve", "userDrawn"):
        root.attrib.pop(name, None)
    root.set("type", "title" if number == COVER else "obj" if number == TEXT else "titleOnly")
    root.set("preserve", "1")
    tree = root.find(f".//{qn('p:spTree')}")
    _cleared(tree)
    if number in (COVER, CLOSING):
        root.set("showMasterSp", "0")
    for shape in _places(number):
        tree.append(parse_xml(shape))


def _places(number: int) -> Iterator[str]:
    """The places of a layout, as they stand in its tree."""
    lead, body = f'body" idx="{LEAD_IDX}', f'body" idx="{BODY_IDX}'
    if number == COVER:
        yield _block(20, "标记", look.COVER_BLOCK, "accent1")
        head = _level(40, "tx2", bold=True)
        yield _Holder(2, "ctrTitle", look.COVER_TITLE, "会议名称", head, "t").xml
        sub = _level(22, "accent6")
        yield _Holder(3, 'subTitle" idx="1', look.COVER_LEAD, "副标题", sub).xml
        yield _Holder(4, body, look.COVER_FACTS, "日期与版本", _level(18, "tx1"), "b").xml
    elif number == CLOSING:
        yield _block(20, "标记", look.CLOSE_BLOCK, "accent1")
        head = _level(36, "tx2", bold=True)
        yield _Holder(2, "title", look.CLOSE_TITLE, "结束语", head, "t").xml
        yield _Holder(3, body, look.CLOSE_TEXT, "要点", _bullet(24)).xml
    else:
        yield _Holder(2, "title", None, "单击编辑标题").xml
        strip = look.BODY_ROOM.upper(16)
        yield _Holder(3, lead, strip, "导语", _level(look.LEAD, "accent6")).xml
        if number == TEXT:
            place = look.BODY_ROOM.below(18)
            yield _Holder(4, body, place, "要点", _bullet(look.BODY)).xml
    yield _Holder(8, f'ftr" sz="quarter" idx="{FOOT_IDX}', None, "").xml
    yield _Holder(9, f'sldNum" sz="quarter" idx="{NUMBER_IDX}', None, NUMBER).xml


def _cleared(tree: Any) -> None:
    for one in list(tree)[2:]:  # the first two say what the tree is
        tree.remove(one)


def _place(room: Room | None) -> str:
    if room is None:
        return "<p:spPr/>"
    left, top, wide, high = room.emu
    return (
        f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
    )


def _block(id_: int, name: str, room: Room, ink: str, *, lower: bool = False) -> str:
    """A plain bar; `lower` makes a pale ink a little darker."""
    shade = '<a:lumMod val="85000"/>' if lower else ""
    fill = f'<a:solidFill><a:schemeClr val="{ink}">{shade}</a:schemeClr></a:solidFill><a:ln/>'
    place = _place(room).replace("</p:spPr>", f"{fill}</p:spPr>")
    place = place.replace("<a:ln/>", "<a:ln><a:noFill/></a:ln>")
    return (
        f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{id_}" name="{name}"/><p:cNvSpPr/><p:nvPr '
        f'userDrawn="1"/></p:nvSpPr>{place}<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>'
    )


@dataclass(frozen=True, slots=True)
class _Holder:
    """A placeholder; `kind` may carry further attributes after its type.

    Without a room its place is that of the master.
    """

    id: int
    kind: str
    room: Room | None
    text: str
    levels: str = ""
    anchor: str = ""

    @property
    def xml(self) -> str:
        """As it stands in the tree."""
        anchored = f' anchor="{self.anchor}"' if self.anchor else ""
        inside = (
            f'<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0"{anchored}><a:normAutofit/></a:bodyPr>'
        )
        told = '<a:rPr lang="zh-CN"/><a:t>' + self.text + "</a:t>"
        run = f"<a:r>{told}</a:r>" if self.text else ""
        if self.text == NUMBER:
            run = f'<a:fld id="{FIELD}" type="slidenum">{told}</a:fld>'
        return (
            f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{self.id}" name="{self.text or "页脚"}"/>'
            f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{self.kind}"/>'
            f"</p:nvPr></p:nvSpPr>{_place(self.room)}<p:txBody>"
            f"{inside if self.room else '<a:bodyPr/>'}<a:lstStyle>{self.levels}</a:lstStyle>"
            f"<a:p>{run}</a:p></p:txBody></p:sp>"
        )


def _ink(name: str) -> str:
    return f'<a:solidFill><a:schemeClr val="{name}"/></a:solidFill>'


def _small(align: str) -> str:
    """The small print of the foot."""
    size = f'<a:defRPr sz="{round(look.SMALL * 100)}">{_ink("accent6")}</a:defRPr>'
    return f'<a:lvl1pPr algn="{align}">{size}</a:lvl1pPr>'


def _level(size: float, ink: str, *, bold: bool = False) -> str:
    """A first level without a bullet."""
    return (
        f'<a:lvl1pPr marL="0" indent="0" algn="l"><a:buNone/><a:defRPr sz="{round(size * 100)}" '
        f'b="{int(bold)}">{_ink(ink)}</a:defRPr></a:lvl1pPr>'
    )


def _bullet(size: float) -> str:
    """A first level with a small square in the accent."""
    return (
        '<a:lvl1pPr marL="324000" indent="-324000" algn="l"><a:buClr><a:schemeClr val="accent1"/>'
        '</a:buClr><a:buSzPct val="80000"/><a:buFont typeface="Arial"/><a:buChar char="▪"/>'
        f'<a:defRPr sz="{round(size * 100)}"/></a:lvl1pPr>'
    )


def _styles() -> str:
    """Text styles of the master: title, body with five levels, other."""
    title = (
        '<a:lvl1pPr algn="l" defTabSz="914400"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
        f'<a:spcBef><a:spcPct val="0"/></a:spcBef><a:buNone/><a:defRPr sz="{int(look.TITLE * 100)}"'
        f' b="1" kern="1200">{_ink("tx2")}{_EA.format("mj")}</a:defRPr></a:lvl1pPr>'
    )
    return (
        f"<p:txStyles {_NS}><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>"
        f"{_levels((22, 20, 18, 18, 18))}</p:bodyStyle><p:otherStyle>{_levels((18,) * 5)}"
        "</p:otherStyle></p:txStyles>"
    )


def _levels(sizes: Sequence[int]) -> str:
    return "".join(
        f'<a:lvl{i}pPr marL="{(i - 1) * 252000}" indent="0" algn="l" defTabSz="914400"><a:buNone/>'
        f'<a:defRPr sz="{size * 100}" kern="1200">{_ink("tx1")}{_EA.format("mn")}</a:defRPr>'
        f"</a:lvl{i}pPr>"
        for i, size in enumerate(sizes, 1)
    )
