"""Rules of dossiers that need no database."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.errors import RuleViolation
from motcua.dossiers.rules import (
    apology,
    codes,
    ending,
    forms_by_date,
    lateness,
    ledger,
    payment,
    post,
    reception,
    snapshots,
    stages,
    supplement,
)
from motcua.dossiers.rules import intake as rules
from motcua.dossiers.rules.intake import Intake, PaperData, PartyData, Requirement
from motcua.dossiers.rules.lateness import Outcome
from motcua.dossiers.rules.reception import Offer
from motcua.dossiers.rules.stages import TaskView
from motcua.dossiers.rules.states import Payment, Status
from motcua.workdays.rules.calendar import DayEntry, Layer, Plan, WorkCalendar
from motcua.workdays.rules.events import Extension, Restart, Suspension
from motcua.workdays.rules.limits import Limit, Unit
from motcua.workdays.rules.national import national

DAY = date(2026, 11, 2)


# Codes ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agency", "day", "number", "code"),
    [
        ("H40.12", date(2020, 7, 15), 1, "000.00.12.H40-200715-0001"),
        ("000.00.12.H40", date(2020, 9, 14), 9999, "000.00.12.H40-200914-9999"),
        ("H40.12", date(2020, 9, 15), 1, "H40.12-200915-0001"),
        ("000.00.12.H40", date(2025, 7, 15), 1, "H40.12-250715-0001"),
        ("H40.12", date(2026, 11, 2), 9999, "H40.12-261102-9999"),
        ("H40.12", date(2026, 11, 2), 10000, "H40.12-261102-10000"),
        ("H40.12", date(2026, 11, 2), 999999, "H40.12-261102-999999"),
        ("H40.12.ABC", date(2020, 1, 2), 7, "H40.12.ABC-200102-0007"),
    ],
)
def test_a_code_has_the_agency_id_of_its_period_the_day_and_a_number_that_grows(agency, day, number, code):
    assert codes.make(agency, day, number) == code
    assert codes.is_code(code)
    assert codes.parse(f" {code} ").number == number
    assert codes.parse(code).day == day


def test_the_day_of_change_is_a_setting():
    assert (
        codes.make("H40.12", date(2020, 10, 1), 1, new_since=date(2021, 1, 1)) == "000.00.12.H40-201001-0001"
    )


@pytest.mark.parametrize(("agency", "number"), [("", 1), ("H40.12", 0), ("H40.12", 1_000_000)])
def test_a_code_is_refused_without_agency_id_or_outside_the_numbers_of_a_day(agency, number):
    with pytest.raises(RuleViolation):
        codes.make(agency, DAY, number)


@pytest.mark.parametrize(
    "text", ["", "H40.12-261102-001", "H40.12-261302-0001", "Z40.12-261102-0001", "H40.12-261102-0001x"]
)
def test_what_is_no_code_is_refused_with_an_example(text):
    with pytest.raises(RuleViolation):
        codes.parse(text)


@given(st.dates(date(2018, 1, 1), date(2068, 12, 31)), st.integers(1, codes.HIGHEST))
def test_codes_can_be_read_back(day, number):
    parsed = codes.parse(codes.make("H40.12", day, number))
    assert (parsed.day, parsed.number) == (day, number)


# Forms ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "number", "kind"),
    [
        (date(2019, 1, 5), "01", None),
        (date(2019, 1, 6), "01", "receipt_slip"),
        (date(2025, 6, 30), "05", "control_slip"),
        (date(2025, 7, 1), "05", "stop_notice"),
        (date(2025, 6, 30), "06", "register"),
        (date(2025, 7, 1), "06", "control_slip"),
        (date(2025, 7, 1), "07", "register"),
        (date(2025, 6, 30), "07", None),
    ],
)
def test_a_form_number_means_what_its_circular_says(day, number, kind):
    assert forms_by_date.kind_of_number(number, day) == kind


def test_forms_carry_title_source_and_suffix():
    old = forms_by_date.form_for("apology_notice", date(2025, 6, 30))
    new = forms_by_date.form_for("apology_notice", date(2025, 7, 1))
    assert (old.title, new.title) == (
        "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
        "Văn bản xin lỗi và đề nghị gia hạn",
    )
    assert (old.label, old.suffix) == ("Mẫu số 04", "PXL")
    assert forms_by_date.form_for("receipt_slip", date(2016, 1, 1)).label == ""
    assert all(
        forms_by_date.form_for(kind, day).title
        for kind in forms_by_date.KINDS
        for day in (date(2016, 1, 1), date(2020, 1, 1), date(2026, 1, 1))
    )


# Intake -----------------------------------------------------------------------------------------------------------------

ALWAYS, CASE_A, CASE_B = (
    Requirement(1, "Tờ khai"),
    Requirement(2, "Giấy A", "a"),
    Requirement(3, "Giấy B", "b"),
)
NOTE = Requirement(4, "Ghi chú", note_only=True)
ZERO = Requirement(5, "Dòng không có số bản", originals=0)
OPTIONAL = Requirement(6, "Nếu có", required=False)
KNOWN = Requirement(7, "Giấy khai sinh", available_in_database="CSDL hộ tịch")
SHOWN = Requirement(8, "Thẻ căn cước", originals=0, presented_only=True)


def test_only_the_papers_of_the_case_are_asked_for():
    papers = (PaperData("Tờ khai", 1, originals=1),)
    assert rules.missing((ALWAYS, CASE_A, CASE_B), "a", papers) == (CASE_A,)
    assert rules.missing((ALWAYS, CASE_A, CASE_B), "b", (*papers, PaperData("Giấy B", copies=1))) == ()


def test_notes_empty_counts_optional_papers_and_what_a_database_has_are_not_asked_for():
    assert rules.missing((NOTE, ZERO, OPTIONAL, KNOWN), "", ()) == ()
    assert rules.missing((SHOWN,), "", ()) == (SHOWN,)
    assert rules.missing((SHOWN,), "", (PaperData("Thẻ căn cước", 8, presented_only=True),)) == ()


@pytest.mark.parametrize(
    ("paper", "there"),
    [
        (PaperData("x"), False),
        (PaperData("x", originals=1), True),
        (PaperData("x", copies=1), True),
        (PaperData("x", electronic=1), True),
        (PaperData("x", presented_only=True), True),
        (PaperData("x", file_id=3), True),
        (PaperData("x", waiver="đã có trong cơ sở dữ liệu"), True),
    ],
)
def test_when_a_paper_is_there(paper, there):
    assert paper.is_there is there


def test_an_incomplete_dossier_is_answered_with_the_supplement_request_not_with_refusal():
    with pytest.raises(RuleViolation, match=r"còn thiếu: Tờ khai.*bổ sung") as error:
        rules.require_complete((ALWAYS,), "", ())
    assert error.value.field == "papers"
    rules.require_complete((ALWAYS,), "", (PaperData("Tờ khai", originals=1),))


@pytest.mark.parametrize("case", ["", "c"])
def test_a_case_must_be_chosen_where_there_are_cases(case):
    with pytest.raises(RuleViolation, match="a; b"):
        rules.require_case((CASE_A, CASE_B), case)


def test_no_case_may_be_chosen_where_there_are_none():
    rules.require_case((ALWAYS,), "")
    rules.require_case((CASE_A,), "a")
    with pytest.raises(RuleViolation):
        rules.require_case((ALWAYS,), "a")


def _intake(**changes):
    return Intake(
        **(
            {"office_id": 1, "procedure_id": 1, "channel": "counter", "applicant": PartyData("citizen", "A")}
            | changes
        )
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"applicant": PartyData("citizen", " ")}, "applicant"),
        ({"submitter": PartyData("citizen", "")}, "submitter"),
        ({"submitter": PartyData("citizen", "B")}, "authorisation"),
    ],
)
def test_people_must_be_named_and_authorised(changes, field):
    with pytest.raises(RuleViolation) as error:
        rules.require_parties(_intake(**changes))
    assert error.value.field == field


def test_people_who_are_named_and_authorised_pass():
    rules.require_parties(_intake())
    rules.require_parties(_intake(submitter=PartyData("citizen", "B"), authorisation="con"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"copies_of_dossier": 0}, "copies_of_dossier"), ({"papers": (PaperData("x", copies=-1),)}, "papers")],
)
def test_impossible_counts_are_refused(changes, field):
    with pytest.raises(RuleViolation) as error:
        rules.require_counts(_intake(**changes))
    assert error.value.field == field
    rules.require_counts(_intake())


# Reception --------------------------------------------------------------------------------------------------------------

OWN = Offer(1, "Xã", True, True)
SEATED = Offer(2, "Công an", False, True)
FAR = Offer(3, "Xã khác", False, False)
ANYWHERE = Offer(4, "Sở", False, False, non_territorial=True)


@pytest.mark.parametrize(
    ("offers", "wanted", "found"),
    [
        ([OWN, SEATED, FAR], None, OWN),
        ([SEATED, FAR], None, SEATED),
        ([OWN, SEATED], 2, SEATED),
        ([OWN, ANYWHERE], 4, ANYWHERE),
    ],
)
def test_who_resolves(offers, wanted, found):
    assert reception.choose(offers, wanted, DAY) is found


@pytest.mark.parametrize(
    ("offers", "wanted", "message"),
    [
        ([FAR], None, "không có cơ quan nào"),
        ([], None, "không có cơ quan nào"),
        ([SEATED, Offer(5, "Thuế", False, True)], None, "Công an, Thuế"),
        ([OWN], 9, "không giải quyết"),
        ([FAR], 3, "chưa đặt quầy"),
        ([ANYWHERE], None, "không có cơ quan nào"),
    ],
)
def test_who_does_not_resolve_here(offers, wanted, message):
    with pytest.raises(RuleViolation, match=message):
        reception.choose(offers, wanted, DAY)


def test_reception_is_neither_in_the_future_nor_far_in_the_past():
    at = datetime(2026, 11, 2, 9)
    reception.require_moment(at, at, timedelta(0))
    reception.require_moment(at - timedelta(minutes=30), at, timedelta(minutes=30))
    with pytest.raises(RuleViolation, match="sau thời điểm"):
        reception.require_moment(at + timedelta(seconds=1), at, timedelta(minutes=30))
    with pytest.raises(RuleViolation, match="30 phút"):
        reception.require_moment(at - timedelta(minutes=31), at, timedelta(minutes=30))


@pytest.mark.parametrize(
    ("hour", "minute", "due"),
    [
        (14, 59, datetime(2026, 11, 2, 23, 59, 59)),
        (15, 0, datetime(2026, 11, 2, 23, 59, 59)),
        (15, 1, datetime(2026, 11, 3, 7, 30)),
    ],
)
def test_after_three_in_the_afternoon_the_dossier_may_be_moved_the_next_morning(hour, minute, due):
    assert (
        reception.transfer_due(datetime(2026, 11, 2, hour, minute), time(15), datetime(2026, 11, 3, 7, 30))
        == due
    )


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
            (Suspension(AT + timedelta(days=1), None, "suspend"), Restart(AT + timedelta(days=4), "restart")),
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
