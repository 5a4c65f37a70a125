"""A commune ends and another takes its place: what waits at the closed counter is finished by the successor's people."""

from datetime import date

import pytest
from django.urls import reverse

from motcua.agencies import actions as agencies
from motcua.agencies.testing import make_agency, make_office, make_user_with
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.states import Status
from motcua.dossiers.testing import START, make_intake, moment, ready, receive, returned

LAST_DAY = START.date()
RETURN, HAND_OVER, WAITING, REGISTER = (
    reverse(f"counter:{name}") for name in ("return_desk", "hand_over", "waiting", "register")
)


@pytest.fixture
def heir(world):
    """The commune that stands in for world.commune from tomorrow, with a counter and a clerk of its own."""
    new = make_agency("UBND xã An Phú mới", world.province, code="H40.20")
    new.desk = make_office(new)
    new.clerk = make_user_with("office_head", new)
    return new


def end(agency, heir, last_day, world) -> None:
    agencies.end_agency(
        agency, last_day=last_day, document="NQ 1", successor=heir, carry_posts=False, with_children=True, actor=world.admin, at=moment()
    )  # fmt: skip


def succeed(world, heir) -> None:
    end(world.commune, heir, LAST_DAY, world)
    actions.transfer_open_work(world.commune, heir, document="NQ 1", actor=world.admin, at=moment(days=1))


def test_a_result_at_the_closed_counter_is_returned_by_the_successors_clerk(client, world, heir, monday):
    dossier = ready(world)
    succeed(world, heir)
    monday.move_to(moment(days=1))
    client.force_login(heir.clerk)
    assert dossier.code in client.get(RETURN).content.decode()
    answer = client.post(
        reverse("counter:return_one", args=[dossier.pk]),
        {
            "receiver_name": "Nguyễn Thị Thử Nghiệm",
            "method": "counter",
            "with_slip": "on",
            "signed": "on",
            "originals": dossier.papers.get().pk,
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    dossier.refresh_from_db()
    assert (dossier.status, dossier.office) == (Status.RETURNED, world.office)


def test_a_dossier_still_at_the_closed_counter_is_handed_over_and_one_only_filed_moves(
    client, world, heir, monday
):
    received = receive(world)
    filed = actions.submit(make_intake(world, channel="online"), actor=world.clerk, at=moment())
    succeed(world, heir)
    monday.move_to(moment(days=1))
    client.force_login(heir.clerk)
    assert received.code in client.get(HAND_OVER).content.decode()
    assert filed.temporary_number in client.get(WAITING).content.decode()
    actions.hand_over([received.pk], actor=heir.clerk, at=moment(days=1))
    filed, received = Dossier.objects.get(pk=filed.pk), Dossier.objects.get(pk=received.pk)
    assert (received.status, received.receiving_agency) == (Status.TRANSFERRED, world.commune)
    assert (filed.office, filed.receiving_agency) == (heir.desk, heir)


def test_the_register_of_the_closed_counter_stays_with_the_successor(client, world, heir, monday):
    dossier = returned(world)
    succeed(world, heir)
    monday.move_to(moment(days=1))
    client.force_login(heir.clerk)
    assert dossier.code not in client.get(REGISTER).content.decode()
    page = client.get(REGISTER, {"quay": world.office.pk}).content.decode()
    assert dossier.code in page
    assert f"(đến {LAST_DAY:%d-%m-%Y})" in page
    assert client.get(f"{REGISTER}?quay={world.police.pk + 999}").status_code == 200


def test_nobody_else_sees_it(client, world, heir, monday):
    dossier = ready(world)
    succeed(world, heir)
    other = make_agency("UBND xã Khác", world.province, code="H40.21")
    make_office(other)
    monday.move_to(moment(days=1))
    client.force_login(make_user_with("office_head", other))
    assert dossier.code not in client.get(RETURN).content.decode()
    assert client.get(reverse("counter:return_one", args=[dossier.pk])).status_code == 404


def test_the_successor_sees_it_from_its_first_day_not_before(client, world, heir, monday):
    dossier = ready(world)
    end(world.commune, heir, LAST_DAY, world)
    client.force_login(heir.clerk)
    address = reverse("counter:return_one", args=[dossier.pk])
    assert client.get(address).status_code == 404
    monday.move_to(moment(days=1))
    client.force_login(heir.clerk)
    assert client.get(address).status_code == 200


def test_a_successor_of_a_successor_answers_for_both(world, heir):
    last = make_agency("UBND xã Sau Cùng", world.province, code="H40.22")
    succeed(world, heir)
    end(heir, last, date(2026, 12, 31), world)
    last.refresh_from_db()
    ended = (world.commune, world.division, heir)
    assert last.heritage == {str(agency.pk): "2027-01-01" for agency in ended}


def test_another_successor_takes_the_heritage_from_the_one_named_before(world, heir):
    other = make_agency("UBND xã Khác", world.province, code="H40.21")
    end(world.commune, heir, date(2026, 12, 31), world)
    end(world.commune, other, date(2026, 11, 30), world)
    heir.refresh_from_db()
    other.refresh_from_db()
    assert (heir.heritage, other.heritage[str(world.commune.pk)]) == (
        {}, "2026-12-01",
    )  # fmt: skip


@pytest.mark.parametrize("division", [False, True])
def test_a_list_that_the_ended_agency_never_signed_is_signed_as_a_list_by_its_successor(
    client, world, heir, monday, division
):
    """Work given on paper before the last day: whoever now holds the tasks signs the old list, as one."""
    (handover,) = actions.hand_over(
        [receive(world).pk, receive(world).pk], actor=world.clerk, at=moment(hours=1)
    )
    end(world.commune, heir, LAST_DAY, world)
    office = make_agency("Phòng Kinh tế", heir) if division else heir
    signer = make_user_with("officer", office)
    actions.transfer_open_work(
        world.commune, heir, tasks_to=office if division else None, document="NQ 1", actor=world.admin, at=moment(days=1)
    )  # fmt: skip
    monday.move_to(moment(days=1))
    client.force_login(signer)
    address = reverse("counter:handed_over", args=[handover.pk])
    page = client.get(address).content.decode()
    assert "chờ ký nhận 2 hồ sơ" in page
    client.post(reverse("counter:sign_list", args=[handover.pk]))
    handover.refresh_from_db()
    assert handover.receiver == signer
    assert all(task.taken_by == signer for task in handover.tasks.all())
