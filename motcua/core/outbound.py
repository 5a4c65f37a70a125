"""Requests to other servers whose address an administrator typed in: never to our own network by accident (SSRF).

The name is resolved once, every address it has is judged, and the connection goes to the very address that was judged, so
that a name which changes in between gains nothing. No redirects, https only, little is read; a setting may allow private
addresses and plain http for partners inside the house.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any
from urllib.parse import SplitResult, urlsplit

MOST = 64 * 1024


class NotSent(OSError):
    """Nothing has reached the other side: no such name, a forbidden address, no connection."""


class Unclear(OSError):
    """The request went out and no whole answer came: the other side may or may not have it."""


@dataclass(frozen=True)
class Answer:
    """What the other side said; at most 64 KB of it unless more was asked for."""

    status: int
    body: bytes


def address_problem(url: str, *, private: bool) -> str:
    """Why an address cannot be one of a partner, in Vietnamese; empty when it can. Looks at the text alone."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "Địa chỉ không đọc được."
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.fragment or port == 0:
        return "Ghi địa chỉ đầy đủ, ví dụ https://sms.example.vn/gui."
    if parts.username or parts.password:
        return "Không ghi tên và mật khẩu trong địa chỉ; dùng ô khóa bí mật."
    if parts.scheme == "http" and not private:
        return "Chỉ dùng https: nội dung tin và chữ ký không đi trên đường không mã hóa."
    if not private and _literal(parts.hostname) and not _is_public(parts.hostname):
        return "Địa chỉ này thuộc mạng nội bộ. Muốn dùng, bật tham số cho phép nhà cung cấp ở mạng nội bộ."
    return ""


def _literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (inner is None or inner.is_global)


def resolve(host: str, port: int, *, private: bool) -> str:
    """One address of a host. Raises NotSent when there is none, or when any of them is of a private network."""
    try:
        found = {str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except OSError as error:
        raise NotSent(f"không tìm thấy máy chủ {host}") from error
    if not private and not all(map(_is_public, found)):
        raise NotSent(f"máy chủ {host} ở mạng nội bộ, tham số không cho phép")
    return sorted(found, key=lambda address: (":" in address, address))[0]


def dialler(address: str) -> Callable[..., socket.socket]:
    """Stands in for socket.create_connection: connects to the address that was judged, whatever the name says now."""

    def dial(target: tuple[str, int], timeout: Any = None, source: Any = None, **_: Any) -> socket.socket:
        return socket.create_connection((address, target[1]), timeout, source)

    return dial


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    seconds: float = 10,
    private: bool = False,
    most: int = MOST,
) -> Answer:
    """Send one POST. Raises NotSent or Unclear; any status is an answer. `seconds`: how long to wait for it; no more than
    `most` bytes of it are read.
    """
    if said := address_problem(url, private=private):
        raise NotSent(said)
    parts = urlsplit(url)
    connection = _connection(parts, seconds, private)
    try:
        try:
            connection.connect()
        except OSError as error:
            raise NotSent(f"không kết nối được: {type(error).__name__}") from error
        return _ask(connection, _path(parts), body, headers, monotonic() + seconds, most)
    finally:
        connection.close()


def _connection(parts: SplitResult, seconds: float, private: bool) -> http.client.HTTPConnection:
    host = str(parts.hostname)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = resolve(host, port, private=private)
    if parts.scheme == "https":
        secure = ssl.create_default_context()
        made: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, port, timeout=seconds, context=secure
        )
    else:
        made = http.client.HTTPConnection(host, port, timeout=seconds)
    made._create_connection = dialler(address)  # type: ignore[attr-defined]  # of http.client, not in its types
    return made


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _ask(
    connection: http.client.HTTPConnection,
    path: str,
    body: bytes,
    headers: Mapping[str, str],
    until: float,
    most: int,
) -> Answer:
    try:
        connection.request("POST", path, body=body, headers=dict(headers))
        answer = connection.getresponse()
        got = b""
        while len(got) < most and (more := answer.read1(most - len(got))):
            got += more
            if monotonic() > until:
                raise Unclear("trả lời quá chậm")
        return Answer(answer.status, got)
    except (OSError, http.client.HTTPException) as error:
        if isinstance(error, Unclear):
            raise
        raise Unclear(f"mất liên lạc khi chờ trả lời: {type(error).__name__}") from error
