"""Records of site checks as they are kept, written by hand, and a map of two colours."""

import struct
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from layers.picture.values import FontBook
from layers.report import Cover, Picture, Report, Way, report_of

FONTS = Path(__file__).parents[3] / "assets" / "fonts"
LINK = "http://127.0.0.1:8501/site?check=CK-2026-0117&v=42"
HASHES = {"rules_hash": "a1" * 32, "code_hash": "b2" * 32, "inputs_hash": "c3" * 32}


def met(id_: str, **more: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("overlap_m2", "length_m", "distance_m", "limit_m"))
    plain = {"set": "farmland", "id": id_, "name": id_, "grade": "official", "value": ""}
    return {**plain, **empty, "state": "现行", **more}


def finding(rule: str, title: str, answer: str, severity: str, **more: Any) -> dict[str, Any]:
    sizes = ("overlap_m2", "overlap_plane_m2", "overlap_mu", "share_pct", "length_m")
    return {
        "rule": rule, "title": title, "answer": answer, "severity": severity,
        **dict.fromkeys((*sizes, "distance_m", "limit_m", "grade", "since", "source", "issued")),
        "features": [], "near": [], "pending": [], "notes": [], "basis": "", "certainty": "part",
        "state": "现行", "set": "", "document": "", "issuer": "", "todo": "", "remark": "",
        "digest": "d" * 64, **more,
    }  # fmt: skip


def farmland() -> dict[str, Any]:
    return finding(
        "farmland", "永久基本农田", "涉及", "禁止", title_en="Permanent basic farmland",
        overlap_m2=12345.678, overlap_plane_m2=12347.1, overlap_mu=18.518517, share_pct=12.3456,
        features=[
            met("F-001", name="桥头镇一号片", overlap_m2=12000.5, value="水浇地"),
            met("F-002", name="", overlap_m2=345.178),
        ],
        grade="official", basis="土地管理法 33、35、44、46", set="farmland", since=7,
        source="永久基本农田划定成果", issued="2022-10-14", document="某资规〔2022〕1号",
        issuer="某市自然资源和规划局", tolerance_m2=1.0, tolerance_m=0.1,
        todo="调整范围避开永久基本农田；确需占用的，须依法报批。",
        todo_en="Change the outline to avoid it; taking it needs approval.",
    )  # fmt: skip


def shore() -> dict[str, Any]:
    return finding(
        "shore_rock", "基岩岸线退缩", "涉及", "限制", title_en="Setback from rocky shore",
        distance_m=63.456, limit_m=80.0, grade="schematic", basis="威海市城市风貌保护条例 32",
        certainty="verified", set="coast", since=3, source="海岸线（示意）", tolerance_m=0.05,
        features=[met("C01", set="coast", grade="schematic", distance_m=63.456, limit_m=80.0)],
        remark="从大陆岸线量起。", remark_en="Measured from the mainland shore.",
    )  # fmt: skip


def road() -> dict[str, Any]:
    near = {
        **met("S201", set="road", name="省道", distance_m=15.03, limit_m=15.0),
        "reason": "margin", "tolerance_m2": None, "tolerance_m": 0.05,
    }  # fmt: skip
    return finding(
        "road", "公路建筑控制区", "不涉及", "限制", title_en="Building line along roads",
        distance_m=15.03, limit_m=15.0, grade="surveyed", basis="公路安全保护条例 11",
        certainty="verified", set="road", since=5, source="公路用地外缘测量", near=[near],
        tolerance_m=0.05,
    )  # fmt: skip


def redline() -> dict[str, Any]:
    missing = {"code": "MISSING", "zh": "没有图层 redline 的资料，请先导入。", "en": "No redline."}
    return finding(
        "redline", "生态保护红线", "无数据", "禁止", title_en="Ecological red line",
        basis="自然资发〔2022〕142号", set="redline", notes=[missing],
    )  # fmt: skip


def reason(rule: str, code: str, verdict: str) -> dict[str, str]:
    return {"rule": rule, "code": code, "verdict": verdict}


