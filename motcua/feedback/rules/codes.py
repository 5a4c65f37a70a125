"""Codes of feedback: a series of their own, gapless by agency and day: PAKN-H40.12-261110-0001."""

import re
from datetime import date

_CODE = re.compile(r"PAKN-[0-9A-Z.]{1,40}-\d{6}-\d{4,}")
# Letters and digits that nobody takes for another one over the phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SECRET_LENGTH = 10


def series(agency_code: str, agency_id: int, day: date) -> str:
    """The series that the next code comes from."""
    return f"PAKN-{(agency_code or f'A{agency_id}').upper()}-{day:%y%m%d}"


def code(series: str, number: int) -> str:
    """The code of a number in a series."""
    return f"{series}-{number:04d}"


def clean_code(text: str) -> str:
    """A code as typed: spaces and case make no difference; "" when it can be none."""
    found = "".join(text.split()).upper()
    return found if len(found) <= 70 and _CODE.fullmatch(found) else ""


def clean_secret(text: str) -> str:
    """A secret as typed: spaces, dashes and case make no difference."""
    return "".join(letter for letter in text.upper() if letter in ALPHABET)[:40]


def shown_secret(secret: str) -> str:
    """A secret as it is printed: in two halves."""
    half = len(secret) // 2
    return f"{secret[:half]}-{secret[half:]}"
