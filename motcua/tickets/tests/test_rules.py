"""Whose turn it is, what follows on what, how long it takes, when numbers are given out."""

from datetime import datetime, time, timedelta

import pytest

from motcua.core.errors import RuleViolation
from motcua.tickets.rules.hours import giving_out, require_open
from motcua.tickets.rules.marks import number_text, prefix_of
from motcua.tickets.rules.order import Waiting, in_order, run_of
from motcua.tickets.rules.pace import expected_minutes, minutes_of, percentile, together
from motcua.tickets.rules.priority import ASKED, LABELS, Priority
from motcua.tickets.rules.states import OUTCOMES, TRANSITIONS, Act, Outcome, State, state_of, target

START = datetime(2026, 11, 2, 8)
SESSIONS = [(time(7, 30), time(11, 30)), (time(13, 30), time(17, 0))]


def waiting(text: str) -> list[Waiting]:
    """ "pop": a priority, an ordinary, a priority ticket, taken in that order."""
    return [Waiting(n, START + timedelta(minutes=n), letter == "p") for n, letter in enumerate(text)]


@pytest.mark.parametrize(
    ("line", "run", "most", "called"),
    [
        ("", 0, 2, []),
        ("ooo", 0, 2, [0, 1, 2]),
        ("oop", 0, 2, [2, 0, 1]),
        ("pppoo", 0, 2, [0, 1, 3, 2, 4]),  # after two of priority one of the others
        ("opppp", 1, 2, [1, 0, 2, 3, 4]),  # one has been called before
        ("opp", 2, 2, [0, 1, 2]),
        ("ppp", 5, 2, [0, 1, 2]),  # nobody else waits
        ("oopp", 0, 1, [2, 0, 3, 1]),
        ("oopp", 3, 20, [2, 3, 0, 1]),
    ],
)
def test_priority_goes_first_but_not_without_end(line, run, most, called):
    assert [one.pk for one in in_order(waiting(line), run, most)] == called
    assert [one.pk for one in in_order(reversed(waiting(line)), run, most)] == called


@pytest.mark.parametrize(
    ("latest", "run"), [([], 0), ([True, True, False, True], 2), ([False, True], 0), ([True], 1)]
)
def test_priority_calls_count_back_to_the_last_other_one(latest, run):
    assert run_of(latest) == run


@pytest.mark.parametrize(
    ("called", "served", "ended", "outcome", "state"),
    [
        (None, None, None, "", State.WAITING),
        (START, None, None, "", State.CALLED),
        (START, START, None, "", State.SERVED),
        (START, START, START, "done", State.ENDED),
        (START, None, START, "done", State.ENDED),
        (START, None, START, "absent", State.ABSENT),
    ],
)
def test_the_moments_tell_the_state(called, served, ended, outcome, state):
    assert state_of(called, served, ended, outcome) is state


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("state", State)
def test_only_what_the_table_holds_may_follow(state, act):
    if (state, act) in TRANSITIONS:
        assert target(state, act) is TRANSITIONS[state, act]
    else:
        with pytest.raises(RuleViolation):
            target(state, act)


def test_who_was_absent_comes_back_once():
    assert target(State.ABSENT, Act.PUT_BACK) is State.WAITING
    with pytest.raises(RuleViolation, match="lấy số mới"):
        target(State.ABSENT, Act.PUT_BACK, put_back_before=True)


def turns(*minutes: float) -> list[timedelta]:
    return [timedelta(minutes=n) for n in minutes]


@pytest.mark.parametrize(
    ("before", "took", "desks", "expected"),
    [
        (3, turns(4, 4, 4, 4), 1, None),  # four have been served: too few to say
        (3, turns(4, 4, 4, 4, 4), 1, 16),
        (3, turns(4, 4, 4, 4, 4), 3, 6),  # 5:20, rounded up
        (0, turns(4, 4, 4, 4, 400), 1, 4),  # one that took long says nothing of the next
        (0, turns(0, 0, 0, 0, 0), 1, 1),
        (3, turns(4, 4, 4, 4, 4), 0, None),  # nobody calls
        (0, turns(*[10] * 15, *[2] * 40), 1, 10),  # the latest count, not those of the morning
    ],
)
def test_the_wait_is_told_from_todays_pace_or_not_at_all(before, took, desks, expected):
    assert expected_minutes(before, took, desks) == expected


@pytest.mark.parametrize(("share", "minutes"), [(50, 3), (90, 5), (100, 5), (1, 1)])
def test_percentiles_are_waits_that_somebody_had(share, minutes):
    assert percentile(turns(5, 1, 4, 2, 3), share) == timedelta(minutes=minutes)
    assert percentile([], share) is None


def test_nobodys_wait_is_made_shorter_by_rounding():
    assert (minutes_of(timedelta(seconds=61)), minutes_of(None), minutes_of(timedelta())) == (2, None, 0)


def test_lines_with_a_desk_in_common_wait_together():
    calls = [(1, 10), (1, 11), (2, 11), (2, 12), (3, 20)]
    assert together(10, calls) == {10, 11, 12}
    assert together(20, calls) == {20}
    assert together(30, calls) == {30}


@pytest.mark.parametrize(
    ("at", "refused"),
    [
        (time(6, 59), "từ 07:00"),
        (time(7, 0), ""),
        (time(12, 0), ""),  # over noon people wait for the afternoon
        (time(16, 49), ""),
        (time(16, 50), "ngừng phát số lúc 16:50"),
        (time(22, 0), "ngừng phát số"),
    ],
)
def test_numbers_are_given_out_by_the_office_hours(at, refused):
    local = datetime.combine(START, at)
    if not refused:
        require_open(SESSIONS, local, 30, 10)
        return
    with pytest.raises(RuleViolation, match=refused):
        require_open(SESSIONS, local, 30, 10)


def test_on_a_day_off_no_number_is_given_out():
    assert giving_out([], START, 30, 10) is None
    with pytest.raises(RuleViolation, match="không làm việc"):
        require_open([], START, 30, 10)


def test_letters_of_a_line_are_letters():
    assert (prefix_of(" a "), prefix_of("HT"), number_text("A", 7), number_text("A", 1234)) == ("A", "HT", "A007", "A1234")  # fmt: skip
    for wrong in ("", "A1", "ABC", "Đ", "1"):
        with pytest.raises(RuleViolation, match="chữ cái"):
            prefix_of(wrong)


def test_every_reason_and_outcome_has_words():
    assert set(LABELS) == set(Priority)
    assert set(OUTCOMES) == set(Outcome)
    assert not {Priority.NONE, Priority.KEPT} & set(ASKED)
