"""From findings to a verdict: one table, and never better than the worst input.

| code | finding | verdict at best |
|---|---|---|
| BAN | 涉及 of a 禁止 that binds, on at least one shape better than schematic | 不可用 |
| BAN_SKETCH | the same, but on schematic shapes alone: a sketch proves nothing | 无法判定 |
| LIMIT | 涉及 of a 限制 that binds | 有条件可用 |
| NOTED | 涉及 of a 提示 | 可用 |
| UNKNOWN | 无数据 or 查询失败 of a 禁止 or 限制 | 无法判定 |
| UNKNOWN_NOTE | 无数据 or 查询失败 of a 提示 | 有条件可用 |
| NOT_YET | 涉及 of a rule or feature that is announced, not in force | 有条件可用 |
| NEAR | a near miss by sliver, margin or the source's error of a 禁止 or 限制 | 有条件可用 |
| SKETCH | any answer that rests on schematic shapes | 有条件可用 |
| CLEAR | everything else | 可用 |

The verdict is the worst of all rows: 不可用, 无法判定, 有条件可用, 可用. A rule that is repealed
on the day says 不涉及. Hits are judged on proof: the best grade among the features hit.
"""

from collections.abc import Iterator, Sequence

from geo.model import Grade
from geo.site.values import Answer, Finding, Reason, Severity, Verdict

_BEST = {
    "BAN": Verdict.UNUSABLE,
    "BAN_SKETCH": Verdict.UNKNOWN,
    "LIMIT": Verdict.CONDITIONAL,
    "NOTED": Verdict.USABLE,
    "UNKNOWN": Verdict.UNKNOWN,
    "UNKNOWN_NOTE": Verdict.CONDITIONAL,
    "NOT_YET": Verdict.CONDITIONAL,
    "NEAR": Verdict.CONDITIONAL,
    "SKETCH": Verdict.CONDITIONAL,
}


def judge(findings: Sequence[Finding]) -> tuple[Verdict, tuple[Reason, ...]]:
    """The verdict and all its reasons, the gravest first."""
    reasons = [
        Reason(_BEST[code], code, found)
        for found in findings
        for code in dict.fromkeys(_rows(found))
    ]
    reasons.sort(key=lambda reason: -reason.verdict.rank)
    verdict = max((reason.verdict for reason in reasons), key=lambda one: one.rank, default=None)
    if verdict is None:
        verdict = Verdict.USABLE if findings else Verdict.UNKNOWN
    return verdict, tuple(reasons)


def _rows(found: Finding) -> Iterator[str]:
    """Rows of the table that a finding falls in."""
    strict = found.severity is not Severity.NOTE
    if found.answer in (Answer.NO_DATA, Answer.FAILED):
        yield "UNKNOWN" if strict else "UNKNOWN_NOTE"
    elif found.answer is Answer.HIT:
        yield _hit(found)
    if found.pending:
        yield "NOT_YET"
    if found.near and strict:
        yield "NEAR"
    if found.grade is Grade.SCHEMATIC:
        yield "SKETCH"


def _hit(found: Finding) -> str:
    if not found.binding:
        return "NOT_YET"
    if found.severity is Severity.BAN:
        return "BAN_SKETCH" if found.proof is Grade.SCHEMATIC else "BAN"
    return "LIMIT" if found.severity is Severity.LIMIT else "NOTED"
