"""From the units upward: frozen reports added up, who has and has not sent, and reminders told once."""

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from motcua.agencies.models import DatedSetting
from motcua.agencies.testing import make_agency, make_office, make_system_user, make_user_with
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import to_utc
from motcua.dossiers import actions as dossiers
from motcua.dossiers.testing import SINCE, in_review, make_intake, make_world, moment, ready
from motcua.notifications.models import Message
from motcua.statistics import actions
from motcua.statistics.models import ReportReminder
from motcua.statistics.queries.gathering import gather
from motcua.statistics.queries.keeping import reporting
from motcua.statistics.queries.reminders import owed
from motcua.statistics.rules.figures import number, required
from motcua.statistics.rules.periods import Basis, parse
from motcua.statistics.rules.reminders import Stage, closed_periods, stage_on
from motcua.statistics.rules.reports import form_on

NOVEMBER = parse("2026-11", Basis.CALENDAR).window
AFTER = moment(days=35)  # 7-12-2026
DUE = date(2026, 12, 5)


@pytest.fixture
def world(db):
    world = make_world()
    world.keeper = make_user_with("reform_officer", world.commune)
    world.keeper.email = "can.bo@example.test"
    world.keeper.save(update_fields=["email"])
    world.above = make_user_with("reform_officer", world.province)
    world.other = make_agency("UBND xã Khác", world.province, code="H40.31")
    ready(world)
    in_review(world)
    return world


def form():
    return form_on("ii-06a", NOVEMBER.end)


def sent(world, at=AFTER):
    report = actions.freeze(
        form(), world.commune, NOVEMBER, period="2026-11", basis="calendar", actor=world.keeper, at=at
    )
    actions.sign(report.pk, actor=world.boss, at=at)
    return actions.send(report.pk, actor=world.keeper, at=at)


def lines(table) -> dict[str, list[str]]:
    return {line.label: [cell.text for cell in table.cells(line)] for line in table.all_lines}


def test_the_sum_is_of_frozen_figures_and_who_sent_nothing_has_none(world) -> None:
    sent(world)
    in_review(world, at=moment(days=1))  # entered later on: the frozen figures stay
    table = gather(form(), world.province, NOVEMBER, AFTER)
    found = lines(table)
    assert found[world.commune.name][:4] == ["2", "0", "2", "0"]
    assert found[world.commune.name][-1] == "gửi 07-12-2026, chậm 2 ngày"
    assert set(found[world.other.name][:-1]) == {"chưa gửi"}
    assert found["Tổng cộng"][:4] == ["2", "0", "2", "0"]
    assert table.broken == ()
    assert any("của 1 trên 3 đơn vị; hạn gửi 05-12-2026; 1 đơn vị gửi chậm" in note for note in table.notes)
    assert any(note.startswith("Chưa gửi, chưa cộng: ") and world.other.name in note for note in table.notes)


def test_a_report_frozen_but_not_sent_is_not_added(world) -> None:
    actions.freeze(form(), world.commune, NOVEMBER, actor=world.keeper, at=AFTER)
    found = lines(gather(form(), world.province, NOVEMBER, AFTER))
    assert set(found[world.commune.name][:-1]) == {"chưa gửi"}
    assert "đã chốt, chờ ký" in found[world.commune.name][-1]
    assert set(found["Tổng cộng"][:-1]) == {"chưa gửi"}  # nothing was added up: that is not nought


def test_the_agencys_own_report_stands_first(world) -> None:
    sent(world)
    actions.freeze(form(), world.province, NOVEMBER, actor=world.above, at=AFTER)
    table = gather(form(), world.province, NOVEMBER, AFTER)
    assert (table.lines[0].label, lines(table)[world.province.name][-1]) == (
        world.province.name,
        "của cơ quan tổng hợp",
    )


