"""Printed forms over HTTP."""

import pytest
import time_machine
from django.urls import reverse

from motcua.audit.models import Event
from motcua.dossiers.testing import in_review, make_world, moment, receive

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def monday():
    with time_machine.travel(moment(hours=7.5), tick=False) as clock:
        yield clock


def test_slips_print_as_pdf_and_every_print_is_logged(client, world, monday):
    dossier = in_review(world)
    client.force_login(world.officer)
    notice = dossier.notices.get()
    answer = client.get(reverse("dossiers:notice_pdf", args=[dossier.pk, notice.pk]))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert answer.content.startswith(b"%PDF")
    assert Event.objects.filter(chain=f"dossier/{dossier.pk}", kind__contains="reprint").exists()
    slip = client.get(reverse("dossiers:control_slip", args=[dossier.pk]))
    assert slip.content.startswith(b"%PDF")


def test_a_notice_of_another_dossier_is_not_found(client, world, monday):
    dossier, other = in_review(world), receive(world)
    client.force_login(world.officer)
    assert (
        client.get(reverse("dossiers:notice_pdf", args=[dossier.pk, other.notices.get().pk])).status_code
        == 404
    )
