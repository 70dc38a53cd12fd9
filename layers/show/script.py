"""Our JavaScript modules as one plain script, so that a page can be opened from a disk.

Browsers load no modules from ``file:``. Ours are written so that no tool is needed to join them:
every import and export stands at the start of its line and names what it takes or gives.
"""

import re
from collections.abc import Iterator, Mapping
from posixpath import join, normpath

from geo.errors import DataError

_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";\n', re.M)
_EXPORT = re.compile(
    r"^export (default )?((?:async )?(?:function\*?|class|const|let) ?)(\w*)", re.M
)
_LEFT = re.compile(r"^\s*(?:import|export)\b(?! *\()", re.M)


def joined(entry: str, modules: Mapping[str, str]) -> str:
    """One script of all modules that `entry` needs, each in the order of need.

    Parameters
    ----------
    modules
        Path → text, such as ``show/main.js``.

    Raises `DataError` SCRIPT_MODULE for a module that is missing or cannot be joined.
    """
    order = list(dict.fromkeys(_needed(entry, modules, ())))
    names = {path: f"m{i}" for i, path in enumerate(order)}
    parts = [f"const {names[path]} = {_module(path, modules, names)};" for path in order]
    return "\n".join(['"use strict";', *parts, ""])


def _needed(path: str, modules: Mapping[str, str], above: tuple[str, ...]) -> Iterator[str]:
    """Modules in an order in which each comes after those it needs."""
    if path not in modules or path in above:
        raise DataError(f"脚本 {path} 缺失或互相引用，请重新安装本系统", "SCRIPT_MODULE")
    for _, other in _IMPORT.findall(modules[path]):
        yield from _needed(_beside(path, other), modules, (*above, path))
    yield path


def _beside(path: str, other: str) -> str:
    return normpath(join(path, "..", other))


def _module(path: str, modules: Mapping[str, str], names: Mapping[str, str]) -> str:
    text, given = modules[path], list[str]()

    def taken(match: re.Match[str]) -> str:
        parts = ", ".join(one.strip().replace(" as ", ": ") for one in match[1].split(","))
        return f"const {{ {parts} }} = {names[_beside(path, match[2])]};\n"

    def shown(match: re.Match[str]) -> str:
        kind = match[2].strip()
        given.append(f"default: {match[3] or 'whole'}" if match[1] else match[3])
        return f"{kind} {match[3] or 'whole'}"

    body = _EXPORT.sub(shown, _IMPORT.sub(taken, text))
    if _LEFT.search(body) or "</script" in body.lower():
        raise DataError(f"脚本 {path} 的写法无法合并，请重新安装本系统", "SCRIPT_MODULE")
    return f"(() => {{\n{body}\nreturn {{ {', '.join(given)} }};\n}})()"
