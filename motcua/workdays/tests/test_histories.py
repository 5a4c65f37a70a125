"""Suspension, restart, extension: what each does to the due date, worked out by hand."""

from datetime import date, datetime, time

import pytest

from motcua.workdays.rules.clock import (
    ClockError,
    Extension,
    History,
    Limit,
    Restart,
    Suspension,
    derive,
    due_at,
    is_in_time_for_extension,
    run,
)
from motcua.workdays.rules.national import national


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def days(text: str) -> tuple[Suspension, ...]:
    """ "5-1/9-1 ..." of 2026 as suspensions of whole days."""
    found = []
    for part in text.split():
        start, end = (date(2026, *reversed([int(n) for n in day.split("-")])) for day in part.split("/"))
        found.append(Suspension.of_days(start, end))
    return tuple(found)


# October and November 2026 have no day off but weekends until 24-11.
@pytest.mark.parametrize(
    ("amount", "unit", "received", "suspensions", "due"),
    [
        # Monday 5-10, 5 working days: Monday 12-10.
        ("5", "working_day", "2026-10-05T09:00", "", "2026-10-12T17:30"),
        ("5", "working_day", "2026-10-05T09:00", "7-10/9-10", "2026-10-14T17:30"),  # 8, 9: two
        ("5", "working_day", "2026-10-05T09:00", "9-10/12-10", "2026-10-13T17:30"),  # only Monday 12
        ("5", "working_day", "2026-10-05T09:00", "7-10/7-10", "2026-10-12T17:30"),  # nothing
        ("5", "working_day", "2026-10-05T09:00", "10-10/11-10", "2026-10-12T17:30"),  # a weekend
        ("5", "working_day", "2026-10-05T09:00", "12-10/14-10", "2026-10-14T17:30"),  # on the due day: counts
        ("5", "working_day", "2026-10-05T09:00", "13-10/20-10", "2026-10-12T17:30"),  # after it: nothing
        ("5", "working_day", "2026-10-05T09:00", "8-10/30-10", "2026-11-03T17:30"),  # spans the due date: 16
        ("5", "working_day", "2026-10-05T09:00", "7-10/9-10 14-10/15-10", "2026-10-15T17:30"),
        ("5", "working_day", "2026-10-05T09:00", "14-10/15-10 7-10/9-10", "2026-10-15T17:30"),  # any order
        ("5", "working_day", "2026-10-05T09:00", "7-10/9-10 15-10/16-10", "2026-10-14T17:30"),
        (
            "5",
            "working_day",
            "2026-10-05T09:00",
            "6-10/8-10 7-10/9-10",
            "2026-10-16T17:30",
        ),  # each adds its own
        ("5", "working_day", "2026-11-20T09:00", "23-11/25-11", "2026-12-01T17:30"),  # 24-11 is off: one day
        # 5-10 plus 10 days: Thursday 15-10.
        ("10", "calendar_day", "2026-10-05T09:00", "", "2026-10-15T17:30"),
        ("10", "calendar_day", "2026-10-05T09:00", "7-10/9-10", "2026-10-19T17:30"),  # 17-10 is a Saturday
        ("10", "calendar_day", "2026-10-05T09:00", "7-10/9-10 12-10/13-10", "2026-10-19T17:30"),  # 18-10
        ("10", "calendar_day", "2026-10-05T09:00", "7-10/9-10 19-10/20-10", "2026-10-19T17:30"),  # raw 18-10
        ("10", "calendar_day", "2026-10-05T09:00", "7-10/9-10 20-10/25-10", "2026-10-19T17:30"),
        ("10", "calendar_day", "2026-10-05T09:00", "8-10/8-10", "2026-10-15T17:30"),
        # 5-10 plus a month: Thursday 5-11.
        ("1", "month", "2026-10-05T09:00", "", "2026-11-05T17:30"),
        ("1", "month", "2026-10-05T09:00", "12-10/14-10", "2026-11-09T17:30"),  # 7-11 is a Saturday
        ("1", "month", "2026-10-05T09:00", "6-11/20-11", "2026-11-05T17:30"),
        # Monday 5-10 at 9:00, 10 working hours: Tuesday 6-10 at 11:00.
        ("10", "working_hour", "2026-10-05T09:00", "", "2026-10-06T11:00"),
        ("10", "working_hour", "2026-10-05T09:00", "5-10/7-10", "2026-10-08T11:00"),  # Tuesday, Wednesday
        ("10", "working_hour", "2026-10-05T09:00", "6-10/6-10", "2026-10-06T11:00"),
        ("10", "working_hour", "2026-10-05T09:00", "6-10/7-10", "2026-10-07T11:00"),
        ("10", "working_hour", "2026-10-05T09:00", "7-10/9-10", "2026-10-06T11:00"),
        ("10", "working_hour", "2026-10-05T09:00", "6-10/11-10", "2026-10-09T11:00"),  # 7, 8, 9; a weekend
        ("", "same_day", "2026-10-05T09:00", "5-10/7-10", "2026-10-05T17:30"),
        ("", "none", "2026-10-05T09:00", "5-10/7-10", None),
    ],
)
def test_a_suspension_adds_what_the_law_gives(amount, unit, received, suspensions, due):
    limit, expected = Limit.parse(amount, unit), moment(due) if due else None
    assert due_at(limit, moment(received), national(), days(suspensions)) == expected
    history = History(limit, moment(received), days(suspensions))
    assert run(history, national()).due_at == expected
    derivation = derive(history, national())
    assert derivation.due_at == expected
    assert derivation.original_due_at == due_at(limit, moment(received), national())


