"""Acts on calendars: who may, what they write, who hears; and calendars read back from the database."""

from datetime import UTC, date, datetime, time

import pytest
from django.db import transaction

from motcua.agencies.queries import authority_of, remember
from motcua.agencies.testing import make_agency, make_system_user, make_user_with
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.workdays import actions, queries
from motcua.workdays.models import AnnouncedYear, CalendarDay, CalendarStamp, SessionPlan
from motcua.workdays.queries import calendar_of
from motcua.workdays.rules.calendar import DayEntry
from motcua.workdays.rules.holidays import Choices
from motcua.workdays.rules.national import national
from motcua.workdays.signals import calendar_changed

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 23)


@pytest.fixture
def province():
    return make_agency("Tỉnh Lam Sơn", level="province", code="H40")


@pytest.fixture
def commune(province):
    return make_agency("UBND xã An Phú", province, code="H40.12")


@pytest.fixture
def system():
    return make_system_user()


@pytest.fixture
def heard():
    news = []

    def hear(sender, signal, **facts):
        news.append(facts)

    calendar_changed.connect(hear)
    yield news
    calendar_changed.disconnect(hear)


def day_off(agency, day, actor, **more):
    facts = {"name": "Lễ hội", "source": "QĐ 9/QĐ-UBND", **more}
    return actions.set_day(agency, day, "off", actor=actor, at=NOW, **facts)


def kinds(chain: str) -> list[str]:
    return list(Event.objects.filter(chain=chain).order_by("seq").values_list("kind", flat=True))


def test_without_rows_everybody_has_the_shipped_calendar(commune):
    for agency in (None, commune):
        calendar = calendar_of(agency)
        assert calendar.last == date(2028, 12, 31)
        assert calendar.is_working(date(2026, 8, 22))
        assert calendar.is_provisional(date(2027, 1, 1))
    assert not queries.is_loaded()
    assert max(queries.announced_years()) == 2026


def test_a_day_of_an_agency_holds_in_its_subtree_only(province, commune, system):
    division = make_agency("Phòng Kinh tế", commune, kind="division")
    other = make_agency("UBND xã Bình An", province, code="H40.13")
    day_off(commune, MONDAY, system)
    assert not calendar_of(commune).is_working(MONDAY)
    assert not calendar_of(division).is_working(MONDAY)
    assert calendar_of(other).is_working(MONDAY)
    assert calendar_of(province).is_working(MONDAY)
    assert calendar_of(None).is_working(MONDAY)
    assert calendar_of(commune) is calendar_of(division)


def test_the_nearest_agency_decides(province, commune, system):
    day_off(province, MONDAY, system)
    actions.set_day(
        commune,
        MONDAY,
        "work",
        name="trực",
        source="QĐ 1",
        sessions=["08:00-12:00"],
        actor=system,
        at=NOW,
    )
    assert not calendar_of(province).is_working(MONDAY)
    assert calendar_of(commune).sessions_on(MONDAY) == ((time(8), time(12)),)
    assert calendar_of(commune).day_note(MONDAY).source == "QĐ 1"


def test_sessions_are_inherited_weekday_by_weekday_and_dated(province, commune, system):
    summer = {0: ["07:00-11:00", "13:30-17:00"]}
    first, winter = date(2026, 12, 1), date(2027, 1, 1)
    actions.set_sessions(province, summer, valid_from=first, source="QĐ 2", actor=system, at=NOW)
    actions.set_sessions(commune, {1: ["08:00-12:00"]}, valid_from=first, source="QĐ 3", actor=system, at=NOW)
    calendar = calendar_of(commune)
    assert calendar.minutes_on(date(2026, 12, 7)) == ((420, 660), (810, 1020))
    assert calendar.minutes_on(date(2026, 12, 8)) == ((480, 720),)
    assert calendar.minutes_on(date(2026, 12, 9)) == national().minutes_on(date(2026, 12, 9))
    assert calendar.minutes_on(MONDAY) == national().minutes_on(MONDAY)
    actions.set_sessions(
        province, {0: ["09:00-12:00"]}, valid_from=winter, source="QĐ 4", actor=system, at=NOW
    )
    plans = SessionPlan.objects.filter(agency=province).order_by("valid_from")
    assert [(p.valid_from, p.valid_to) for p in plans] == [(first, date(2026, 12, 31)), (winter, None)]
    between = date(2026, 12, 15)
    actions.set_sessions(province, {0: []}, valid_from=between, source="QĐ 5", actor=system, at=NOW)
    plans = SessionPlan.objects.filter(agency=province).order_by("valid_from")
    assert [p.valid_to for p in plans] == [date(2026, 12, 14), date(2026, 12, 31), None]
    assert not calendar_of(province).is_working(date(2026, 12, 21))
    actions.set_sessions(
        province, {0: ["07:00-11:00"]}, valid_from=between, source="QĐ 6", actor=system, at=NOW
    )
    assert SessionPlan.objects.filter(agency=province).count() == 3
    assert calendar_of(province).minutes_on(date(2026, 12, 21)) == ((420, 660),)


