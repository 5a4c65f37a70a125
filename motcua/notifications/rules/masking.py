"""Addresses and numbers hidden in what goes to logs and screens."""

import re

from motcua.core.masks import mask_phone

_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_NUMBER = re.compile(r"\+?\d[\d .]{7,16}\d")


def mask_mail(address: str) -> str:
    """a.nguyen@example.vn -> a•••@example.vn"""
    name, _, host = address.rpartition("@")
    return f"{name[:1]}•••@{host}" if name else "•••"


def mask_address(address: str, channel: str) -> str:
    """A place of delivery as staff see it; names of accounts inside the software stay."""
    if channel == "app":
        return address
    return mask_mail(address) if channel == "email" else mask_phone(address)


def hush(text: str, *addresses: str) -> str:
    """What a partner answered, without addresses and long numbers in it."""
    for address in filter(None, addresses):
        text = text.replace(address, "•••")
    return _NUMBER.sub("•••", _MAIL.sub("•••", text))
