"""Headings of the tables that commands print: which keys of a row, in which order."""

from collections.abc import Mapping

LAYERS: Mapping[str, str] = {
    "name": "图层",
    "title": "名称",
    "count": "数量",
    "grade": "可信程度",
    "measured_km2": "量算（km²）",
    "declared_km2": "公布（km²）",
    "length_km": "长度（km）",
    "version": "版本",
    "licence": "许可",
}
ENTITIES: Mapping[str, str] = {
    "id": "编号",
    "name": "名称",
    "kind": "类别",
    "placed": "落图",
    "grade": "可信程度",
    "reason": "未落图原因",
    "clauses": "条款",
}
TARGETS: Mapping[str, str] = {
    "id": "编号",
    "subject": "目标",
    "op": "关系",
    "value_text": "值",
    "unit": "单位",
    "by": "期限",
    "baseline": "基数",
    "actual": "实际",
    "gap": "差距",
    "flags": "存疑",
}
CHECK: Mapping[str, str] = {
    "id": "编号",
    "says": "方案所说",
    "computed": "核算",
    "agrees": "结论",
    "note": "说明",
}
IDENTIFY: Mapping[str, str] = {
    "set": "图层",
    "id": "编号",
    "name": "名称",
    "grade": "可信程度",
    "area_m2": "面积（㎡）",
    "distance_m": "距离（米）",
    "clauses": "条款",
    "targets": "目标",
}
HISTORY: Mapping[str, str] = {
    "version": "版本",
    "at": "记录时间",
    "by": "经办",
    "reason": "原因",
    "document": "文号",
    "count": "数量",
    "source": "来源",
}
DIFF: Mapping[str, str] = {
    "id": "编号",
    "name": "名称",
    "change": "变化",
    "old_m2": "原面积（㎡）",
    "new_m2": "新面积（㎡）",
    "moved_m2": "变动面积（㎡）",
}
CLAUSES: Mapping[str, str] = {"id": "条款", "title": "内容", "entities": "实体", "targets": "目标"}
SEARCH: Mapping[str, str] = {
    "label": "名称",
    "why": "由来",
    "set": "图层",
    "id": "编号",
    "bounds": "范围",
}
EXPORT: Mapping[str, str] = {
    "set": "图层",
    "file": "文件",
    "features": "数量",
    "version": "版本",
    "edition": "版别",
}
KEPT: Mapping[str, str] = {"place": "位置", "version": "版本", "hash": "校验值"}
VERIFY: Mapping[str, str] = {"code": "代号", "severity": "程度", "message": "问题"}
INFO: Mapping[str, str] = {"name": "组件", "version": "版本"}
ISSUES: Mapping[str, str] = {
    "code": "代号",
    "severity": "程度",
    "row": "行",
    "field": "字段",
    "value": "值",
    "message": "问题",
}
RASTERS: Mapping[str, str] = {
    "name": "影像",
    "title": "名称",
    "grade": "可信程度",
    "min": "最小",
    "max": "最大",
    "unit": "单位",
    "step_m": "格网（米）",
    "crs": "原坐标系",
    "licence": "许可",
    "version": "版本",
}
RESTORED_SET: Mapping[str, str] = {"set": "图层", "restored": "恢复自", "version": "版本"}
SUPPLY: Mapping[str, str] = {"id": "宗地", "status": "状态", "since": "自", "area_m2": "面积（㎡）"}
TOTALS: Mapping[str, str] = {
    "status": "状态",
    "count": "宗数",
    "blank": "面积未填",
    "area_m2": "面积（㎡）",
    "area_mu": "面积（亩）",
}
MOVED: Mapping[str, str] = {
    "id": "宗地",
    "from": "原状态",
    "to": "现状态",
    "on": "生效日",
    "version": "版本",
}
LINES: Mapping[str, str] = {"row": "行", "id": "宗地", "outcome": "结果", "issues": "说明"}
WRITTEN: Mapping[str, str] = {"file": "文件", "parcels": "宗数", "columns": "列数"}
CLOCKS: Mapping[str, str] = {
    "id": "宗地",
    "outcome": "判断",
    "flags": "预警",
    "area_share": "开工面积占比",
    "invest_share": "投资占比",
    "paused_days": "中止天数",
    "missing": "缺少",
}
UNSUPPLIED: Mapping[str, str] = {
    "batch": "批次",
    "year": "批准年份",
    "unit": "单元",
    "document": "批准文号",
    "approved_ha": "报批面积",
    "supplied_ha": "已供面积",
    "unsupplied_ha": "未供面积",
    "plots": "批准宗数",
    "parcels": "供应宗数",
}
PLAN: Mapping[str, str] = {
    "use": "用途",
    "plan_m2": "计划",
    "actual_m2": "实际",
    "deviation_m2": "偏差",
    "pct": "偏差%",
}
DEMO: Mapping[str, str] = {"place": "存储", "parcels": "示例宗地", "version": "版本"}
PROJECTS: Mapping[str, str] = {
    "id": "编号",
    "name": "名称",
    "lead": "牵头单位",
    "colour": "颜色",
    "step": "当前节点",
    "due": "期限",
    "latest": "最近资料",
}
SCORE: Mapping[str, str] = {
    "unit": "单位",
    "name": "项",
    "count": "数量",
    "weight": "权重",
    "points": "得分",
    "total": "合计",
}
ACCOUNT: Mapping[str, str] = {
    "opening": "期初",
    "added": "增补",
    "left": "退出",
    "closing": "期末",
    "adjusted": "调整",
}
FINDINGS: Mapping[str, str] = {
    "title": "规则",
    "answer": "结论",
    "severity": "程度",
    "overlap_m2": "压占（㎡）",
    "share_pct": "占比%",
    "distance_m": "距离（米）",
    "basis": "依据",
}
DEMANDS: Mapping[str, str] = {
    "year": "年份",
    "name": "用途",
    "code": "代码",
    "clause": "条款",
    "asked_mu": "需求（亩）",
    "got_mu": "配置（亩）",
    "short_mu": "尚缺（亩）",
}
REASONS: Mapping[str, str] = {"text": "说明"}
FLOW: Mapping[str, str] = {"from": "从", "to": "到", "mu": "亩"}
INDICATORS: Mapping[str, str] = {"title": "指标", "unit": "单位", "a": "A", "b": "B"}
SCENARIOS: Mapping[str, str] = {
    "id": "编号",
    "name": "名称",
    "state": "状态",
    "gap_pct": "差距%",
    "parent": "来自",
    "by": "经办",
    "approved": "批准年份",
}
PICTURE: Mapping[str, str] = {
    "file": "文件",
    "pages": "页数",
    "scale": "比例尺 1:",
    "snapshot": "会议",
    "version": "版本",
    "as_of": "数据日期",
    "edition": "版别",
}
MEETINGS: Mapping[str, str] = {
    "number": "次",
    "title": "会议",
    "held": "日期",
    "as_of": "数据日期",
    "version": "版本",
    "previous": "对照",
    "by": "经办",
}
MOVES: Mapping[str, str] = {
    "kind": "变化",
    "set": "图层",
    "id": "编号",
    "name": "名称",
    "before": "上次",
    "after": "本次",
    "day": "日期",
}
PAPERS: Mapping[str, str] = {
    "file": "文件",
    "snapshot": "会议",
    "version": "版本",
    "edition": "版别",
    "slides": "页数",
    "bytes": "字节",
}
PEOPLE: Mapping[str, str] = {
    "id": "登录名",
    "name": "姓名",
    "roles": "角色",
    "units": "镇街",
    "clearance": "密级",
    "password": "有口令",
    "must_change": "须改口令",
    "disabled": "停用",
}
AUDIT: Mapping[str, str] = {
    "number": "序号",
    "at": "时间",
    "by": "人员",
    "address": "来源",
    "subject": "对象",
    "verb": "动作",
}
