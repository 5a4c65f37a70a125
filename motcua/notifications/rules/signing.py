"""Signed requests between us and a partner, both ways: HMAC-SHA256 over what was asked, when, and once (docs/howto/notify.md)."""

import hashlib
import hmac
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

KEY, TIME, NONCE, SIGNATURE = "X-Motcua-Key", "X-Motcua-Time", "X-Motcua-Nonce", "X-Motcua-Signature"
WINDOW = timedelta(minutes=5)


class Fault(StrEnum):
    """Why a signed request is not believed."""

    UNSIGNED = "thiếu chữ ký"
    TIME = "lệch giờ quá 5 phút"
    SIGNATURE = "chữ ký sai"


def canonical(method: str, path: str, seconds: str, nonce: str, body: bytes) -> bytes:
    """What is signed: five lines and the hash of the body."""
    digest = hashlib.sha256(body).hexdigest()
    return "\n".join(["motcua-v1", method.upper(), path, seconds, nonce, digest]).encode()


def signature(secret: str, method: str, path: str, seconds: str, nonce: str, body: bytes) -> str:
    """The signature in hexadecimal."""
    said = canonical(method, path, seconds, nonce, body)
    return hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()


def headers(
    secret: str, key: str, method: str, path: str, body: bytes, *, at: datetime, nonce: str
) -> dict[str, str]:
    """The headers that sign a request. `at` is aware; `nonce` is never used twice."""
    seconds = str(int(at.timestamp()))
    signed = signature(secret, method, path, seconds, nonce, body)
    return {KEY: key, TIME: seconds, NONCE: nonce, SIGNATURE: signed}


class Headers(Protocol):
    """Headers by name: a mapping, or those of a request, which know no case."""

    def get(self, name: str, default: str, /) -> str:
        """The header, else the default."""
        ...


def fault(secret: str, given: Headers, method: str, path: str, body: bytes, *, at: datetime) -> Fault | None:
    """Why a request is not from who has the secret, or None. That its nonce is new is for the caller to see."""
    seconds, nonce, signed = given.get(TIME, ""), given.get(NONCE, ""), given.get(SIGNATURE, "")
    if not (secret and nonce and signed and seconds.isascii() and seconds.isdigit() and len(seconds) < 12):
        return Fault.UNSIGNED
    if abs(at.timestamp() - int(seconds)) > WINDOW.total_seconds():
        return Fault.TIME
    right = signature(secret, method, path, seconds, nonce, body)
    return None if hmac.compare_digest(right.encode(), signed.encode()) else Fault.SIGNATURE
