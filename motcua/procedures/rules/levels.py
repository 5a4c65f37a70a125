"""Levels at which a procedure is carried out (cấp thực hiện), as codes and in the words of the portal."""

from motcua.core.text import fold

LEVEL_NAMES = {"central": "Cấp bộ", "province": "Cấp tỉnh", "district": "Cấp huyện", "commune": "Cấp xã"}
_CODES = {fold(name): code for code, name in LEVEL_NAMES.items()}


def level_codes(text: str) -> list[str]:
    """Codes of the levels that "Cấp tỉnh, Cấp xã" names; "Cơ quan khác" has none."""
    return [_CODES[word] for part in text.split(",") if (word := fold(part)) in _CODES]
