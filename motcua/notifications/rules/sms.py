"""How long an SMS is: GSM 03.38 letters or UCS-2, in parts as carriers charge them (3GPP TS 23.038, 23.040)."""

import unicodedata
from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")
_LOOKALIKES = str.maketrans(
    {
        "đ": "d",
        "Đ": "D",
        "–": "-",
        "—": "-",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "…": "...",
        "\u00a0": " ",
    }
)


@dataclass(frozen=True)
class Length:
    """`units`: septets or UTF-16 code units; `parts`: SMS that carriers count."""

    encoding: str
    units: int
    parts: int

    @property
    def room(self) -> int:
        """How many units still fit into the last part."""
        one, more = _SIZES[self.encoding]
        return (one if self.parts <= 1 else more * self.parts) - self.units


_SIZES = {"GSM-7": (160, 153), "UCS-2": (70, 67)}


def length(text: str) -> Length:
    """The length of a text. A letter of two units never straddles two parts."""
    if all(letter in _BASIC or letter in _EXTENDED for letter in text):
        return _length("GSM-7", [2 if letter in _EXTENDED else 1 for letter in text])
    return _length("UCS-2", [2 if ord(letter) > 0xFFFF else 1 for letter in text])


def _length(encoding: str, sizes: list[int]) -> Length:
    one, more = _SIZES[encoding]
    whole = sum(sizes)
    if whole <= one:
        return Length(encoding, whole, 1 if sizes else 0)
    parts, used = 1, 0
    for size in sizes:
        if used + size > more:
            parts, used = parts + 1, 0
        used += size
    return Length(encoding, whole, parts)


def plain(text: str) -> str:
    """The text without Vietnamese marks, so that it goes as GSM-7: "Đã tiếp nhận" -> "Da tiep nhan"."""
    bare = unicodedata.normalize("NFD", text.translate(_LOOKALIKES))
    return unicodedata.normalize("NFC", "".join(c for c in bare if not unicodedata.combining(c)))
