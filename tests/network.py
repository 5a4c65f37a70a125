"""Tests stay on this machine: a connection to anywhere else fails the test that asks for it."""

import ipaddress
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

_NAMES = frozenset({"localhost", "ip6-localhost"})


def is_here(host: str) -> bool:
    """Whether a host is this machine: 127.0.0.0/8, ::1 or a name that always means them."""
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host in _NAMES


@contextmanager
def kept_at_home() -> Iterator[None]:
    """Refuse every connection over IPv4 or IPv6 that leaves this machine, as a failure that no `except Exception` swallows."""
    before = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}
    for name, connect in before.items():
        setattr(socket.socket, name, _guarded(connect))
    try:
        yield
    finally:
        for name, connect in before.items():
            setattr(socket.socket, name, connect)


def _guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_here(str(address[0])):
            self.close()  # whoever asked closes it after an OSError only
            pytest.fail(
                f"A test reaches out of this machine: {address[0]}, port {address[1]}. Answer it here."
            )
        return connect(self, address)

    return guarded
