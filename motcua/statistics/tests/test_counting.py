"""Figures as they stood when their window closed, whatever has happened since."""

from datetime import date

import pytest

from motcua.agencies.testing import make_agency
from motcua.dossiers import actions
from motcua.dossiers.testing import in_review, make_world, moment, ready, receive
from motcua.statistics.queries import Scope, behind, count
from motcua.statistics.rules.figures import REGISTRY, broken_identities, number
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.things import Subject

NOVEMBER = Window(date(2026, 11, 1), date(2026, 11, 30))
DECEMBER = Window(date(2026, 12, 1), date(2026, 12, 31))
LATER = moment(days=90)


@pytest.fixture
def world(db):
    return make_world()


def counts(world, window, *, at=LATER, agency=None):
    cells = count(Scope(agency or world.commune), window, at=at)
    return next(iter(cells.values())).counts if cells else {}


def test_a_dossier_resolved_before_its_due_date(world):
    ready(world)
    found = counts(world, NOVEMBER)
    assert {key: n for key, n in found.items() if n} == {
        "received_counter": 1,
        "resolved_before": 1,
        "original_before": 1,
        "uncollected": 1,
    }


def test_an_open_dossier_is_late_once_its_day_is_over_and_carried_into_the_next_month(world):
    in_review(world)
    due_day, day_after = moment(days=7), moment(days=8)
    assert counts(world, NOVEMBER, at=due_day)["open_in_time"] == 1
    assert counts(world, NOVEMBER, at=day_after)["open_late"] == 1
    november, december = counts(world, NOVEMBER), counts(world, DECEMBER)
    assert (november["open_late"], december["carried"], december["open_late"]) == (1, 1, 1)


def test_what_happens_later_does_not_change_a_closed_month(world):
    dossier = in_review(world)
    before = counts(world, NOVEMBER, at=moment(days=40))
    actions.apologise(dossier.pk, reason="Chậm", extra_working_days=30, actor=world.boss, at=moment(days=41))
    actions.refuse(
        dossier.pk,
        reason="Không đủ điều kiện",
        legal_basis="Điều 1",
        late_cause="partner",
        actor=world.boss,
        at=moment(days=50),
    )
    assert counts(world, NOVEMBER) == before
    assert counts(world, DECEMBER)["refused"] == 1


def test_a_dossier_carried_over_to_a_successor_stays_in_the_report_of_its_time(world):
    dossier = in_review(world)
    heir = make_agency("UBND xã An Phú mới", world.province, code="H40.20")
    before = counts(world, NOVEMBER, at=moment(days=30))
    actions.transfer_open_work(world.commune, heir, document="NQ 1", actor=world.admin, at=moment(days=35))
    assert counts(world, NOVEMBER) == before
    assert counts(world, NOVEMBER, agency=heir) == {}
    assert (counts(world, DECEMBER), counts(world, DECEMBER, agency=heir)["carried"]) == ({}, 1)
    assert list(behind("open_late", Scope(world.commune), NOVEMBER, at=LATER)) == [dossier]
    assert list(behind("open_late", Scope(heir), NOVEMBER, at=LATER)) == []


def test_every_figure_opens_to_as_many_dossiers_as_it_counts(world):
    ready(world)
    in_review(world)
    receive(world, channel="online")
    actions.refuse(
        in_review(world).pk, reason="Không", legal_basis="Điều 1", actor=world.boss, at=moment(days=2)
    )
    for window in (NOVEMBER, DECEMBER):
        found = counts(world, window)
        for key, figure in REGISTRY.items():
            if not figure.is_share and figure.subject is Subject.DOSSIER:
                assert behind(key, Scope(world.commune), window, at=LATER).count() == number(key, found), key
        assert broken_identities(found) == []


def test_a_dossier_promised_anew_is_late_by_its_original_due_date_and_in_time_by_the_present_one(world):
    dossier = in_review(world)
    actions.apologise(dossier.pk, extra_working_days=10, reason="Chậm", actor=world.boss, at=moment(days=4))
    running = counts(world, NOVEMBER, at=moment(days=9))  # the original due date was 9-11
    assert (running["open_in_time"], running["original_open_late"]) == (1, 1)
    actions.refuse(dossier.pk, reason="Không", legal_basis="Điều 1", actor=world.boss, at=moment(days=10))
    done = counts(world, NOVEMBER)
    assert (done["resolved_before"], done["original_late"], done["original_on"]) == (1, 1, 0)
