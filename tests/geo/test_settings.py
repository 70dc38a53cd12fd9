"""Settings: from a file, from variables, and refused by name where they are wrong."""

import os
from pathlib import Path

import pytest

from geo import settings
from geo.errors import SettingError

GUIDE = Path(__file__).parents[2] / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder and no variables of ours."""
    for name in [name for name in os.environ if name.upper().startswith("ZONE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refusal() -> str:
    with pytest.raises(SettingError, match=r"docs/settings\.md") as refused:
        settings.read()
    assert refused.value.code == "SETTING"
    return str(refused.value)


def test_without_a_file_every_setting_has_its_default() -> None:
    found = settings.read()
    assert found.store == "sqlite:///zone.db"
    assert found.tianditu_key.get_secret_value() == ""
    assert found.tianditu_timeout_s == 4.0
    assert found.new_town_start_year is None


def test_the_file_is_read(bare: Path) -> None:
    (bare / "zone.toml").write_text('store = "sqlite:///office.db"\nnew_town_start_year = 2018\n')
    assert settings.read().store == "sqlite:///office.db"
    assert settings.read().new_town_start_year == 2018


def test_a_variable_wins_over_the_file_and_what_is_given_over_both(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bare / "zone.toml").write_text('store = "sqlite:///file.db"\ntianditu_timeout_s = 2\n')
    monkeypatch.setenv("ZONE_STORE", "sqlite:///variable.db")
    assert settings.read().store == "sqlite:///variable.db"
    assert settings.read().tianditu_timeout_s == 2.0
    assert settings.read(store="sqlite:///given.db").store == "sqlite:///given.db"


def test_the_store_may_be_a_server_whose_password_is_not_shown(bare: Path) -> None:
    url = "postgresql://zone:s3cret@host/zone"
    (bare / "zone.toml").write_text(f'store = "{url}"\n')
    assert settings.read().store == url
    assert "s3cret" not in repr(settings.read())


def test_an_unknown_setting_is_named(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (bare / "zone.toml").write_text('stoer = "sqlite:///zone.db"\n')
    assert "stoer：没有这个设置" in refusal()
    (bare / "zone.toml").unlink()
    monkeypatch.setenv("ZONE_STOER", "sqlite:///zone.db")
    assert "ZONE_STOER：没有这个设置" in refusal()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('store = "mysql://host/zone"', "store：应写成 sqlite:///文件名 或 postgresql://"),
        ("store = 5", "store：应为文字"),
        ('tianditu_timeout_s = "soon"', "tianditu_timeout_s：应为数字"),
        ("tianditu_timeout_s = 0", "tianditu_timeout_s：应大于 0"),
        ("tianditu_timeout_s = 31", "tianditu_timeout_s：应不大于 30"),
        ("tianditu_timeout_s = nan", "tianditu_timeout_s：应为数字"),
        ('new_town_start_year = "next"', "new_town_start_year：应为整数"),
        ("new_town_start_year = 2018.5", "new_town_start_year：应为整数"),
        ("new_town_start_year = 1999", "new_town_start_year：应不小于 2000"),
    ],
)
def test_a_wrong_value_is_named_with_what_it_should_be(bare: Path, line: str, said: str) -> None:
    (bare / "zone.toml").write_text(line + "\n")
    assert said in refusal()


def test_all_faults_come_at_once(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (bare / "zone.toml").write_text("tianditu_timeout_s = 0\nnew_town_start_year = 1\nx = 1\n")
    monkeypatch.setenv("ZONE_Y", "1")
    told = refusal()
    assert all(
        name in told for name in ("tianditu_timeout_s", "new_town_start_year", "x：", "ZONE_Y")
    )


def test_a_file_that_cannot_be_read_is_named(bare: Path) -> None:
    (bare / "zone.toml").write_text("store = \n")
    assert "zone.toml 不是可读的 TOML 文件" in refusal()
    (bare / "zone.toml").write_bytes("store = '经区'".encode("gbk"))
    assert "zone.toml 不是可读的 TOML 文件" in refusal()


def test_a_wrong_key_is_not_repeated_in_the_message(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bare / "zone.toml").write_text("tianditu_key = 123456789\n")
    assert "123456789" not in refusal()
    monkeypatch.setenv("ZONE_TIANDITU_KEY", "s3cret")
    (bare / "zone.toml").unlink()
    assert "s3cret" not in repr(settings.read())


def test_settings_do_not_change_once_read() -> None:
    with pytest.raises(ValueError, match="frozen"):
        settings.read().store = "sqlite:///other.db"  # type: ignore[misc]


def test_every_setting_is_explained_with_its_variable_and_default() -> None:
    guide = GUIDE.read_text("utf-8")
    for name, field in settings.Settings.model_fields.items():
        (row,) = [line for line in guide.splitlines() if line.startswith(f"| `{name}` ")]
        assert f"`ZONE_{name.upper()}`" in row
        default = field.default
        shown = default if isinstance(default, str) else f"{default:g}" if default else ""
        if isinstance(default, str | float):
            assert f"`{shown}`" in row
    rows = [line for line in guide.splitlines() if line.startswith("| `")]
    assert len(rows) == len(settings.Settings.model_fields)