def test_sessions_need_a_weekday_a_source_and_sense(commune, system):
    for sessions, source in (({}, "QĐ"), ({7: []}, "QĐ"), ({0: ["9-10"]}, "QĐ"), ({0: []}, " ")):
        with pytest.raises(RuleViolation):
            actions.set_sessions(commune, sessions, valid_from=MONDAY, source=source, actor=system, at=NOW)
    assert not SessionPlan.objects.exists()


def test_a_day_needs_a_reason_and_a_source(commune, system):
    for wrong in ({"name": " "}, {"source": ""}):
        with pytest.raises(RuleViolation):
            day_off(commune, MONDAY, system, **wrong)


def test_the_act_and_what_was_before_are_logged_and_told(commune, system, heard):
    day_off(commune, MONDAY, system)
    row = day_off(commune, MONDAY, system, name="Lễ hội đình làng")
    actions.remove_day(row, reason="hoãn", actor=system, at=NOW)
    chain = f"calendar/{commune.pk}"
    assert kinds(chain) == ["calendar.day_set", "calendar.day_set", "calendar.day_removed"]
    second = Event.objects.get(chain=chain, seq=2).data
    assert second["before"]["name"] == "Lễ hội"
    assert second["now"]["name"] == "Lễ hội đình làng"
    assert [(n["agency"], n["first"], n["last"]) for n in heard] == [(commune, MONDAY, MONDAY)] * 3
    assert heard[0]["reason"] == "Ngày nghỉ 23/11/2026: Lễ hội"
    assert heard[0]["document"] == "QĐ 9/QĐ-UBND"
    assert heard[2]["reason"] == "Bỏ ngày 23/11/2026 khỏi lịch: hoãn"
    assert calendar_of(commune).is_working(MONDAY)


def test_removing_needs_a_reason(commune, system):
    row = day_off(commune, MONDAY, system)
    with pytest.raises(RuleViolation):
        actions.remove_day(row, reason="", actor=system, at=NOW)


def test_only_who_may_edits(province, commune):
    own = make_user_with("agency_administrator", commune)
    clerk = make_user_with("receptionist", commune)
    head = make_user_with("administrator", province, subtree=True)
    day_off(commune, MONDAY, own)
    for actor, agency in ((clerk, commune), (own, province), (own, None)):
        with pytest.raises(NotFound):
            day_off(agency, MONDAY, actor)
    with pytest.raises(NotFound):
        actions.set_sessions(province, {0: []}, valid_from=MONDAY, source="QĐ", actor=own, at=NOW)
    with pytest.raises(NotFound):
        actions.load_national_calendar(actor=own, at=NOW)
    day_off(None, MONDAY, head)

    def authority(user):
        return authority_of(user, MONDAY)

    assert queries.may_edit(authority(own), commune)
    assert not queries.may_edit(authority(own), None)
    assert not queries.may_edit(authority(clerk), None)
    assert queries.may_edit(authority(head), None)
    assert queries.may_edit(authority(make_system_user()), None)


def test_loading_puts_the_shipped_calendar_into_the_database_once(system):
    added = actions.load_national_calendar(actor=system, at=NOW)
    assert added == CalendarDay.objects.count() > 150
    assert CalendarDay.objects.get(day=date(2026, 11, 24)).unsure
    assert AnnouncedYear.objects.count() == 15
    assert queries.is_loaded()
    assert actions.load_national_calendar(actor=system, at=NOW) == 0
    assert SessionPlan.objects.count() == 5
    loaded, shipped = calendar_of(), national()
    for year in range(2012, 2029):
        for day in shipped.days(date(year, 1, 1), date(year, 12, 31)):
            assert loaded.minutes_on(day) == shipped.minutes_on(day), day
            assert loaded.day_note(day) == shipped.day_note(day), day
    assert (loaded.first, loaded.last) == (shipped.first, shipped.last)


def test_the_first_edit_of_the_nation_loads_the_shipped_calendar_first(system):
    day_off(None, MONDAY, system)
    assert queries.is_loaded()
    assert not calendar_of().is_working(MONDAY)
    assert not calendar_of().is_working(date(2026, 11, 24))
    assert kinds("calendar/0") == ["calendar.loaded", "calendar.day_set"]


def announce(year: int, days: dict, system, choices=Choices(-1, -1), source="Thông báo 1/TB-BNV"):  # noqa: B008
    return actions.announce_year(year, days, choices, source=source, actor=system, at=NOW)


