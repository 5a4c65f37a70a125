"""One value, one text: the JSON over which hashes are taken."""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any
from uuid import UUID

_PLAIN = (str, int, bool, type(None))
_UNCHANGED = frozenset({int, bool, type(None)})
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def canonical(value: Any) -> bytes:
    """The JSON of `value` with sorted keys, no spaces, UTF-8: the same bytes from every engine."""
    return _encode(value).encode()


def fingerprint(value: Any) -> str:
    """SHA-256 of a value's canonical text, in hex: what an event says of content that is kept elsewhere."""
    return hashlib.sha256(canonical(clean(value))).hexdigest()


def moment_text(moment: datetime) -> str:
    """An aware moment as ISO 8601 in UTC with microseconds, whatever zone it came in."""
    if moment.tzinfo is None:
        raise ValueError("the log needs an aware moment")
    return _moment_text(moment if moment.tzinfo is UTC else moment.astimezone(UTC))


@lru_cache(maxsize=1024)
def _moment_text(moment: datetime) -> str:
    """The events of an act name the same few moments a dozen times."""
    return moment.isoformat(timespec="microseconds")


def clean(value: Any) -> Any:
    """`value` as JSON that any engine returns unchanged: dates and decimals as text, enums as their value.

    Raises TypeError for a float (engines write it differently) and for anything that is not data.
    """
    kind = type(value)
    if kind is str:
        return _clean_text(value)
    if kind in _UNCHANGED:
        return value
    if kind is list:
        return [clean(item) for item in value]
    if kind is dict:
        return {_clean_text(k) if type(k) is str else str(clean(k)): clean(v) for k, v in value.items()}
    return _clean_other(value)


def _clean_text(text: str) -> str:
    """Without what cannot be stored: NUL and lone surrogates."""
    if text.isascii() and "\x00" not in text:
        return text
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _clean_other(value: Any) -> Any:
    if isinstance(value, Enum):
        return clean(value.value)
    if isinstance(value, str):
        return _clean_text(str(value))
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date | Decimal | UUID):
        return str(value)
    return _clean_container(value)


def _clean_container(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(clean(key)): clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((clean(item) for item in value), key=str)
    raise TypeError(f"the log takes text, whole numbers, dates, lists and dicts, not {type(value).__name__}")