def test_what_was_sent_counts_until_an_amendment_is_sent_too(world, monkeypatch) -> None:
    first = sent(world, at=moment(days=30))  # 2-12, in time
    monkeypatch.setattr("motcua.statistics.actions.keeping.keeping_kinds.changes", lambda a, b: ["x"])
    again = actions.amend(first.pk, reason="Sai", actor=world.keeper, at=AFTER)
    line = next(
        one for one in reporting(world.province, "ii-06a", NOVEMBER, DUE) if one.agency == world.commune
    )
    assert (line.report, line.is_missing, line.days_late) == (first, False, 0)
    actions.sign(again.pk, actor=world.boss, at=AFTER)
    actions.send(again.pk, actor=world.keeper, at=AFTER)
    line = next(
        one for one in reporting(world.province, "ii-06a", NOVEMBER, DUE) if one.agency == world.commune
    )
    assert (line.report, line.days_late) == (again, 0)  # late is judged by the first time
    said = lines(gather(form(), world.province, NOVEMBER, AFTER))[world.commune.name][-1]
    assert said == "gửi 07-12-2026, điều chỉnh lần 1, đúng hạn"


def test_a_report_of_another_form_is_not_mixed_in(world) -> None:
    sent(world)
    wider = form().with_original()
    assert set(lines(gather(wider, world.province, NOVEMBER, AFTER))[world.commune.name][:-1]) == {"mẫu khác"}


def test_points_are_not_added_up(world) -> None:
    with pytest.raises(RuleViolation, match="không cộng được"):
        gather(form_on("tt01-2018", NOVEMBER.end), world.province, NOVEMBER, AFTER)


# Three levels, as before July 2025: communes send to a district, the district to the province ----------------------------


@pytest.fixture
def levels(world):
    """A district with three communes, two of which have dossiers, and with two dossiers of its own."""
    world.district = make_agency("UBND huyện Lạ", world.province, level="district", code="H40.50")
    world.communes = [make_agency(f"UBND xã {name}", world.district) for name in ("Bắc", "Nam", "Tây")]
    world.quiet = world.communes[2]
    for house, count in zip((*world.communes, world.district), (1, 3, 0, 2), strict=True):
        world.procedure.offerings.create(agency=house, valid_from=SINCE)
        office, clerk = make_office(house), make_user_with("receptionist", house)
        for _ in range(count):
            dossiers.receive(make_intake(world, office_id=office.pk), actor=clerk, at=moment(days=1))
    return world


def frozen_at(house, *, below: bool = False, at=AFTER, subtree: bool = False):
    keeper = make_user_with("reform_officer", house, subtree=subtree)
    return actions.freeze(form(), house, NOVEMBER, below=below, period="2026-11", basis="calendar", actor=keeper, at=at)  # fmt: skip


def signed_and_sent(report, at=AFTER):
    actions.sign(report.pk, actor=make_user_with("leader", report.agency), at=at)
    return actions.send(report.pk, actor=make_user_with("reform_officer", report.agency), at=at)


def states(above) -> dict[str, str]:
    """What each unit directly below is shown with: its state and figures received."""
    table = gather(form(), above, NOVEMBER, AFTER)
    return {
        line.label: f"{table.cells(line)[0].text}; {line.texts.get('sent', '')}" for line in table.all_lines
    }


def test_a_district_adds_up_its_communes_and_sees_who_has_not_reported(levels) -> None:
    north, south, west = levels.communes
    signed_and_sent(frozen_at(north, at=moment(days=30)), at=moment(days=30))  # 2-12, in time
    frozen_at(south)
    assert states(levels.district) == {
        north.name: "1; gửi 02-12-2026, đúng hạn",
        south.name: "chưa gửi; đã chốt, chờ ký, chậm 2 ngày",
        west.name: "chưa gửi; chưa chốt, chậm 2 ngày",
        "Tổng cộng": "1; ",
    }
    told = {one.agency: one.is_missing for one in reporting(levels.district, "ii-06a", NOVEMBER, DUE)}
    assert told == {north: False, south: True, west: True}


def test_the_province_hears_of_the_district_and_not_of_its_communes(levels) -> None:
    for house in levels.communes:
        signed_and_sent(frozen_at(house))
    found = states(levels.province)
    assert found[levels.district.name] == "chưa gửi; chưa chốt, chậm 2 ngày"
    assert not {house.name for house in levels.communes} & found.keys()
    assert (
        found["Tổng cộng"] == "chưa gửi; "
    )  # what communes sent to the district is not added twice, nor past it


