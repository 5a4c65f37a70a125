"""Vietnamese of the years before Unicode: TCVN3 (.VnTime fonts), VNI-Windows, Windows-1258. Old registers still come so.

TCVN3 and VNI text is what one sees when its bytes are read as Windows-1252: "Hå s¬", "Hoà sô" both mean "Hồ sơ".
"""

import unicodedata
from collections.abc import Callable

from motcua.core.errors import RuleViolation

# One byte, one letter. Capitals with a tone have no byte: fonts for capitals show the small letter's byte.
_TCVN3 = dict(
    zip(
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\xadõö÷øùúûüýþ¡¢£¤¥¦§",
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)

# A letter, then a byte for its marks.
_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}
_VNI_MARKED = "aeouyơư"


def from_tcvn3(text: str) -> str:
    """TCVN3 text, read as Windows-1252, in Unicode."""
    return "".join(_TCVN3.get(letter, letter) for letter in text)


def from_vni(text: str) -> str:
    """VNI-Windows text, read as Windows-1252, in Unicode."""
    result: list[str] = []
    for letter in text:
        marks = _VNI_MARKS.get(letter.lower())
        if marks and result and result[-1].lower() in _VNI_MARKED:
            result[-1] = unicodedata.normalize("NFC", result[-1] + marks)
        else:
            result.append(_vni_letter(letter))
    return "".join(result)


def _vni_letter(letter: str) -> str:
    plain = _VNI_LETTERS.get(letter.lower(), "")
    return (plain if letter.islower() else plain.upper()) or letter


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file of unknown age in NFC, and the name of its encoding.

    Unicode is certain when it fits; between the older ones the reading with the fewest letters that Vietnamese does
    not have is taken. Raises RuleViolation when no reading makes sense: then somebody must look.
    """
    for name, mark in (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff")):
        if data.startswith(mark):
            return unicodedata.normalize("NFC", data.decode(name)), name
    try:
        return unicodedata.normalize("NFC", data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        return _older(data)


_READINGS: tuple[tuple[str, Callable[[bytes], str]], ...] = (
    ("windows-1258", lambda data: data.decode("cp1258", "replace")),
    ("tcvn3", lambda data: from_tcvn3(data.decode("latin-1"))),
    ("vni", lambda data: from_vni(data.decode("latin-1"))),
)


def _older(data: bytes) -> tuple[str, str]:
    readings = [(unicodedata.normalize("NFC", read(data)), name) for name, read in _READINGS]
    text, name = min(readings, key=lambda reading: strangeness(reading[0]))
    if strangeness(text) > 0.05:
        raise RuleViolation("Không nhận ra bảng mã của tệp. Lưu lại tệp theo Unicode (UTF-8) rồi thử lại.")
    return text, name


_SAFE = set("–—‘’“”…•°²³½§«»±×€₫\xa0")


def strangeness(text: str) -> float:
    """The share of words with a letter or an order of letters that Vietnamese does not have."""
    words = text.split()
    return sum(map(_is_strange, words)) / len(words) if words else 0.0


def _is_strange(word: str) -> bool:
    bare = unicodedata.normalize("NFD", word.strip(".,;:!?()[]\"'-/%"))
    tones = sum(bare.count(tone) for tone in "\u0300\u0301\u0303\u0309\u0323")
    letters = set(bare.lower()) - set("abcdefghijklmnopqrstuvwxyzđ0123456789.,;:/-()\u0302\u0306\u031b")
    capital_inside = word[1:] != word[1:].lower() and word != word.upper()
    return tones > 1 or bool(letters - set("\u0300\u0301\u0303\u0309\u0323") - _SAFE) or capital_inside
