"""What a national sign-on says of a person, read through the mapping agreed with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.core.errors import RuleViolation
from motcua.core.text import fold, nfc

# Our field -> the claim it is in when the mapping says nothing. Names and levels of a provider are data, never code.
CLAIMS = {
    "identity_number": "identity_number",
    "full_name": "name",
    "birth_date": "birthdate",
    "gender": "gender",
    "level": "acr",
}
LEVELS = ("low", "substantial", "high")
LOWEST = LEVELS[0]


@dataclass(frozen=True, slots=True)
class Person:
    """Who a provider says has signed in; `level` is one of LEVELS. At the lowest the number is only what they declared there."""

    subject: str
    identity_number: str = ""
    full_name: str = ""
    birth_date: date | None = None
    gender: str = ""
    level: str = LOWEST

    @property
    def is_proven(self) -> bool:
        return bool(self.identity_number) and self.level != LOWEST


def merged(id_token: Mapping[str, Any], userinfo: Mapping[str, Any]) -> dict[str, Any]:
    """All claims; the token's come before those of the userinfo endpoint, which must speak of the same person.

    OpenID Connect Core 1.0, section 5.3.2. Raises RuleViolation when it does not, or when nobody is named.
    """
    subjects = {str(claims["sub"]) for claims in (id_token, userinfo) if claims.get("sub")}
    if len(subjects) != 1 or (userinfo and not userinfo.get("sub")):
        raise RuleViolation("Hệ thống định danh trả lời không khớp. Thử lại sau.")
    return {**userinfo, **id_token}


def person(said: Mapping[str, Any], claims: Mapping[str, str], levels: Mapping[str, str]) -> Person:
    """The person by a provider's claims. What does not have the form of its field is left out; an unknown level is the lowest."""
    names = {**CLAIMS, **claims}

    def text(field: str) -> str:
        return nfc(str(said.get(names[field]) or ""))

    number = text("identity_number")
    level = levels.get(text("level"), LOWEST)
    return Person(
        subject=str(said["sub"])[:255],
        identity_number=number if re.fullmatch(r"[0-9]{12}", number) else "",
        full_name=text("full_name")[:120],
        birth_date=_day(text("birth_date")),
        gender=_gender(text("gender")),
        level=level if level in LEVELS else LOWEST,
    )


def _day(text: str) -> date | None:
    """A date as 1990-01-31 or 31/01/1990."""
    if found := re.fullmatch(r"([0-9]{2})/([0-9]{2})/([0-9]{4})", text):
        text = f"{found[3]}-{found[2]}-{found[1]}"
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _gender(text: str) -> str:
    return {
        "nam": "male",
        "male": "male",
        "m": "male",
        "nu": "female",
        "female": "female",
        "f": "female",
    }.get(fold(text), "")


def mapping_problem(claims: Mapping[str, Any], levels: Mapping[str, Any]) -> str:
    """Why a mapping cannot be one, in Vietnamese; empty when it can."""
    if strange := sorted(set(claims) - set(CLAIMS)):
        return f"Không có mục {', '.join(strange)}. Chỉ ánh xạ: {', '.join(CLAIMS)}."
    if not all(isinstance(value, str) and value for value in [*claims.values(), *levels.values()]):
        return "Mỗi mục ánh xạ tới một tên bằng chữ."
    if wrong := sorted(set(levels.values()) - set(LEVELS)):
        return f"Không có mức {', '.join(wrong)}. Chỉ có: {', '.join(LEVELS)}."
    return ""
