"""The ledger and its calendars: derivations, calendar changes, re-projection, the check of all due dates."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from motcua.agencies.models import DatedSetting
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import to_local
from motcua.dossiers import actions, queries, triggers
from motcua.dossiers.models import CalendarSnapshot, ClockEntry, Dossier
from motcua.dossiers.testing import in_review, make_procedure, moment, ready, receive
from motcua.workdays.models import CalendarDay, CalendarStamp

pytestmark = pytest.mark.django_db


def day_off(agency, day):
    """An announced day off, as the calendar's own act writes it."""
    CalendarDay.objects.create(agency=agency, day=day, kind="off", name="Nghỉ đột xuất", source="QĐ 9")
    CalendarStamp.objects.update_or_create(pk=1, defaults={"stamp": f"after {day}"})


@pytest.mark.parametrize(
    ("received", "amount", "unit", "due"),
    [
        (datetime(2026, 8, 27, 9), "10", "working_day", datetime(2026, 9, 15, 17, 30)),
        (datetime(2026, 8, 20, 9), "3", "working_day", datetime(2026, 8, 24, 17, 30)),
        (datetime(2026, 2, 2, 9), "20", "calendar_day", datetime(2026, 2, 23, 17, 30)),
        (datetime(2026, 11, 2, 15, 0), None, "same_day", datetime(2026, 11, 2, 17, 30)),
        (datetime(2026, 11, 2, 15, 1), None, "same_day", datetime(2026, 11, 3, 17, 30)),
        (datetime(2026, 11, 2, 10, 0), "8", "working_hour", datetime(2026, 11, 3, 10, 0)),
        (datetime(2026, 11, 2, 10, 0), "1", "month", datetime(2026, 12, 2, 17, 30)),
    ],
)
def test_due_dates_follow_the_unit_of_the_limit(world, received, amount, unit, due):
    dossier = receive(
        world, at=moment(received), procedure=make_procedure("1.5", world.commune, amount=amount, unit=unit)
    )
    assert to_local(dossier.due_at) == due
    derived = queries.derivation_of(dossier)
    assert derived.due_at == due
    assert derived.as_text()


def test_a_local_cut_off_is_frozen_with_the_reception(world):
    DatedSetting.objects.create(
        agency=world.commune, key="reception_cutoff", value="16:00", valid_from=date(2026, 1, 1), source="QC"
    )
    dossier = receive(world, at=moment(datetime(2026, 11, 2, 16, 30)))
    assert to_local(dossier.due_at) == datetime(2026, 11, 10, 17, 30)
    DatedSetting.objects.all().delete()
    assert queries.derivation_of(dossier).due_at == datetime(2026, 11, 10, 17, 30)


def test_before_reception_there_is_no_derivation(world):
    from motcua.dossiers.testing import make_intake

    filed = actions.submit(make_intake(world, channel="online"), actor=world.clerk, at=moment())
    assert queries.derivation_of(filed).lines == ()


def test_one_snapshot_of_the_calendar_serves_many_dossiers(world):
    receive(world)
    receive(world)
    assert CalendarSnapshot.objects.count() == 1


def test_a_changed_calendar_moves_no_due_date_and_no_derivation(world):
    dossier = in_review(world)
    due = dossier.due_at
    day_off(None, date(2026, 11, 5))
    dossier.refresh_from_db()
    assert (dossier.due_at, queries.derivation_of(dossier).due_at) == (due, to_local(due))
    actions.ask_opinion(
        dossier.pk,
        to_agency_id=world.police.pk,
        question="?",
        due_working_days=1,
        actor=world.officer,
        at=moment(days=1),
    )
    actions.apologise(dossier.pk, extra_working_days=1, reason="x", actor=world.boss, at=moment(days=1))
    dossier.refresh_from_db()
    assert to_local(dossier.due_at) == datetime(2026, 11, 10, 17, 30)
    assert to_local(receive(world).due_at) == datetime(2026, 11, 10, 17, 30)
    assert CalendarSnapshot.objects.count() == 2
    assert list(queries.verify_clock()) == []


def test_re_projection_is_an_act_with_reason_document_and_entry(world):
    moved, untouched, done = (
        in_review(world),
        in_review(world, receive(world, procedure=make_procedure("1.6", world.commune, amount="1"))),
        ready(world),
    )
    day_off(world.commune, date(2026, 11, 5))
    count = actions.reproject(
        agency_id=world.province.pk,
        reason="Nghỉ đột xuất",
        document="QĐ 9",
        actor=world.admin,
        at=moment(days=1),
    )
    assert count == 1
    moved.refresh_from_db()
    assert to_local(moved.due_at) == datetime(2026, 11, 10, 17, 30)
    assert to_local(moved.original_due_at) == datetime(2026, 11, 9, 17, 30)
    entry = moved.clock_entries.last()
    assert (entry.kind, entry.reason, entry.document, entry.actor) == (
        "reproject",
        "Nghỉ đột xuất",
        "QĐ 9",
        world.admin,
    )
    told = queries.derivation_of(moved)
    assert (told.due_at, told.original_due_at) == (to_local(moved.due_at), to_local(moved.original_due_at))
    assert "Hạn trả ban đầu: 17:30 thứ Hai 09/11/2026" in told.as_text()
    assert "Nghỉ đột xuất (QĐ 9); hạn chuyển từ" in told.as_text()
    assert "Nghỉ đột xuất" not in queries.derivation_of(moved, reasons=False).lines[-2].text
    assert untouched.clock_entries.count() == 1
    assert [e.kind for e in done.clock_entries.all()] == ["start", "end"]
    again = actions.reproject(
        [moved.pk],
        agency_id=world.commune.pk,
        reason="Nữa",
        document="QĐ 9",
        actor=world.admin,
        at=moment(days=1),
    )
    assert again == 0


