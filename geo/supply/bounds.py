"""What must hold between the fields of one parcel: ends of ranges, longest terms, realm and use."""

from collections.abc import Iterator
from datetime import date

from geo.supply.rules import Rules
from geo.supply.values import Field, Parcel, Range, Value

Broken = tuple[str, str, str]  # code, what is wrong, key of the field
_SPELLED = 1e-5  # programs write a mu as 666.67, 666.66667 or 2000/3 m²


def broken(parcel: Parcel, rules: Rules) -> Iterator[Broken]:
    """Every fault between the fields of a parcel."""
    for pair in rules.ranges:
        yield from _range(parcel, pair, rules)
    yield from _term(parcel, rules)
    yield from _realm(parcel, rules)


def _range(parcel: Parcel, pair: Range, rules: Rules) -> Iterator[Broken]:
    low, high = parcel.fields.get(pair.low), parcel.fields.get(pair.high)
    if low is None or high is None:
        return
    least, most = rules.fields[pair.low], rules.fields[pair.high]
    if _above(low, high, least):
        said = f"{least.name} {_told(low)} 大于{most.name} {_told(high)}，请核对"
        yield "RANGE", said.replace("大于", "晚于") if isinstance(low, date) else said, pair.low
    ends = (parcel.fields.get(key, True) for key in (pair.low_in, pair.high_in))
    if low == high and not all(ends) and pair.low_in:
        said = f"{least.name}与{most.name}同为 {_told(low)}，又不含本数，没有可用的值，请核对"
        yield "RANGE", said, pair.low


def _above(low: Value, high: Value, field: Field) -> bool:
    if isinstance(low, date) and isinstance(high, date):
        return low > high
    if isinstance(low, int | float) and isinstance(high, int | float):
        slack = _SPELLED if len(field.units) > 1 else 0.0
        return low > high * (1 + slack)
    return False


def _told(value: Value) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _term(parcel: Parcel, rules: Rules) -> Iterator[Broken]:
    years, use = parcel.fields.get("years"), parcel.fields.get("use")
    method = rules.methods.get(str(parcel.fields.get("method", "")))
    if not isinstance(years, int):
        return
    if method is not None and method.termless:
        yield "YEARS", f"{method.name}土地不定年限，请清空使用年限 {years} 年", "years"
        return
    term = rules.term(use) if isinstance(use, str) else None
    bound = method is None or method.limited
    if term is not None and bound and years > term.years:
        said = (
            f"使用年限 {years} 年超过{term.name}的最高年限 {term.years} 年（{term.basis}），请核对"
        )
        yield "YEARS", said, "years"


def _realm(parcel: Parcel, rules: Rules) -> Iterator[Broken]:
    use = parcel.fields.get("use")
    if not isinstance(use, str):
        return
    realms = {rules.realm_of(code) for code in use.split("/")}
    if realms != {str(parcel.realm)}:
        name = rules.realm_names[str(parcel.realm)][0]
        yield "REALM", f"用途 {use} 不是{name}的用途，请核对用途和地海", "use"
