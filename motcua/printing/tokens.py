"""The tokens behind the QR codes of papers: what identifies the paper, and a keyed hash so that none can be guessed.

A token is a letter for the kind, numbers in base 36 and the hash: "b1f-0123456789abcdef". What is not kept in a row of
its own (the day on which a register was printed, how many dossiers it listed) travels in the token, and is signed.
"""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SLIP, CONTROL_SLIP, HANDOVER_LIST, REGISTER, PAYMENT_RECEIPT = "p", "k", "b", "s", "t"
RATING = "r"  # of no paper: the right to rate a dossier
TICKET, KIOSK = "n", "q"  # a number in a queue; the machine that gives numbers out
_SALT = "motcua.printing.tokens"
_SALT_OF_SLIPS = "motcua.dossiers.notice"  # of slips that citizens hold already: it may never change
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_SHAPE = re.compile(r"([pkbstrnq])([0-9a-z]{1,12}(?:\.[0-9a-z]{1,12}){0,5})-([0-9a-f]{16})")


def token(kind: str, *numbers: int) -> str:
    """The token of a paper: its kind and what identifies it (numbers not below 0)."""
    return f"{kind}{'.'.join(map(_base36, numbers))}-{_mark(kind, numbers)}"


def read_token(text: str) -> tuple[str, tuple[int, ...]] | None:
    """Kind and numbers of a token that we made; None for any other text."""
    found = _SHAPE.fullmatch(text)
    if found is None:
        return None
    kind, numbers = found[1], tuple(int(part, 36) for part in found[2].split("."))
    return (kind, numbers) if constant_time_compare(found[3], _mark(kind, numbers)) else None


def verify_url(text: str) -> str:
    """The address behind a QR code: the public page that says what the paper is."""
    return f"{settings.PUBLIC_URL}/xac-minh/{text}"


def _mark(kind: str, numbers: tuple[int, ...]) -> str:
    said = ".".join(map(str, numbers))
    salt, value = (_SALT_OF_SLIPS, said) if kind == SLIP else (_SALT, f"{kind}/{said}")
    return salted_hmac(salt, value, algorithm="sha256").hexdigest()[:16]


def _base36(number: int) -> str:
    text = ""
    while number or not text:
        number, rest = divmod(number, 36)
        text = _DIGITS[rest] + text
    return text
