"""One value, one text: the JSON over which hashes are taken."""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

_PLAIN = (str, int, bool, type(None))
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
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def clean(value: Any) -> Any:
    """`value` as JSON that any engine returns unchanged: dates and decimals as text, enums as their value.

    Raises TypeError for a float (engines write it differently) and for anything that is not data.
    """
    if isinstance(value, Enum):
        return clean(value.value)
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
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