def test_re_projection_needs_words_and_the_calendars_permission(world):
    for values in ({"reason": " ", "document": "x"}, {"reason": "x", "document": ""}):
        with pytest.raises(RuleViolation):
            actions.reproject(agency_id=world.commune.pk, **values, actor=world.admin, at=moment())
    for agency_id in (world.commune.pk, None, 10**9):
        with pytest.raises(NotFound):
            actions.reproject(agency_id=agency_id, reason="x", document="y", actor=world.clerk, at=moment())
    assert actions.reproject(agency_id=None, reason="x", document="y", actor=world.admin, at=moment()) == 0


def test_a_date_in_a_year_not_yet_announced_is_provisional(world):
    dossier = receive(world, at=moment(datetime(2026, 12, 30, 9)))
    dossier.refresh_from_db()
    assert dossier.due_provisional
    assert queries.derivation_of(dossier).provisional
    assert dossier.notices.get().data["due_note"] == "Lịch nghỉ còn dự kiến"


def test_a_date_beyond_the_calendar_is_an_error_not_a_guess(world):
    far = make_procedure("1.7", world.commune, amount="9999", unit="working_day")
    with pytest.raises(RuleViolation, match="Lịch làm việc chỉ có đến"):
        receive(world, procedure=far)
    assert not Dossier.objects.exists()


def test_an_honest_database_has_no_differences(world, capsys):
    ready(world)
    call_command("dossiers", "verify-clock")
    assert "Mọi hạn trả kết quả khớp" in capsys.readouterr().out


def test_a_stored_due_date_is_explained_as_text(world, capsys):
    dossier = receive(world)
    call_command("dossiers", "explain", f" {dossier.code} ")
    said = capsys.readouterr().out.rstrip("\n")
    assert said == queries.derivation_of(dossier).as_text()
    assert f"{to_local(dossier.due_at):%H:%M}" in said
    assert len(said.splitlines()) > 2
    with pytest.raises(CommandError, match="Không có hồ sơ mã"):
        call_command("dossiers", "explain", "H40.99")


def test_a_forged_due_date_is_found(world, capsys):
    forged, emptied, ledger = receive(world), receive(world), receive(world)
    triggers.remove(connection)
    Dossier.objects.filter(pk=forged.pk).update(due_at=moment(days=30))
    ClockEntry.objects.filter(dossier=emptied).delete()
    ClockEntry.objects.filter(dossier=ledger).update(due_at=moment(days=40))
    Dossier.objects.filter(pk=ledger.pk).update(due_at=moment(days=40), original_due_at=moment(days=40))
    triggers.install(connection)
    assert {(d.code, d.seq) for d in queries.verify_clock()} == {
        (forged.code, 0),
        (emptied.code, 0),
        (ledger.code, 1),
    }
    with pytest.raises(SystemExit):
        call_command("dossiers", "verify-clock")
    said = capsys.readouterr().out
    assert all(f"{dossier.code}: " in said for dossier in (forged, emptied, ledger))
    assert f"hồ sơ {ledger}, mục 1 của sổ thời hạn: khác với nhật ký" in said


def test_a_dossier_without_limit_has_a_ledger_but_no_date(world):
    dossier = in_review(
        world, receive(world, procedure=make_procedure("1.8", world.commune, amount=None, unit="none"))
    )
    actions.refuse(dossier.pk, reason="x", legal_basis="y", actor=world.officer, at=moment(days=300))
    assert [e.due_at for e in dossier.clock_entries.all()] == [None, None]
    assert list(queries.verify_clock()) == []


def test_the_table_of_transitions_prints(capsys):
    call_command("dossiers", "transitions")
    assert "Chờ bổ sung hồ sơ" in capsys.readouterr().out


def test_reduced_limits_stand_beside_statutory_ones(world):
    procedure = make_procedure(
        "1.9",
        world.commune,
        reduced_amount=Decimal(3),
        reduced_unit="working_day",
        reduced_document="QĐ cắt giảm",
    )
    dossier = receive(world, procedure=procedure)
    assert (dossier.limit_amount, dossier.statutory_amount) == (3, 5)
    assert to_local(dossier.due_at) == datetime(2026, 11, 5, 17, 30)


def test_re_projection_writes_the_entries_of_many_dossiers_at_once(world, django_assert_max_num_queries):
    dossiers = [receive(world) for _ in range(5)]
    day_off(None, date(2026, 11, 5))
    receive(world)
    with django_assert_max_num_queries(12 + 2 * len(dossiers)):
        count = actions.reproject(
            agency_id=world.commune.pk, reason="x", document="y", actor=world.admin, at=moment(days=1)
        )
    assert count == 5
    assert list(queries.verify_clock()) == []


def test_a_calendar_kept_beforehand_is_the_one_that_receptions_use(world):
    """Processes that will receive at once find it there."""
    with pytest.raises(NotFound):
        actions.keep_calendar(world.commune, actor=world.officer, at=moment())
    assert not CalendarSnapshot.objects.exists()
    kept = actions.keep_calendar(world.commune, actor=world.clerk, at=moment())
    dossier = receive(world)
    assert set(dossier.clock_entries.values_list("calendar_id", flat=True)) == {kept}
    assert CalendarSnapshot.objects.count() == 1