def test_an_announcement_takes_the_place_of_the_provisional_year(system, heard):
    assert calendar_of().is_provisional(date(2027, 2, 8))
    days = {
        date(2027, 1, 1): DayEntry(False, None, "Tết Dương lịch"),
        date(2027, 2, 8): DayEntry(False, None, "Tết", "Bộ luật Lao động 2019, Điều 112"),
        date(2027, 2, 20): DayEntry(True, None, "làm bù"),
    }
    announce(2027, days, system, Choices(-2, 1))
    calendar = calendar_of()
    assert not calendar.is_provisional(date(2027, 12, 31))
    assert calendar.is_provisional(date(2028, 1, 1))
    assert calendar.last == date(2029, 12, 31)
    assert calendar.is_working(date(2027, 2, 5))  # in the computation off, in the announcement not
    assert calendar.is_working(date(2027, 2, 20))
    assert calendar.day_note(date(2027, 2, 8)).source == "Bộ luật Lao động 2019, Điều 112; Thông báo 1/TB-BNV"
    assert calendar.day_note(date(2028, 9, 4)).name == "nghỉ bù Quốc khánh"
    assert calendar.is_working(date(2028, 9, 1))  # as announced for 2027: the day after
    assert heard[-1]["first"] == date(2027, 1, 1)
    assert heard[-1]["last"] == date(2029, 12, 31)
    announce(2027, {date(2027, 1, 1): days[date(2027, 1, 1)]}, system)
    assert CalendarDay.objects.filter(day__year=2027).count() == 1
    assert kinds("calendar/0")[-1] == "calendar.year_announced"


@pytest.mark.parametrize(
    ("year", "days", "source"),
    [
        (2028, {date(2028, 1, 1): DayEntry(False)}, "TB"),
        (2011, {date(2011, 1, 1): DayEntry(False)}, "TB"),
        (2027, {}, "TB"),
        (2027, {date(2029, 1, 1): DayEntry(False)}, "TB"),
        (2027, {date(2027, 1, 1): DayEntry(False)}, " "),
    ],
)
def test_an_announcement_that_does_not_fit_is_refused(system, year, days, source):
    with pytest.raises(RuleViolation):
        announce(year, days, system, source=source)
    assert calendar_of().is_provisional(date(2027, 1, 1))


def test_culture_day_is_computed_for_the_next_years_only_while_the_last_year_has_it(system):
    actions.load_national_calendar(actor=system, at=NOW)
    assert not calendar_of().is_working(date(2027, 11, 24))
    row = CalendarDay.objects.get(day=date(2026, 11, 24))
    actions.remove_day(row, reason="văn bản không quy định nghỉ", actor=system, at=NOW)
    assert calendar_of().is_working(date(2026, 11, 24))
    assert calendar_of().is_working(date(2027, 11, 24))


def test_asking_for_a_calendar_costs_one_small_statement_and_none_again_in_a_request(
    commune, system, django_assert_num_queries
):
    day_off(commune, MONDAY, system)
    calendar_of(commune)
    with django_assert_num_queries(1):
        calendar_of(commune)
    with remember(), django_assert_num_queries(1):
        for _ in range(5):
            calendar_of(commune)
            calendar_of(None)


def test_a_change_is_seen_inside_the_request_that_makes_it(commune, system):
    with remember():
        assert calendar_of(commune).is_working(MONDAY)
        day_off(commune, MONDAY, system)
        assert not calendar_of(commune).is_working(MONDAY)


def test_a_change_rolled_back_leaves_no_trace_in_the_process(commune, system):
    def change_and_fail() -> None:
        with transaction.atomic():
            day_off(commune, MONDAY, system)
            assert not calendar_of(commune).is_working(MONDAY)
            raise RuntimeError

    calendar_of(commune)
    with pytest.raises(RuntimeError):
        change_and_fail()
    assert calendar_of(commune).is_working(MONDAY)


def test_rows_written_directly_are_seen_as_well(commune):
    assert calendar_of(commune).is_working(MONDAY)
    row = CalendarDay.objects.create(agency=commune, day=MONDAY, kind="off", name="x", source="y")
    assert not calendar_of(commune).is_working(MONDAY)
    row.delete()
    assert calendar_of(commune).is_working(MONDAY)
    assert str(CalendarStamp.objects.get()) == CalendarStamp.objects.get().stamp


def test_rows_name_themselves(system, commune):
    assert str(day_off(commune, MONDAY, system)) == "23/11/2026 Ngày nghỉ: Lễ hội"
    plan = SessionPlan(weekday=6, sessions=["08:00-12:00"], valid_from=MONDAY)
    assert str(plan) == "Chủ nhật: 08:00-12:00 từ 23/11/2026"
    assert str(AnnouncedYear(year=2027)) == "2027"


def test_the_draft_of_an_announcement_is_what_stands_or_what_the_law_gives(system):
    draft = queries.announcement_draft(2027)
    assert draft.provisional
    assert [d["day"].isoformat() for d in draft.days][:2] == ["2027-01-01", "2027-02-05"]
    assert draft.initial == {"tet_from": -1, "national_day_beside": -1, "source": ""}
    actions.load_national_calendar(actor=system, at=NOW)
    draft = queries.announcement_draft(2024)
    assert not draft.provisional
    assert {"day": date(2024, 5, 4), "kind": "work", "name": "làm bù cho ngày 29/04/2024"} in draft.days
    assert "năm 2024" in draft.initial["source"]
