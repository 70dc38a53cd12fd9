"""What paper of a meeting says of itself, Chinese and English."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "coarse": (
        "公开版坐标已概化，不能用于量算。",
        "Shapes of the public edition are generalised and must not be measured.",
    ),
    "sample": (
        "本材料含程序生成的示例数据，只用于演示，不得作为任何依据。",
        "This paper holds generated sample data; it shows how things work and proves nothing.",
    ),
    "page": ("第 {page} 页 共 {pages} 页", "Page {page} of {pages}"),
    "again": ("（续）", "(continued)"),
    "now": ("现在", "now"),
    "each": ("各期状态", "State at each period"),
    "before_all": ("说明", "To begin with"),
    "about": ("关于{title}的汇报材料", "{title}: brief"),
    "figure": ("图 {number}", "Figure {number}"),
}


def word(key: str, english: bool, **values: object) -> str:
    """One of our words, its places filled."""
    return WORDS[key][english].format(**values)
