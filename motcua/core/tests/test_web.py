"""Pages by keyset, counts that stop, answers for htmx, the menu."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from motcua.core import navigation, web


def people(names):
    User = get_user_model()
    User.objects.bulk_create(
        [User(username=f"u{number}", full_name=name) for number, name in enumerate(names)]
    )
    return User.objects


class PagesByKeyset(TestCase):
    @effort(max_examples=25, deadline=None)
    @given(
        names=st.lists(st.sampled_from(["An", "Bình", "Chi"]), max_size=13),
        size=st.integers(1, 5),
        down=st.booleans(),
    )
    def test_walking_forth_and_back_shows_every_row_once(self, names, size, down):
        order = ("-full_name", "pk") if down else ("full_name", "-created_at")
        rows = people(names).order_by(*order)
        expected = list(rows.order_by(*order, "pk") if not down else rows)
        assert self.walk(rows, size) == (expected, expected)

    @effort(max_examples=25, deadline=None)
    @given(
        days=st.lists(st.none() | st.integers(1, 3), max_size=11), size=st.integers(1, 4), down=st.booleans()
    )
    def test_rows_that_lack_a_value_stand_at_the_end_and_none_is_lost(self, days, size, down):
        users = people("x" * len(days)).all()
        for user, day in zip(users.order_by("pk"), days, strict=True):
            users.filter(pk=user.pk).update(last_login=day and datetime(2026, 1, day, tzinfo=UTC))
        rows = users.order_by("-last_login" if down else "last_login", "pk")
        shown, back = self.walk(rows, size)
        wanted = sorted(users, key=lambda u: (u.last_login is None, u.last_login or 0, u.pk))
        if down:  # the empty ones first, then from late to early
            wanted = sorted(users, key=lambda u: (u.last_login is not None, -_day(u), u.pk))
        assert [u.pk for u in shown] == [u.pk for u in wanted] == [u.pk for u in back]

    def walk(self, rows, size):
        """All rows as pages show them going forth, and going back."""
        seen, page, query = [], None, {}
        while page is None or page.next:
            page = web.page(self.request(query), rows, size)
            seen += list(page)
            query = {"after": page.next}
        back = list(page)
        while page.previous:
            page = web.page(self.request({"before": page.previous}), rows, size)
            back = list(page) + back
        return seen, back

    def request(self, query):
        return SimpleNamespace(GET=query)


def _day(user):
    return user.last_login.day if user.last_login else 0


@pytest.mark.django_db
def test_a_mark_that_was_edited_or_of_another_order_means_the_first_page(rf):
    rows = people("abcde").order_by("full_name")
    mark = web.page(rf.get("/"), rows, 2).next
    assert [u.full_name for u in web.page(rf.get("/", {"after": mark}), rows, 2)] == ["c", "d"]
    assert [u.full_name for u in web.page(rf.get("/", {"after": mark + "x"}), rows, 2)] == ["a", "b"]
    assert [u.full_name for u in web.page(rf.get("/", {"after": mark}), rows.order_by("-full_name"), 2)] == [
        "e",
        "d",
    ]


@pytest.mark.django_db
def test_a_page_costs_one_statement(rf, django_assert_num_queries):
    rows = people("abcde").order_by("full_name")
    with django_assert_num_queries(1):
        assert len(web.page(rf.get("/"), rows, 2)) == 2


@pytest.mark.django_db
def test_counting_stops_at_the_limit():
    rows = people("abcde")
    assert (web.count_up_to(rows.all(), 3), web.count_up_to(rows.all(), 9)) == (4, 5)
    assert (web.count_text(4, 3), web.count_text(3, 3), web.count_text(501)) == ("3+", "3", "500+")


@pytest.mark.parametrize(
    ("htmx", "status", "header"),
    [
        (None, 302, "Location"),
        (SimpleNamespace(boosted=False), 204, "HX-Redirect"),
        (SimpleNamespace(boosted=True), 302, "Location"),
    ],
)
def test_going_elsewhere_suits_who_asks(rf, htmx, status, header):
    request = rf.get("/")
    request.htmx = htmx
    response: HttpResponse = web.hx_redirect(request, "/ho-so/1/")
    assert (response.status_code, response[header]) == (status, "/ho-so/1/")


@pytest.mark.parametrize(
    ("referer", "shown"),
    [
        ("http://testserver/ho-so/1/", True),
        ("https://elsewhere.example/ho-so/1/", False),
        ("http://testserver/sai/", False),
        ("", False),
    ],
)
def test_an_error_page_leads_back_only_to_our_own_other_page(rf, referer, shown):
    request = rf.get("/sai/", headers={"referer": referer, "host": "testserver"})
    request.user = AnonymousUser()
    response = web.error_page(request, "Không tìm thấy.", 404)
    assert ("Quay lại" in response.content.decode()) is shown


class Powers:
    """Somebody who holds one permission."""

    posts = ()
    main_agency_id = None

    def __init__(self, *codes):
        self.codes = codes

    def has(self, code):
        return code in self.codes


@pytest.fixture
def menu(monkeypatch):
    monkeypatch.setattr(navigation, "_items", {})
    navigation.register(
        navigation.Item("Cấu hình", "core:palette", permission="a", group="Quản trị", order=5),
        navigation.Item("Mẫu", "core:styleguide", permission=("b", "c"), group="Hồ sơ", order=2, key="m"),
        navigation.Item("Bắt đầu", "core:start", group="Hồ sơ", order=1),
        navigation.Item("Chưa có", "core:nothing", group="Hồ sơ"),
        navigation.Item("Nơi khác", "core:healthz", group="Khác"),
    )


def officer(rf, path="/", *codes):
    request = rf.get(path)
    request.user = get_user_model()(username="mau", kind="staff")
    request.authority = Powers(*codes)
    return request


@pytest.mark.parametrize(
    ("codes", "labels"),
    [
        ((), ["Bắt đầu", "Nơi khác"]),
        (("a",), ["Bắt đầu", "Cấu hình", "Nơi khác"]),
        (("c",), ["Bắt đầu", "Mẫu", "Nơi khác"]),
        (("a", "b"), ["Bắt đầu", "Mẫu", "Cấu hình", "Nơi khác"]),
    ],
)
def test_the_menu_shows_what_the_person_may_open_and_what_exists(rf, menu, codes, labels):
    assert [entry.item.label for entry in navigation.entries(officer(rf, "/", *codes))] == labels


def test_the_menu_marks_where_one_is_and_keeps_its_groups(rf, menu):
    groups = navigation.by_group(navigation.entries(officer(rf, "/mau-giao-dien/them/", "b")))
    assert [name for name, _ in groups] == ["Hồ sơ", "Khác"]
    assert [entry.item.label for _, found in groups for entry in found if entry.active] == ["Mẫu"]


@pytest.mark.parametrize(
    ("pages", "start"),
    [
        (("core:nothing", "core:styleguide"), "/mau-giao-dien/"),
        (("core:palette",), "/bat-dau/"),
        ((), "/bat-dau/"),
    ],
)
def test_the_day_begins_at_the_first_start_page_that_one_may_open(rf, menu, settings, pages, start):
    settings.START_PAGES = pages
    assert navigation.start_of(navigation.entries(officer(rf, "/", "b"))) == start


def test_without_a_menu_the_day_begins_on_the_public_site():
    assert navigation.start_of([]) == "/"


def test_an_item_registered_again_replaces_the_earlier_one(menu):
    navigation.register(navigation.Item("Mẫu mới", "core:styleguide"))
    assert "Mẫu" not in [item.label for item in navigation.registered()]


def test_every_item_of_the_menu_leads_to_a_page():
    missing = [item.url_name for item in navigation.registered() if navigation.address(item) is None]
    assert missing == []


@pytest.mark.django_db
def test_the_start_page_sends_strangers_to_sign_in_and_officers_to_work(client):
    assert "next=/bat-dau/" in client.get("/bat-dau/")["Location"]
    user = get_user_model().objects.create_user("mau", full_name="Nguyễn Thị Mẫu")
    client.force_login(user)
    assert client.get("/bat-dau/").status_code == 302


@pytest.mark.django_db
def test_the_palette_lists_the_menu_of_the_person(client):
    assert client.get("/lenh.json").json() == {"commands": []}


@pytest.mark.django_db
def test_healthz_reports_a_database_that_is_behind_or_away(client, monkeypatch):
    from django.db import DatabaseError

    from motcua.core import views

    monkeypatch.setattr(views, "pending_migrations", lambda: 2)
    assert client.get("/healthz").status_code == 503

    def away():
        raise DatabaseError

    monkeypatch.setattr(views, "pending_migrations", away)
    assert client.get("/healthz").json() == {"status": "database unreachable"}


@pytest.mark.django_db
def test_a_form_that_was_open_too_long_is_explained():
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/mau-giao-dien/", {})
    assert response.status_code == 403
    assert "Tải lại trang" in response.content.decode()
