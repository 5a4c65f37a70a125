"""The leader's board over HTTP."""

import pytest
import time_machine
from django.urls import reverse

from motcua.agencies.testing import make_agency, make_user_with
from motcua.dossiers.rules.states import Status
from motcua.dossiers.testing import for_signature, in_review, make_world, moment, receive

pytestmark = pytest.mark.django_db
BOARD, SIGN = reverse("dossiers:leader"), reverse("dossiers:sign_batch")


@pytest.fixture
def world():
    return make_world()


def board(client, user, *, days: float) -> str:
    client.force_login(user)
    with time_machine.travel(moment(days=days), tick=False):
        answer = client.get(BOARD)
    assert answer.status_code == 200
    return answer.content.decode()


def test_late_and_soon_are_told_by_unit_with_holder_and_reason(client, world):
    held, waiting = in_review(world), receive(world, at=moment(hours=0.1))
    page = board(client, world.boss, days=8)
    late = page[page.index('id="qua-han"') : page.index('id="sap-den-han"')]
    assert held.code in late
    assert waiting.code in late
    assert world.officer.full_name in late
    assert "Bước này quá hạn" in late
    stages = held.tasks.exclude(stage_name="").values_list("stage_name", flat=True)
    assert any(f'data-label="Bước">{stage}<' in late for stage in stages)
    assert "Chưa bàn giao cho cơ quan giải quyết" in late
    soon = board(client, world.boss, days=4)
    assert held.code in soon[soon.index('id="sap-den-han"') :]


def test_what_is_far_from_due_is_not_on_the_board(client, world):
    dossier = in_review(world)
    assert dossier.code not in board(client, world.boss, days=0.1)


def test_the_board_of_another_commune_is_empty(client, world):
    dossier = in_review(world)
    far = make_agency("UBND xã Khác", world.province, code="H40.13")
    assert dossier.code not in board(client, make_user_with("leader", far), days=8)


def test_who_neither_signs_nor_supervises_has_no_board(client, world):
    client.force_login(world.officer)
    assert client.get(BOARD).status_code == 404


def test_who_signs_signs_one_or_many_or_sends_back_from_the_board(client, world):
    dossier = for_signature(world)
    page = board(client, world.boss, days=1)
    assert f'name="one" value="{dossier.pk}"' in page
    assert "Ký các hồ sơ đã chọn" in page
    back = reverse("dossiers:act", args=[dossier.pk, "send_back"])
    assert f'href="{back}"' in page
    assert client.get(back).status_code == 200


def test_who_only_supervises_sees_the_board_without_signing(client, world):
    dossier = for_signature(world)
    page = board(client, make_user_with("monitor", world.commune), days=8)
    assert dossier.code in page
    assert "Ký các hồ sơ" not in page


def test_one_dossier_is_signed_with_one_button(client, world):
    dossier = for_signature(world)
    client.force_login(world.boss)
    with time_machine.travel(moment(hours=4), tick=False):
        page = client.get(BOARD).content.decode()
        assert "Lê Văn Thụ Lý" in page
        client.post(SIGN, {"one": dossier.pk, f"number-{dossier.pk}": "7/GCN"})
    dossier.refresh_from_db()
    assert (dossier.results.get().number, dossier.results.get().signer) == ("7/GCN", world.boss)


def test_a_batch_signs_what_it_can_and_tells_the_rest(client, world):
    one = for_signature(world)
    two = for_signature(world, receive(world, at=moment(hours=0.1)))
    client.force_login(world.boss)
    with time_machine.travel(moment(hours=4), tick=False):
        data = {"dossier": [one.pk, two.pk], f"number-{one.pk}": "8/GCN", f"number-{two.pk}": ""}
        page = client.post(SIGN, data).content.decode()
    assert "1 hồ sơ xong, 1 hồ sơ chưa làm được" in page
    assert "Nhập số, ký hiệu của kết quả" in page
    two.refresh_from_db()
    assert two.status == Status.FOR_SIGNATURE


def test_signing_nothing_says_so(client, world):
    client.force_login(world.boss)
    assert "Đánh dấu ít nhất một hồ sơ" in client.post(SIGN, {}, follow=True).content.decode()
