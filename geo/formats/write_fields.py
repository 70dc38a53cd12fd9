"""Names of fields as offices read them: Chinese headings, and short ones for shapefiles."""

from collections.abc import Iterable, Mapping

HEADINGS: Mapping[str, str] = {
    "id": "编号",
    "name": "名称",
    "name_en": "英文名称",
    "kind": "类别",
    "kind_en": "英文类别",
    "grade": "可信等级",
    "error_m": "误差米",
    "declared_m2": "公布面积",
    "declared_m": "公布长度",
    "basis": "依据",
    "basis_en": "英文依据",
    "rank": "标注级别",
    "parent": "上级编号",
    "set": "图层",
    "source": "来源",
    "licence": "许可",
}
MEANING: Mapping[str, str] = {
    "grade": "official 法定、surveyed 实测、traced 描绘、schematic 示意",
    "error_m": "位置误差，米",
    "declared_m2": "来源公布的面积，平方米",
    "declared_m": "来源公布的长度，米",
    "rank": "1 最先标注，5 最后",
}
BYTES = 10  # of a field name in a .dbf: five Chinese characters
ENCODING = "gb18030"


def short_names(columns: Iterable[str]) -> dict[str, str]:
    """Names of at most ten bytes, no two the same in any case; ours keep their Chinese word."""
    names = list(columns)
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(names, key=lambda c: c not in HEADINGS):
        word = "_".join(HEADINGS.get(name, name).split()) or "字段"
        short, number = cut(word, BYTES), 1
        while short.casefold() in taken:
            number += 1
            short = cut(word, BYTES - len(str(number))) + str(number)
        taken.add(short.casefold())
        found[name] = short
    return {name: found[name] for name in names}


def headings(columns: Iterable[str]) -> dict[str, str]:
    """Chinese headings, each once; a field we do not know keeps its own name."""
    found: dict[str, str] = {}
    for name in sorted(names := list(columns), key=lambda c: c not in HEADINGS):
        heading = HEADINGS.get(name, name)
        while heading in found.values():
            heading += "_"
        found[name] = heading
    return {name: found[name] for name in names}


def cut(text: str, size: int) -> str:
    """The longest beginning of a text of at most `size` bytes, no character cut in two."""
    return text.encode(ENCODING)[:size].decode(ENCODING, "ignore")
