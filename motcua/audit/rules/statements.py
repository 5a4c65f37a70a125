"""What the office says of a whole chain at one moment: its code, how many events it has, and the last one's hash.

Seals prove events that are there; only such a word shows that none were left off the end of a proof.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from motcua.audit.rules.canonical import canonical

# The events that give a record its code, and the field in which they say it; docs/verify_proof.py has the same table.
NAMING = {
    "dossier.receive": "code",
    "dossier.accept": "code",
    "agency.created": "code",
    "user.created": "username",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """All that a statement's hash covers. `events` counts the chain; `made_at` is ISO 8601 in UTC."""

    code: str
    chain: str
    events: int
    head: str
    made_at: str

    def hash(self) -> str:
        """SHA-256 in hex of the canonical JSON of the fields."""
        return sha256(canonical(asdict(self))).hexdigest()


def statement_message(statement_hash: str) -> bytes:
    """The bytes that the office's key signs: they can be nothing but a statement, never a seal."""
    return b"motcua proof " + statement_hash.encode()


def names(events: Iterable[tuple[str, dict[str, Any]]]) -> str | None:
    """The code that a chain's own events (kind, data) give its record; None when none does."""
    return next((data.get(NAMING[kind]) for kind, data in events if kind in NAMING), None)
