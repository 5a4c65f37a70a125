"""Signing in and the administrator's pages in a real browser: they work, fit a phone, and pass axe."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page, expect

from motcua.accounts.models import IdentityProvider
from motcua.agencies.models import Assignment, Post
from motcua.agencies.testing import PASSWORD, give_role, make_agency, make_office, make_user_with
from tests.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (1280, 390)


@pytest.fixture(autouse=True)
def _frozen() -> None:
    """The clock runs here: the browser has its own."""


@pytest.fixture
def office(page: Page, live_server: Any, settings: Any) -> Iterator[Page]:
    """The sign-in page of a commune with an administrator named quantri."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    province = make_agency("UBND tỉnh Lam Sơn", level="province", code="H40")
    commune = make_agency("UBND xã An Phú", province, code="H40.12")
    make_office(commune)
    admin = make_user_with(
        "administrator",
        province,
        username="quantri",
        full_name="Vũ Minh Quân",
        subtree=True,
        password=PASSWORD,
    )
    give_role(admin, "auditor", province, is_main=False)
    make_user_with("receptionist", commune, username="an", full_name="Nguyễn Văn An")
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{live_server.url}/tai-khoan/dang-nhap/")
    yield page
    assert complaints == []


def sign_in(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Tên đăng nhập").fill("quantri")
    page.get_by_label("Mật khẩu", exact=True).fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


def look(page: Page) -> None:
    """At both widths: axe finds nothing, and nothing spills over the side."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page, "best-practice") == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    page.set_viewport_size({"width": 1280, "height": 800})


def test_a_wrong_password_then_the_right_one(office: Page) -> None:
    look(office)
    sign_in(office, "sai mat khau roi")
    expect(office.get_by_text("Tên đăng nhập hoặc mật khẩu không đúng.")).to_be_visible()
    look(office)
    sign_in(office)
    expect(office.get_by_role("heading", level=1)).to_have_text("Cơ quan")


def test_the_locked_page_and_the_second_factor_pages(office: Page, live_server: Any) -> None:
    sign_in(office)
    for path in ("/tai-khoan/", "/tai-khoan/mat-khau/", "/tai-khoan/hai-lop/", "/tai-khoan/hai-lop/bat/"):
        office.goto(live_server.url + path)
        look(office)
    office.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    office.get_by_role("button", name="Tiếp tục").click()
    expect(office.get_by_role("img", name="Mã QR để cài ứng dụng xác thực")).to_be_visible()
    look(office)
    office.goto(f"{live_server.url}/tai-khoan/dang-xuat/")
    look(office)
    office.get_by_role("button", name="Đăng xuất").first.click()
    for _ in range(6):
        office.goto(f"{live_server.url}/tai-khoan/dang-nhap/")
        sign_in(office, "sai mat khau roi")
    expect(office.get_by_role("heading", level=1)).to_have_text("Tạm khóa đăng nhập")
    look(office)


def code_now(secret: str) -> str:
    """What the app on the telephone shows; the last code counts as never sent, since a test has no half minute to wait."""
    cache.clear()
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def set_up(page: Page, server: str) -> str:
    """A second factor set up on the pages; its secret."""
    page.goto(f"{server}/tai-khoan/hai-lop/bat/")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_text("Không quét được?").click()
    secret = page.locator("details[open] code.code").inner_text().strip()
    page.get_by_label("Mã xác thực").fill("000000")
    page.locator("main form button.btn-primary").click()
    expect(page.get_by_text("Mã không đúng").first).to_be_visible()
    look(page)
    page.get_by_label("Mã xác thực").fill(code_now(secret))
    page.locator("main form button.btn-primary").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã dự phòng")
    return secret


def test_the_pages_of_a_second_factor_that_is_set_up(office: Page, live_server: Any) -> None:
    sign_in(office)
    set_up(office, live_server.url)
    look(office)
    for name, heading in (
        ("mfa_view_recovery_codes", "Mã dự phòng"),
        ("mfa_generate_recovery_codes", "Tạo bộ mã dự phòng mới?"),
        ("mfa_deactivate_totp", "Tắt xác thực hai lớp?"),
        ("mfa_reauthenticate", "Xác nhận là bạn"),
        ("mfa_index", "Xác thực hai lớp"),
    ):
        office.goto(live_server.url + reverse(name))
        expect(office.get_by_role("heading", level=1)).to_have_text(heading)
        look(office)


def test_the_page_halfway_through_signing_in(office: Page, live_server: Any) -> None:
    sign_in(office)
    secret = set_up(office, live_server.url)
    office.goto(f"{live_server.url}/tai-khoan/dang-xuat/")
    office.get_by_role("button", name="Đăng xuất").first.click()
    office.goto(f"{live_server.url}/tai-khoan/dang-nhap/")
    sign_in(office)
    expect(office).to_have_url(f"{live_server.url}{reverse('mfa_authenticate')}")
    look(office)
    office.get_by_text("Mất điện thoại?").click()
    look(office)
    office.get_by_label("Mã xác thực").fill("000000")
    office.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(office.get_by_text("Mã không đúng").first).to_be_visible()
    look(office)
    office.get_by_label("Mã xác thực").fill(code_now(secret))
    office.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(office.get_by_role("heading", level=1)).to_have_text("Cơ quan")


def test_the_pages_of_a_sign_on_of_others(office: Page, live_server: Any) -> None:
    provider = IdentityProvider.objects.create(
        code="vneid", name="Tài khoản định danh điện tử", issuer="https://dinh-danh.example.vn/realms/cong-dan", client_id="motcua",
        secret_env="MOTCUA_OIDC_VNEID", claims={"identity_number": "sub"}, levels={"2": "2"}, valid_from=date(2025, 1, 1),
    )  # fmt: skip
    sign_in(office)
    for address in (
        reverse("agencies:identity_providers"), reverse("agencies:identity_provider", args=[provider.pk]),
    ):  # fmt: skip
        office.goto(live_server.url + address)
        expect(office.get_by_role("heading", level=1)).to_be_visible()
        look(office)
    assert office.locator("input[value='motcua']").count() == 1


def test_every_page_of_the_administrator_fits_and_passes_axe(office: Page, live_server: Any) -> None:
    sign_in(office)
    row = Assignment.objects.get(user__username="an")
    commune, post = row.post.agency_id, Post.objects.get(pk=row.post_id).pk
    for path in (
        *(
            "",
            "da-ket-thuc/",
            "moi/",
            "can-bo/",
            "can-bo/moi/",
            "vai-tro/",
            "vai-tro/receptionist/",
            "tham-so/",
        ),
        *(
            "tham-so/standing_granularity/",
            "uy-quyen/",
            f"{commune}/",
            f"{commune}/ket-thuc/",
            f"vi-tri/{post}/",
        ),
        *(f"can-bo/{row.user_id}/", f"can-bo/{row.user_id}/mat-khau-tam/", f"can-bo/{row.user_id}/khoa/"),
    ):
        office.goto(f"{live_server.url}/co-quan/{path}")
        look(office)


def test_an_administrator_makes_a_person_and_sees_the_password_once(office: Page) -> None:
    sign_in(office)
    office.get_by_role("link", name="Cán bộ", exact=True).click()
    office.get_by_role("link", name="Thêm cán bộ").click()
    office.get_by_role("button", name="Lưu").click()
    expect(office.locator(".error-summary")).to_be_focused()
    office.get_by_label("Họ và tên").fill("Hoàng Thị Bình")
    office.get_by_label("Tên đăng nhập").fill("binh")
    office.get_by_label("Vị trí", exact=True).select_option(label="UBND xã An Phú: Cán bộ tiếp nhận hồ sơ")
    office.get_by_role("button", name="Lưu").click()
    expect(office.get_by_role("heading", level=1)).to_have_text("Mật khẩu tạm của Hoàng Thị Bình")
    look(office)
