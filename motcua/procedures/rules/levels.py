"""Levels at which a procedure is carried out (cấp thực hiện), as codes and in the words of the portal."""

from motcua.core.text import fold

LEVEL_NAMES = {"central": "Cấp bộ", "province": "Cấp tỉnh", "district": "Cấp huyện", "commune": "Cấp xã"}
_CODES = {fold(name): code for code, name in LEVEL_NAMES.items()}
_OF_NO_LEVEL = frozenset({"", fold("Cơ quan khác")})


def level_codes(text: str) -> list[str]:
    """Codes of the levels that "Cấp tỉnh, Cấp xã" names; "Cơ quan khác" has none."""
    return [_CODES[word] for part in text.split(",") if (word := fold(part)) in _CODES]


def unknown_levels(text: str) -> list[str]:
    """What a text names that is no level: "Cấp xã, Cấp thôn" -> "Cấp thôn". Bodies outside the levels are no mistake."""
    parts = [part.strip() for part in text.split(",")]
    return [part for part in parts if fold(part) not in _CODES.keys() | _OF_NO_LEVEL]
