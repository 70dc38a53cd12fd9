"""Documents of a site check: PDF, Word and Excel from one record, with no browser.

`report_of` takes the record of a check; `pdf`, `docx` and `xlsx` give the bytes of files, the
same each run. PDF and Word are set from the same blocks (see `layers.report.blocks`).
"""

from collections.abc import Sequence

from layers.picture.values import FontBook
from layers.report import office, paper
from layers.report.book import xlsx
from layers.report.document import document
from layers.report.record import report_of
from layers.report.values import Alternative, Cover, Cut, Picture, Report, Step, Way


def pdf(
    report: Report, fonts: FontBook, pictures: Sequence[Picture] = (), *, english: bool = False
) -> bytes:
    """The report as PDF/A-2a and PDF/UA-1, A4, fonts embedded.

    Raises `DataError` REPORT_PICTURE where a map is no picture or wider than 156 mm, and
    `SettingError` FONT_MISSING.
    """
    return paper.rendered(document(report, pictures, english), fonts)


def docx(report: Report, pictures: Sequence[Picture] = (), *, english: bool = False) -> bytes:
    """The report as a Word file in the layout of official documents (GB/T 9704-2012).

    Fonts are named, not embedded. Raises `DataError` REPORT_PICTURE.
    """
    return office.rendered(document(report, pictures, english))


__all__ = [
    "Alternative",
    "Cover",
    "Cut",
    "Picture",
    "Report",
    "Step",
    "Way",
    "docx",
    "pdf",
    "report_of",
    "xlsx",
]
