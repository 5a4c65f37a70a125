"""The calendar screens over HTTP."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from motcua.agencies.models import DatedSetting
from motcua.agencies.testing import make_agency, make_user, make_user_with
from motcua.audit.models import Event
from motcua.workdays.models import AnnouncedYear, CalendarDay, SessionPlan
from motcua.workdays.queries import calendar_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    class World:
        province = make_agency("Tỉnh Lam Sơn", level="province", code="H40")
        commune = make_agency("UBND xã An Phú", province, code="H40.12")
        administrator = make_user_with("administrator", province, subtree=True)
        own_administrator = make_user_with("agency_administrator", commune)
        clerk = make_user_with("receptionist", commune)

    return World


def as_(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, **kwargs) -> str:
    return reverse(f"workdays:{name}", kwargs=kwargs)


def pages(world) -> list[str]:
    row = CalendarDay.objects.create(
        agency=world.commune, day=date(2026, 12, 7), kind="off", name="lễ hội", source="QĐ 1"
    )
    return [
        url("index"),
        url("clock"),
        url("year", agency_id=0, year=2026),
        url("year", agency_id=0, year=2028),
        url("year", agency_id=world.commune.pk, year=2026),
        url("add_day", agency_id=0),
        url("add_day", agency_id=world.commune.pk),
        url("edit_day", pk=row.pk),
        url("remove_day", pk=row.pk),
        url("sessions", agency_id=world.commune.pk),
        url("sessions", agency_id=0),
        url("announce", year=2027),
        url("announce", year=2026),
    ]


READING = 5  # of the pages above, how many only show


def test_every_page_opens_for_the_administrator(world):
    client = as_(world.administrator)
    for page in pages(world):
        response = client.get(page)
        assert response.status_code == 200, page
        assert "style=" not in response.content.decode().split("<main")[1].split("</main")[0]


def test_a_clerk_reads_and_does_not_edit(world):
    client = as_(world.clerk)
    for number, page in enumerate(pages(world)):
        assert client.get(page).status_code == (200 if number < READING else 404), page
    assert client.post(url("load")).status_code == 404


def test_an_agency_administrator_edits_the_own_calendar_only(world):
    client = as_(world.own_administrator)
    assert client.get(url("add_day", agency_id=world.commune.pk)).status_code == 200
    assert client.get(url("add_day", agency_id=0)).status_code == 404
    assert client.get(url("add_day", agency_id=world.province.pk)).status_code == 404
    assert "Thêm ngày nghỉ" not in client.get(url("year", agency_id=0, year=2026)).content.decode()


def test_what_does_not_exist_is_not_found(world):
    client = as_(world.administrator)
    assert client.get(url("edit_day", pk=999)).status_code == 404
    assert client.get(url("year", agency_id=999, year=2026)).status_code == 404


def test_visitors_are_asked_to_sign_in_and_citizens_see_nothing(world):
    for page in pages(world):
        assert Client().get(page).status_code == 302, page
    assert as_(make_user("dan", kind="citizen")).get(url("index")).url.startswith("/tai-khoan/dang-nhap/")


def test_the_year_shows_its_days_and_counts(world):
    text = as_(world.clerk).get(url("year", agency_id=0, year=2026)).content.decode()
    assert "249 ngày làm việc" in text
    assert "Ngày Văn hóa Việt Nam" in text
    assert "Tạm tính." not in text
    text = as_(world.clerk).get(url("year", agency_id=0, year=2027)).content.decode()
    assert "Tạm tính." in text


def test_a_year_beyond_the_calendar_is_refused_in_words(world):
    response = as_(world.clerk).get(url("year", agency_id=0, year=2040))
    assert response.status_code == 422
    assert "chỉ có đến ngày 31/12/2028" in response.content.decode()


def test_a_day_is_added_corrected_and_removed(world):
    client, commune = as_(world.own_administrator), world.commune
    data = {
        "day": "07/12/2026",
        "kind": "off",
        "name": "Lễ hội làng",
        "source": "QĐ 9/QĐ-UBND",
        "sessions": "",
    }
    response = client.post(url("add_day", agency_id=commune.pk), data)
    assert response.status_code == 302
    row = CalendarDay.objects.get()
    assert not calendar_of(commune).is_working(date(2026, 12, 7))
    changed = {
        "kind": "work",
        "name": "làm buổi sáng",
        "source": "QĐ 10",
        "sessions": "07:30-11:30",
        "unsure": "on",
    }
    assert client.post(url("edit_day", pk=row.pk), changed).status_code == 302
    row.refresh_from_db()
    assert (row.day, row.kind, row.sessions, row.unsure) == (date(2026, 12, 7), "work", ["07:30-11:30"], True)
    page = client.get(url("year", agency_id=commune.pk, year=2026)).content.decode()
    assert "cần đối chiếu" in page
    assert client.post(url("remove_day", pk=row.pk), {}).status_code == 422
    assert client.post(url("remove_day", pk=row.pk), {"reason": "hoãn lễ hội"}).status_code == 302
    assert not CalendarDay.objects.exists()
    kinds = (
        Event.objects.filter(chain=f"calendar/{commune.pk}").order_by("seq").values_list("kind", flat=True)
    )
    assert list(kinds) == ["calendar.day_set", "calendar.day_set", "calendar.day_removed"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"day": "32/12/2026"}, "ngày/tháng/năm"),
        ({"source": ""}, "bắt buộc"),
        ({"kind": "work", "sessions": "08-12"}, "không đọc được"),
    ],
)
def test_a_bad_day_comes_back_with_its_error(world, wrong, message):
    data = {"day": "07/12/2026", "kind": "off", "name": "Lễ hội", "source": "QĐ 9", **wrong}
    response = as_(world.own_administrator).post(url("add_day", agency_id=world.commune.pk), data)
    assert response.status_code == 422
    assert message in response.content.decode()


def test_sessions_are_laid_down_from_a_date(world):
    client, commune = as_(world.own_administrator), world.commune
    usual = {f"day_{n}": "07:30-11:30, 13:30-17:30" for n in range(5)} | {"day_5": "", "day_6": ""}
    data = {
        "valid_from": "01/12/2026",
        "source": "QĐ 5/QĐ-UBND",
        **usual,
        "day_4": "07:00-11:30; 13:00-16:30",
    }
    assert client.post(url("sessions", agency_id=commune.pk), data).status_code == 302
    plan = SessionPlan.objects.get()
    assert (plan.weekday, plan.sessions) == (4, ["07:00-11:30", "13:00-16:30"])
    assert "thứ Sáu" in client.get(url("sessions", agency_id=commune.pk)).content.decode()
    nothing = {"valid_from": "01/12/2026", "source": "QĐ 5", **usual}
    response = client.post(url("sessions", agency_id=world.commune.pk), nothing | {"day_0": "x"})
    assert response.status_code == 422
    response = as_(world.administrator).post(url("sessions", agency_id=0), nothing)
    assert "Chưa thay đổi ca nào" in response.content.decode()


def test_a_year_is_announced_from_the_provisional_draft(world):
    client = as_(world.administrator)
    assert client.post(url("load")).status_code == 302
    page = client.get(url("announce", year=2027))
    days = page.context["days"]
    data = {"source": "Thông báo 1/TB-BNV", "tet_from": "-2", "national_day_beside": "1"}
    data |= {
        "ngay-TOTAL_FORMS": str(days.total_form_count()),
        "ngay-INITIAL_FORMS": str(days.initial_form_count()),
    }
    for number, form in enumerate(days):
        first = {name: form.initial.get(name, "") for name in ("day", "kind", "name")}
        data |= {f"ngay-{number}-day": first["day"].strftime("%d/%m/%Y") if first["day"] else ""}
        data |= {f"ngay-{number}-kind": first["kind"] or "off", f"ngay-{number}-name": first["name"]}
    free = days.initial_form_count()
    wrong = data | {f"ngay-{free}-day": "02/01/2027", f"ngay-{free}-kind": "off", f"ngay-{free}-name": ""}
    assert client.post(url("announce", year=2027), wrong).status_code == 422
    right = wrong | {f"ngay-{free}-name": "nghỉ hoán đổi"}
    assert client.post(url("announce", year=2027), right).status_code == 302
    assert AnnouncedYear.objects.get(year=2027).tet_from == -2
    calendar = calendar_of()
    assert not calendar.is_provisional(date(2027, 12, 31))
    assert calendar.last == date(2029, 12, 31)
    assert calendar.day_note(date(2027, 1, 2)).name == "nghỉ hoán đổi"


def test_the_calculator_shows_the_due_date_with_its_derivation(world):
    client = as_(world.clerk)
    query = {"day": "20/08/2026", "at": "09:00", "amount": "3", "unit": "working_day"}
    text = client.get(url("clock"), query).content.decode()
    assert "17:30 ngày 24/08/2026" in text
    assert "làm bù cho ngày 31/08/2026" in text
    text = client.get(
        url("clock"), query | {"paused_from": "21/08/2026", "paused_until": "24/08/2026"}
    ).content.decode()
    assert "17:30 ngày 26/08/2026" in text
    assert "Không có hạn trả" in client.get(url("clock"), query | {"unit": "none"}).content.decode()
    assert "tạm tính" in client.get(url("clock"), query | {"amount": "120"}).content.decode()
    for wrong in ({"amount": "x"}, {"paused_from": "21/08/2026"}, {"at": "25:00"}, {"amount": "900"}):
        assert client.get(url("clock"), query | wrong).status_code == 422


def test_the_calculator_knows_the_cut_offs_of_the_agency(world):
    CalendarDay.objects.create(
        agency=world.commune, day=date(2026, 12, 7), kind="off", name="lễ", source="QĐ"
    )
    for key, value in (("same_day_cutoff", "14:00"), ("reception_cutoff", "16:00")):
        DatedSetting.objects.create(
            agency=world.commune, key=key, value=value, source="Quy chế", valid_from=date(2026, 1, 1)
        )
    query = {
        "day": "18/11/2026",
        "at": "14:30",
        "amount": "1",
        "unit": "same_day",
        "agency": world.commune.pk,
    }
    client = as_(world.clerk)
    assert "17:30 ngày 19/11/2026" in client.get(url("clock"), query).content.decode()
    late = query | {"at": "16:30", "unit": "working_day"}
    assert "17:30 ngày 20/11/2026" in client.get(url("clock"), late).content.decode()
    assert "17:30 ngày 19/11/2026" in client.get(url("clock"), late | {"agency": ""}).content.decode()


@pytest.mark.parametrize("name", ["index", "year", "clock"])
def test_pages_cost_few_statements_however_many_days(world, name, django_assert_max_num_queries):
    for number in range(1, 25):
        CalendarDay.objects.create(
            agency=world.commune, day=date(2026, 12, number), kind="off", name="lễ", source="QĐ"
        )
    client = as_(world.administrator)
    kwargs = {"agency_id": world.commune.pk, "year": 2026} if name == "year" else {}
    with django_assert_max_num_queries(14):
        assert client.get(url(name, **kwargs)).status_code == 200


def test_the_list_names_agencies_with_their_own_calendar(world):
    client = as_(world.own_administrator)
    assert "Chưa cơ quan nào" in client.get(url("index")).content.decode()
    CalendarDay.objects.create(
        agency=world.commune, day=date(2026, 12, 7), kind="off", name="lễ", source="QĐ"
    )
    assert "UBND xã An Phú" in client.get(url("index")).content.decode()