def test_hour_limits_lose_the_minutes_between_two_moments_of_suspension():
    limit = Limit.parse("10", "working_hour")
    pause = Suspension(
        moment("2026-10-05T10:00"), moment("2026-10-05T14:30")
    )  # 1:30 and 1:00 inside sessions
    # 10 hours end at 11:00 on Tuesday; two and a half more: half an hour, then two after lunch.
    assert due_at(limit, moment("2026-10-05T09:00"), national(), [pause]) == moment("2026-10-06T15:30")


def test_day_limits_look_at_the_dates_of_a_suspension_only():
    limit = Limit.parse("5", "working_day")
    pause = Suspension(moment("2026-10-07T16:59"), moment("2026-10-09T07:31"))
    assert due_at(limit, moment("2026-10-05T09:00"), national(), [pause]) == moment("2026-10-14T17:30")


def test_a_suspension_that_ends_before_it_begins_is_an_error():
    pause = Suspension(moment("2026-10-07T09:00"), moment("2026-10-06T09:00"))
    with pytest.raises(ClockError, match="trước khi bắt đầu"):
        due_at(Limit.parse("5", "working_day"), moment("2026-10-05T09:00"), national(), [pause])


def history(*events, amount="5", unit="working_day", received="2026-10-05T09:00", **more) -> History:
    return History(Limit.parse(amount, unit), moment(received), events, "QĐ 100/QĐ-UBND", "Phụ lục I", **more)


OPEN = Suspension(moment("2026-10-07T09:00"), None, "chờ nộp nghĩa vụ tài chính", "TB 12/TB-CCT")


def test_while_a_suspension_is_open_the_clock_is_paused_and_the_due_date_stands():
    derivation = derive(history(OPEN), national())
    assert derivation.paused
    assert derivation.due_at == moment("2026-10-12T17:30")
    assert "chờ nộp nghĩa vụ tài chính (TB 12/TB-CCT), chưa kết thúc" in derivation.as_text()
    assert run(history(OPEN), national()).paused


def test_an_open_suspension_after_the_due_date_pauses_nothing():
    late = Suspension(moment("2026-10-13T09:00"), None)
    assert not derive(history(late), national()).paused
    assert not run(history(late), national()).paused
    assert "Bắt đầu sau hạn trả 12/10/2026" in derive(history(late), national()).as_text()


def test_a_same_day_procedure_knows_no_suspension():
    derivation = derive(history(OPEN, unit="same_day", received="2026-10-07T08:00"), national())
    assert not derivation.paused
    assert "trả trong ngày không tính tạm dừng" in derivation.as_text()


RESTART = Restart(moment("2026-10-08T14:00"), "bổ sung giấy tờ", "Mẫu số 02")


