"""No test reaches out of this machine, and what runs on it is reached."""

import asyncio
import socket
from urllib.request import urlopen

import pytest

from tests.network import is_here, kept_at_home

OUTSIDE = [
    (socket.AF_INET, "192.0.2.1"),
    (socket.AF_INET6, "2001:db8::1"),
    (socket.AF_INET, "motcua.example"),
]


@pytest.mark.parametrize(("family", "host"), OUTSIDE)
@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
@pytest.mark.parametrize("name", ["connect", "connect_ex"])
def test_a_connection_out_of_this_machine_fails_the_test(family, host, kind, name):
    with socket.socket(family, kind) as line:
        line.settimeout(1)
        with pytest.raises(pytest.fail.Exception, match=f"reaches out of this machine: {host}, port 9"):
            getattr(line, name)((host, 9))


def careless() -> str:
    """Asks a stranger, and makes nothing of what goes wrong."""
    try:
        return str(urlopen("http://192.0.2.1:9/", timeout=1))
    except Exception:
        return ""


def test_no_handler_of_errors_swallows_it():
    with pytest.raises(pytest.fail.Exception, match="reaches out of this machine"):
        careless()


def test_tasks_of_an_event_loop_are_kept_here_too():
    async def reach() -> None:
        await asyncio.open_connection("192.0.2.1", 9)

    with pytest.raises(pytest.fail.Exception, match=r"192\.0\.2\.1"):
        asyncio.run(reach())


def test_what_runs_here_is_reached():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as line:
        line.connect(server.getsockname())
        assert line.getpeername() == server.getsockname()


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True), ("127.8.9.10", True), ("::1", True), ("::1%lo", True), ("localhost", True), ("0.0.0.0", False),
        ("10.0.0.1", False), ("::", False), ("fe80::1%eth0", False), ("localhost.example", False), ("", False),
    ],
)  # fmt: skip
def test_what_is_here(host, here):
    assert is_here(host) is here


def test_afterwards_all_is_as_before():
    before = socket.socket.connect
    with kept_at_home():
        assert socket.socket.connect is not before
    assert socket.socket.connect is before
