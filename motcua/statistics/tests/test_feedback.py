"""Feedback in figures: form II.05, components 5.2 and 5.3 of Decision 766, criteria 7 and 8 of Circular 01/2018; each opens."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from motcua.agencies.testing import give_role, make_system_user
from motcua.dossiers.testing import moment, ready
from motcua.feedback import actions
from motcua.feedback.models import Feedback
from motcua.feedback.rules.sending import SenderData
from motcua.feedback.testing import Hall, accepted, answered, make_hall, published, sent, verified
from motcua.statistics import actions as reports
from motcua.statistics.queries.index766 import Counted, counted
from motcua.statistics.queries.point_houses import houses_of
from motcua.statistics.queries.points import facts_behind, judged
from motcua.statistics.queries.reports import build
from motcua.statistics.queries.reports_things import facts_of
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.things import Look
from motcua.statistics.rules.figures import REGISTRY, number
from motcua.statistics.rules.index766 import Ratio
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.reports import form_on

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER = (
    Window(date(2026, 11, 1), date(2026, 11, 30)),
    Window(date(2026, 12, 1), date(2026, 12, 31)),
)
AT = moment(days=60)


@pytest.fixture
def hall() -> Hall:
    return make_hall()


def story(hall: Hall) -> None:
    """Answered in time and published, answered late, open and late, declined, anonymous, about a rule and open."""
    done = published(hall)
    actions.rate(done.pk, satisfaction="satisfied", actor=None, at=moment(days=4))
    late = answered(hall, later=timedelta(days=24))
    actions.rate(late.pk, satisfaction="unsatisfied", actor=None, at=moment(days=26))
    accepted(hall, at=moment(days=1))
    actions.decline(sent(hall).pk, refusal="policy", said="Gửi HĐND.", actor=hall.keeper, at=moment(days=1))
    sent(hall, sender=SenderData())
    accepted(hall, at=moment(days=20), topic="vuong-mac")


def total(hall: Hall, window: Window = NOVEMBER) -> dict[str, int]:
    table = build(form_on("ii-05", window.end), Scope(hall.commune), window, AT)
    return {leaf.key: number(leaf.key, table.total) for leaf in table.form.leaves if leaf.key}


def test_II_05_counts_what_came_what_was_done_and_what_is_owed(hall: Hall) -> None:
    story(hall)
    found = total(hall)
    assert found == {
        "feedback_received": 5, "feedback_conduct": 4, "feedback_regulation": 1, "feedback_both": 0, "feedback_carried": 0,
        "feedback_new": 5, "feedback_done_conduct": 2, "feedback_done_regulation": 0, "feedback_done_both": 0,
        "feedback_done_on_time": 1, "feedback_open": 2, "feedback_open_late": 1, "feedback_left": 1, "feedback_published": 1,
    }  # fmt: skip
    after = total(hall, DECEMBER)
    assert (after["feedback_carried"], after["feedback_received"], after["feedback_open_late"]) == (2, 2, 2)


@pytest.mark.parametrize("window", [NOVEMBER, DECEMBER])
def test_the_identities_of_II_05_hold(hall: Hall, window: Window) -> None:
    story(hall)
    f = total(hall, window)
    assert f["feedback_received"] == f["feedback_new"] + f["feedback_carried"]
    assert f["feedback_received"] == f["feedback_conduct"] + f["feedback_regulation"] + f["feedback_both"]
    done = f["feedback_done_conduct"] + f["feedback_done_regulation"] + f["feedback_done_both"]
    assert f["feedback_received"] == done + f["feedback_open"] + f["feedback_left"]
    assert total(hall, DECEMBER)["feedback_carried"] == total(hall)["feedback_open"]


def test_every_number_of_II_05_opens_to_its_rows(hall: Hall) -> None:
    story(hall)
    look = Look(Scope(hall.commune), NOVEMBER, AT)
    for figure, value in total(hall).items():
        rows = {fact.identity for fact in facts_of(figure, look, {"agency": hall.commune.pk})}
        assert len(rows) == value, REGISTRY[figure].label


def test_an_extension_and_a_wait_for_the_sender_keep_an_answer_in_time(hall: Hall) -> None:
    found = accepted(hall)
    actions.assign(found.pk, handler=hall.handler, actor=hall.keeper, at=moment(hours=3))
    actions.extend(found.pk, days=5, reason="hai nơi", document="TB", actor=hall.keeper, at=moment(days=1))
    actions.verify(found.pk, number="1", made_on=date(2026, 11, 3), place="a", people="b", text="c", verdict="partly", actor=hall.handler, at=moment(days=2))  # fmt: skip
    actions.propose(found.pk, answer="Trả lời", actor=hall.handler, at=moment(days=2))
    actions.approve(found.pk, number="1", actor=hall.world.boss, at=moment(days=24))
    assert total(hall)["feedback_done_on_time"] == 1


def test_what_was_passed_on_counts_where_it_went(hall: Hall) -> None:
    actions.transfer(sent(hall).pk, to=hall.neighbour, actor=hall.keeper, at=moment(days=1))
    assert total(hall)["feedback_received"] == 0
    there = build(form_on("ii-05", NOVEMBER.end), Scope(hall.neighbour), NOVEMBER, AT)
    assert number("feedback_new", there.total) == 1


def index(hall: Hall) -> Counted:
    return counted(Scope(hall.commune), NOVEMBER, AT)


def test_5_2_and_5_3_of_decision_766(hall: Hall) -> None:
    assert index(hall).ratio("feedback_on_time") == Ratio(0, 0)
    story(hall)
    found = index(hall)
    assert found.ratio("feedback_on_time") == Ratio(1, 3)  # one in time, one late, one owed and late
    assert found.ratio("feedback_satisfied") == Ratio(1, 2)


@pytest.mark.parametrize(
    ("days", "verdict", "point"), [(2, "founded", 2), (24, "founded", 0), (24, "unfounded", 2)]
)
def test_criterion_8_leaves_out_what_was_found_not_to_be_so(
    hall: Hall, days: int, verdict: str, point: int
) -> None:
    answered(hall, later=timedelta(days=days), verdict=verdict)
    house = houses_of(Look(Scope(hall.commune), NOVEMBER, AT))[hall.commune.pk]
    assert house.feedback == point
    assert len(house.facts(8)) == (verdict != "unfounded")


def test_criterion_8_is_nought_while_something_is_late(hall: Hall) -> None:
    answered(hall)
    accepted(hall)
    look = Look(Scope(hall.commune), NOVEMBER, AT)
    assert houses_of(look)[hall.commune.pk].feedback == 0
    assert len(facts_behind("tt01_8", look, {"agency": hall.commune.pk})) == 2


@pytest.mark.parametrize(("verdict", "point"), [("founded", 0), ("partly", 0), ("unfounded", 2)])
def test_criterion_7_is_nought_for_a_dossier_with_a_founded_complaint(verdict: str, point: int) -> None:
    from motcua.dossiers.testing import make_world

    world = make_world()
    hall, dossier = make_hall(world), ready(world)
    answered(hall, verdict=verdict, dossier_code=dossier.code)
    [one] = judged(Look(Scope(hall.commune), NOVEMBER, AT))
    assert one.point(7) == point
    assert one.point(7, officer=hall.officer.pk) == point
    assert one.point(7, officer=hall.handler.pk) == 2  # nobody else answers for it


def test_the_rows_behind_a_number_are_closed_to_whom_they_are_about(hall: Hall) -> None:
    give_role(hall.officer, "procedure_controller", hall.commune, is_main=False)
    found = verified(hall)
    reports.install_index(actor=make_system_user(), at=moment())
    query = {"agency": hall.commune.pk, "period": "2026-11", "basis": "calendar"}
    addresses = [
        reverse("statistics:things", args=["ii-05", "feedback_received"]),
        reverse("statistics:index766_behind", args=["5.2"]),
    ]
    with time_machine.travel(AT, tick=False):
        for user, seen in ((hall.keeper, True), (hall.officer, False)):
            browser = Client()
            browser.force_login(user)
            for address in addresses:
                page = browser.get(address, query | {"part": "mau-so"})
                assert page.status_code == 200
                assert (found.code in page.content.decode()) == seen
                assert ("không thuộc quyền xem" in page.content.decode()) != seen
    assert Feedback.objects.count() == 1
