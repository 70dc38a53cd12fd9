"""Settings, from `zone.toml` beside app.py and from ZONE_… variables; checked at start.

Variables win over the file. An unknown or ill-formed setting stops the start with its name.
"""

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from geo.errors import SettingError

FILE = Path("zone.toml")
PREFIX = "ZONE_"
_FORMS = {
    "store": "应写成 sqlite:///文件名 或 postgresql://用户@主机/数据库",
    "dask": "应写成 none 或 tcp://主机:端口",
    "office": "应写成 sqlite:///文件名 或 postgresql://用户@主机/数据库",
    "sign_in_header": "应为 HTTP 头的名称，如 X-Remote-User",
}
_WHY = {
    "extra_forbidden": "没有这个设置",
    "string_type": "应为文字",
    "float_parsing": "应为数字",
    "float_type": "应为数字",
    "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "int_from_float": "应为整数",
    "literal_error": "应为 {expected} 之一",
    "finite_number": "应为数字",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "应不小于 {ge}",
    "less_than_equal": "应不大于 {le}",
}


class Settings(BaseSettings):
    """What an office may set; `docs/settings.md` explains each."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, toml_file=FILE, extra="forbid", frozen=True
    )

    # Not in the repr: the address of a server may hold a password.
    store: str = Field("sqlite:///zone.db", pattern=r"^(sqlite|postgresql)://", repr=False)
    tianditu_key: SecretStr = SecretStr("")
    tianditu_timeout_s: float = Field(4.0, gt=0, le=30, allow_inf_nan=False)
    new_town_start_year: int | None = Field(None, ge=2000, le=2100)
    secrecy_limit: Literal["公开", "内部", "秘密", "机密", "绝密"] = "内部"
    sign_in: Literal["none", "local", "oidc", "header"] = "none"
    office: str = Field("auto", pattern=r"^(auto$|(sqlite|postgresql)://)", repr=False)
    statistics: bool = True
    backups: str = "backups"
    idle_minutes: int = Field(30, ge=1, le=720)
    sign_in_header: str = Field("X-Remote-User", pattern=r"^[A-Za-z][A-Za-z0-9-]{0,63}$")
    sign_in_claim: Literal["email", "preferred_username", "sub"] = "email"
    trusted_proxy: str = "127.0.0.1"
    dask: str = Field("none", pattern=r"^(none|tcp://[^/@\s]+:\d{1,5})$")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Variables before the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def read(**given: Any) -> Settings:
    """Read all settings; raise `SettingError` naming each that is wrong."""
    faults = [f"环境变量 {name}：没有这个设置" for name in _unknown_variables()]
    try:
        settings = Settings(**given)
    except ValidationError as error:
        faults += [f"{_name(fault)}：{_why(fault)}" for fault in error.errors()]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(f"{FILE} 不是可读的 TOML 文件（{error}）")
    if faults:
        raise SettingError(
            f"设置有误（{'；'.join(faults)}）。请按 docs/settings.md 更正后重启", "SETTING"
        )
    return settings


def office_address(given: Settings) -> str:
    """Address of the office's own book: as set, else beside the zone's file.

    Raises `SettingError` OFFICE_ADDRESS where the zone is kept in a server.
    """
    if given.office != "auto":
        return given.office
    if given.store.startswith("sqlite:///"):
        return f"{given.store.removesuffix('.db')}.office.db"
    raise SettingError(
        "用数据库服务器存放数据并需要登录时，请另设 office："
        "人员与审计记录的存放地址，如 postgresql://用户@主机/另一个数据库",
        "OFFICE_ADDRESS",
    )


def board_address(given: Settings) -> str:
    """Address of the book that remarks lie in: the office's, also where nobody signs in.

    Empty where the zone is kept in a server, nobody signs in and no book was set.
    """
    server = given.store.startswith("postgresql://")
    if given.sign_in == "none" and given.office == "auto" and server:
        return ""
    held = given.office != "auto" or given.store.startswith("sqlite:///")
    return office_address(given) if held or given.sign_in != "none" else "sqlite://"


def _unknown_variables() -> Iterator[str]:
    """Variables that look like settings and are none: a slip of the pen must not pass silently."""
    for name in sorted(os.environ):
        field = name.upper().removeprefix(PREFIX).lower()
        if name.upper().startswith(PREFIX) and field not in Settings.model_fields:
            yield name


def _name(fault: ErrorDetails) -> str:
    return ".".join(map(str, fault["loc"]))


def _why(fault: ErrorDetails) -> str:
    """What is wrong with a value, without the value: it may be a key."""
    if fault["type"] == "string_pattern_mismatch":
        return _FORMS[_name(fault)]
    context = {key: _listed(value) for key, value in fault.get("ctx", {}).items()}
    return _WHY.get(fault["type"], fault["msg"]).format(**context)


def _listed(value: Any) -> Any:
    """The choices of a literal, as pydantic writes them, in a Chinese sentence."""
    return value.replace(" or ", "、").replace(", ", "、") if isinstance(value, str) else value
