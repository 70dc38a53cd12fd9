"""A meeting's record, as it is kept and sent, made into the brief that writers take.

A record mirrors `layers.brief.values` field by field as plain JSON values, but that classes of a
colouring name their `look` in place of an ink. A record that does not hold together is refused
whole, with every fault.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from geo.errors import DataError, Issue
from geo.model import Boundaries
from layers.brief import faults
from layers.brief.ink import ink
from layers.brief.values import Brief, Colouring, Occasion, Slide, Text, Tone

_NOTHING = Text()
_TOLD = 3  # faults named in the message itself; all are in its issues


@dataclass(frozen=True, slots=True)
class _Tone:
    key: str
    title: Text
    look: str
    letter: str = ""
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class _Colouring:
    key: str
    set: str
    title: Text
    tones: tuple[_Tone, ...]
    codes: tuple[int | None, ...]
    day: date | None = None
    note: Text = _NOTHING


@dataclass(frozen=True, slots=True)
class _Record:
    occasion: Occasion
    slides: tuple[Slide, ...]
    sets: tuple[str, ...]
    colourings: Mapping[str, _Colouring] = field(default_factory=dict)
    names: Mapping[str, Text] = field(default_factory=dict)
    secrecy: str = ""
    public: bool = False
    example: bool = False
    maker: str = ""
    approval: str = ""
    base_url: str = ""


_RECORD: TypeAdapter[_Record] = TypeAdapter(_Record)


def brief_of(record: Mapping[str, Any], sets: Mapping[str, Boundaries]) -> Brief:
    """The brief of a record and the sets it names.

    Raises `DataError` BRIEF_RECORD with every field that is missing, unknown or wrong, and with
    everything that points to nothing: sets, colourings, features, columns.
    """
    try:
        read = _RECORD.validate_python(record)
    except ValidationError as error:
        raise _refused([_issue(fault) for fault in error.errors()]) from error
    strays = list(_strays(record, _RECORD.dump_python(read, mode="json"), ""))
    if strays:
        raise _refused(strays)
    missing = [_lost("sets", f"缺少图层 {name} 的图形", name) for name in read.sets
               if name not in sets]  # fmt: skip
    inks, wrong = _coloured(read)
    if missing or wrong:
        raise _refused([*missing, *wrong])
    made = Brief(**{
        **{one.name: getattr(read, one.name) for one in fields(read)},
        "sets": {name: sets[name] for name in read.sets},
        "colourings": inks,
    })  # fmt: skip
    found = list(faults.faults(made))
    if found:
        raise _refused(found)
    return made


def _coloured(read: _Record) -> tuple[dict[str, Colouring], list[Issue]]:
    """Colourings with the inks that their looks name."""
    out, wrong = dict[str, Colouring](), list[Issue]()
    for key, one in read.colourings.items():
        tones = []
        for tone in one.tones:
            try:
                found = ink(tone.look, tone.key)
            except DataError as error:
                wrong.append(_lost(f"colourings.{key}", str(error), tone.look))
                continue
            tones.append(Tone(tone.key, tone.title, found, tone.letter, tone.symbol))
        out[key] = Colouring(
            one.key, one.set, one.title, tuple(tones), one.codes, one.day, one.note
        )
    return out, wrong


def _strays(given: Any, known: Any, where: str) -> Iterator[Issue]:
    """Keys of the record that no field is made of: most likely misspelt, so never left out."""
    if isinstance(given, Mapping) and isinstance(known, Mapping):
        for key, value in given.items():
            if key not in known:
                yield _lost(f"{where}{key}", "没有这个字段，请检查拼写", str(key))
            else:
                yield from _strays(value, known[key], f"{where}{key}.")
    elif isinstance(given, list | tuple) and isinstance(known, list):
        for i, (one, other) in enumerate(zip(given, known, strict=True)):
            yield from _strays(one, other, f"{where}{i}.")


def _issue(fault: Mapping[str, Any]) -> Issue:
    where = ".".join(map(str, fault["loc"]))
    value = str(fault.get("input", ""))[:80]
    return Issue("BRIEF_FIELD", f"{where}：{fault['msg']}", field=where, value=value)


def _lost(where: str, told: str, value: str) -> Issue:
    return Issue("BRIEF_FIELD", f"{where}：{told}", field=where, value=value)


def _refused(issues: list[Issue]) -> DataError:
    told = "；".join(one.message for one in issues[:_TOLD])
    text = f"汇报记录有 {len(issues)} 处错误：{told}。请重新生成汇报，或修改所列章节"
    return DataError(text, "BRIEF_RECORD", issues)