@pytest.mark.parametrize(
    ("events", "due"),
    [
        ((RESTART,), "2026-10-15T17:30"),  # Thursday 8-10 plus five
        ((*days("6-10/7-10"), RESTART), "2026-10-15T17:30"),  # what was suspended before no longer matters
        ((RESTART, *days("9-10/13-10")), "2026-10-19T17:30"),  # 12 and 13
        ((OPEN, RESTART), "2026-10-15T17:30"),
        ((Restart(moment("2026-10-10T10:00")),), "2026-10-19T17:30"),  # a Saturday: counts as Monday 12
        ((Restart(moment("2026-11-02T10:00")),), "2026-11-09T17:30"),  # after the due date as well
    ],
)
def test_a_complete_supplement_runs_the_whole_limit_again(events, due):
    derivation = derive(history(*events), national())
    assert derivation.due_at == moment(due)
    assert derivation.original_due_at == moment("2026-10-12T17:30")
    assert not derivation.paused
    outcome = run(history(*events), national())
    assert (outcome.due_at, outcome.paused) == (moment(due), False)
    assert "thời hạn tính lại từ đầu" in derivation.as_text()


def told(at: str, amount: int = 3) -> Extension:
    return Extension(moment(at), amount, "hồ sơ phức tạp", "05/PXL")


@pytest.mark.parametrize(
    ("events", "more", "due"),
    [
        ((told("2026-10-09T10:00"),), {}, "2026-10-15T17:30"),  # Monday 12 plus three
        ((told("2026-10-09T10:00"), told("2026-10-13T10:00")), {}, "2026-10-15T17:30"),  # once only
        ((told("2026-10-09T10:00"), *days("15-10/16-10")), {}, "2026-10-16T17:30"),
        ((told("2026-10-09T10:00"), RESTART), {}, "2026-10-20T17:30"),  # the supplement came first
        ((told("2026-10-06T10:00"), RESTART), {}, "2026-10-15T17:30"),  # the new clock starts clean
        ((told("2026-10-06T10:00"), RESTART, told("2026-10-13T10:00")), {}, "2026-10-15T17:30"),
        ((told("2026-10-06T10:00", 1),), {"unit": "working_hour", "amount": "10"}, "2026-10-07T17:30"),
        (
            (told("2026-10-14T10:00", 2), *days("16-10/17-10")),
            {"unit": "calendar_day", "amount": "10"},
            "2026-10-20T17:30",
        ),
        ((told("2026-10-05T10:00", 2),), {"unit": "same_day", "amount": ""}, "2026-10-07T17:30"),
        ((told("2026-10-05T10:00", 0),), {}, "2026-10-12T17:30"),
    ],
)
def test_an_apology_moves_the_due_date_once_by_working_days(events, more, due):
    told_history = history(*events, **more)
    derivation = derive(told_history, national())
    assert derivation.due_at == moment(due)
    assert run(told_history, national()).due_at == moment(due)
    assert derivation.original_due_at == run(told_history, national()).original_due_at


@pytest.mark.parametrize(
    ("at", "in_time"),
    [
        ("2026-10-09T17:30", True),  # Friday, due on Monday
        ("2026-10-09T17:31", False),  # after hours: counts as Monday
        ("2026-10-10T09:00", False),
        ("2026-10-12T08:00", False),
        ("2026-10-13T08:00", False),
    ],
)
def test_an_apology_in_time_is_told_a_working_day_before_the_due_date(at, in_time):
    assert is_in_time_for_extension(moment(at), moment("2026-10-12T17:30"), national()) is in_time
    lines = derive(history(told(at)), national()).lines
    assert any(line.kind == "warning" for line in lines) is not in_time


def test_a_second_apology_is_named_as_against_the_rule():
    lines = derive(history(told("2026-10-08T10:00"), told("2026-10-09T10:00")), national()).lines
    assert [line.text for line in lines if line.kind == "warning"] == [
        "Xin lỗi và hẹn lại ngày 09/10/2026: hồ sơ phức tạp (05/PXL). Chỉ được hẹn lại một lần "
        "(Nghị định số 118/2025/NĐ-CP): không tính lần này."
    ]