def test_what_the_district_sends_with_its_communes_is_what_it_had_gathered(levels) -> None:
    for house in levels.communes:
        signed_and_sent(frozen_at(house))
    frozen_at(levels.district)  # its own dossiers alone
    gathered = gather(form(), levels.district, NOVEMBER, AFTER)
    assert states(levels.district)[levels.district.name] == "2; của cơ quan tổng hợp"
    whole = signed_and_sent(frozen_at(levels.district, below=True, subtree=True))
    in_review(levels, at=moment(days=1))  # what is entered later moves nothing that was frozen
    above = gather(form(), levels.province, NOVEMBER, AFTER)
    line = next(one for one in above.lines if one.label == levels.district.name)
    assert {key: line.counts[key] for key in required(form().keys)} == {
        key: gathered.total[key] for key in required(form().keys)
    }
    assert (number("received", line.counts), number("received", above.total)) == (6, 6)
    assert states(levels.province)[levels.district.name] == "6; gửi 07-12-2026, chậm 2 ngày"
    unit = next(
        one for one in reporting(levels.province, "ii-06a", NOVEMBER, DUE) if one.agency == levels.district
    )
    assert (unit.report, unit.is_missing, unit.days_late) == (whole, False, 2)


def test_the_pages_of_each_level_show_its_own_units(levels, client) -> None:
    north, south, _ = levels.communes
    signed_and_sent(frozen_at(north))
    signed_and_sent(frozen_at(levels.district, below=True, subtree=True))
    middle = make_user_with("reform_officer", levels.district, subtree=True)
    with time_machine.travel(AFTER, tick=False):
        for user, house, seen, unseen in (
            (middle, levels.district, [north, south], [levels.other]),
            (levels.above, levels.province, [levels.district, levels.other], [north, south]),
        ):
            told = page(client, user, "gathered", "ii-06a", **QUERY, agency=house.pk).content.decode()
            table = told[told.index("<tbody") : told.index("</tbody>")]
            assert all(one.name in table for one in seen)
            assert not any(one.name in table for one in unseen)


# Reminders -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "stage"),
    [(2, None), (3, Stage.BEFORE), (5, Stage.BEFORE), (6, Stage.LATE), (25, Stage.LATE)],
)
def test_reminders_come_before_the_due_date_and_after_it(day: int, stage: Stage | None) -> None:
    assert stage_on(date(2026, 12, day), DUE, 2, 1) is stage


def test_between_due_date_and_a_later_reminder_nobody_is_told() -> None:
    assert [stage_on(DUE + timedelta(days=n), DUE, 0, 3) for n in (-1, 0, 1, 2, 3)] == [None, Stage.BEFORE, None, None, Stage.LATE]  # fmt: skip


def test_the_periods_are_those_that_closed_last() -> None:
    today = date(2026, 12, 16)
    assert [p.code for p in closed_periods(today, "quarter")] == ["2026-Q4", "2026"]
    assert [p.code for p in closed_periods(today, "month")] == ["2026-12", "2026-Q4", "2026"]
    assert closed_periods(today, "off") == ()


def at_day(month: int, day: int):
    from datetime import datetime

    return to_utc(datetime(2026, month, day, 9, 0))


def test_those_who_keep_the_reports_are_told_once_for_each_stage(world) -> None:
    system = make_system_user()
    assert actions.remind_reports(actor=system, at=at_day(12, 15)) == 0  # due on the 19th
    assert actions.remind_reports(actor=system, at=at_day(12, 17)) == 6  # three units, quarter and year
    assert actions.remind_reports(actor=system, at=at_day(12, 18)) == 0
    told = Message.objects.filter(to=world.keeper.username, channel="app")
    assert told.count() == 2
    message = told.order_by("pk").first()
    assert message.subject == "Sắp đến hạn gửi báo cáo: Biểu số II.06a/VPCP/KSTT, quý IV năm 2026"
    assert f"agency={world.commune.pk}&period=2026-Q4" in message.body
    assert "19/12/2026" in message.body
    assert Message.objects.filter(channel="email", to="can.bo@example.test").count() == 2
    assert not Message.objects.filter(to=world.above.username).exists()
    assert actions.remind_reports(actor=system, at=at_day(12, 20)) == 6
    assert Message.objects.filter(to=world.keeper.username, kind="report_late").exists()
    kinds = Event.objects.filter(chain=f"agency/{world.commune.pk}", kind="report.reminded")
    assert kinds.count() == 4


