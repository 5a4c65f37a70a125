"""The page that computes due dates anew after a calendar was announced or changed."""

from datetime import date

import pytest
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.dossiers.testing import make_world, moment, receive
from motcua.workdays.actions import set_day

pytestmark = pytest.mark.django_db
ADDRESS = reverse("dossiers:reproject")


@pytest.fixture
def world(time_machine):
    time_machine.move_to(moment(hours=2), tick=False)
    return make_world()


def declare_day_off(world):
    set_day(
        world.province, day=date(2026, 11, 5), kind="off", name="Nghỉ bão", source="Công điện 12",
        actor=world.admin, at=moment(hours=1),
    )  # fmt: skip


def test_an_administrator_moves_open_dossiers_with_reason_and_document(world, client):
    dossier = receive(world)
    declare_day_off(world)
    client.force_login(world.admin)
    typed = {"agency": world.province.pk, "reason": "Nghỉ bão", "document": "Công điện 12"}
    answer = client.post(ADDRESS, typed, follow=True)
    assert "1 hồ sơ thay đổi" in answer.content.decode()
    moved = Dossier.objects.get(pk=dossier.pk)
    assert moved.due_at > moved.original_due_at
    entry = moved.clock_entries.last()
    assert (entry.kind, entry.reason, entry.document) == ("reproject", "Nghỉ bão", "Công điện 12")


def test_a_reason_is_asked_for(world, client):
    client.force_login(world.admin)
    assert (
        client.post(ADDRESS, {"agency": world.province.pk, "reason": "", "document": "x"}).status_code == 422
    )


def test_who_may_not_edit_calendars_finds_no_such_page(world, client):
    client.force_login(world.officer)
    assert client.get(ADDRESS).status_code == 404


def test_another_agency_cannot_be_named(world, client):
    client.force_login(world.admin)
    assert client.post(ADDRESS, {"agency": 999999, "reason": "x", "document": "y"}).status_code == 422
