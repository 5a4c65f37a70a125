"""A result that was asked for electronically: in the store once it is paid for, returned without anybody coming."""

import pytest
import time_machine
from django.urls import reverse

from motcua.accounts.testing import make_citizen
from motcua.core.errors import RuleViolation
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.testing import World, for_signature, make_intake, make_world, moment
from motcua.notifications.models import Message

NOW = moment(days=1)


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def citizen(db):
    return make_citizen()


def finish(world: World, citizen, *, electronic: bool, payment: str = "none") -> Dossier:
    """Filed online for an electronic result, signed, reported ready."""
    intake = make_intake(world, channel="online", holder_id=citizen.pk, delivery="online")
    dossier = actions.submit(intake, actor=citizen, at=moment())
    dossier = for_signature(world, actions.accept(dossier.pk, actor=world.clerk, at=moment()))
    paper = actions.sign_result(dossier.pk, number="12/GCN", actor=world.boss, at=moment(hours=3))
    if electronic:
        actions.sign_electronically(paper.pk, actor=world.boss, at=moment(hours=3))
    Dossier.objects.filter(pk=dossier.pk).update(payment=payment)
    return actions.mark_ready(dossier.pk, actor=world.clerk, at=moment(hours=4))


def text(client, name: str, *args) -> str:
    with time_machine.travel(NOW, tick=False):
        return client.get(reverse(name, args=args)).content.decode()


def told(dossier: Dossier, kind: str) -> bool:
    return Message.objects.filter(reference=f"dossier/{dossier.pk}", kind=kind).exists()


def test_it_lies_in_the_store_and_nobody_has_to_come(world, citizen, client):
    dossier = finish(world, citizen, electronic=True)
    assert (told(dossier, "ready_online"), told(dossier, "ready")) == (True, False)
    client.force_login(citizen)
    page = text(client, "portal:mine_dossier", dossier.pk)
    assert "Mở kho giấy tờ" in page
    assert "không phải đến bộ phận một cửa" in page
    assert "12/GCN" in text(client, "portal:held")
    back = actions.return_result(dossier.pk, receiver_name="Na", method="online", actor=world.head, at=NOW)
    assert (back.status, back.delivery) == ("returned", "online")


def test_until_the_fee_is_paid_it_is_held_back(world, citizen, client):
    dossier = finish(world, citizen, electronic=True, payment="due")
    assert told(dossier, "ready")
    client.force_login(citizen)
    page = text(client, "portal:mine_dossier", dossier.pk)
    assert "Kết quả được trả khi đã nộp đủ" in page
    assert "Mở kho giấy tờ" not in page
    assert "12/GCN" not in page + text(client, "portal:held")
    paper = dossier.results.get()
    with time_machine.travel(NOW, tick=False):
        assert client.get(reverse("portal:mine_result", args=[dossier.pk, paper.pk])).status_code == 404
    Dossier.objects.filter(pk=dossier.pk).update(payment="paid")
    assert "12/GCN" in text(client, "portal:held")


def test_a_result_on_paper_alone_is_not_returned_electronically(world, citizen, client):
    dossier = finish(world, citizen, electronic=False)
    assert told(dossier, "ready")
    with pytest.raises(RuleViolation, match="chưa có bản điện tử"):
        actions.return_result(dossier.pk, receiver_name="Na", method="online", actor=world.head, at=NOW)


def test_at_the_desk_nobody_signs_for_what_lies_in_an_account(world, citizen, client):
    dossier = finish(world, citizen, electronic=True)
    client.force_login(world.head)
    address = reverse("counter:return_one", args=[dossier.pk])
    with time_machine.travel(NOW, tick=False):
        assert 'value="online"' in client.get(address).content.decode().split("checked")[-2][-200:]
        assert (
            client.post(address, {"receiver_name": "Na", "method": "counter", "with_slip": "on"}).status_code
            == 422
        )
        assert client.post(address, {"receiver_name": "Na", "method": "online"}).status_code == 302
    dossier.refresh_from_db()
    assert dossier.status == "returned"
