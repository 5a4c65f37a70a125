"""Secrets of partners, and keyed hashes of addresses."""

from motcua.accounts.keys import contact_key
from motcua.core.sealed import Safe
from motcua.notifications.models import Provider

SAFE = Safe("notifications", r"MOTCUA_NOTIFY_[A-Z0-9_]{1,40}")


def secret_of(provider: Provider) -> str:
    """The secret shared with a provider; empty when there is none, or when it was sealed with another key."""
    return SAFE.open(provider.secret_sealed, provider.secret_env)


def address_key(medium: str, address: str) -> str:
    """The hash by which an address is found again; without the installation's key nobody can try addresses against it."""
    return contact_key(medium, address)
