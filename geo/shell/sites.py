"""Site checks from a shell: ``check FILE``, and the archive of checks."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from geo import casework, site
from geo.casework import Asker
from geo.intake import Terms, Upload
from geo.shell import bring, heading, told
from geo.shell.bring import By, Json, Store
from geo.shell.supply import AsOf, day_of, mark
from geo.site import Site
from geo.zone import Zone

Asked = Sequence[tuple[casework.Case, site.SiteReport]]
_MANY = "多个选址时写成文件夹"


def checked(  # noqa: PLR0913, PLR0917 - one parameter for each option
    path: Annotated[Path, typer.Argument(metavar="FILE", help="选址图形：导入能读的任何格式")],
    use: Annotated[str, typer.Option(help="拟用途代码，如 1001")] = "",
    as_of: AsOf = "",
    crs: Annotated[str, typer.Option(help="坐标系；缺省按文件")] = "",
    purpose: Annotated[str, typer.Option(help="事由")] = "",
    pdf: Annotated[Path | None, typer.Option(help=f"写出 PDF 报告；{_MANY}")] = None,
    docx: Annotated[Path | None, typer.Option(help=f"写出 Word 报告；{_MANY}")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="写出 Excel，每个选址一行")] = None,
    by: By = "",
    store: Store = "",
    json: Json = False,
) -> None:
    """Check the sites of a file and keep the answers; exit code 0 whenever there is an answer."""
    zone = bring.opened(store)
    sites = _sites(zone, path, crs, use)
    asker = Asker(bring.who(by), purpose, "shell")
    cases = casework.ask(zone, sites, asker, day_of(as_of))
    _write(zone, cases, {"pdf": pdf, "docx": docx, "xlsx": xlsx})
    rows = [_row(case, report) for case, report in cases]
    if json:
        told.as_json(rows[0] if len(rows) == 1 else {"sites": rows})
        return
    for case, report in cases:
        title = f"{mark(zone.example)}{case.number} {report.site.name}：{report.verdict.value}"
        told.as_table([_line(one) for one in report.findings], heading.FINDINGS, title)


def _write(zone: Zone, asked: Asked, wanted: Mapping[str, Path | None]) -> None:
    if any(wanted.values()):
        from geo.shell import paper  # noqa: PLC0415 - loads what draws and sets pages

        paper.write(zone, asked, wanted)


def _sites(zone: Zone, path: Path, crs: str, use: str) -> list[Site]:
    upload = Upload(bring.content(path), path.name)
    return casework.of_staged(casework.staged(zone, upload, Terms(crs=crs)), use)


def _row(case: casework.Case, report: site.SiteReport) -> dict[str, Any]:
    about = {"number": case.number, "version": case.version, "example": case.example}
    return about | site.to_row(report)


def _line(one: site.Finding) -> dict[str, Any]:
    return {
        "title": one.title,
        "answer": one.answer.value,
        "severity": one.severity.value,
        "overlap_m2": one.overlap_m2,
        "share_pct": one.share_pct,
        "distance_m": one.distance_m,
        "basis": one.basis,
    }
