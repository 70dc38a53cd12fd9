"""What slides say by themselves: a table in both languages, ``meeting.toml``."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import DataError
from geo.meeting.values import Text


@dataclass(frozen=True, slots=True)
class Words:
    """Words by key; letters of kinds of change; inks of charts, #RRGGBB; offices in English."""

    texts: Mapping[str, Text]
    letters: Mapping[str, str]
    inks: Mapping[str, str]
    offices: Mapping[str, str]

    def say(self, key: str, **said: Any) -> Text:
        """A text with what it leaves open filled in; a `Text` is filled in by language.

        Raises `DataError` MEETING_WORDS for a key that the table lacks.
        """
        found = self.texts.get(key)
        if found is None:
            raise DataError(f"meeting.toml 中没有“{key}”，请补上中英文", "MEETING_WORDS")
        zh = {name: one.zh if isinstance(one, Text) else one for name, one in said.items()}
        en = {name: _english(one) for name, one in said.items()}
        return Text(found.zh.format(**zh), found.en.format(**en))

    def office(self, name: str) -> Text:
        """A unit by its Chinese name; said to be not named where that is empty."""
        return Text(name, self.offices.get(name, "")) if name else self.say("unnamed")

    def joined(self, texts: Iterable[Text]) -> Text:
        """Several texts as one."""
        many, mark = list(texts), self.say("join")
        english = mark.en.join(str(_english(one)) for one in many)
        return Text(mark.zh.join(one.zh for one in many), english)


def _english(one: Any) -> Any:
    return (one.en or one.zh) if isinstance(one, Text) else one


def read(rules: Path) -> Words:
    """Read ``meeting.toml`` of a folder; raises `DataError` MEETING_WORDS."""
    path = rules / "meeting.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DataError("缺少文件 meeting.toml，请重新安装", "MEETING_WORDS") from error
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"meeting.toml 格式有误：{error}", "MEETING_WORDS") from error
    plain = ({str(key): str(one) for key, one in table.get(name, {}).items()} for name in _PLAIN)
    return Words({key: _text(key, one) for key, one in table.get("words", {}).items()}, *plain)


_PLAIN = ("letters", "inks", "offices")


def _text(key: str, pair: object) -> Text:
    if isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, str) for one in pair):
        return Text(*pair)
    raise DataError(f"meeting.toml 的“{key}”应为中文、英文两段文字", "MEETING_WORDS")
