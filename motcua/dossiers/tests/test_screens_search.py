"""Search over HTTP: by code, scan, name, number, phone."""

import pytest
import time_machine
from django.urls import reverse

from motcua.agencies.testing import make_agency, make_user_with
from motcua.dossiers.queries import notice_token, verify_url
from motcua.dossiers.testing import in_review, make_world, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def monday():
    with time_machine.travel(moment(hours=7.5), tick=False) as clock:
        yield clock


def address(dossier) -> str:
    return reverse("dossiers:dossier", args=[dossier.pk])


def test_an_exact_code_jumps_to_the_dossier(client, world, monday):
    dossier = in_review(world)
    client.force_login(world.officer)
    assert client.get(reverse("dossiers:search"), {"q": f" {dossier.code} "}).url == address(dossier)


@pytest.mark.parametrize(
    "text", ["thu nghiem", "Nguyễn Thị", "038200000001", "0912 345 678", "H40.12-261102"]
)
def test_dossiers_are_found_by_name_number_phone_and_part_of_a_code(client, world, monday, text):
    dossier = in_review(world)
    client.force_login(world.officer)
    page = client.get(reverse("dossiers:search"), {"q": text}).content.decode()
    assert dossier.code in page
    assert "Nguyễn Thị Thử Nghiệm" not in page


def test_a_scanned_slip_opens_its_dossier_only_for_who_may_see_it(client, world, monday):
    dossier = in_review(world)
    url = verify_url(notice_token(dossier.notices.get().pk))
    client.force_login(world.officer)
    assert client.get(reverse("dossiers:search"), {"q": url}).url == address(dossier)
    far = make_agency("UBND xã Khác", world.province, code="H40.13")
    client.force_login(make_user_with("officer", far))
    assert client.get(reverse("dossiers:search"), {"q": url}).status_code == 200
    assert client.get(reverse("dossiers:search"), {"q": dossier.code}).status_code == 200


def test_a_search_for_nothing_asks_what_to_look_for(client, world, monday):
    client.force_login(world.officer)
    page = client.get(reverse("dossiers:search")).content.decode()
    assert 'name="q"' in page
