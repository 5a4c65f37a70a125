"""Sign-in names."""

import re

from motcua.core.errors import RuleViolation

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}", re.ASCII)


def username(text: str) -> str:
    """The sign-in name in lower case. Raises RuleViolation unless it is 2 to 60 letters a-z, digits,
    dots, dashes.
    """
    clean = text.strip().lower()
    if not _USERNAME.fullmatch(clean):
        raise RuleViolation(
            "Tên đăng nhập gồm 2 đến 60 chữ cái không dấu, chữ số, dấu chấm, gạch ngang; bắt đầu bằng chữ hoặc số.",
            field="username",
        )
    return clean
