"""What can be computed about messages: words, lengths, hours, pauses, signatures, calendar files."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.notifications.rules import ics, masking, quiet, retries, signing, sms, texts
from motcua.notifications.rules.delivery import OUTCOME_NAMES, Outcome, route
from motcua.notifications.rules.events import EVENTS, MEANINGS, SAMPLE, is_urgent, purpose_of
from motcua.notifications.rules.texts_en import TEXTS_EN

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_every_event_has_words_in_both_languages_and_every_place_a_meaning():
    assert set(EVENTS) == set(texts.TEXTS) == set(TEXTS_EN) == set(texts.TITLES)
    assert set(MEANINGS) == set(SAMPLE)


def test_the_events_of_the_brief_are_there():
    wanted = "received supplement_needed paid apology ready returned survey accepted message"
    assert set(wanted.split()) <= set(EVENTS)


@pytest.mark.parametrize("kind", sorted(texts.TEXTS))
@pytest.mark.parametrize("channel", texts.CHANNELS)
@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_shipped_text_fits_its_kind_and_channel(kind, channel, language):
    subject, body = texts.shipped(kind, channel, language)
    assert texts.problem(subject, kind) == texts.problem(body, kind) == ""
    assert bool(subject) == (channel in ("email", "app"))
    if channel == "sms":
        assert body.isascii()
        assert sms.length(sms.plain(texts.fill(body, SAMPLE))).parts <= 2
    if EVENTS[kind].purpose:
        assert "{stop}" in body


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("{code", "", "thành cặp"),
        ("{name}", "", "{name}"),
        ("{}", "", "Không có chỗ"),
        ("ok {due}", "ready", ""),
        ("{amount}", "ready", "{amount}"),
        ("{amount}", "paid", ""),
        ("{stop}", "received", "{stop}"),
        ("{headline}", "unheard-of", "{headline}"),
        ("{code.__class__}", "", "Không có chỗ"),
        ("{code[0]}", "", "Không có chỗ"),
        ("{code!r}", "", "Không có chỗ"),
        ("{code:>99999999}", "", "Không có chỗ"),
        ("{code:{due}}", "", "Không có chỗ"),
        ("giá {{x}}", "", ""),
    ],
)
def test_a_wrong_template_is_explained(text, kind, said):
    assert (said in texts.problem(text, kind)) if said else texts.problem(text, kind) == ""


def test_what_is_missing_becomes_a_dash():
    assert texts.fill("{code} {due}", {"code": "1"}) == "1 –"


@pytest.mark.parametrize(
    ("kind", "channel", "purpose"),
    [("received", "sms", ""), ("received", "zalo", "zalo"), ("survey", "sms", "survey"), ("news", "zalo", "news"), ("?", "sms", "")],
)  # fmt: skip
def test_what_the_law_requires_asks_for_no_consent(kind, channel, purpose):
    assert purpose_of(kind, channel) == purpose


def test_only_tests_pass_quiet_hours_as_shipped():
    assert [kind for kind in EVENTS if is_urgent(kind)] == [
        "sign_in_code",
        "assist_code",
        "feedback_confirm",
        "test",
    ]
    assert not is_urgent("unheard-of")


# SMS ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "encoding", "units", "parts"),
    [
        ("", "GSM-7", 0, 0),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("€" * 80, "GSM-7", 160, 1),
        ("€" * 81, "GSM-7", 162, 2),
        # An escape and its letter stay together: 152 + € does not fit into 153.
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
        ("@£ñ", "GSM-7", 3, 1),
        ("đ" * 70, "UCS-2", 70, 1),
        ("đ" * 71, "UCS-2", 71, 2),
        ("đ" * 134, "UCS-2", 134, 2),
        ("đ" * 135, "UCS-2", 135, 3),
        ("😀" * 35, "UCS-2", 70, 1),
        ("đ" * 66 + "😀" + "đ" * 66, "UCS-2", 134, 3),
        ("`", "UCS-2", 1, 1),
    ],
)
def test_the_length_of_an_sms_is_counted_as_carriers_do(text, encoding, units, parts):
    assert sms.length(text) == sms.Length(encoding, units, parts)


@pytest.mark.parametrize(
    ("text", "room"), [("", 160), ("a" * 150, 10), ("a" * 200, 106), ("đ", 69), ("đ" * 71, 63)]
)
def test_the_room_that_is_left_is_told(text, room):
    assert sms.length(text).room == room


def test_marks_are_taken_off_for_sms():
    assert sms.plain("Đã tiếp nhận “hồ sơ” – đúng hẹn…") == 'Da tiep nhan "ho so" - dung hen...'


@given(
    st.text(
        alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ ABCĐ019.,:/"
    )
)
def test_vietnamese_without_marks_is_always_gsm_and_never_longer(text):
    plain = sms.plain(text)
    assert len(plain) == len(text)
    assert sms.length(plain).encoding == "GSM-7"
    assert sms.length(plain).parts <= sms.length(text).parts


# Hours and pauses -----------------------------------------------------------------------------------------------------

NIGHT = (time(21), time(7))


@pytest.mark.parametrize(
    ("moment", "hours", "until"),
    [
        ("2026-11-23T20:59", NIGHT, None),
        ("2026-11-23T21:00", NIGHT, "2026-11-24T07:00"),
        ("2026-11-24T06:59", NIGHT, "2026-11-24T07:00"),
        ("2026-11-24T07:00", NIGHT, None),
        ("2026-12-31T23:00", NIGHT, "2027-01-01T07:00"),
        ("2026-11-23T12:30", (time(12), time(13)), "2026-11-23T13:00"),
        ("2026-11-23T13:00", (time(12), time(13)), None),
        ("2026-11-23T12:30", (time(12), time(12)), None),
        ("2026-11-23T23:30", (None, time(7)), None),
        ("2026-11-23T23:30", (time(21), None), None),
    ],
)
def test_quiet_hours_may_reach_over_midnight(moment, hours, until):
    found = quiet.quiet_until(datetime.fromisoformat(moment), *hours)
    assert found == (datetime.fromisoformat(until) if until else None)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.times(), st.times())
def test_the_end_of_quiet_hours_is_later_and_is_itself_not_quiet(moment, begins, ends):
    if until := quiet.quiet_until(moment, begins, ends):
        assert moment < until <= moment + timedelta(days=1)
        assert quiet.quiet_until(until, begins, ends) is None


def test_hours_are_read_from_settings():
    assert (quiet.clock("21:00"), quiet.clock("")) == (time(21), None)


@given(st.integers(-3, 10_000))
def test_pauses_grow_and_stay_within_bounds(tries):
    schedule = retries.Schedule()
    assert schedule.first <= schedule.pause(tries) <= schedule.pause(tries + 1) <= schedule.longest


def test_a_partner_away_for_a_day_outlasts_no_message():
    schedule = retries.Schedule()
    assert not schedule.gives_up(AT, AT + timedelta(hours=24, minutes=31))
    assert schedule.gives_up(AT, AT + timedelta(hours=26))
    assert not schedule.gives_up(None, AT)


def test_a_failing_partner_rests_ever_longer_up_to_a_minute():
    assert [retries.rest(n) for n in (0, 4)] == [None, None]
    assert [retries.rest(n).total_seconds() for n in (5, 6, 7, 99)] == [15, 30, 60, 60]


# Whom to ask ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("providers", "pinned", "unclear", "spent", "order"),
    [
        ([1, 2, 3], None, 0, (), [1, 2, 3]),
        ([1, 2], 1, 1, (), [1]),  # it may have it: nobody else is asked
        ([1, 2], 1, 3, (), [2, 1]),  # patience is used up
        ([2], 1, 1, (), [2]),  # it is gone
        ([1, 2, 3], None, 0, {1}, [2, 3]),  # it said that it did not arrive
        ([1, 2], None, 0, {1, 2}, [1, 2]),
        ([1], 1, 9, (), [1]),
        ([], 1, 1, (), []),
    ],
)
def test_a_message_goes_where_it_cannot_be_sent_twice(providers, pinned, unclear, spent, order):
    assert route(providers, pinned, unclear, 3, spent) == order


def test_every_outcome_has_a_name():
    assert set(OUTCOME_NAMES) == set(Outcome)


# Masks and signatures ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "channel", "masked"),
    [
        ("an.nguyen@example.vn", "email", "a•••@example.vn"),
        ("không phải thư", "email", "•••"),
        ("+84912345678", "sms", "09••••••78"),
        ("tiep.nhan", "app", "tiep.nhan"),
    ],
)
def test_addresses_are_masked(address, channel, masked):
    assert masking.mask_address(address, channel) == masked


@pytest.mark.parametrize(
    "text",
    [
        "550 an.nguyen@example.vn: no such user",
        "rejected +84912345678",
        "cccd 038200000001",
        "0912 345 678 lạ",
    ],
)
def test_what_partners_answer_loses_addresses_and_numbers(text):
    left = masking.hush(text)
    assert "•••" in left
    assert not re.search(r"@|\d{4}", left)


def test_an_address_that_looks_like_none_is_hushed_too():
    assert masking.hush("no user tên-lạ here", "tên-lạ", "") == "no user ••• here"


def _signed(**changes):
    values = {
        "secret": "s",
        "key": "k",
        "method": "POST",
        "path": "/x",
        "body": b"{}",
        "at": AT,
        "nonce": "n1",
    }
    values |= changes
    at, nonce = values.pop("at"), values.pop("nonce")
    return signing.headers(*values.values(), at=at, nonce=nonce)


@pytest.mark.parametrize(
    ("changes", "asked", "fault"),
    [
        ({}, {}, None),
        ({"secret": "other"}, {}, signing.Fault.SIGNATURE),
        ({"path": "/y"}, {}, signing.Fault.SIGNATURE),
        ({"method": "PUT"}, {}, signing.Fault.SIGNATURE),
        ({"body": b"{ }"}, {}, signing.Fault.SIGNATURE),
        ({"at": AT - timedelta(minutes=5)}, {}, None),
        ({"at": AT - timedelta(minutes=5, seconds=1)}, {}, signing.Fault.TIME),
        ({"at": AT + timedelta(minutes=6)}, {}, signing.Fault.TIME),
        ({"nonce": ""}, {}, signing.Fault.UNSIGNED),
        ({}, {"secret": ""}, signing.Fault.UNSIGNED),
        ({}, {"given": {}}, signing.Fault.UNSIGNED),
        ({}, {"nonce": "n2"}, signing.Fault.SIGNATURE),
        ({}, {"time": "١٢٣"}, signing.Fault.UNSIGNED),
        ({}, {"time": "9" * 40}, signing.Fault.UNSIGNED),
        ({}, {"signature": "đ"}, signing.Fault.SIGNATURE),
    ],
)
def test_a_request_is_believed_only_when_all_of_it_is_signed_now(changes, asked, fault):
    given = asked.get("given", _signed(**changes))
    names = {"nonce": signing.NONCE, "time": signing.TIME, "signature": signing.SIGNATURE}
    given = {**given, **{names[n]: v for n, v in asked.items() if n in names}}
    assert signing.fault(asked.get("secret", "s"), given, "POST", "/x", b"{}", at=AT) == fault


# Calendar files ---------------------------------------------------------------------------------------------------------


def _appointment(**changes):
    values = {
        "uid": "dossier-7@example.vn",
        "sequence": 0,
        "starts": datetime(2026, 11, 30, 16, 30),
        "stamp": AT,
        "summary": "Hẹn trả kết quả hồ sơ H40.12-261123-0007",
        "place": "Bộ phận Một cửa; xã An Phú, tầng 1",
        "link": "https://example.vn/tra-cuu",
    }
    return ics.Appointment(**values | changes)


def _lines(appointment):
    """The content lines, unfolded, as a calendar reads them."""
    return ics.calendar_file(appointment).decode().replace("\r\n ", "").split("\r\n")


def test_a_calendar_file_says_when_in_viet_nam():
    lines = _lines(_appointment())
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20261130T163000" in lines
    assert "DTEND;TZID=Asia/Ho_Chi_Minh:20261130T170000" in lines
    assert "DTSTAMP:20261123T020000Z" in lines
    assert "TZOFFSETTO:+0700" in lines
    assert "METHOD:PUBLISH" in lines
    assert r"LOCATION:Bộ phận Một cửa\; xã An Phú\, tầng 1" in lines
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_a_new_date_keeps_the_uid_and_raises_the_sequence():
    before, after = (
        _lines(_appointment()),
        _lines(_appointment(sequence=3, starts=datetime(2026, 12, 7, 16, 30))),
    )
    assert "UID:dossier-7@example.vn" in before
    assert "UID:dossier-7@example.vn" in after
    assert ("SEQUENCE:0" in before, "SEQUENCE:3" in after) == (True, True)


def test_what_is_called_off_is_cancelled_without_an_alarm():
    lines = _lines(_appointment(cancelled=True, place="", link=""))
    assert "METHOD:CANCEL" in lines
    assert "STATUS:CANCELLED" in lines
    assert not [line for line in lines if line.startswith(("BEGIN:VALARM", "LOCATION", "URL"))]


def test_an_appointment_waits_with_its_message():
    appointment = _appointment()
    assert ics.from_json(appointment.as_json()) == appointment


@given(
    st.text(
        alphabet=st.characters(blacklist_categories=("Cs", "Cc"), whitelist_characters="\n"), max_size=300
    )
)
def test_lines_are_never_longer_than_75_octets_and_nothing_is_lost(text):
    raw = ics.calendar_file(_appointment(summary=text))
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    raw.decode()
    summary = next(line for line in _lines(_appointment(summary=text)) if line.startswith("SUMMARY:"))
    unescaped = re.sub(
        r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], summary.removeprefix("SUMMARY:"), flags=re.S
    )
    assert unescaped == text
