"""How things are worded on paper, and which letters can be printed."""

import struct
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.printing.press import FONTS
from motcua.printing.rules import words
from motcua.printing.rules.glyphs import PRINTABLE


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026", "05/01/2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026", "28/02/2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026", "09/03/2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026", "31/12/2026"),
    ],
)
def test_dates_are_written_as_the_decree_wants(day: date, long: str, short: str) -> None:
    assert words.long_date(day) == long
    assert words.short_date(day) == short


@pytest.mark.parametrize(
    ("number", "written"), [(0, "0"), (1, "01"), (9, "09"), (10, "10"), (999, "999"), (1234567, "1.234.567")]
)
def test_counts_below_ten_get_a_nought(number: int, written: str) -> None:
    assert words.count(number) == written


def test_amounts_and_tallies_are_said_in_words() -> None:
    assert words.amount_in_words(8000) == "Tám nghìn đồng"
    assert words.tally(24) == {"digits": "24", "words": "hai mươi bốn"}


def test_time_of_signing_carries_its_zone() -> None:
    local = datetime(2026, 1, 5, 1, 30, tzinfo=UTC).astimezone(timezone(timedelta(hours=7)))
    assert words.signing_time(local) == "05-01-2026 08:30:00 +07:00"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Nguyễn Thị Ánh", "Nguyễn Thị Ánh"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Ánh Đường"), "Nguyễn Thị Ánh Đường"),
        ("một\tdòng\r\nhai dòng", "một dòng\nhai dòng"),
        ("an\u202eninh\u200b\x00", "anninh"),
        ("漢 😀", "\ufffd \ufffd"),
    ],
)
def test_text_is_made_printable(typed: str, printed: str) -> None:
    assert words.printable(typed) == printed


@given(st.text(max_size=60))
def test_any_text_becomes_printable_once_and_for_all(text: str) -> None:
    printed = words.printable(text)
    assert PRINTABLE.issuperset(printed)
    assert words.printable(printed) == printed


def test_every_vietnamese_letter_is_printable() -> None:
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    letters = {unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones} | {
        "đ"
    }
    assert len(letters) == 12 * 6 + 1
    assert letters | {letter.upper() for letter in letters} | set("…–—“”₫") <= PRINTABLE


@pytest.mark.parametrize("path", sorted(FONTS.glob("*.ttf")), ids=lambda path: path.stem)
def test_listed_characters_are_in_the_font(path: Path) -> None:
    assert not {ord(c) for c in PRINTABLE - {"\n"}} - code_points(path.read_bytes())


def code_points(font: bytes) -> set[int]:
    """The characters of a TrueType font: its cmap tables of format 4 (16 bits, segments)."""
    tables = {}
    for index in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        tables[tag] = offset
    cmap, found = tables[b"cmap"], set()
    for index in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        start = cmap + struct.unpack_from(">HHI", font, cmap + 4 + 8 * index)[2]
        if struct.unpack_from(">H", font, start)[0] == 4:
            found |= _segments(font, start)
    return found


def _segments(font: bytes, start: int) -> set[int]:
    doubled = struct.unpack_from(">H", font, start + 6)[0]
    ends = struct.unpack_from(f">{doubled // 2}H", font, start + 14)
    firsts = struct.unpack_from(f">{doubled // 2}H", font, start + 16 + doubled)
    return {point for first, end in zip(firsts, ends, strict=True) for point in range(first, end + 1)}
