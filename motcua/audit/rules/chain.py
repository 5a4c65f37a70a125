"""The hash chain of one record's events."""

from hashlib import sha256
from typing import Any, NamedTuple

from motcua.audit.rules.canonical import canonical


def genesis(chain: str) -> str:
    """What the first event of a chain has for its previous hash: SHA-256 of the chain's name, in hex."""
    return sha256(chain.encode()).hexdigest()


class Link(NamedTuple):
    """All that an event's hash covers. `at` is ISO 8601 in UTC with microseconds."""

    chain: str
    seq: int
    kind: str
    at: str
    actor_id: int | None
    actor_label: str
    data: Any
    previous_hash: str

    def content(self) -> dict[str, Any]:
        """The fields by name, as they are hashed."""
        return self._asdict()

    def hash(self) -> str:
        """SHA-256 in hex of the canonical JSON of the fields."""
        return sha256(canonical(self.content())).hexdigest()
