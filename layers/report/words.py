"""What a document says of itself, Chinese and English."""

from collections.abc import Mapping

from layers import words
from layers.report.blocks import Tone
from layers.words import SECRECIES, bracketed, listed, told

__all__ = [
    "ANSWERS",
    "CERTAINTY",
    "NEAR",
    "REASONS",
    "SECRECIES",
    "SEVERITIES",
    "STATES",
    "VARIANTS",
    "VERDICTS",
    "WORDS",
    "bracketed",
    "listed",
    "told",
    "word",
]

WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("选址核查报告", "Site Check Report"),
    "number": ("编号", "No."),
    "made": ("出具日期", "Made on"),
    "asker": ("申请方", "Asked by"),
    "office": ("出具单位", "Office"),
    "as_of": ("核查基准日", "Law as of"),
    "secrecy": ("密级", "Secrecy"),
    "example": ("示例数据", "SAMPLE DATA"),
    "water": ("示例", "SAMPLE"),
    "sketch": ("含示意资料", "Rests in part on sketches"),
    "page": ("第 {page} 页 共 {pages} 页", "Page {page} of {pages}"),
    "version": ("数据版本", "Data version"),
    "verdict": ("核查结论", "Verdict"),
    "answer": ("核查结论与理由", "Verdict and reasons"),
    "reasons": ("结论的理由", "Reasons of the verdict"),
    "effect": ("影响", "Effect"),
    "reason": ("理由", "Reason"),
    "which": ("规则与数量", "Rules and amounts"),
    "rests": ("依据与资料", "Law and source"),
    "more": ("其余 {count} 条规则", "{count} more rules"),
    "summary": (
        "共核查 {count} 条规则：涉及 {hit} 条（禁止 {ban}、限制 {limit}、提示 {note}），"
        "不涉及 {clear} 条，无数据 {none} 条，查询失败 {failed} 条。",
        "{count} rules were asked: {hit} affect the site ({ban} prohibiting, {limit} restricting,"
        " {note} notes), {clear} are clear of it, {none} lack data, {failed} failed.",
    ),
    "weakest": (
        "所依据资料的可信程度最低为“{grade}”，结论不优于最弱的依据。",
        'The weakest evidence is of the grade "{grade}"; the verdict is no better than that.',
    ),
    "asked": ("选址概况", "The site"),
    "site": ("选址名称", "Site"),
    "id": ("选址编号", "Site id"),
    "use": ("拟用途", "Proposed use"),
    "unsaid": ("未填", "not said"),
    "variant": ("核查图形", "Outline"),
    "area": ("椭球面积", "Ellipsoid area"),
    "plane": ("平面面积", "Plane area"),
    "registered": ("登记面积", "Registered area"),
    "gap": ("图形与登记之差", "Measured against registered"),
    "unregistered": ("未登记", "none on record"),
    "grade": ("可信程度", "Grade of evidence"),
    "findings": ("逐条核查结果", "Findings, rule by rule"),
    "no": ("序", "#"),
    "rule": ("规则与依据", "Rule and law"),
    "said": ("答复", "Answer"),
    "amount": ("涉及数量", "Amount"),
    "detail": ("要素、资料与说明", "Features, source, remarks"),
    "band": ("{answer}（{count} 条）", "{answer} ({count})"),
    "of_site": ("占选址 {share}", "{share} of the site"),
    "long": ("长度 {length}", "{length} long"),
    "far": ("距离 {length}", "{length} away"),
    "limit": ("要求不小于 {length}", "at least {length} asked"),
    "features": ("要素", "Features"),
    "pending": ("尚未生效的要素", "Not yet in force"),
    "and_more": ("另有 {count} 个，见数据文件", "{count} more, see the data file"),
    "source": ("资料", "Source"),
    "since": ("版本 {since}", "version {since}"),
    "in_charge": ("主管单位", "In charge"),
    "not_filled": ("未填写", "not filled in"),
    "issued": ("{day} 发布", "issued {day}"),
    "notes": ("说明", "Remarks"),
    "state": ("效力", "State"),
    "todo": ("处置", "To do"),
    "dispute": ("异议（不改变答复）", "Dispute (the answer stands)"),
    "maps": ("涉及位置图", "Where the rules are hit"),
    "figure": ("图 {number}", "Figure {number}"),
    "near": ("临近与细碎重叠", "Near misses and slivers"),
    "near_told": (
        "下列要素与选址的重叠或距离在容差、限值余量或资料误差以内，未计为涉及，须现场核实。",
        "What follows lies within a tolerance, a margin or the source's error: not counted as "
        "affecting the site, to be checked on the ground.",
    ),
    "near_none": ("没有临近或细碎重叠的要素。", "There are none."),
    "feature": ("要素", "Feature"),
    "why": ("原因", "Why"),
    "tolerance": ("容差", "Tolerance"),
    "way": ("改进途径", "The way forward"),
    "net": ("净可用面积", "Net usable land"),
    "net_told": (
        "选址面积 {total}，扣除受限部分后净可用面积 {net}。按优先次序计算，同一土地只扣一次。",
        "Of {total}, {net} remain after restrictions, taken in order of priority and once only.",
    ),
    "new": ("新增涉及", "Newly concerned"),
    "usable": ("可用比例", "Usable"),
    "lost": ("扣除", "Taken"),
    "left": ("余下", "Left"),
    "not_said": ("未设定，不扣除", "not set, nothing taken"),
    "cuts": ("为消除冲突最少须调整的范围", "The least to give up for each conflict"),
    "cut_of": ("消除的冲突", "Conflict removed"),
    "cut_left": ("调整后面积", "Area left"),
    "cut_lost": ("减少", "Given up"),
    "cut_behind": ("余留零碎", "Scraps left"),
    "cut_gone": ("没有可用部分", "nothing left"),
    "elsewhere": ("可替代的地块", "Parcels that would do instead"),
    "parcel": ("地块", "Parcel"),
    "size": ("面积", "Area"),
    "away": ("距本选址", "Distance"),
    "limits": ("限制", "Restrictions"),
    "unanswered": ("待核实", "Open"),
    "terms": ("声明", "Terms"),
    "tolerances": ("容差、办公室参数与未适用规则", "Tolerances, settings, rules left out"),
    "tolerances_told": (
        "重叠面积或宽度不大于容差的不计为涉及，在“临近与细碎重叠”中单列。",
        "Overlaps no larger or wider than the tolerance are not counted but listed apart.",
    ),
    "sliver_m2": ("面积容差", "Area"),
    "sliver_m": ("宽度容差", "Width"),
    "settings": ("办公室参数", "Settings of the office"),
    "settings_none": ("办公室未设定参数。", "The office has set none."),
    "left_out": ("未适用的规则", "Rules left out"),
    "method": ("方法与术语", "Method and glossary"),
    "proof": ("数据版本与校验", "Data versions and proof"),
    "set": ("各图层版本", "Sets"),
    "absent": ("无数据", "no data"),
    "rules_hash": ("规则摘要", "Digest of rules"),
    "code_hash": ("程序摘要", "Digest of code"),
    "inputs_hash": ("输入摘要", "Digest of inputs"),
    "scan": (
        "扫码或打开下列地址，可查看并重新核查",
        "Scan or open to see and run this check again",
    ),
    "hash_told": (
        "三项摘要（SHA-256）都相同的核查，答复相同；再次核查结果不同时，据此查明是资料、规则还是程序变了。",
        "Checks with the same three digests (SHA-256) give the same answer; where a later one "
        "differs, they tell whether data, rules or code changed.",
    ),
    "annex": ("附件 {number}", "Annex {number}"),
}
VERDICTS: Mapping[str, tuple[str, str, Tone, str]] = {  # Chinese, English, tone, sign
    "可用": ("可用", "Usable", Tone.GOOD, "√"),
    "有条件可用": ("有条件可用", "Usable on conditions", Tone.WARN, "△"),
    "无法判定": ("无法判定", "Cannot be decided", Tone.OPEN, "?"),
    "不可用": ("不可用", "Not usable", Tone.BAD, "×"),
}
ANSWERS: Mapping[str, tuple[str, str]] = {  # in the order they are told
    "涉及": ("涉及", "Affected"),
    "查询失败": ("查询失败", "Failed"),
    "无数据": ("无数据", "No data"),
    "不涉及": ("不涉及", "Clear"),
}
SEVERITIES: Mapping[str, tuple[str, str, Tone]] = {
    "禁止": ("禁止", "Prohibits", Tone.BAD),
    "限制": ("限制", "Restricts", Tone.WARN),
    "提示": ("提示", "Note", Tone.PLAIN),
}
STATES: Mapping[str, tuple[str, str]] = {
    "现行": ("现行", "in force"),
    "报批中": ("报批中", "being approved or revised"),
    "已废止": ("已废止", "repealed"),
}
CERTAINTY: Mapping[str, tuple[str, str]] = {
    "verified": ("条文已核对", "article read"),
    "part": ("条文部分核对", "article read in part"),
    "unverified": ("条文未核对", "article not read"),
    "none": ("无法定条文", "no article of law"),
}
REASONS: Mapping[str, tuple[str, str]] = {
    "BAN": ("触及禁止性规则", "Meets a prohibition"),
    "BAN_SKETCH": (
        "触及禁止性规则，但只有示意界线，不足以认定",
        "Meets a prohibition, but on sketches alone: no proof",
    ),
    "LIMIT": ("触及限制性规则", "Meets a restriction"),
    "NOTED": ("有提示事项", "Meets a note"),
    "UNKNOWN": ("没有资料或查询失败，不能判定", "No data or a failure: no answer"),
    "UNKNOWN_NOTE": ("提示性规则没有资料或查询失败", "No data or a failure of a mere note"),
    "NOT_YET": ("涉及已公布、尚未生效的规定", "Meets what is announced, not in force"),
    "NEAR": ("临近或有细碎重叠，须核实", "A near miss or sliver, to be checked"),
    "SKETCH": ("依据的界线为示意", "Rests on sketches"),
}
NEAR: Mapping[str, tuple[str, str]] = {
    "sliver": ("细碎重叠", "sliver"),
    "margin": ("略大于限值", "just beyond the limit"),
    "error": ("在资料误差以内", "within the source's error"),
}
VARIANTS: Mapping[str, tuple[str, str]] = {
    "drawn": ("绘制图形", "as drawn"),
    "registered": ("登记图形", "as registered"),
}


def word(key: str, english: bool, **values: object) -> str:
    """One of our words, its places filled."""
    return words.word(WORDS, key, english, **values)
