"""Which parcels fit what the reader asks for."""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

COLUMNS: Mapping[str, str] = {
    "status": "status",
    "town": "unit",
    "park": "park",
    "realm": "realm",
    "method": "method",
}


def fitting(
    table: pd.DataFrame,
    asked: Mapping[str, Sequence[str]],
    text: str = "",
    ids: Collection[str] | None = None,
) -> pd.DataFrame:
    """Rows that fit every filter that is set; `ids` keeps these parcels only.

    Within a filter one of its values is enough; every word of the text must be found.
    """
    keep = pd.Series(data=True, index=table.index)
    for key, column in COLUMNS.items():
        if asked.get(key):
            keep &= table[column].isin(asked[key])
    if asked.get("use"):
        keep &= table["use"].map(lambda code: bool(set(classes(code)) & set(asked["use"])))
    if asked.get("alert"):
        keep &= table["flags"].map(lambda flags: bool(set(flags) & set(asked["alert"])))
    for word in text.casefold().split():
        keep &= table["text"].str.contains(word, regex=False)
    if ids is not None:
        keep &= table["id"].isin(list(ids))
    return table[keep]


def classes(code: object) -> list[str]:
    """First-level classes of a use, several where it is mixed; none where it is not known."""
    return sorted({part[:2] for part in code.split("/")}) if isinstance(code, str) else []


def options(table: pd.DataFrame, key: str) -> dict[str, int]:
    """Values that a filter can ask for, with how many parcels have each."""
    if key == "use":
        found = table["use"].map(classes).explode().dropna()
    elif key == "alert":
        found = table["flags"].map(list).explode().dropna()
    else:
        found = table[COLUMNS[key]].dropna()
    counts = found[found != ""].value_counts()
    return {str(value): int(count) for value, count in counts.items()}
