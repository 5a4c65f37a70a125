"""The electronic original of a result."""

from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers import actions
from motcua.dossiers.testing import for_signature, make_world, moment
from motcua.files.queries import read
from motcua.printing.sign import check_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def signed(world):
    dossier = for_signature(world)
    return actions.sign_result(dossier.pk, number="12/QĐ-UBND", actor=world.boss, at=moment(hours=4))


def test_the_signed_original_is_intact_and_covers_the_whole_document(world, signed):
    result = actions.sign_electronically(signed.pk, actor=world.boss, at=moment(hours=4))
    report = check_pdf(read(result.file))
    assert report.intact
    assert report.covers_whole_document
    assert result.is_electronic


def test_a_changed_byte_shows(world, signed):
    result = actions.sign_electronically(signed.pk, actor=world.boss, at=moment(hours=4))
    content = bytearray(read(result.file))
    content[len(content) // 3] ^= 1
    assert not check_pdf(bytes(content)).good


def test_only_the_signer_may_and_only_once(world, signed):
    with pytest.raises(NotFound):
        actions.sign_electronically(signed.pk, actor=world.officer, at=moment(hours=4))
    actions.sign_electronically(signed.pk, actor=world.boss, at=moment(hours=4))
    with pytest.raises(RuleViolation):
        actions.sign_electronically(signed.pk, actor=world.boss, at=moment(hours=5))


def test_the_leader_ticks_a_box_and_gets_a_signed_pdf(world, client, time_machine):
    dossier = for_signature(world)
    time_machine.move_to(moment(hours=4) + timedelta(minutes=5), tick=False)
    client.force_login(world.boss)
    address = reverse("dossiers:act", args=[dossier.pk, "sign"])
    response = client.post(address, {"number": "7/QĐ-UBND", "electronic": "on"})
    assert response.status_code == 302, response.content.decode()[:3000]
    result = dossier.results.get()
    assert result.is_electronic
    assert check_pdf(read(result.file)).intact