def test_the_derivation_of_a_long_story_reads_line_by_line():
    story = history(
        Suspension.of_days(date(2026, 9, 3), date(2026, 9, 8), "chờ nghĩa vụ tài chính", "TB 12/TB-CCT"),
        Extension(moment("2026-09-10T10:00"), 1, "hồ sơ phức tạp", "05/PXL"),
        amount="3",
        received="2026-08-29T09:00",
    )
    assert derive(story, national()).as_text().split("\n") == [
        "Thời hạn giải quyết: 3 ngày làm việc theo QĐ 100/QĐ-UBND, Phụ lục I.",
        "Tiếp nhận lúc 09:00 thứ Bảy 29/08/2026 (Nghị định số 118/2025/NĐ-CP).",
        "Thứ Bảy 29/08/2026: nghỉ hằng tuần, nên tính như tiếp nhận lúc 07:30 thứ Năm 03/09/2026.",
        "Bỏ qua Chủ nhật 30/08/2026: nghỉ hằng tuần.",
        "Bỏ qua thứ Hai 31/08/2026: nghỉ hoán đổi dịp Quốc khánh, làm bù ngày 22/08/2026 "
        "(Thông báo của Bộ Nội vụ về lịch nghỉ lễ, Tết năm 2026).",
        "Bỏ qua thứ Ba 01/09/2026: Quốc khánh (ngày liền kề) (Bộ luật Lao động 2019, Điều 112; "
        "Thông báo của Bộ Nội vụ về lịch nghỉ lễ, Tết năm 2026).",
        "Bỏ qua thứ Tư 02/09/2026: Quốc khánh (Bộ luật Lao động 2019, Điều 112; "
        "Thông báo của Bộ Nội vụ về lịch nghỉ lễ, Tết năm 2026).",
        "Ngày tiếp nhận không tính (khoản 2 Điều 147 Bộ luật Dân sự 2015).",
        "Bỏ qua thứ Bảy 05/09/2026: nghỉ hằng tuần.",
        "Bỏ qua Chủ nhật 06/09/2026: nghỉ hằng tuần.",
        "Ngày làm việc thứ 3 là thứ Ba 08/09/2026, hết ca cuối lúc 17:30 (khoản 1 Điều 148 Bộ luật Dân sự 2015).",
        "Tạm dừng từ 03/09/2026 đến 08/09/2026: chờ nghĩa vụ tài chính (TB 12/TB-CCT). Cộng thêm 3 ngày làm việc "
        "(sau ngày bắt đầu, đến hết ngày kết thúc).",
        "Hạn trả chuyển từ 17:30 thứ Ba 08/09/2026 sang 17:30 thứ Sáu 11/09/2026.",
        "Xin lỗi và hẹn lại ngày 10/09/2026: hồ sơ phức tạp (05/PXL): thêm 1 ngày làm việc "
        "(Nghị định số 118/2025/NĐ-CP).",
        "Bỏ qua thứ Bảy 12/09/2026: nghỉ hằng tuần.",
        "Bỏ qua Chủ nhật 13/09/2026: nghỉ hằng tuần.",
        "Hạn trả chuyển từ 17:30 thứ Sáu 11/09/2026 sang 17:30 thứ Hai 14/09/2026.",
        "Hạn trả ban đầu: 17:30 thứ Ba 08/09/2026.",
        "Hạn trả kết quả: 17:30 thứ Hai 14/09/2026.",
    ]


