"""Rules of feedback: table, clock, conflict, codes, other paths, likeness, redaction, what is sent."""

from datetime import datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.errors import RuleViolation
from motcua.feedback.rules import codes, likeness, redaction, states
from motcua.feedback.rules.conflict import barred, require_free
from motcua.feedback.rules.deadlines import Days, Longer, Pause, derived, dues, is_late, require_in_time
from motcua.feedback.rules.paths import other_path
from motcua.feedback.rules.sending import (
    FeedbackData,
    SenderData,
    checked_content,
    checked_place,
    checked_sender,
)
from motcua.feedback.rules.states import TABLE, Act, State, lawful, target
from motcua.workdays.rules.national import national

MONDAY = datetime(2026, 11, 2, 8, 0)
DAYS = Days(2, 5, 15)


def test_every_state_but_the_last_ones_has_a_way_on() -> None:
    ends = {State.DECLINED, State.PASSED_ON}
    assert {s for s in State if not lawful(s)} == ends
    assert lawful(State.CLOSED) == [Act.FLAG]


@pytest.mark.parametrize("act", TABLE)
def test_an_act_is_refused_where_the_table_does_not_have_it(act: Act) -> None:
    for state in State:
        if state in TABLE[act][0]:
            assert target(state, act) == (TABLE[act][1] or state)
        else:
            with pytest.raises(RuleViolation, match="Không làm được việc"):
                target(state, act)


def test_the_table_prints() -> None:
    rows = list(states.as_rows())
    assert ("Mới, chờ phân loại", "Phân loại và tiếp nhận", "Đã tiếp nhận") in rows
    assert len(rows) == sum(len(sources) for sources, _ in TABLE.values())


def test_the_clock_skips_weekends_and_the_holiday_of_24_november() -> None:
    found = dues(MONDAY, DAYS, national())
    assert [moment.date().isoformat() for moment in (found.classify, found.transfer, found.resolve)] == [
        "2026-11-04",
        "2026-11-09",
        "2026-11-23",
    ]


def test_waiting_for_the_sender_moves_the_due_date_and_an_extension_does_so_once() -> None:
    calm = derived(MONDAY, 15, (), None, national())
    asked = [Pause(datetime(2026, 11, 4, 9, 0), datetime(2026, 11, 6, 9, 0))]
    waited = derived(MONDAY, 15, asked, None, national())
    longer = Longer(datetime(2026, 11, 10, 9, 0), 5, "vụ việc phức tạp", "TB 01")
    assert calm.due_at < waited.due_at < derived(MONDAY, 15, asked, longer, national()).due_at
    assert derived(MONDAY, 15, [Pause(datetime(2026, 11, 4, 9, 0), None)], None, national()).paused
    assert "vụ việc phức tạp" in derived(MONDAY, 15, (), longer, national()).as_text()


def test_an_extension_on_the_last_day_is_too_late() -> None:
    due = dues(MONDAY, DAYS, national()).resolve
    require_in_time(datetime(2026, 11, 20, 9, 0), due, national())
    with pytest.raises(RuleViolation, match="ít nhất 1 ngày"):
        require_in_time(datetime(2026, 11, 23, 9, 0), due, national())
    assert is_late(due, datetime(2026, 11, 24, 8, 0))
    assert not is_late(due, datetime(2026, 11, 23, 23, 0))


@pytest.mark.parametrize(
    ("person", "officer", "places", "led", "strict", "word"),
    [
        (1, None, ["/1/2/"], ["/1/2/"], True, ""),
        (1, 1, [], [], False, "Người bị phản ánh"),
        (2, 1, ["/1/2/"], [], True, ""),
        (2, 1, ["/1/2/3/"], ["/1/2/"], True, "Cấp dưới"),
        (2, 1, ["/1/2/3/"], ["/1/2/"], False, ""),
        (2, 1, ["/1/"], ["/1/2/"], True, ""),
    ],
)
def test_who_may_not_handle(person, officer, places, led, strict, word) -> None:
    said = barred(person, officer, places, led, bar_subordinates=strict)
    assert said.startswith(word)
    assert bool(said) == bool(word)
    if word:
        with pytest.raises(RuleViolation, match=word):
            require_free(said, field="handler")
    else:
        require_free(said)


