"""How dates, moments, counts and amounts are worded on paper (NĐ 30/2020/NĐ-CP, Phụ lục I).

Days and the months 1 and 2 are written with a leading zero, and so are counts below 10.
"""

import unicodedata
from datetime import date, datetime

from motcua.core.money import in_words, number_in_words
from motcua.printing.rules.glyphs import PRINTABLE

MISSING_GLYPH = "\ufffd"


def long_date(day: date) -> str:
    """ "ngày 05 tháng 01 năm 2026"; from March on the month has no leading zero."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    """05/01/2026."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def clock(moment: datetime) -> str:
    """ "08 giờ 05 phút" of a naive local moment."""
    return f"{moment.hour:02d} giờ {moment.minute:02d} phút"


def count(number: int) -> str:
    """A count with numbers below 10 written 01 to 09; nothing is 0."""
    return f"{number:02d}" if 0 < number < 10 else thousands(number)


def thousands(number: int) -> str:
    """1.234.567, as Vietnamese groups digits."""
    return f"{number:,}".replace(",", ".")


def printable(text: str) -> str:
    """The text in NFC; characters that the form's font lacks become a visible replacement mark.

    A PDF/A may not hold a character without a glyph, and one odd sign in a name must not stop the counter.
    """
    normal = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\t", " ")
    if PRINTABLE.issuperset(normal):
        return normal
    return "".join(c if c in PRINTABLE else _stand_in(c) for c in normal)


def _stand_in(character: str) -> str:
    """What is printed for a character without a glyph: nothing for an invisible one, else a visible mark."""
    return "" if unicodedata.category(character) in ("Cc", "Cf", "Mn", "Zl", "Zp") else MISSING_GLYPH


def amount_in_words(number: int) -> str:
    """ "Tám nghìn đồng": an amount as a receipt says it, beginning with a capital."""
    text = in_words(number)
    return text[:1].upper() + text[1:]


def tally(number: int) -> dict[str, str]:
    """A number as a closing line says it: digits and words."""
    return {"digits": count(number), "words": number_in_words(number)}


def signing_time(local: datetime) -> str:
    """05-01-2026 08:30:00 +07:00, of an aware moment already in Vietnamese time (NĐ 30/2020, Phụ lục I)."""
    return f"{local:%d-%m-%Y %H:%M:%S} +07:00"
