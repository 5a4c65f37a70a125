"""Keyed hashes of addresses and codes: a copy of the database alone tells neither."""

import hashlib
import hmac

from django.conf import settings


def _hash(purpose: str, text: str) -> str:
    key = hmac.new(settings.SECRET_KEY.encode(), f"motcua.accounts.{purpose}".encode(), hashlib.sha256)
    return hmac.new(key.digest(), text.encode(), hashlib.sha256).hexdigest()


def address_key(medium: str, address: str) -> str:
    """By which the codes of an address are found again."""
    return _hash("address", f"{medium}:{address}")


def code_hash(address: str, code: str) -> str:
    """A code as it is kept; the same code of another address has another hash."""
    return _hash("code", f"{address}:{code}")


def contact_key(medium: str, address: str) -> str:
    """By which what the person behind a "phone" or "email" chose and agreed to is found again."""
    key = hmac.new(settings.SECRET_KEY.encode(), b"motcua.notifications.address", hashlib.sha256)
    return hmac.new(key.digest(), f"{medium}:{address.strip().lower()}".encode(), hashlib.sha256).hexdigest()
