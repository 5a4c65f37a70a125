"""Guides without a database: followed, added up, read from addresses, checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.procedures.rules.guides import (
    Answer,
    GuideTree,
    Known,
    Outcome,
    Question,
    check,
    longest,
    outcome,
    read_state,
    state,
    walk,
)

END = (Answer("Có", "result"), Answer("Không", "stop", reason="Chưa đủ điều kiện"))


def asks(number, *answers):
    return Question(number, f"Câu {number}?", answers=answers or END)


def to(number, label="Tiếp", **more):
    return Answer(label, "question", next=number, **more)


TREE = GuideTree((asks(1, to(2, case="A", adds=("x",)), END[1]), asks(2, to(3, "Có", adds=("y",), drops=("x",)), to(3, "Không", case="B", exemption="Nghèo")), asks(3)))  # fmt: skip
KNOWN = Known(frozenset("AB"), frozenset("xy"), frozenset(["Nghèo"]))


def test_a_sound_guide_has_no_fault():
    assert check(TREE, KNOWN) == []
    assert longest(TREE) == 3


def test_a_way_goes_as_far_as_its_answers():
    assert walk(TREE, ()).asked == TREE.questions[0]
    assert walk(TREE, (1,)).asked == TREE.questions[1]
    assert walk(TREE, (2,)).stopped == END[1]
    assert walk(TREE, (1, 2, 1)).is_decided
    assert walk(TREE, (1, 9)).asked == TREE.questions[1]
    assert walk(TREE, (2, 1, 1)).places == (2,)
    assert walk(GuideTree(), (1,)).asked is None
    assert not walk(GuideTree(), ()).is_decided


def test_what_the_answers_say_adds_up():
    assert outcome(walk(TREE, (1, 1, 1))) == Outcome("A", ("y",), ("x",), "")
    assert outcome(walk(TREE, (1, 2, 1))) == Outcome("B", ("x",), (), "Nghèo")


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        (GuideTree(), "chưa có câu hỏi"),
        (GuideTree((asks(1, END[0]),)), "ít nhất hai"),
        (GuideTree((asks(1, END[0], END[0]),)), "giống nhau"),
        (GuideTree((asks(1, to(None), END[1]),)), "chưa chọn câu hỏi tiếp"),
        (GuideTree((asks(1, to(7), END[1]),)), "chưa chọn câu hỏi tiếp"),
        (GuideTree((asks(1, to(1), END[1]),)), "hỏi vòng"),
        (GuideTree((asks(1, to(2), END[1]), asks(2, to(1), END[1]))), "hỏi vòng"),
        (GuideTree((asks(1, END[0], Answer("Không", "stop")),)), "phải nêu lý do"),
        (GuideTree((asks(1), asks(2))), "Không câu trả lời nào dẫn đến câu 2"),
        (GuideTree((asks(1, Answer("Có", "result", case="Z"), END[1]),)), "không có trường hợp “Z”"),
        (GuideTree((asks(1, Answer("Có", "result", drops=("z",)), END[1]),)), "không có giấy tờ “z”"),
        (GuideTree((asks(1, Answer("Có", "result", exemption="z"), END[1]),)), "đối tượng miễn, giảm “z”"),
        (GuideTree((*(asks(n, to(n + 1), END[1]) for n in range(1, 13)), asks(13))), "dài 13 câu"),
    ],
)
def test_what_is_wrong_with_a_guide_is_said(tree, said):
    assert any(said in fault.message for fault in check(tree, KNOWN))


@given(st.integers(0, 9999), st.lists(st.integers(0, 99), max_size=20))
def test_an_address_is_read_as_it_was_written(number, places):
    assert read_state(state(number, places)) == (number, tuple(places))


@pytest.mark.parametrize(
    "text", ["", "1", "a-1", "1-1.", "1-100", "12345-1", "1-" + ".".join("1" * 21), "１-1"]
)
def test_an_address_that_nobody_wrote_is_nothing(text):
    assert read_state(text) == (0, ())


@given(st.lists(st.integers(0, 9), max_size=30))
def test_no_answers_lead_out_of_a_guide(places):
    way = walk(TREE, places)
    assert way.is_decided or way.stopped or way.asked
    assert len(way.chosen) <= len(TREE.questions)
