"""What a database forgets unless it is kept: each of these once changed a month that was closed."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from motcua.agencies.testing import make_agency, make_seat, make_user_with
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, ErrorCorrection
from motcua.dossiers.testing import in_review, make_intake, make_world, moment, ready, receive, returned
from motcua.files.actions import store
from motcua.statistics.queries import Scope, behind, count
from motcua.statistics.queries.standing import LocalDate
from motcua.statistics.rules.periods import Window
from motcua.statistics.testing_beside import SCAN
from motcua.workdays import actions as workdays

NOVEMBER = Window(date(2026, 11, 1), date(2026, 11, 30))
DECEMBER_1, LATER = moment(datetime(2026, 12, 1)), moment(days=200)
ITEMS = [{"name": "Giấy tờ", "reason": "Thiếu"}]


@pytest.fixture
def world(db):
    return make_world()


def november(world, *, at=LATER, agency=None):
    cells = count(Scope(agency or world.commune), NOVEMBER, at=at)
    return {test: n for cell in cells.values() for test, n in cell.counts.items() if n}


def test_what_waited_for_acceptance_still_waits_in_its_month_after_it_was_received(world):
    filed = actions.submit(make_intake(world, channel="online"), actor=world.clerk, at=moment(days=27))
    live = november(world, at=DECEMBER_1)
    actions.accept(filed.pk, actor=world.clerk, at=moment(days=30))
    assert november(world) == live == {"waiting": 1, "waiting_late": 1}


def test_acceptance_is_measured_by_the_due_date_of_then_and_rests_while_the_citizen_is_asked(world):
    asked, late = [
        actions.submit(make_intake(world, channel="online"), actor=world.clerk, at=moment(days=d))
        for d in (25, 0)
    ]
    actions.request_supplement_before(
        asked.pk, reason="Thiếu", items=ITEMS, actor=world.clerk, at=moment(days=25, hours=1)
    )
    live = november(world, at=DECEMBER_1)
    actions.request_supplement_before(
        late.pk, reason="Thiếu", items=ITEMS, actor=world.clerk, at=moment(days=31)
    )
    for dossier in (asked, late):
        actions.complete_presupplement(dossier.pk, actor=world.clerk, at=moment(days=32))
    assert november(world) == live == {"waiting": 2, "waiting_in_time": 1, "waiting_late": 1}


def test_a_clock_at_rest_stays_at_rest_through_a_new_calendar_and_a_request_to_withdraw(world):
    dossier = in_review(world)
    actions.request_supplement(
        dossier.pk, reason="Thiếu", items=ITEMS, actor=world.officer, at=moment(days=1)
    )
    workdays.set_day(
        world.commune, date(2026, 11, 6), "off", name="Bão", source="QĐ", actor=world.admin, at=moment(days=2)
    )
    moved = actions.reproject(
        agency_id=world.commune.pk, reason="Bão", document="QĐ", actor=world.admin, at=moment(days=2)
    )
    actions.request_withdrawal(dossier.pk, actor=world.clerk, at=moment(days=3))
    live = november(world, at=DECEMBER_1)
    actions.cancel_withdrawal(dossier.pk, actor=world.clerk, at=moment(days=31))
    assert moved == 1
    assert november(world) == live == {"received_counter": 1, "open_in_time": 1, "original_open_in_time": 1}


def test_a_corrected_result_waits_to_be_collected_and_the_first_collection_is_not_forgotten(world):
    dossier = returned(world)
    live = november(world, at=DECEMBER_1)
    actions.start_correction(dossier.pk, reason="Sai tên", actor=world.officer, at=moment(days=31))
    actions.finish_correction(dossier.pk, actor=world.officer, at=moment(days=32))
    december = Window(date(2026, 12, 1), date(2026, 12, 31))
    waits = behind("uncollected", Scope(world.commune), december, at=moment(days=33))
    assert list(waits) == [dossier]
    actions.return_result(dossier.pk, receiver_name="Lê Thị Thử", actor=world.head, at=moment(days=40))
    assert november(world) == live
    assert "uncollected" not in live
    assert not behind("uncollected", Scope(world.commune), december, at=LATER).exists()
    dossier.refresh_from_db()
    assert (dossier.returned_at, dossier.returned_to) == (moment(hours=7), "Nguyễn Thị Thử Nghiệm")
    correction = ErrorCorrection.objects.get()
    assert (correction.returned_at, correction.returned_to) == (moment(days=40), "Lê Thị Thử")


def test_a_result_that_the_post_brought_back_waits_to_be_collected_again(world):
    dossier = ready(world)
    actions.return_result(
        dossier.pk, receiver_name="A", method="post", postal_number="EB123456785VN", actor=world.head, at=moment(days=1)
    )  # fmt: skip
    live = november(world, at=DECEMBER_1)
    actions.take_back(dossier.pk, reason="absent", actor=world.head, at=moment(days=31))
    december = Window(date(2026, 12, 1), date(2026, 12, 31))
    assert list(behind("uncollected", Scope(world.commune), december, at=moment(days=33))) == [dossier]
    assert november(world) == live
    assert "uncollected" not in live
    actions.return_result(dossier.pk, receiver_name="Lê Thị Thử", actor=world.head, at=moment(days=40))
    assert not behind("uncollected", Scope(world.commune), december, at=LATER).exists()
    assert list(behind("uncollected", Scope(world.commune), december, at=moment(days=35))) == [dossier]


def test_what_an_agency_has_finished_stays_its_own_when_a_successor_hands_it_out(world):
    ready(world)
    live = november(world, at=DECEMBER_1)
    heir = make_agency("UBND xã An Phú mới", world.province, code="H40.20")
    last = make_agency("UBND xã An Phú mới hơn", world.province, code="H40.21")
    for old, new in ((world.commune, heir), (heir, last)):
        actions.transfer_open_work(old, new, document="NQ 1", actor=world.admin, at=moment(days=20))
    assert november(world) == live
    assert november(world, agency=heir) == november(world, agency=last) == {}


def test_away_is_judged_by_the_seats_of_the_day_of_reception(world):
    receive(world)
    tax = make_agency("Thuế xã", world.province, kind="vertical", sector="tax")
    Dossier.objects.update(resolving_agency=tax)
    assert november(world, agency=tax)["received_away"] == 1
    make_seat(world.office, tax, valid_from=date(2026, 12, 1))
    assert november(world, agency=tax)["received_away"] == 1
    make_seat(world.office, tax, valid_from=date(2026, 10, 1))
    assert "received_away" not in november(world, agency=tax)


def test_the_last_microsecond_of_a_day_is_of_that_day(world):
    dossier = receive(world)
    last = moment(datetime(2026, 11, 14, 23, 59, 59)) + timedelta(microseconds=999_999)
    Dossier.objects.filter(pk=dossier.pk).update(submitted_at=last)
    found = Dossier.objects.annotate(day=LocalDate("submitted_at")).values_list("day", flat=True).get()
    assert found == date(2026, 11, 14)


def test_an_obligation_met_elsewhere_was_owed_here_until_then(world):
    dossier = in_review(world)
    desk = make_user_with("land_desk", world.commune)
    actions.issue_obligation(
        dossier.pk, amount_dong=5000, notice_number="1", payable_here=True, actor=desk, at=moment(days=1)
    )
    live = november(world, at=DECEMBER_1)
    actions.meet_obligation(dossier.pk, document="GNT 1", actor=world.clerk, at=moment(days=31))
    assert november(world) == live
    assert live["fee_owed"] == 1
    december = Window(date(2026, 12, 1), date(2026, 12, 31))
    assert not behind("fee_owed", Scope(world.commune), december, at=LATER).exists()


def test_what_was_digitised_when_a_month_closed_stays_so_whatever_is_scanned_or_brought_later(world):
    """A scan of what had come without a file, a second scan, a paper more, one in another's place: all in December."""
    (paper,) = make_intake(world).papers
    sent = replace(paper, originals=0, electronic=1)
    given = [receive(world, papers=(sent,)) for _ in range(3)]
    scanned = receive(world)
    scan(world, scanned, moment(days=1))
    receive(world)
    live = november(world, at=DECEMBER_1)
    for dossier in (given[0], scanned):
        scan(world, dossier, moment(days=31))
    for dossier, new in ((given[1], sent), (given[2], replace(paper, replaces_id=given[2].papers.get().pk))):
        in_review(world, dossier, at=moment(days=31))
        actions.request_supplement(
            dossier.pk, reason="Thiếu", items=ITEMS, actor=world.officer, at=moment(days=32)
        )
        actions.complete_supplement(dossier.pk, (new,), actor=world.clerk, at=moment(days=33))
    assert november(world) == live
    assert live["digitised"] == 4
    whole = Window(date(2026, 11, 1), date(2026, 12, 31))
    assert list(behind("digitised", Scope(world.commune), whole, at=LATER)) == [*given[:2], scanned]


def scan(world, dossier, at):
    file = store(SCAN, name="quet.pdf", made_here=True, actor=world.clerk, at=at)
    actions.attach_scan(dossier.papers.get().pk, file.pk, actor=world.clerk, at=at)
