"""The door from a shell: ``python -m geo COMMAND``. Every command has ``--json``.

Answers go to standard output; a fault is one line on standard error and exit code 2. What a
command needs is loaded when it is asked for.
"""

import sys
from collections.abc import Sequence

import typer
from typer.exceptions import TyperException

from geo.errors import GeoError
from geo.shell import late
from geo.shell.late import Command

_FAULT, _STOPPED = 2, 130

COMMANDS = {
    "check": Command("sites:checked", "选址核查：一个或多个选址能不能用、为什么、怎样才行。"),
    "demo": Command("example:made", "在一个新的空存储中建立示例地块、台账和项目。"),
    "import": Command("bring:brought", "导入文件为图层：读取、检查、入库。"),
    "restore-set": Command("bring:restored", "把图层恢复为某一版本的内容。"),
    "deck": Command("meeting:deck", "把一次会议写成 PowerPoint，标题、表格、图表都能改。"),
    "story": Command("meeting:story", "把一次会议写成 PDF、Word 或单个网页，按文件名结尾。"),
    "gif": Command("meeting:gif", "把时间滑块写成 GIF，每期一帧。"),
    "picture": Command("picture:drawn", "把地图画在纸上：PNG、SVG 或 PDF，比例尺准确。"),
    "atlas": Command("picture:bound", "图册：索引图，及每个园区、单元或片区一页，PDF。"),
    "verify": Command("keep:verified", "核对存储：校验链、摘要、台账规则；有错时退出码为 1。"),
    "backup": Command("keep:saved", "把全部数据存成一个备份文件（不覆盖已有文件）。"),
    "restore": Command("keep:restored", "从备份文件恢复；现有数据更新时拒绝，除非 --force。"),
    "migrate": Command("keep:migrated", "把全部数据迁到另一个空的存储，如 PostGIS。"),
    "rasters": Command("raster:listed", "列出影像：高程、地表覆盖等，及由高程算出的坡度、坡向。"),
    "layers": Command("layer:layers", "列出图层：数量、可信程度、量算与公布面积、来源。"),
    "identify": Command("layer:identify", "查一点（经度 纬度，EPSG:4490）上有什么。"),
    "search": Command("layer:search", "按名称、别名、拼音、编号或坐标查找。"),
    "history": Command("layer:history", "一个图层的来历：每次更换的版本、日期、经办、文号。"),
    "diff": Command("layer:diff", "比较一个图层的两个版本：新增、移除、变动，附面积。"),
    "export": Command(
        "layer:write", "导出一个图层，结尾定格式：gpkg geojson zip kml dxf txt xlsx csv。"
    ),
    "serve": Command("program:serve", "打开网页（streamlit run app.py）。"),
    "info": Command("program:info", "程序与组件的版本。"),
    "plan": Command("register:app", "规划登记表：实体、目标、核算、条款。"),
    "supply": Command("reckoned:app", "供应台账：状态、变动、导入、时钟、批而未供、计划。"),
    "projects": Command("works:app", "重大工程项目库：清单、考核、增减与月报。"),
    "scenario": Command("scenario:app", "用地配置方案：求解、比较、为何不可行、清单。"),
    "meeting": Command("meeting:app", "会议：冻结某一时刻的状态、与上次比较。"),
    "people": Command("people:app", "人员与权限：谁可以登录、做什么。"),
    "audit": Command("people:log", "审计记录：谁、何时、从哪里、做了什么；能看出任何改动。"),
    "cluster": Command("cluster:app", "分块批处理：本机、本机多进程或 Dask 集群，结果逐位相同。"),
}
app = late.app("经区规划一张图：命令行。", COMMANDS)


def main(args: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; faults become one line on standard error."""
    try:
        return int(app(args=args, standalone_mode=False) or 0)
    except GeoError as error:
        _fault(str(error), error.code)
    except TyperException as error:
        _fault(f"命令写法有误（{error.format_message()}），用法见 python -m geo --help", "USAGE")
    except (KeyboardInterrupt, typer.Abort):
        return _STOPPED
    return _FAULT


def _fault(message: str, code: str) -> None:
    line = f"{' '.join(message.split())} [{code}]\n"
    typer.echo(line.encode(), nl=False, err=True)


if __name__ == "__main__":
    sys.exit(main())