def record(**more: Any) -> dict[str, Any]:
    return {
        "site": {
            "id": "XZ-17", "name": "桥头镇东侧地块", "use": "1001", "variant": "drawn",
            "registered_m2": 99990.0, "shape": "{}", "shape_hash": "e" * 64,
        },
        "as_of": "2026-11-20", "verdict": "不可用",
        "reasons": [
            reason("farmland", "BAN", "不可用"), reason("redline", "UNKNOWN", "无法判定"),
            reason("shore_rock", "LIMIT", "有条件可用"), reason("road", "NEAR", "有条件可用"),
            reason("shore_rock", "SKETCH", "有条件可用"),
        ],
        "area_m2": 100000.0, "plane_m2": 100013.95, "registered_ppm": 100.01,
        "findings": [farmland(), shore(), road(), redline()],
        "left_out": [{"rule": "shore", "why": "已导入正式界线"}],
        "parameters": {"min_area_m2": 5000.0}, "usable": {},
        "versions": {"farmland": 7, "coast": 3, "road": 5, "redline": None}, **HASHES, **more,
    }  # fmt: skip


def many(count: int) -> list[dict[str, Any]]:
    """Findings of a long report, every answer among them."""
    made = [farmland(), shore(), road(), redline()]
    said = ("涉及", "不涉及", "无数据", "查询失败")
    for i in range(count):
        answer = said[i % 4]
        made.append(
            finding(
                f"rule{i}",
                f"第{i}条规则的标题较长以便折行",
                answer,
                ("禁止", "限制", "提示")[i % 3],
                basis=f"某某法 {i}",
                overlap_m2=1000.0 + i if answer == "涉及" else None,
                share_pct=1.0 if answer == "涉及" else None,
                source="某资料",
                since=i,
                grade="traced",
                features=[met(f"R{i}-{j}", overlap_m2=50.0 * j) for j in range(i % 17)],
            )
        )
    return made


def way() -> Way:
    step = {"rule": "farmland", "title": "永久基本农田", "new_m2": 12345.678, "usable_pct": 0.0}
    said = {
        "total_m2": 100000.0, "net_m2": 87654.322,
        "rows": [{**step, "lost_m2": 12345.678, "left_m2": 87654.322}],
        "cuts": [
            {"rules": ["farmland"], "area_m2": 87000.0, "lost_m2": 13000.0,
             "left_behind_m2": 654.0},
        ],
        "alternatives": [
            {"id": "E-012", "name": "崮山路北地块", "area_m2": 66666.0, "verdict": "可用",
             "distance_m": 1234.5, "limits": [], "open": ["redline"]},
        ],
    }  # fmt: skip
    return report_of(record(), cover(), said).way


def cover(**more: Any) -> Cover:
    said: dict[str, Any] = {
        "number": "CK-2026-0117", "made": date(2026, 11, 22), "asker": "规划科",
        "office": "威海经济技术开发区某科室", "secrecy": "内部", "permalink": LINK, "version": 42,
        "names": {
            "1001": ("工业用地", "Industrial"), "min_area_m2": ("最小面积 ㎡", "Least area m²"),
        },
    }  # fmt: skip
    return Cover(**{**said, **more})


def png(width: int, height: int) -> bytes:
    """A picture of two colours, written by hand."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    half = b"\xdc\xe8\xf0" * (width // 2) + b"\xf4\xf1\xe8" * (width - width // 2)
    rows = (b"\0" + half) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
    return start + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture(scope="session")
def fonts() -> FontBook:
    return FontBook(str(FONTS / "NotoSansSC-Regular.ttf"), str(FONTS / "NotoSansSC-Bold.ttf"))


@pytest.fixture(scope="session")
def make() -> Callable[..., Report]:
    """A report from the record above, some of it replaced."""

    def made(said: Any = None, **more: Any) -> Report:
        return report_of(record(**more), said or cover(), way(), {"road": "测量点位有争议"})

    return made


@pytest.fixture(scope="session")
def pictures() -> tuple[Picture, ...]:
    small = [Picture(png(304, 228), 76, f"永久基本农田 {i}", rule="farmland") for i in range(3)]
    return (Picture(png(624, 480), 156, "选址位置与涉及要素"), *small)
