"""Keys of partners: long and random, so one hash of them is enough."""

from hashlib import sha256


def key_hash(key: str) -> str:
    """What is kept of a key."""
    return sha256(key.encode()).hexdigest()
