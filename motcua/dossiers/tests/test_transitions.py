"""The table of transitions: every pair of state and act, allowed or refused."""

import pytest

from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import RuleViolation
from motcua.dossiers.rules import national
from motcua.dossiers.rules.forms_by_date import KINDS
from motcua.dossiers.rules.states import LABELS, Status
from motcua.dossiers.rules.transitions import (
    ACT_LABELS,
    TRANSITIONS,
    Act,
    Clock,
    acts_from,
    as_rows,
    find,
    line_for,
    refusal,
)

S, A = Status, Act

# DOMAIN 2.2, written out by hand: state -> states that may follow by any act.
FOLLOWS = {
    S.DRAFT: {S.SUBMITTED},
    S.SUBMITTED: {S.RECEIVED, S.PRE_SUPPLEMENT, S.NOT_ACCEPTED, S.WITHDRAWN},
    S.PRE_SUPPLEMENT: {S.RECEIVED, S.SUBMITTED, S.NOT_ACCEPTED, S.WITHDRAWN},
    S.NOT_ACCEPTED: set(),
    S.RECEIVED: {S.TRANSFERRED, S.RESULT_READY, S.WITHDRAW_REQUESTED},
    S.TRANSFERRED: {S.IN_REVIEW, S.WITHDRAW_REQUESTED},
    S.IN_REVIEW: {
        S.WAIT_OPINION, S.POST_SUPPLEMENT, S.WAIT_FINANCE, S.FOR_SIGNATURE, S.REFUSED, S.STOPPED, S.RESULT_READY,
        S.WITHDRAW_REQUESTED,
    },
    S.WAIT_OPINION: {S.IN_REVIEW, S.FOR_SIGNATURE, S.REFUSED, S.STOPPED, S.RESULT_READY, S.WITHDRAW_REQUESTED},
    S.POST_SUPPLEMENT: {S.IN_REVIEW, S.STOPPED, S.WITHDRAW_REQUESTED},
    S.WAIT_FINANCE: {S.IN_REVIEW, S.STOPPED, S.WITHDRAW_REQUESTED},
    S.FOR_SIGNATURE: {S.RESULT_READY, S.IN_REVIEW, S.REFUSED, S.WITHDRAW_REQUESTED},
    S.REFUSED: set(),
    S.STOPPED: set(),
    S.WITHDRAW_REQUESTED: {
        S.WITHDRAWN, S.RECEIVED, S.TRANSFERRED, S.IN_REVIEW, S.WAIT_OPINION, S.POST_SUPPLEMENT, S.WAIT_FINANCE, S.FOR_SIGNATURE,
    },
    S.WITHDRAWN: set(),
    S.RESULT_READY: {S.WAIT_COLLECT, S.RETURNED},
    S.WAIT_COLLECT: {S.RETURNED},
    S.RETURNED: {S.ERROR_FIX, S.ARCHIVED},
    S.ARCHIVED: {S.ERROR_FIX},
    S.ERROR_FIX: {S.WAIT_COLLECT},
}  # fmt: skip


@pytest.mark.parametrize("source", Status)
@pytest.mark.parametrize("target", Status)
def test_states_follow_each_other_as_the_decree_lets_them(source, target):
    lines = [t for t in TRANSITIONS if t.source == source and t.target == target and source != target]
    assert bool(lines) == (target in FOLLOWS[source])


@pytest.mark.parametrize("source", [None, *Status])
@pytest.mark.parametrize("act", Act)
def test_every_pair_of_state_and_act_is_allowed_or_refused_with_words(source, act):
    found = find(source, act)
    if found:
        assert line_for(source, act) is found
        assert (found.source, found.act) == (source, act)
        return
    with pytest.raises(RuleViolation) as error:
        line_for(source, act)
    assert ACT_LABELS[act] in error.value.message
    assert source is None or LABELS[source] in error.value.message


def test_a_line_is_found_by_its_target_where_an_act_has_several():
    assert line_for(S.WITHDRAW_REQUESTED, A.CANCEL_WITHDRAWAL, S.WAIT_FINANCE).target is S.WAIT_FINANCE
    with pytest.raises(RuleViolation):
        line_for("withdraw_requested", A.CANCEL_WITHDRAWAL, S.RETURNED)


@pytest.mark.parametrize("line", TRANSITIONS, ids=lambda t: f"{t.source}-{t.act}-{t.target}")
def test_every_line_names_permissions_sides_and_known_forms(line):
    assert set(line.permissions) <= {p.value for p in Permission}
    assert line.permissions
    assert line.sides
    assert line.form in ("", *KINDS)


def test_no_pair_of_state_act_and_target_stands_twice():
    keys = [(t.source, t.act, t.target) for t in TRANSITIONS]
    assert len(keys) == len(set(keys))


def test_only_withdrawal_that_is_cancelled_has_several_targets():
    several = {
        (t.source, t.act)
        for t in TRANSITIONS
        for u in TRANSITIONS
        if (t.source, t.act) == (u.source, u.act) and t.target != u.target
    }
    assert several == {(S.WITHDRAW_REQUESTED, A.CANCEL_WITHDRAWAL)}


@pytest.mark.parametrize(
    ("act", "effect"),
    [
        (A.RECEIVE, Clock.START),
        (A.ACCEPT, Clock.START),
        (A.SUBMIT, Clock.ACCEPTANCE),
        (A.ASK_PRE_SUPPLEMENT, Clock.NONE),
        (A.ASK_SUPPLEMENT, Clock.SUSPEND),
        (A.COMPLETE_SUPPLEMENT, Clock.RESTART),
        (A.ASK_OPINION, Clock.RUNS),
        (A.ISSUE_OBLIGATION, Clock.SUSPEND),
        (A.MEET_OBLIGATION, Clock.RESUME),
        (A.APOLOGISE, Clock.EXTEND),
        (A.MARK_READY, Clock.END),
        (A.RETURN, Clock.NONE),
    ],
)
def test_what_an_act_does_to_the_clock(act, effect):
    assert {t.clock for t in TRANSITIONS if t.act is act} == {effect}


def test_the_table_prints_one_row_for_each_line_with_no_empty_cell():
    rows = list(as_rows())
    assert len(rows) == len(TRANSITIONS)
    assert all(cell for row in rows for cell in row)


def test_every_state_but_the_first_is_reached_and_acts_are_listed_once():
    assert {t.target for t in TRANSITIONS} == set(Status) - {S.DRAFT}
    assert acts_from(S.RESULT_READY) == (A.NOTIFY_READY, A.RETURN)


def test_a_refusal_before_any_state_says_that_nothing_was_received():
    assert "chưa được tiếp nhận" in refusal(None, A.RETURN)


@pytest.mark.parametrize("status", Status)
def test_every_state_has_a_label_and_a_national_code_or_none(status):
    assert LABELS[status]
    assert national.status_code(status) in (None, *national.LABELS)


def test_a_refusal_is_exchanged_as_the_setting_says():
    assert national.status_code("refused") == 8
    assert national.status_code("refused", refused_as=9) == 9
    assert national.status_code("returned", refused_as=9) == 10
    assert {national.status_code(s) for s in Status} == {None, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
