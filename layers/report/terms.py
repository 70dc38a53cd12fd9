"""The fixed texts of a report: how it was worked out, its terms, and what it is not."""

METHOD: tuple[tuple[str, str], ...] = (
    (
        "界线按 CGCS2000 经纬度（EPSG:4490）存储；距离、缓冲和叠加在高斯-克吕格"
        "3 度带 41 带（EPSG:4550）上计算，面积在 CGCS2000 椭球上计算，长边先按 70 米截断。",
        "Boundaries are kept in CGCS2000 degrees (EPSG:4490); distances, buffers and overlays are "
        "taken in the 3-degree zone 41 (EPSG:4550), areas on the CGCS2000 ellipsoid with edges "
        "cut at 70 m.",
    ),
    (
        "每条规则给出涉及、不涉及、无数据、查询失败四种答复之一；结论取各条中最严的一项，不优于最弱的依据。",
        "Each rule answers affected, clear, no data or failed; the verdict is the strictest of "
        "all and no better than the weakest evidence.",
    ),
    (
        "所有数值只在书写时四舍五入一次；依据示意界线的数值前写“约”，只保留三位有效数字。",
        "Figures are rounded once, half up, when written; those that rest on sketches read "
        '"about" and keep three digits.',
    ),
)
GLOSSARY: tuple[tuple[tuple[str, str], tuple[str, str]], ...] = (
    (
        ("涉及／不涉及", "Affected / clear"),
        (
            "选址与规则所指要素相遇／已有资料且不相遇",
            "the site meets the rule's features / we hold the data and it does not",
        ),
    ),
    (
        ("无数据", "No data"),
        ("没有这项资料，不能当作没有限制", "we hold none; never read as free"),
    ),
    (("查询失败", "Failed"), ("资料没能读出", "a source could not be read")),
    (
        ("禁止／限制／提示", "Prohibits / restricts / note"),
        (
            "不得使用／满足条件或办理手续后可用／应当知悉",
            "must not be used / only on conditions or after a procedure / to be known",
        ),
    ),
    (
        ("法定、实测、描绘、示意", "Official, surveyed, traced, schematic"),
        (
            "界线可信程度由高到低：主管部门公布、实地测量、据引用的文图描绘、代替未公布的界线",
            "grades of evidence, best first: issued by the bureau, measured on the ground, drawn "
            "from a cited text or map, standing in for what nobody has published",
        ),
    ),
    (
        ("椭球面积", "Ellipsoid area"),
        (
            "CGCS2000 椭球面上的面积，与土地调查口径一致",
            "area on the CGCS2000 ellipsoid, as in the land survey",
        ),
    ),
    (
        ("平面面积", "Plane area"),
        (
            "高斯-克吕格投影平面（EPSG:4550）上的面积",
            "area in the plane of the projection (EPSG:4550)",
        ),
    ),
    (("亩", "Mu"), ("1 亩 = 2000/3 ㎡；15 亩 = 1 公顷", "1 mu = 2000/3 m²; 15 mu = 1 ha")),
    (
        ("报批中", "Being approved"),
        (
            "已公布尚未生效，或现行有效而正在修改",
            "announced and not yet in force, or in force and under revision",
        ),
    ),
    (
        ("摘要", "Digest"),
        ("内容的 SHA-256 值，内容变了它就变", "SHA-256 of content: changes when it does"),
    ),
)
TERMS: tuple[tuple[str, str], ...] = (
    (
        "本报告由程序按所列资料和规则核查得出，供选址研究使用，不是行政许可、规划条件或用地批准文件。",
        "This report was computed from the data and rules listed. It helps to choose a site; it "
        "is no permit, planning condition or approval of land use.",
    ),
    (
        "“无数据”“查询失败”不等于不涉及；资料补齐后应重新核查。",
        '"No data" and "failed" do not mean clear; check again once the data are complete.',
    ),
    (
        "示意界线不能用于认定权属、界址和管控范围；以主管部门公布的界线和实地测量成果为准。",
        "Schematic shapes prove neither title, boundary nor control area; lines issued by the "
        "competent bureau and surveys on the ground prevail.",
    ),
    (
        "条文以现行有效文本为准；标注“未核对”或“部分核对”的，使用前应查对原文。",
        "The text of the law in force prevails; articles marked as not read, or read in part, "
        "are to be looked up before use.",
    ),
)
EXAMPLE = (
    "本报告使用程序生成的示例数据，只用于演示，不得作为任何依据。",
    "This report rests on generated sample data; it shows how things work and proves nothing.",
)
CLOSED = (
    "本报告按所标密级管理，不得上传互联网或擅自复制、转发。",
    "Handle this report by its mark of secrecy; do not upload, copy or pass it on.",
)