def test_of_two_timers_that_find_the_same_unit_one_reminds_it(world) -> None:
    system, at = make_system_user(), at_day(12, 17)
    first, *_ = found = list(owed(date(2026, 12, 17)))  # by the other timer, before this one has told anybody
    assert actions.remind(first, actor=system, at=at) is True
    letters = Message.objects.count()
    assert actions.remind(first, actor=system, at=at) is False
    assert (Message.objects.count(), ReportReminder.objects.count()) == (letters, 1)
    assert Event.objects.filter(chain=f"agency/{first.unit.pk}", kind="report.reminded").count() == 1
    assert actions.remind_reports(actor=system, at=at) == len(found) - 1


def test_who_has_sent_is_not_told(world) -> None:
    quarter = parse("2026-Q4")
    report = actions.freeze(form_on("ii-06a", quarter.end), world.commune, quarter.window, period=quarter.code, basis="law", actor=world.keeper, at=at_day(12, 16))  # fmt: skip
    actions.sign(report.pk, actor=world.boss, at=at_day(12, 16))
    actions.send(report.pk, actor=world.keeper, at=at_day(12, 16))
    left = [(one.unit.name, one.period.code) for one in owed(date(2026, 12, 17))]
    assert (world.commune.name, "2026-Q4") not in left
    assert (world.commune.name, "2026") in left


def test_settings_say_whether_and_of_what(world) -> None:
    def put(key: str, value) -> None:
        DatedSetting.objects.create(agency=world.province, key=key, value=value, valid_from=date(2026, 1, 1))

    put("report_reminder_forms", "ii-06a-07")
    assert {one.form.code for one in owed(date(2026, 12, 17))} == {"ii-06a", "ii-07"}
    put("report_reminders", "off")
    assert list(owed(date(2026, 12, 17))) == []


def test_only_the_system_reminds(world) -> None:
    with pytest.raises(NotFound):
        actions.remind_reports(actor=world.above, at=at_day(12, 17))
    assert not ReportReminder.objects.exists()


def test_the_timer_reminds(world) -> None:
    out = StringIO()
    with time_machine.travel(at_day(12, 17), tick=False):
        call_command("tick", "--no-seal", stdout=out)
    assert "nhắc gửi báo cáo: 6" in out.getvalue()
    assert mail.outbox == [] or all("II.06a" in one.subject for one in mail.outbox)


# Over HTTP and at the command line -----------------------------------------------------------------------------------------

QUERY = {"period": "2026-11", "basis": "calendar"}


def page(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"statistics:{name}", args=args), query)


def test_the_agency_above_opens_the_sum_and_takes_it_as_a_file(world, client) -> None:
    sent(world)
    actions.remind_reports(actor=make_system_user(), at=at_day(12, 17))
    with time_machine.travel(AFTER, tick=False):
        here = {**QUERY, "agency": world.province.pk}
        told = page(client, world.above, "reporting", "ii-06a", **here).content.decode()
        assert "Tổng hợp từ báo cáo đã gửi" in told
        shown = page(client, world.above, "gathered", "ii-06a", **here).content.decode()
        assert "chậm 2 ngày" in shown
        assert "Chưa gửi, chưa cộng" in shown
        for kind in ("xlsx", "pdf", "csv", "json"):
            assert page(client, world.above, "gathered_file", "ii-06a", kind, **here).status_code == 200
        assert page(client, world.above, "gathered", "tt01-2018", **here).status_code == 422
        assert page(client, world.keeper, "gathered", "ii-06a", **here).status_code == 404
        assert page(client, world.above, "gathered", "ii-06a", **here, start="2026-12-02").status_code == 422


def test_reminders_stand_beside_the_unit(world, client) -> None:
    actions.remind_reports(actor=make_system_user(), at=at_day(12, 17))
    with time_machine.travel(at_day(12, 18), tick=False):
        told = page(client, world.above, "reporting", "ii-06a", period="2026-Q4", agency=world.province.pk)
    text = told.content.decode()
    assert "trước hạn" in text
    assert "chưa có người phụ trách" in text


def test_the_command_adds_up_what_was_sent(world) -> None:
    sent(world)
    out = StringIO()
    with time_machine.travel(AFTER, tick=False):
        call_command("report", "II.06a", "--agency", "H40", "--period", "2026-11", "--calendar", "--gathered", "--format", "csv", stdout=out)  # fmt: skip
    assert "chưa gửi" in out.getvalue()
