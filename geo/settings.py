"""Settings, from `zone.toml` beside app.py and from ZONE_… variables; checked at start.

Variables win over the file. An unknown or ill-formed setting stops the start with its name.
"""

from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from geo.errors import SettingError

FILE = Path("zone.toml")


class Settings(BaseSettings):
    """What an office may set; `docs/settings.md` explains each."""

    model_config = SettingsConfigDict(
        env_prefix="ZONE_", toml_file=FILE, extra="forbid", frozen=True
    )

    store: str = Field("sqlite:///zone.db", pattern=r"^sqlite://")
    tianditu_key: SecretStr = SecretStr("")
    tianditu_timeout_s: float = Field(4.0, gt=0, le=30)
    new_town_start_year: int | None = Field(None, ge=2000, le=2100)

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
    try:
        return Settings(**given)
    except ValidationError as error:
        faults = "；".join(
            f"{'.'.join(map(str, fault['loc']))}：{fault['msg']}" for fault in error.errors()
        )
        raise SettingError(f"设置有误（{faults}）。请按 docs/settings.md 更正后重启") from error
