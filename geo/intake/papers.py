"""What stands behind a file must be in order before the file is kept."""

import unicodedata

from geo.errors import DataError
from geo.intake.values import Papers
from geo.model import SECRECY, Grade, Source


def source(papers: Papers, limit: str) -> Source:
    """The source that papers tell of; `limit` is the highest level of secrecy allowed here.

    Raises `DataError`: TITLE_MISSING, LICENCE_MISSING, DOCUMENT_MISSING, SECRECY_LEVEL,
    SECRECY_LIMIT.
    """
    if not papers.title.strip():
        raise DataError("请填写资料名称", "TITLE_MISSING")
    if not papers.licence.strip():
        raise DataError("请填写使用许可或使用范围，例如“内部使用”", "LICENCE_MISSING")
    if papers.grade is Grade.OFFICIAL and not (papers.document.strip() and papers.issued):
        raise DataError("法定资料须填写文号与发布日期", "DOCUMENT_MISSING")
    if papers.secrecy and papers.secrecy not in SECRECY:
        raise DataError(
            f"密级 {papers.secrecy} 不在 {'、'.join(SECRECY)} 之中，请改正", "SECRECY_LEVEL"
        )
    if papers.secrecy and SECRECY.index(papers.secrecy) > SECRECY.index(limit):
        raise DataError(
            f"密级“{papers.secrecy}”高于本系统允许的“{limit}”，不得导入，"
            "请在符合保密要求的设备上使用",
            "SECRECY_LIMIT",
        )
    return Source(
        title=papers.title,
        grade=papers.grade,
        licence=papers.licence,
        issued=papers.issued,
        error_m=papers.error_m,
        document=papers.document,
        note=papers.note,
        declared_m2=papers.declared_m2,
        issuer=papers.issuer,
        secrecy=papers.secrecy,
        covers=papers.covers,
    )


def said(by: str) -> None:
    """Raise `DataError` BY_MISSING unless somebody answers for it."""
    if not by.strip():
        raise DataError("请写明经办人", "BY_MISSING")


def shown(text: str) -> str:
    """A stranger's name for a file, layer or column as the log can keep it."""
    plain = "".join(one if unicodedata.category(one)[0] != "C" else "\ufffd" for one in text)
    return plain[-255:]
