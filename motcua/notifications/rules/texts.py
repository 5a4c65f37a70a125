"""Filling and checking the words of messages: a code, a link, a date; never a name, an address or what the matter is (data
minimisation, Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15).
"""

import string
from collections.abc import Mapping

from motcua.notifications.rules.events import COMMON, EVENTS, MEANINGS, TITLES
from motcua.notifications.rules.texts_en import TEXTS_EN
from motcua.notifications.rules.texts_vi import TEXTS_VI, Words

__all__ = ["CHANNELS", "LANGUAGES", "RECEIVED", "TEXTS", "TITLES", "fill", "places_in", "problem", "shipped"]

RECEIVED = "received"
CHANNELS = ("email", "sms", "zalo", "app")
LANGUAGES = ("vi", "en")
TEXTS: dict[str, Words] = TEXTS_VI
_BY_LANGUAGE: dict[str, dict[str, Words]] = {"vi": TEXTS_VI, "en": TEXTS_EN}
_PLACES = frozenset(MEANINGS)
SMS_LONGEST = 459  # three parts of 153 letters; longer ones are cut or refused by carriers


def shipped(kind: str, channel: str, language: str = "vi") -> tuple[str, str]:
    """Subject and body that ship for a kind on a channel. SMS has the short text, Zalo the long one without a subject."""
    subject, long, short = _BY_LANGUAGE[language][kind]
    return {"sms": ("", short), "zalo": ("", long)}.get(channel, (subject, long))


def places_in(text: str) -> frozenset[str]:
    """The names in braces of a text. Raises ValueError when braces do not pair."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def problem(text: str, kind: str = "") -> str:
    """Why a text cannot be a template of a kind, in Vietnamese; empty when it can. Without a kind: of any kind."""
    allowed = EVENTS[kind].places if kind in EVENTS else COMMON if kind else _PLACES
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return "Dấu ngoặc nhọn không thành cặp."
    for _, name, form, conversion in parts:
        if name is not None and (name not in allowed or form or conversion):
            return (
                f"Không có chỗ điền {{{name}}}. Chỉ dùng: {', '.join(sorted(f'{{{p}}}' for p in allowed))}."
            )
    return ""


def fill(text: str, context: Mapping[str, str]) -> str:
    """The text with its places filled; what the context lacks becomes a dash."""
    values = {place: str(context.get(place) or "–") for place in _PLACES}
    return text.format_map(values)
