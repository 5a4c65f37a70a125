"""The demonstration, told for a few days: what it builds holds together."""

from datetime import UTC, datetime

import pytest

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.audit.actions import seal
from motcua.audit.queries import verify
from motcua.core.moments import to_utc
from motcua.dossiers.models import Dossier, DossierTask, Party, PostalItem
from motcua.dossiers.queries import verify_clock
from motcua.dossiers.rules.states import Status
from motcua.dossiers.rules.transitions import TRANSITIONS
from motcua.procedures.models import Procedure
from motcua.scenarios.demo import people, story
from motcua.scenarios.demo.states import PLAN
from motcua.scenarios.demo.traffic import Traffic
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.signals import find
from motcua.statistics.queries.standing import Bounds
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.signals import BY_CODE
from motcua.tickets.models import Ticket, TicketDossier

pytestmark = pytest.mark.django_db
NOW = to_utc(datetime(2026, 11, 19, 10, 30))
MONTHS = story.MONTHS_BACK_DAYS


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The story of six days, told once for this module and rolled back afterwards."""
    from django.db import connection, transaction

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(story, "MONTHS_BACK_DAYS", 6)
        outer = transaction.atomic()
        outer.__enter__()
        try:
            made = story.tell(NOW)
            connection.check_constraints()  # once, not after each test
            yield made
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


def test_everybody_of_the_cast_can_sign_in(told):
    names = {person.username for person in people.TODAY}
    assert len(names) == 26
    assert User.objects.filter(username__in=names, is_active=True).count() == 26
    assert User.objects.get(username="hoa").check_password(people.PASSWORD)


def test_no_act_of_the_story_is_refused(told):
    assert told.refused == []


def test_the_starting_catalogue_has_at_least_sixty_procedures(told):
    assert Procedure.objects.count() >= 60


def test_every_state_that_an_act_leads_to_is_planned():
    led_to = {line.target for line in TRANSITIONS}
    assert set(Status) - led_to == {Status.DRAFT}
    assert {planned.status for planned in PLAN} == led_to


def test_a_dossier_is_in_every_planned_state_at_both_counters(told):
    for desk in ("suoi_ngoc_desk", "tan_lam_desk"):
        states = set(Dossier.objects.filter(office=told.offices[desk]).values_list("status", flat=True))
        assert {planned.status for planned in PLAN} - states == set(), desk


def test_the_district_ended_and_its_open_dossiers_went_over(told):
    district = Agency.objects.get(code="H99.12")
    assert district.valid_to == datetime(2025, 6, 30).date()
    assert not Dossier.objects.filter(resolving_agency=district, ready_at=None, ended_at=None).exists()
    carried = Dossier.objects.filter(office__agency=district).exclude(resolving_agency=district)
    assert all(code.startswith("H99.12-") for code in carried.values_list("code", flat=True) if code)


def test_what_the_district_left_was_finished_by_those_who_took_its_place(told):
    district = Agency.objects.get(code="H99.12")
    here = Dossier.objects.filter(receiving_agency=district)
    assert here.count() >= 30
    assert set(here.values_list("status", flat=True)) <= {
        Status.RETURNED,
        Status.ARCHIVED,
        Status.WAIT_COLLECT,
    }
    over = datetime(2025, 7, 1, tzinfo=UTC)
    today = {person.username for person in people.TODAY}
    carried = here.filter(returned_at__gt=over).values_list("returned_by__username", flat=True)
    waited = here.filter(ready_at__lt=over, returned_at__gt=over)
    assert carried
    assert waited
    assert set(carried) <= today
    done = DossierTask.objects.filter(dossier__in=here, done_at__gt=over)
    assert set(done.values_list("done_by__username", flat=True)) <= today


def test_no_two_people_have_the_same_number(told):
    people_ = set(Party.objects.exclude(kind="household").values_list("identity_number", "name"))
    assert len(people_) > 100
    assert len(people_) == len({number for number, _ in people_})


def test_every_due_date_is_what_its_ledger_says(told):
    assert list(verify_clock()) == []


def test_the_log_is_whole_and_sealed(told):
    seal(at=NOW)
    report = verify()
    assert report.is_whole, report.lines()
    assert report.unsealed == 0


@pytest.mark.parametrize(
    "now",
    [NOW, to_utc(datetime(2026, 5, 5, 9)), to_utc(datetime(2027, 3, 1, 16))],
    ids=lambda at: f"{at:%Y-%m}",
)  # the second and third look back over the holidays of April and of Tết
def test_some_six_hundred_people_come_whatever_the_date(told, monkeypatch, now):
    coming: list[Traffic] = []
    monkeypatch.setattr(story, "MONTHS_BACK_DAYS", MONTHS)
    for done_before in ("_post_boards", "_take_up_what_was_left"):
        monkeypatch.setattr(story, done_before, lambda world, given: None)

    def come(self: Traffic, code: str, channel: str, at: datetime, fate: object = None) -> None:
        """Who comes for what is not offered goes home again."""
        if self._version(self._procedures[code], at):
            coming.append(self)

    monkeypatch.setattr(Traffic, "_come", come)
    monkeypatch.setattr(Traffic, "_hand_over", lambda self, at: None)
    story._present(told, now, lambda text: None)
    before = Dossier.objects.filter(office=told.offices["district_desk"]).count()
    assert 520 <= len(coming) + before <= 720
    assert {traffic.demand.office for traffic in coming} == set(story._todays_offices(told))


def test_what_the_counters_received_lately_came_of_numbers_and_some_too_late(told):
    links = TicketDossier.objects.filter(ticket__line__office__in=story._todays_offices(told))
    assert links.count() >= 10
    assert all(link.dossier.received_by_id == link.ticket.officer_id for link in links.select_related())
    today = Ticket.objects.filter(day=NOW.date())
    assert today.filter(called_at=None).count() == 15  # who waits now
    assert not Ticket.objects.filter(day__lt=NOW.date(), ended_at=None).exists()
    commune = told.agencies["suoi_ngoc"]
    found = find(BY_CODE["taken_in_after_call"], Scope(commune), Bounds.of(Window(NOW.date().replace(day=1), NOW.date()), NOW), {})  # fmt: skip
    assert 1 <= found.count <= 4 < found.base


def test_the_provincial_centre_receives_and_its_department_answers(told):
    here = Dossier.objects.filter(office=told.offices["province_desk"])
    assert set(here.values_list("resolving_agency__code", flat=True)) == {"H99.03"}
    assert here.filter(status__in=[Status.RETURNED, Status.WAIT_COLLECT, Status.ARCHIVED]).exists()


def test_results_sent_by_post_are_on_their_way_delivered_or_back_at_the_counter(told):
    """Six days leave fewer waiting than the whole story: as many as there are, in this order."""
    items = PostalItem.objects.filter(dossier__office=told.offices["suoi_ngoc_desk"])
    states = items.order_by("number").values_list("dossier__delivery_state", flat=True)
    assert items
    assert list(states) == ["in_transit", "delivered", "came_back"][: len(items)]
