"""Old encodings come out as the Unicode that was meant."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core import legacy_text
from motcua.core.errors import RuleViolation

SENTENCE = (
    "Uỷ ban nhân dân xã nhận hồ sơ đăng ký khai sinh, cấp giấy chứng nhận quyền sử dụng đất ở nông thôn; "
    "lệ phí tám nghìn đồng. Những người nộp thuế ở thị trấn được hướng dẫn kỹ, trả kết quả đúng hẹn."
)


def as_tcvn3(text: str) -> bytes:
    table = {unicode: old for old, unicode in legacy_text._TCVN3.items()}
    return "".join(table.get(letter, letter) for letter in text).encode("latin-1")


def as_vni(text: str) -> bytes:
    letters = {unicode: old for old, unicode in legacy_text._VNI_LETTERS.items()}
    marks = {marks: old for old, marks in legacy_text._VNI_MARKS.items()}

    def one(letter: str) -> str:
        small = letter.lower()
        if small in letters or small.isascii():
            old = letters.get(small, small)
        else:
            parts = unicodedata.normalize("NFD", small)
            horn = "\u031b" in parts
            base = unicodedata.normalize("NFC", parts[0] + "\u031b") if horn else parts[0]
            found = "".join(
                sorted((p for p in parts[1:] if p != "\u031b"), key="\u0302\u0306".find, reverse=True)
            )
            old = letters.get(base, base) + marks[found]
        return old if letter == small else old.upper()

    return "".join(map(one, text)).encode("latin-1")


@pytest.mark.parametrize(
    ("seen", "meant"), [("Hå s¬", "Hồ sơ"), ("§¨ng ký", "Đăng ký"), ("thñ tôc", "thủ tục")]
)
def test_tcvn3_words(seen, meant):
    assert legacy_text.from_tcvn3(seen) == meant


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("Hoà sô", "Hồ sơ"),
        ("Ñaêng kyù", "Đăng ký"),
        ("thuû tuïc", "thủ tục"),
        ("ÑÖÔØNG", "ĐƯỜNG"),
        ("kyõ, kî", "kỹ, kỵ"),
    ],
)
def test_vni_words(seen, meant):
    assert legacy_text.from_vni(seen) == meant


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SENTENCE.encode(), "utf-8"),
        (unicodedata.normalize("NFD", SENTENCE).encode(), "utf-8"),
        (SENTENCE.encode("utf-8-sig"), "utf-8-sig"),
        (SENTENCE.encode("utf-16"), "utf-16"),
        (as_tcvn3(SENTENCE.lower()), "tcvn3"),
        (as_vni(SENTENCE), "vni"),
    ],
)
def test_the_encoding_of_a_file_is_recognised(data, encoding):
    text, found = legacy_text.decode(data)
    assert found == encoding
    assert text in (SENTENCE, SENTENCE.lower())


def as_windows_1258(text: str) -> bytes:
    """Letters with their own byte stay whole; tones follow as bytes of their own."""
    result = bytearray()
    for letter in text:
        try:
            result += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tone = next(p for p in parts if p in "\u0300\u0301\u0303\u0309\u0323")
            rest = unicodedata.normalize("NFC", parts.replace(tone, ""))
            result += (rest + tone).encode("cp1258")
    return bytes(result)


def test_windows_1258_is_recognised():
    assert legacy_text.decode(as_windows_1258(SENTENCE)) == (SENTENCE, "windows-1258")


def test_a_file_of_another_kind_is_refused():
    with pytest.raises(RuleViolation, match="bảng mã"):
        legacy_text.decode(bytes(range(128, 256)) * 3)


def test_an_empty_file_is_text():
    assert legacy_text.decode(b"") == ("", "utf-8")


WORDS = st.lists(
    st.sampled_from(SENTENCE.lower().replace(",", "").replace(";", "").replace(".", "").split()), max_size=30
)


@given(WORDS)
def test_what_was_written_in_tcvn3_or_vni_is_read_back(words):
    text = " ".join(words)
    assert legacy_text.from_tcvn3(as_tcvn3(text).decode("latin-1")) == text
    assert legacy_text.from_vni(as_vni(text).decode("latin-1")) == text
