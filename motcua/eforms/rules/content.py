"""A form's content as one text that never depends on chance, and its hash."""

import json
from hashlib import sha256
from typing import Any


def canonical(data: Any) -> str:
    """JSON with keys in order and no idle blanks."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(data: Any) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return sha256(canonical(data).encode()).hexdigest()
