"""What must be so before the server opens: nobody reaches it unasked, no secret is a guess."""

import ipaddress
import os

import streamlit as st

from geo.errors import SettingError
from pages import door

_SHORTEST, _FEWEST = 32, 10  # characters of a cookie secret, and different ones among them


def checked() -> None:
    """Raise `SettingError` if others could reach this server and nobody would ask who they are.

    Codes: OPEN_SERVER without sign-in on an address of the network, COOKIE_SECRET for single
    sign-on without a secret of its own, PROXY_HEADERS where the web server would put another
    address in the gateway's place before we see it.
    """
    way = door.given().sign_in
    address = str(st.get_option("server.address") or "")
    if way == "none" and not loopback(address):
        raise SettingError(
            f"服务器地址 {address or '（所有地址）'} 可从别的机器访问，但没有设置登录。"
            "请设置 sign_in（见 docs/people.md），或把 server.address 改回 127.0.0.1",
            "OPEN_SERVER",
        )
    if way == "header" and os.environ.get("FORWARDED_ALLOW_IPS") != "":
        raise SettingError(
            "由网关验明身份时，请在启动环境中设 FORWARDED_ALLOW_IPS= （空值），"
            "否则网页服务器会改写来源地址，认不出网关；见 docs/deploy.md",
            "PROXY_HEADERS",
        )
    secret = _cookie_secret() if way == "oidc" else ""
    if way == "oidc" and (len(secret) < _SHORTEST or len(set(secret)) < _FEWEST):
        raise SettingError(
            f".streamlit/secrets.toml 的 [auth] cookie_secret 太短或太简单，"
            f"请改为至少 {_SHORTEST} 个随机字符后重启",
            "COOKIE_SECRET",
        )


def _cookie_secret() -> str:
    try:
        return str(st.secrets["auth"]["cookie_secret"])
    except (FileNotFoundError, KeyError):
        return ""


def loopback(address: str) -> bool:
    """Whether an address is this machine's own; names but ``localhost`` are not."""
    if address in ("localhost", "testserver"):
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
