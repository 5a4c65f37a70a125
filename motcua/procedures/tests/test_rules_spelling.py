"""Typing errors forgiven, and how many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.procedures.rules.audiences import Group, groups_of
from motcua.procedures.rules.spelling import (
    all_words,
    apart,
    distance,
    fit,
    meant,
    slips_forgiven,
    understood,
    words_of,
)

IN_USE = {
    "khai": 9,
    "sinh": 9,
    "tu": 5,
    "nghe": 4,
    "cong": 6,
    "giai": 4,
    "quyet": 4,
    "chuyen": 3,
    "nhuong": 2,
}


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("khai", "khai", 0), ("kahi", "khai", 1), ("kha", "khai", 1), ("khaii", "khai", 1), ("chai", "khai", 1),
        ("ghe", "nghe", 1), ("abcd", "khai", 3), ("", "ab", 2),
    ],
)  # fmt: skip
def test_slips_are_counted(one, other, slips):
    assert distance(one, other, 2) == min(slips, 3)


words = st.text("abcdn", max_size=8)


@given(words, words)
def test_the_distance_is_the_same_both_ways_and_nothing_only_for_the_same(one, other):
    assert distance(one, other, 8) == distance(other, one, 8)
    assert (distance(one, other, 8) == 0) == (one == other)


@pytest.mark.parametrize(
    ("word", "slips"),
    [("tu", 0), ("khai", 1), ("nhuong", 1), ("chuyenn", 2), ("9.000001", 0), ("12345678", 0)],
)
def test_longer_words_may_have_more_slips_and_codes_none(word, slips):
    assert slips_forgiven(word) == slips


def test_a_word_means_itself_first_then_its_neighbours():
    assert meant("khai", IN_USE)[0] == ("khai", 0)
    assert meant("ghe", IN_USE)[0] == ("nghe", 1)
    assert meant("xyz", IN_USE) == ()


def test_apostrophes_of_every_kind_make_no_difference():
    assert words_of("ea h'ding") == words_of("ea h’ding") == words_of("ea hding") == ("ea", "hding")
    assert words_of("a, b; 1.001193.") == ("a", "b", "1.001193")
    assert len(words_of("x " * 40)) == 12


def test_idle_words_are_left_out_unless_there_is_no_other():
    assert [one.word for one in understood(("toi", "muon", "khai", "sinh"), IN_USE)] == ["khai", "sinh"]
    assert [one.word for one in understood(("toi",), IN_USE)] == ["toi"]


def test_a_text_fits_by_the_share_of_what_was_asked():
    wanted = understood(("kahi", "sinh"), IN_USE)
    assert fit(wanted, {"khai", "sinh"}) > fit(wanted, {"khai"}) > fit(wanted, {"cong"}) == 0
    assert fit(understood(("khai", "sinh"), IN_USE), {"khai", "sinh", "tu"}) == 1
    assert fit(understood(("xyz",), IN_USE), {"khai"}) == 0


def test_two_words_typed_as_one_are_taken_apart():
    assert apart("khaisinh", IN_USE) == ("khai", "sinh")
    assert apart("khai", IN_USE) == ("khai",)
    assert apart("zzzzzz", IN_USE) == ("zzzzzz",)


@pytest.mark.parametrize(
    ("names", "groups"),
    [
        (["Công dân Việt Nam", "Người nước ngoài"], {Group.CITIZEN}),
        (["Doanh nghiệp", "Hợp tác xã"], {Group.ENTERPRISE}),
        (["Cá nhân", "Tổ chức"], set(Group)),
        ([], set(Group)),
    ],
)
def test_the_catalogue_s_audiences_are_two_groups(names, groups):
    assert groups_of(names) == groups
    assert all(group.label for group in groups)


@given(st.text(alphabet="ab.' -_1đ", max_size=25))
def test_all_words_of_a_text_are_those_that_a_question_would_have(text: str) -> None:
    folded = " ".join(text.split())
    assert all_words(folded) == set(words_of(folded)) or len(words_of(folded)) == 12
    assert all_words("x1 " * 3 + "y " * 40) == {"x1", "y"}


def test_words_of_too_different_lengths_are_not_compared_letter_by_letter():
    assert distance("hộ", "hộ tịch", 2) == 3
