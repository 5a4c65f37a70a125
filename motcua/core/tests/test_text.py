"""Folding, sorting, finding, telling codes apart."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core import text


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("Thời hạn [likely]", "Thời hạn (chưa đối chiếu với văn bản gốc)"),
        (
            "Tên [likely]; 30 ngày [check].",
            "Tên (chưa đối chiếu với văn bản gốc); 30 ngày (chưa đối chiếu với văn bản gốc).",
        ),
        ("[check]", "Chưa đối chiếu với văn bản gốc"),
        ("Thông tư 226/2016/TT-BTC [sure]", "Thông tư 226/2016/TT-BTC [sure]"),
        ("", ""),
    ],
)
def test_marks_of_a_source_are_read_in_words(stored, shown):
    assert text.source_note(stored) == shown


@pytest.mark.parametrize(
    ("given_text", "folded"),
    [("Đỗ  Thị Hòa", "do thi hoa"), ("Hoà", "hoa"), ("ĐƯỜNG", "duong"), ("a\u0302\u0301", "a"), ("", "")],
)
def test_folding_drops_marks_case_and_double_blanks(given_text, folded):
    assert text.fold(given_text) == folded


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(given_text):
    once = text.fold(given_text)
    assert text.fold(once) == once


IN_ORDER = [
    "a", "à", "ả", "ã", "á", "ạ", "An Khê", "Anh", "ăn", "ấn", "ba", "Bà Rịa", "Bắc Giang", "Bắc Ninh", "Bình", "ca",
    "da", "đa", "Đà Nẵng", "Đắk Lắk", "em", "êm", "on", "ôn", "ơn", "Quảng", "tu", "tú", "tư", "tứ", "xa", "y",
]  # fmt: skip


def test_names_sort_as_in_a_dictionary():
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=text.sort_key) == IN_ORDER


def test_a_word_alone_comes_before_it_with_another():
    assert sorted(["Hà Nội", "Hà", "Hải Phòng"], key=text.sort_key) == ["Hà", "Hà Nội", "Hải Phòng"]


@given(st.text(max_size=20))
def test_sorting_takes_any_text_and_either_form_of_unicode(given_text):
    import unicodedata

    assert text.sort_key(given_text) == text.sort_key(
        unicodedata.normalize("NFD", unicodedata.normalize("NFC", given_text))
    )


@pytest.mark.parametrize(
    ("whole", "query", "found"),
    [
        ("Đăng ký khai sinh", "dang ky", "Đăng ký"),
        ("Đăng ký khai sinh", "KHAI SINH", "khai sinh"),
        ("Hoa\u0300 Bình", "hoa", "Hoa\u0300"),
        ("Nguyễn  Văn", "nguyen van", ""),
        ("abc", "", ""),
        ("abc", "x", ""),
    ],
)
def test_what_was_searched_for_is_found_in_the_text(whole, query, found):
    start, end = text.find_folded(whole, query)
    assert whole[start:end] == found


VIETNAMESE = st.text(st.sampled_from("aàảãáạăằâầbcdđeêềghiklmnoôốơởpqrstuưứxyĐÂÊ 0123-/."), max_size=30)


@given(VIETNAMESE, st.integers(0, 29), st.integers(1, 10))
def test_a_piece_of_the_text_is_found_again_whatever_its_marks(whole, at, length):
    piece = whole[at : at + length].strip()
    start, end = text.find_folded(whole, text.fold(piece))
    if "  " not in whole and piece:
        assert text.fold(whole[start:end]) == text.fold(piece)


@given(st.text(max_size=30), st.text(max_size=5))
def test_finding_takes_any_text(whole, query):
    start, end = text.find_folded(whole, query)
    assert 0 <= start <= end <= len(whole)