def test_codes_are_a_series_of_their_own_and_read_as_typed() -> None:
    key = codes.series("H40.12", 7, MONDAY.date())
    assert codes.code(key, 3) == "PAKN-H40.12-261102-0003"
    assert codes.series("", 7, MONDAY.date()) == "PAKN-A7-261102"
    assert codes.clean_code(" pakn-h40.12-261102-0003 ") == "PAKN-H40.12-261102-0003"
    assert codes.clean_code("PAKN-1; DROP") == ""
    assert codes.clean_code("PAKN-" + "9" * 90) == ""
    assert codes.shown_secret("ABCDE23456") == "ABCDE-23456"
    assert codes.clean_secret("abcde 23456-") == "ABCDE23456"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Tôi tố cáo ông A nhận hối lộ", "denunciation"),
        ("toi khieu nai quyet dinh thu hoi dat", "complaint"),
        ("Cô ấy nói nhỏ, tôi cáo bận", None),
        ("Chờ ba tiếng mới được gọi số", None),
    ],
)
def test_complaints_and_denunciations_are_recognised_with_and_without_marks(
    text: str, key: str | None
) -> None:
    path = other_path(text)
    assert (path.key if path else None) == key


def test_alike_by_words_or_by_place() -> None:
    one = likeness.words_of("Đèn đường hỏng ở ngõ 12, tối không đi được")
    rows = [
        (1, likeness.words_of("den duong hong ngo 12"), None),
        (2, likeness.words_of("Thu phí chứng thực sai"), None),
        (3, likeness.words_of("Việc khác hẳn"), 120.0),
        (4, likeness.words_of("Việc khác hẳn"), 5000.0),
    ]
    assert set(likeness.best(one, rows)) == {1, 3}
    assert likeness.likeness(frozenset(), frozenset()) == 0
    assert 1_100 < likeness.metres(12.0, 108.0, 12.01, 108.0) < 1_120


def test_personal_data_are_found_and_struck_out() -> None:
    text = (
        "Bà Nguyễn Thị Lan (038200000001, 0912 345 678, lan@example.vn) gặp ông Hùng; le van thu ly từ chối."
    )
    found = redaction.find(text, ["Lê Văn Thụ Lý", "Lan"])
    assert {one.what for one in found} == {"họ tên", "số định danh", "số điện thoại", "thư điện tử"}
    clean = redaction.strike(text, found)
    for word in ("Lan", "0912", "0382", "@", "Hùng", "thu ly"):
        assert word not in clean
    assert redaction.find("Chờ ba tiếng ở quầy 2 ngày 05/11/2026.") == []


def test_what_lies_inside_another_piece_is_found_once_as_the_longer_one() -> None:
    """A number in an address, a name after "bà" that is also one of the names asked for."""
    text = "Thư gửi 038200000001@example.vn cho bà Nguyễn Thị Lan."
    found = redaction.find(text, ["Thị Lan"])
    assert [one.text for one in found] == ["038200000001@example.vn", "Nguyễn Thị Lan"]
    assert redaction.strike(text, found) == "Thư gửi [đã ẩn] cho bà [đã ẩn]."


@given(st.text(max_size=200), st.text(max_size=30))
def test_striking_out_never_fails_and_leaves_nothing_that_was_found(text: str, name: str) -> None:
    found = redaction.find(text, [name])
    assert all(text[one.start : one.end] == one.text for one in found)
    assert redaction.strike(text, found).count(redaction.STRUCK) >= len(found)


def test_what_is_sent_is_checked() -> None:
    assert (
        checked_content("  Dòng  một có đủ hai mươi ký tự\n\nDòng hai ")
        == "Dòng một có đủ hai mươi ký tự\n\nDòng hai"
    )
    for text, word in (("ngắn", "Viết rõ hơn"), ("dài " * 2000, "Viết gọn")):
        with pytest.raises(RuleViolation, match=word):
            checked_content(text)
    assert checked_sender(SenderData(" Lan ", "0912 345 678")).phone
    with pytest.raises(RuleViolation, match="để nhận tin"):
        checked_sender(SenderData("Lan", wants_messages=True))
    assert SenderData("Lan").is_anonymous
    assert not SenderData("Lan", address="Thôn 1").is_anonymous
    assert FeedbackData(uuid4(), "web", 1, 1, "x").sender.is_anonymous


def test_half_a_place_is_none_and_none_lies_off_the_earth() -> None:
    assert checked_place(Decimal(12), None) == (None, None)
    assert checked_place(Decimal(12), Decimal(108)) == (Decimal(12), Decimal(108))
    with pytest.raises(RuleViolation, match="Tọa độ"):
        checked_place(Decimal(91), Decimal(0))
