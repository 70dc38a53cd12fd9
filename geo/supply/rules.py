"""The policy of the ledger, read from ``supply.toml`` and ``parcel_fields.csv`` and checked once.

The program knows no stage, way of supply or term by name: all of it is in these tables.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from geo.errors import DataError, Issue
from geo.supply import tables
from geo.supply.values import Field, Method, Move, Range, Status, Term, Tolerance


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything the ledger may hold and do.

    Parameters
    ----------
    statuses, fields, methods
        By id or key, in the order of the screens.
    moves
        Every allowed step by (start, end).
    terms, ranges
        Longest terms by use; pairs of fields that keep an order.
    uses, realms
        Codes of land and sea use; for each realm the first-level codes it may have.
    entry, unique
        Keys without which no parcel is entered; keys whose values no two live parcels share.
    papers
        Verbs that need the number of a document.
    causes, pausable
        Causes for which a clock may stand still (id to names), and the statuses it may do so in.
    spellings
        Units as files write them, and as we do.
    """

    statuses: Mapping[str, Status]
    moves: Mapping[tuple[str, str], Move]
    methods: Mapping[str, Method]
    fields: Mapping[str, Field]
    terms: tuple[Term, ...]
    ranges: tuple[Range, ...]
    uses: Mapping[str, str]
    realms: Mapping[str, tuple[str, ...]]
    realm_names: Mapping[str, tuple[str, str]]
    entry: tuple[str, ...]
    unique: tuple[str, ...]
    papers: frozenset[str]
    causes: Mapping[str, tuple[str, str]]
    pausable: frozenset[str]
    tolerance: Tolerance
    spellings: Mapping[str, str]

    def allowed(self, status: str) -> tuple[Move, ...]:
        """Every move from a status, in the order of the table."""
        return tuple(move for (start, _), move in self.moves.items() if start == status)

    def move(self, start: str, end: str) -> Move | None:
        """The move from one status to another; None where the rules know none."""
        return self.moves.get((start, end))

    def name(self, status: str) -> str:
        """Chinese name of a status; its id where the rules do not know it."""
        known = self.statuses.get(status)
        return known.name if known else status

    def field(self, key: str) -> Field:
        """One column; raises `DataError` FIELD_UNKNOWN."""
        found = self.fields.get(key)
        if found is None:
            raise DataError(f"台账没有字段 {key}，请核对字段名", "FIELD_UNKNOWN")
        return found

    def term(self, use: str) -> Term | None:
        """The longest term that binds a use, mixed uses (`0701/0901`) included.

        None where none is known to us: for sea use.
        """
        groups = list(dict.fromkeys(self._group(code) for code in use.split("/")))
        if len(groups) < 2:
            return groups[0] if groups else None
        return next((term for term in self.terms if term.mixed), None)

    def _group(self, code: str) -> Term | None:
        fits = [
            (len(start), term)
            for term in self.terms
            for start in term.uses
            if code.startswith(start)
        ]
        return max(fits, key=lambda fit: fit[0])[1] if fits else None

    def realm_of(self, use: str) -> str:
        """Realm of a use: of its first code; empty where no realm has it."""
        return next((name for name, uses in self.realms.items() if use[:2] in uses), "")


def read(folder: Path) -> Rules:
    """Read the policy from the folder of rules.

    Raises `DataError` RULES_FILE if a table is missing or cannot be read, RULES with every
    fault if the tables contradict one another.
    """
    given = tables.parsed(folder / "supply.toml")
    fields = tables.fields(folder / "parcel_fields.csv")
    rules = Rules(
        statuses=tables.statuses(given),
        moves=tables.moves(given, fields),
        methods=tables.methods(given),
        fields=fields,
        terms=tables.terms(given),
        ranges=tables.ranges(given),
        uses=tables.uses(folder / "ydyh_2023.csv"),
        realms=tables.realms(given),
        realm_names=tables.named(given["realm"]),
        entry=tables.listed(given, "entry", "needs"),
        unique=tables.listed(given, "entry", "unique"),
        papers=frozenset(tables.listed(given, "paper", "verbs")),
        causes=tables.named(tables.part(given["pause"], "causes", "pause")),
        pausable=frozenset(tables.listed(given, "pause", "during")),
        tolerance=tables.tolerance(given),
        spellings=given["unit"],
    )
    issues = [Issue("RULES", message) for message in _contradictions(rules)]
    if issues:
        raise DataError(f"供地规则有 {len(issues)} 处错误：{issues[0].message}", "RULES", issues)
    return rules


def _contradictions(rules: Rules) -> Iterator[str]:
    """What one table says that another does not know."""
    yield from _unknown(
        "moves 的阶段", {one for pair in rules.moves for one in pair}, rules.statuses
    )
    yield from _unknown("pause.during 的阶段", rules.pausable, rules.statuses)
    for move in rules.moves.values():
        yield from _unknown(f"变动 {move.id} 的 needs", move.needs, rules.fields)
        yield from _unknown(f"变动 {move.id} 的 clears", move.clears, rules.fields)
        yield from _unknown(f"变动 {move.id} 的 methods", move.methods, rules.methods)
    for method in rules.methods.values():
        yield from _unknown(f"供地方式 {method.id} 的 needs", method.needs, rules.fields)
    for term in rules.terms:
        yield from _unknown(f"年限 {term.id} 的 uses", term.uses, rules.uses)
    for pair in rules.ranges:
        named = [key for key in (pair.low, pair.high, pair.low_in, pair.high_in) if key]
        yield from _unknown("range 的字段", named, rules.fields)
    for name, codes in rules.realms.items():
        yield from _unknown(f"realm.{name} 的 uses", codes, rules.uses)
    yield from _unknown("entry 的字段", (*rules.entry, *rules.unique), rules.fields)
    yield from _dead_ends(rules)


def _unknown(where: str, used: object, known: Mapping[str, object]) -> Iterator[str]:
    missing = [str(one) for one in used if one not in known] if isinstance(used, _MANY) else []
    if missing:
        yield f"{where}中有未定义的 {'、'.join(sorted(missing))}，请改正"


_MANY = (set, frozenset, tuple, list)


def _dead_ends(rules: Rules) -> Iterator[str]:
    """Stages from which nothing can follow, or into which nothing leads."""
    starts, ends = {start for start, _ in rules.moves}, {end for _, end in rules.moves}
    for status in rules.statuses.values():
        if status.id not in starts:
            yield f"阶段 {status.name} 没有可转出的变动，请补充"
        if status.id not in ends:
            yield f"阶段 {status.name} 没有可转入的变动，请补充"
