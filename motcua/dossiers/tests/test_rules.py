"""Rules of dossiers that need no database."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.errors import RuleViolation
from motcua.dossiers.rules import (
    codes,
    forms_by_date,
    reception,
)
from motcua.dossiers.rules import intake as rules
from motcua.dossiers.rules.intake import Intake, PaperData, PartyData, Requirement
from motcua.dossiers.rules.reception import Offer

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
        for day in (date(2012, 3, 1), date(2016, 1, 1), date(2020, 1, 1), date(2026, 1, 1))
    )


def test_before_5_may_2015_papers_are_those_of_decision_93_of_2007():
    last, first = (forms_by_date.form_for("receipt_slip", date(2015, 5, day)) for day in (4, 5))
    assert (last.source, last.title) == (
        "Quyết định 93/2007/QĐ-TTg",
        "Giấy biên nhận hồ sơ và hẹn trả kết quả",
    )
    assert (first.source, first.title) == (
        "Quyết định 09/2015/QĐ-TTg",
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
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


@pytest.mark.parametrize(
    ("timed", "case", "limit_case", "counts"),
    [
        ((), "", "", ""),
        ((), "a", "", ""),
        (("t",), "a", "", ""),
        (("t",), "", "t", "t"),
        (("t", "a"), "a", "", "a"),
        (("t", "a"), "a", "t", "t"),
    ],
)
def test_the_limit_of_the_chosen_case_counts_else_that_of_the_papers(timed, case, limit_case, counts):
    assert rules.case_of_limit(timed, case, limit_case) == counts


@pytest.mark.parametrize("timed", [(), ("t",)])
def test_a_case_without_a_limit_of_its_own_is_not_chosen_for_it(timed):
    with pytest.raises(RuleViolation, match="Chọn trường hợp về thời hạn"):
        rules.case_of_limit(timed, "", "khác")


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
