"""Signed messages between us and a payment gateway: an envelope of JSON with time, nonce and HMAC-SHA256 (docs/howto/payments.md).

What is signed says which way it goes and to which address, so that an answer cannot be sent back as a callback. Amounts are
whole đồng: a message with a fraction cannot be written, and is not believed when it comes.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

VERSION = "motcua-pay-1"
WINDOW = timedelta(minutes=5)
Said = Mapping[str, Any]


class Way(StrEnum):
    """Which way a message goes."""

    REQUEST = "request"
    ANSWER = "answer"
    CALLBACK = "callback"


class Fault(StrEnum):
    """Why an envelope is not believed."""

    SHAPE = "không đọc được"
    UNSIGNED = "thiếu chữ ký"
    TIME = "lệch giờ quá 5 phút"
    SIGNATURE = "chữ ký sai"


def canonical(said: Any) -> bytes:
    """JSON in one way only: keys sorted, no spaces, UTF-8. Raises TypeError for a fraction."""
    _refuse_fractions(said)
    return json.dumps(
        said, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def _refuse_fractions(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("tiền tính bằng đồng chẵn: không có số lẻ")
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    for one in inner:
        _refuse_fractions(one)


def signature(secret: str, way: Way, path: str, seconds: int, nonce: str, said: Said) -> str:
    """The signature in hexadecimal: of the version, the way, the path, the time, the nonce and the hash of what is said."""
    digest = hashlib.sha256(canonical(said)).hexdigest()
    lines = "\n".join([VERSION, way, path, str(seconds), nonce, digest])
    return hmac.new(secret.encode(), lines.encode(), hashlib.sha256).hexdigest()


def seal(secret: str, way: Way, path: str, said: Said, *, at: datetime, nonce: str) -> bytes:
    """A message ready to go. `at` is aware; `nonce` is never used twice, an answer carries that of its request."""
    seconds = int(at.timestamp())
    signed = signature(secret, way, path, seconds, nonce, said)
    return canonical(
        {"version": VERSION, "time": seconds, "nonce": nonce, "said": dict(said), "signature": signed}
    )


def open_sealed(
    secret: str, way: Way, path: str, body: bytes, *, at: datetime
) -> tuple[dict[str, Any], str, Fault | None]:
    """What is said, its nonce, and why it is not believed (None: it is). Whatever is not believed is given empty."""
    try:
        envelope = json.loads(body, object_pairs_hook=_once, parse_constant=_no_constant)
        said, seconds, nonce = envelope["said"], envelope["time"], envelope["nonce"]
        signed = envelope["signature"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}, "", Fault.SHAPE
    if not (isinstance(said, dict) and type(seconds) is int and _is_nonce(nonce)):
        return {}, "", Fault.SHAPE
    if not (secret and isinstance(signed, str) and signed):
        return {}, nonce, Fault.UNSIGNED
    try:
        right = signature(secret, way, path, seconds, nonce, said)
    except (TypeError, ValueError, RecursionError):
        return {}, nonce, Fault.SHAPE
    if not hmac.compare_digest(right.encode(), signed.encode("utf-8", "replace")):
        return {}, nonce, Fault.SIGNATURE
    if abs(at.timestamp() - seconds) > WINDOW.total_seconds():
        return {}, nonce, Fault.TIME
    return said, nonce, None


def _is_nonce(value: object) -> bool:
    return isinstance(value, str) and 8 <= len(value) <= 64 and value.isascii() and value.isalnum()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are each there once: two readers must never see two amounts."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("khóa lặp")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)
