"""What a line and a number are called."""

import re

from motcua.core.errors import RuleViolation

_LETTERS = re.compile(r"[A-Z]{1,2}")


def prefix_of(text: str) -> str:
    """The letters before the numbers of a line: one or two, A to Z, as they are read out. Raises RuleViolation."""
    clean = text.strip().upper()
    if not _LETTERS.fullmatch(clean):
        raise RuleViolation("Ký hiệu là một hoặc hai chữ cái A–Z.", field="letters")
    return clean


def number_text(prefix: str, number: int) -> str:
    """ "A007": as it stands on the slip and on the board."""
    return f"{prefix}{number:03d}"
