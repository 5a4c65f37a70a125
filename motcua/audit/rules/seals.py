"""What a seal says and what its signature covers."""

from dataclasses import asdict, dataclass
from hashlib import sha256

from motcua.audit.rules.canonical import canonical
from motcua.audit.rules.chain import genesis

FIRST_SEAL_STANDS_ON = genesis("seals")


@dataclass(frozen=True, slots=True)
class SealText:
    """All that a seal's hash covers. `sealed_at` is ISO 8601 in UTC; `public_key` is raw Ed25519 in hex."""

    number: int
    first_event_id: int
    last_event_id: int
    event_count: int
    merkle_root: str
    previous_hash: str
    public_key: str
    sealed_at: str

    def hash(self) -> str:
        """SHA-256 in hex of the canonical JSON of the fields."""
        return sha256(canonical(asdict(self))).hexdigest()


def signed_message(seal_hash: str) -> bytes:
    """The bytes that the office's key signs: they can be nothing but a seal."""
    return b"motcua seal " + seal_hash.encode()
