"""Rules of supplements, apologies, endings, lateness, stages, ledgers; no database."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.errors import RuleViolation
from motcua.dossiers.rules import (
    apology,
    ending,
    lateness,
    ledger,
    payment,
    post,
    snapshots,
    stages,
    supplement,
)
from motcua.dossiers.rules.lateness import Outcome
from motcua.dossiers.rules.ledger import require_order
from motcua.dossiers.rules.stages import TaskView
from motcua.dossiers.rules.states import Payment, Status
from motcua.dossiers.rules.talk import LONGEST, MOST_FILES, require_message
from motcua.workdays.rules.calendar import DayEntry, Layer, Plan, WorkCalendar
from motcua.workdays.rules.events import Extension, Restart, Suspension
from motcua.workdays.rules.limits import Limit, Unit
from motcua.workdays.rules.national import national

DAY = date(2026, 11, 2)


# Supplement, apology, endings, payment, post -------------------------------------------------------------------------------


def test_a_supplement_after_acceptance_is_asked_for_once_with_reason_and_items():
    supplement.require_first(0)
    supplement.require_items("thiếu", ["Tờ khai"])
    for call in (
        lambda: supplement.require_first(1),
        lambda: supplement.require_items(" ", ["x"]),
        lambda: supplement.require_items("thiếu", []),
    ):
        with pytest.raises(RuleViolation):
            call()


def test_a_late_request_is_flagged_or_refused_by_setting():
    assert supplement.require_window(3, 3, "refuse") is False
    assert supplement.require_window(4, 3, "flag") is True
    with pytest.raises(RuleViolation, match="quá 3 ngày"):
        supplement.require_window(4, 3, "refuse")


def test_the_answer_is_due_after_the_grace_or_on_the_day_stated():
    assert supplement.answer_due(DAY, 15, None) == date(2026, 11, 17)
    assert supplement.answer_due(DAY, 15, date(2026, 11, 5)) == date(2026, 11, 5)
    with pytest.raises(RuleViolation):
        supplement.answer_due(DAY, 15, DAY)


@pytest.mark.parametrize(
    "call",
    [
        lambda: apology.require_first(1),
        lambda: apology.require_words(0, "lý do"),
        lambda: apology.require_words(1, " "),
        lambda: apology.require_limit(False, False),
        lambda: apology.require_limit(True, True),
        lambda: ending.require_refusal("", "NĐ"),
        lambda: ending.require_refusal("lý do", ""),
        lambda: ending.require_stop("x", ""),
        lambda: ending.require_stop("law", " "),
        lambda: ending.require_text(" ", "Nhập.", "f"),
        lambda: payment.require_paid("due", 0),
        lambda: payment.require_paid("paid", 1),
        lambda: post.require_postal_number("EB12345678VN"),
        lambda: post.require_postal_number("EB123456784VN"),
    ],
)
def test_what_the_rules_refuse(call):
    with pytest.raises(RuleViolation):
        call()


def test_what_the_rules_let_pass():
    apology.require_first(0)
    apology.require_words(1, "lý do")
    apology.require_limit(True, False)
    ending.require_refusal("lý do", "NĐ")
    assert ending.require_stop("citizen", "") == "Theo đề nghị của người nộp hồ sơ"
    assert ending.require_stop("law", "Luật X") == "Luật X"
    assert ending.require_text(" a ", "", "") == "a"
    payment.require_paid("exempt", 0)


def test_postal_numbers_carry_a_check_digit():
    assert post.require_postal_number("eb 123456785 vn") == "EB123456785VN"
    assert [post.check_digit(d) for d in ("12345678", "00000000", "00000006")] == [5, 5, 2]


@given(st.text("0123456789", min_size=8, max_size=8))
def test_check_digits_are_single_digits(digits):
    assert 0 <= post.check_digit(digits) <= 9


@pytest.mark.parametrize(
    ("amount", "exempted", "state"),
    [
        (0, False, Payment.NONE),
        (0, True, Payment.EXEMPT),
        (8000, False, Payment.DUE),
        (8000, True, Payment.DUE),
    ],
)
def test_what_is_owed_at_reception(amount, exempted, state):
    assert payment.after_reception(amount, exempted) is state


# Lateness ---------------------------------------------------------------------------------------------------------------

DUE = datetime(2026, 11, 9, 17, 30)


@pytest.mark.parametrize(
    ("status", "ended", "now", "result"),
    [
        (Status.SUBMITTED, None, DUE, Outcome.NOT_RECEIVED),
        (Status.NOT_ACCEPTED, DUE, DUE, Outcome.NOT_RECEIVED),
        (Status.STOPPED, DUE, DUE, Outcome.OUTSIDE),
        (Status.WITHDRAWN, DUE, DUE, Outcome.OUTSIDE),
        (Status.RESULT_READY, DUE - timedelta(days=1), DUE, Outcome.BEFORE),
        (Status.RETURNED, DUE + timedelta(hours=5), DUE, Outcome.ON),
        (Status.ARCHIVED, DUE + timedelta(days=1), DUE, Outcome.LATE),
        (Status.REFUSED, DUE - timedelta(days=1), DUE + timedelta(days=9), Outcome.BEFORE),
        (Status.IN_REVIEW, None, DUE, Outcome.OPEN),
        (Status.IN_REVIEW, None, DUE + timedelta(days=1), Outcome.OPEN_LATE),
    ],
)
def test_how_a_dossier_counts(status, ended, now, result):
    assert lateness.outcome(status, DUE, ended, now) is result
    assert lateness.LABELS[result]


def test_lateness_is_by_date_or_by_minute():
    later = DUE + timedelta(minutes=1)
    assert not lateness.is_late(DUE, later)
    assert lateness.is_late(DUE, later, by_minute=True)
    assert not lateness.is_late(None, later, by_minute=True)


def test_a_cause_is_asked_for_only_when_late():
    assert lateness.require_cause(False, "partner") == ""
    assert lateness.require_cause(True, "partner") == "partner"
    with pytest.raises(RuleViolation) as error:
        lateness.require_cause(True, "")
    assert error.value.field == "late_cause"
    assert {letter for letter, _ in lateness.CAUSES.values()} == set("abcd")


# Stages -----------------------------------------------------------------------------------------------------------------


def _task(id_, stage, state, *, round_=1, kind="review", required=True, at_office=False):
    return TaskView(id_, stage, round_, kind, state, required, at_office)


def test_a_stage_ends_when_its_required_tasks_have_ended():
    rows = [_task(1, 1, "done"), _task(2, 1, "open"), _task(3, 1, "open", required=False)]
    assert not stages.stage_ended(rows, 1)
    rows[1] = _task(2, 1, "cancelled")
    assert stages.stage_ended(rows, 1)


def test_a_stage_done_anew_is_judged_by_its_last_round():
    rows = [
        _task(1, 1, "done"),
        _task(2, 1, "planned", round_=2),
        _task(3, 2, "cancelled"),
        _task(4, 2, "planned", round_=2),
    ]
    assert not stages.stage_ended(rows, 1)
    assert {t.id for t in stages.latest_round(rows)} == {2, 4}


def test_what_opens_next_is_the_first_later_stage_with_work_left():
    rows = [_task(1, 1, "done"), _task(2, 2, "cancelled"), _task(3, 4, "planned"), _task(4, 7, "planned")]
    assert stages.next_stage(rows, 1) == 4
    assert stages.next_stage(rows, 7) is None


@pytest.mark.parametrize(
    ("kind", "current", "target"),
    [
        ("signature", Status.IN_REVIEW, Status.FOR_SIGNATURE),
        ("review", Status.FOR_SIGNATURE, Status.IN_REVIEW),
        ("finance", Status.IN_REVIEW, Status.IN_REVIEW),
        ("result", Status.FOR_SIGNATURE, Status.FOR_SIGNATURE),
        ("result", Status.IN_REVIEW, Status.IN_REVIEW),
    ],
)
def test_the_state_while_a_stage_is_worked_on(kind, current, target):
    assert stages.status_of_stage(kind, current) is target


def test_hand_over_opens_the_first_stage_beyond_the_counter():
    rows = [
        _task(1, 1, "accepted", at_office=True),
        _task(2, 2, "planned"),
        _task(3, 3, "planned", kind="result", at_office=True),
    ]
    assert stages.first_work_stage(rows) == 2
    assert stages.first_work_stage(rows[:1] + rows[2:]) == 3
    assert stages.first_work_stage([]) is None


def test_a_process_takes_as_long_as_the_longest_task_of_each_stage():
    assert stages.total_hours([(1, Decimal(8)), (1, Decimal(16)), (2, Decimal("0.5"))]) == Decimal("16.5")
    assert stages.total_hours([]) == 0


# Ledger and snapshots -----------------------------------------------------------------------------------------------------

AT = datetime(2026, 11, 2, 8)
LIMIT = Limit(Decimal(5), Unit.WORKING_DAY)


def _row(kind, days, **more):
    return ledger.Row(kind, AT + timedelta(days=days), reason=kind, **more)


@pytest.mark.parametrize(
    ("rows", "events"),
    [
        ([_row("start", 0), _row("end", 3)], ()),
        (
            [_row("start", 0), _row("suspend", 1), _row("resume", 3)],
            (Suspension(AT + timedelta(days=1), AT + timedelta(days=3), "suspend"),),
        ),
        ([_row("start", 0), _row("suspend", 1)], (Suspension(AT + timedelta(days=1), None, "suspend"),)),
        (
            [_row("start", 0), _row("suspend", 1), _row("restart", 4)],
            (
                Suspension(AT + timedelta(days=1), None, "suspend", restarts=True),
                Restart(AT + timedelta(days=4), "restart"),
            ),
        ),
        (
            [_row("start", 0), _row("restart", 4), _row("resume", 5)],
            (Restart(AT + timedelta(days=4), "restart"),),
        ),
        (
            [_row("start", 0), _row("extend", 2, amount_working_days=3)],
            (Extension(AT + timedelta(days=2), 3, "extend"),),
        ),
        ([_row("start", 0), _row("extend", 2)], (Extension(AT + timedelta(days=2), 0, "extend"),)),
    ],
)
def test_a_ledger_tells_its_history(rows, events):
    assert ledger.history(LIMIT, AT, rows, ledger.Basis()).events == events


@pytest.mark.parametrize(
    ("kinds", "paused"),
    [
        ((), False),
        (("start",), False),
        (("start", "suspend"), True),
        (("start", "suspend", "resume"), False),
        (("start", "suspend", "restart", "reproject"), False),
        (("start", "suspend", "reproject"), True),
    ],
)
def test_a_ledger_knows_whether_the_clock_rests(kinds, paused):
    assert ledger.is_paused([_row(kind, n) for n, kind in enumerate(kinds)]) is paused


@pytest.mark.parametrize("cutoff", [None, time(16, 30)])
def test_a_basis_can_be_read_back(cutoff):
    basis = ledger.Basis(time(14, 30), cutoff, "thủ tục 1", "QĐ 1")
    assert ledger.Basis.from_json(basis.as_json()) == basis
    assert ledger.Basis.from_json({}) == ledger.Basis()


def test_a_limit_without_unit_is_no_limit():
    assert ledger.limit_of(None, "", ledger.Basis()).unit is Unit.NONE
    assert ledger.limit_of(Decimal(5), "working_day", ledger.Basis()) == LIMIT


def test_a_calendar_can_be_read_back_from_its_snapshot():
    calendar = national()
    content = snapshots.dump(calendar)
    again = snapshots.load(content)
    assert snapshots.dump(again) == content
    assert snapshots.fingerprint(snapshots.dump(again)) == snapshots.fingerprint(content)
    days = [date(2026, 8, 22), date(2026, 1, 2), date(2027, 2, 8), date(2026, 11, 24)]
    assert [again.minutes_on(d) for d in days] == [calendar.minutes_on(d) for d in days]
    assert [again.is_provisional(d) for d in days] == [calendar.is_provisional(d) for d in days]


def test_a_snapshot_keeps_open_bounds_own_sessions_and_dates():
    plan = Plan(0, ((450, 690),), date(2026, 1, 1), None, "QĐ 1")
    entry = DayEntry(True, ((480, 720),), "bù", "TB 1", True)
    calendar = WorkCalendar([Layer((plan,), {date(2026, 8, 22): entry})], name="riêng")
    again = snapshots.load(snapshots.dump(calendar))
    assert again.layers == calendar.layers
    assert (again.first, again.last, again.name, again.provisional_from) == (
        calendar.first,
        calendar.last,
        "riêng",
        None,
    )


@pytest.mark.parametrize(
    ("body", "files", "field"),
    [(" ", 0, "body"), ("a" * (LONGEST + 1), 0, "body"), ("a", MOST_FILES + 1, "files")],
)
def test_a_message_has_words_and_neither_too_many_nor_too_many_files(body, files, field):
    with pytest.raises(RuleViolation) as refused:
        require_message(body, files)
    assert refused.value.field == field
    assert require_message(f" {'a' * LONGEST} ", MOST_FILES) == "a" * LONGEST


def test_the_clock_ledger_only_goes_forward():
    first, later = datetime(2026, 11, 2, 8), datetime(2026, 11, 2, 9)
    for last in (None, first, later):
        require_order(last, later)
    with pytest.raises(RuleViolation, match="không được trước"):
        require_order(later, first)