@pytest.mark.parametrize(
    ("more", "texts"),
    [
        ({"received": "2026-10-05T12:00"}, ["Ngoài ca làm việc (giữa hai ca), nên tính như tiếp nhận lúc 13:30"]),
        ({"received": "2026-10-05T19:00"}, ["Ngoài ca làm việc (07:30-11:30, 13:30-17:30), nên tính như"]),
        ({"received": "2026-10-05T06:00"}, ["Ngoài ca làm việc (07:30-11:30, 13:30-17:30), nên tính như"]),
        (
            {"received": "2026-10-05T16:30", "reception_cutoff": time(16)},
            ["Sau giờ chốt tiếp nhận 16:00 của cơ quan, nên tính như tiếp nhận lúc 07:30 thứ Ba 06/10/2026"],
        ),
        ({"amount": "0"}, ["Ngày tiếp nhận là thứ Hai 05/10/2026, hết ca cuối lúc 17:30"]),
        (
            {"amount": "1", "unit": "month", "received": "2026-03-31T09:00"},
            [
                "Ngày tương ứng sau 1 tháng là thứ Năm 30/04/2026 (tháng 4/2026 không có ngày 31, lấy ngày cuối tháng)",
                "Bỏ qua thứ Năm 30/04/2026: Ngày Chiến thắng",
                "chuyển sang ngày làm việc tiếp theo (khoản 5 Điều 148",
            ],
        ),
        (
            {"amount": "10.01", "unit": "working_hour"},
            ["Thứ Hai 05/10/2026: tính 6 giờ 30 phút, còn 3 giờ 30 phút 36 giây.", "tính 3 giờ 30 phút 36 giây.", "Đủ 10,01 giờ làm việc lúc 11:01"],
        ),
        ({"amount": "0", "unit": "working_hour"}, ["Đủ 0 giờ làm việc lúc 09:00"]),
        ({"unit": "same_day"}, ["Tiếp nhận không muộn hơn 15:00: trả trong ngày (khoản 3 Điều 5 Luật Hộ tịch 2014"]),
        ({"unit": "same_day", "received": "2026-10-09T15:30"}, ["Tiếp nhận sau 15:00", "Bỏ qua Chủ nhật 11/10/2026"]),
        ({"unit": "none"}, ["không quy định thời hạn giải quyết theo QĐ 100/QĐ-UBND, Phụ lục I: không có hạn trả"]),
        ({"received": "2026-08-20T09:00"}, ["Tính thứ Bảy 22/08/2026: làm bù cho ngày 31/08/2026 (Thông báo"]),
        ({"received": "2016-10-05T09:00"}, ["khoản 2 Điều 152 Bộ luật Dân sự 2005", "Quyết định số 09/2015/QĐ-TTg"]),
        ({"received": "2019-10-07T09:00"}, ["Điều 17 Nghị định số 61/2018/NĐ-CP"]),
        ({"received": "2026-12-30T09:00"}, ["Bỏ qua thứ Sáu 01/01/2027: Tết Dương lịch", "Tạm tính: lịch nghỉ năm 2027"]),
    ],
)  # fmt: skip
def test_the_derivation_names_each_step(more, texts):
    text = derive(history(**more), national()).as_text()
    for expected in texts:
        assert expected in text


def test_an_open_wait_for_a_supplement_says_that_the_limit_will_start_anew():
    waiting = Suspension(datetime(2026, 10, 7, 9), None, "Chờ bổ sung hồ sơ", "Phiếu 02/HDHS", restarts=True)
    open_end = Suspension(datetime(2026, 10, 7, 9), None, "Chờ nghĩa vụ tài chính")
    text = derive(history(waiting, amount="10"), national()).as_text()
    assert "khi nhận đủ bổ sung, thời hạn tính lại từ đầu (" in text
    assert "sẽ được lùi" not in text
    assert (
        "hạn trả sẽ được lùi khi hết tạm dừng" in derive(history(open_end, amount="10"), national()).as_text()
    )


def test_hours_of_a_suspension_are_told_and_one_that_adds_nothing_moves_nothing():
    text = derive(history(*days("5-10/7-10"), amount="10", unit="working_hour"), national()).as_text()
    assert "Cộng thêm 16 giờ làm việc trong thời gian tạm dừng." in text
    nothing = derive(history(*days("7-10/7-10"), amount="10", unit="calendar_day"), national()).as_text()
    assert "Cộng thêm 0 ngày." in nothing
    assert "Hạn trả chuyển" not in nothing
    assert (
        "0 phút"
        in derive(history(*days("5-10/5-10"), amount="10", unit="working_hour"), national()).as_text()
    )


def test_a_due_date_is_provisional_only_when_it_rests_on_a_provisional_day():
    assert not derive(history(received="2026-12-24T09:00"), national()).provisional  # due 31-12-2026
    assert derive(history(received="2026-12-25T09:00"), national()).provisional
