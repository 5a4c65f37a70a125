"""Where to hand in: open now by the working calendar, near, in one's commune; an office's own page."""

from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse

from motcua.agencies.actions import update_office
from motcua.agencies.models import OneStopOffice
from motcua.agencies.rules.places import coordinates, kilometres, parsed
from motcua.agencies.testing import make_agency, make_office, make_system_user
from motcua.core.errors import RuleViolation
from motcua.core.moments import now
from motcua.dossiers.testing import make_world, moment
from motcua.workdays.actions import load_national_calendar

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def at(*local):
    return time_machine.travel(moment(datetime(*local)), tick=False)


@pytest.mark.parametrize(
    ("local", "said"),
    [
        ((2026, 11, 10, 9, 0), "Đang mở cửa đến 11:30"),
        ((2026, 11, 10, 12, 0), "Đóng cửa, mở lại lúc 13:30, Thứ Ba 10/11"),
        ((2026, 11, 13, 18, 0), "Đóng cửa, mở lại lúc 07:30, Thứ Hai 16/11"),
        ((2026, 2, 17, 9, 0), "Đóng cửa, mở lại lúc 07:30, Thứ Hai 23/02"),
    ],
)
def test_an_office_says_whether_it_is_open_and_when_again(client, world, local, said):
    load_national_calendar(actor=make_system_user(), at=moment())
    with at(*local):
        page = client.get(reverse("portal:office", args=[world.office.pk])).content.decode()
        assert said in page
        assert said in client.get(reverse("portal:offices")).content.decode()


def test_on_a_holiday_it_says_which(client, world):
    load_national_calendar(actor=make_system_user(), at=moment())
    with at(2026, 2, 17, 9, 0):
        page = client.get(reverse("portal:office", args=[world.office.pk])).content.decode()
    assert "Hôm nay nghỉ" in page
    assert "Tết" in page


def test_offices_are_found_by_commune_without_accents_and_by_procedure(client, world):
    make_office(make_agency("UBND xã Bình Yên"), "Bộ phận Một cửa xã Bình Yên")
    page = client.get(reverse("portal:offices"), {"xa": "binh yen"}).content.decode()
    assert "Bình Yên</a>" in page
    assert world.office.name not in page
    page = client.get(reverse("portal:offices"), {"thu-tuc": world.procedure.code}).content.decode()
    assert world.office.name in page
    assert "Bình Yên</a>" not in page
    assert client.get(reverse("portal:offices"), {"thu-tuc": "khong-co"}).status_code == 404


def test_the_nearest_comes_first_and_those_without_a_place_last(client, world):
    far, near = (make_office(make_agency(f"UBND xã {n}"), f"Nơi {n}") for n in ("xa", "gần"))
    for office, place in ((far, "16.2, 108.3"), (near, "15.70, 108.20")):
        update_office(office, coordinates=place, actor=make_system_user(), at=now())
    page = client.get(reverse("portal:offices"), {"vi-tri": "15.71,108.21"}).content.decode()
    assert page.index("Nơi gần") < page.index("Nơi xa") < page.index(f">{world.office.name}<")
    assert "1,5 km" in page
    for nonsense in ("abc", "91,0", "1,2,3", "9" * 60, "１,２"):
        assert client.get(reverse("portal:offices"), {"vi-tri": nonsense}).status_code == 200


def test_only_the_page_of_offices_may_ask_for_one_s_place(client, world):
    assert "geolocation=(self)" in client.get(reverse("portal:offices")).headers["Permissions-Policy"]
    assert "geolocation=()" in client.get(reverse("portal:home")).headers["Permissions-Policy"]


def test_an_office_s_page_has_the_map_the_telephone_and_the_counters(client, world):
    OneStopOffice.objects.filter(pk=world.office.pk).update(
        address="Số 1 đường Mẫu", phone="0299000001", coordinates="15.68000,108.22000"
    )
    page = client.get(reverse("portal:office", args=[world.office.pk])).content.decode()
    for said in ("geo:15.68,108.22", "tel:0299000001", "Số 1 đường Mẫu", world.police.name):
        assert said in page
    OneStopOffice.objects.filter(pk=world.office.pk).update(valid_to=date(2020, 1, 1))
    assert client.get(reverse("portal:office", args=[world.office.pk])).status_code == 404


def test_the_list_takes_the_same_statements_however_many_offices(
    client, world, django_assert_max_num_queries
):
    for number in range(20):
        make_office(make_agency(f"UBND xã số {number}"))
    client.get(reverse("portal:offices"))
    with django_assert_max_num_queries(6):
        client.get(reverse("portal:offices"))


@pytest.mark.parametrize(
    ("text", "stored"), [("", ""), ("15.6801, 108.2203", "15.68010,108.22030"), ("-1;2", "-1.00000,2.00000")]
)
def test_coordinates_are_stored_in_one_form(text, stored):
    assert coordinates(text) == stored


@pytest.mark.parametrize("text", ["15", "x,y", "91,0", "0,181", "15.1.1,2"])
def test_what_is_no_place_is_refused(text):
    with pytest.raises(RuleViolation, match="vĩ độ và kinh độ"):
        coordinates(text)


def test_distances_are_over_ground():
    assert kilometres((21.0278, 105.8342), (10.7769, 106.7009)) == pytest.approx(1140, abs=15)
    assert kilometres((15.0, 108.0), (15.0, 108.0)) == 0
    assert parsed("15.0,108.0") == (15.0, 108.0)
