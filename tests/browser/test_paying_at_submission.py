"""An office that charges at submission: filed on a phone, paid at a gateway at once, accepted with fewer copies, the rest given back."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from motcua.agencies.testing import make_user_with
from motcua.dossiers.models import Dossier
from motcua.filing.rules import steps
from motcua.filing.testing import Online, charge_copies, charge_when_filed, make_online
from motcua.payments import actions as payments
from motcua.payments.models import Charge, PaymentOrder, Receipt, Refund
from tests.axe import faults
from tests.browser.conftest import Seat
from tests.browser.filling import PHONE, go_on, look
from tests.browser.gateways import running
from tests.world import NOW, Province

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Sit = Callable[[str], Seat]


@pytest.fixture
def office(stage: Province, settings: Any, live_server: Any) -> Iterator[Online]:
    """Copies at 8.000 đ, charged when filed; an account, a book, a gateway, an accountant."""
    settings.UPLOAD_UNSCANNED, settings.PUBLIC_URL = "accept", live_server.url
    online = charge_when_filed(charge_copies(make_online(stage.base)))
    citizen = stage.user("citizen")
    assert citizen is not None
    online.citizen = citizen
    account = {"bank_bin": "970436", "bank_name": "Ngân hàng Mẫu", "account_number": "0000000001"}
    facts = {"holder": "UBND XA AN PHU", "valid_from": date(2026, 1, 1), "source": "TB 02"}
    payments.open_account(stage.base.commune, **account, **facts, actor=stage.cast.head, at=NOW)
    stage.cast.payer_back = make_user_with("accountant", stage.base.commune)  # type: ignore[attr-defined]
    with running(stage, NOW):
        yield online


def shot(seat: Seat, name: str) -> None:
    """A picture for who looks at the pages, where a folder is named."""
    if folder := os.environ.get("MOTCUA_SHOTS"):
        seat.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def on_phone(seat: Seat) -> Seat:
    seat.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return seat


@pytest.mark.both_engines
def test_filed_paid_at_once_accepted_for_less_and_the_rest_given_back(
    stage: Province, office: Online, sit: Sit
) -> None:
    citizen = on_phone(sit("citizen"))
    found = file_it(citizen, office)
    dossier = Dossier.objects.get(channel="online")
    found += pay_at_gateway(citizen)
    dossier.refresh_from_db()
    assert (dossier.payment, Receipt.objects.get().amount) == ("paid", 80_000)
    found += accept_for_less(sit("clerk"))
    found += given_back_page(citizen, dossier)
    found += give_back(sit("payer_back"))
    citizen.go("portal:mine_dossier", dossier.pk)
    citizen.page.get_by_role("link", name="Phí, lệ phí của hồ sơ này").click()
    expect(citizen.page.locator("main")).to_contain_text("Đã hoàn trả 48.000 đ")
    with citizen.page.expect_download() as download:
        citizen.page.evaluate(
            "l => { l.setAttribute('download', ''); l.click() }",
            citizen.page.get_by_role("link", name=re.compile("Tải biên lai")).element_handle(),
        )
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    assert found == []


def file_it(citizen: Seat, office: Online) -> list[str]:
    """The last pages of a draft, on a phone: what it costs, sent, asked to pay."""
    made = office.complete(at=NOW)
    page = citizen.page
    citizen.go("portal:file_step", made.pk, steps.FEES)
    page.locator("[name=copies]").fill("10")
    page.get_by_role("button", name="Tiếp tục").click()
    citizen.go("portal:file_step", made.pk, steps.REVIEW)
    expect(page.locator("main")).to_contain_text("Gửi hồ sơ xong là nộp được ngay")
    found = look(citizen, "review")
    shot(citizen, "review")
    go_on(page, "Đã nộp hồ sơ", button="Nộp hồ sơ")
    expect(page.locator("main")).to_contain_text("Phí, lệ phí phải nộp: 80.000 đ")
    shot(citizen, "done")
    found += look(citizen, "filed")
    citizen.go("portal:mine")
    shot(citizen, "mine")
    found += look(citizen, "my dossiers")
    page.go_back()
    page.get_by_role("link", name="Nộp tiền ngay").click()
    expect(page.locator("h1")).to_contain_text("Bạn cần nộp 80.000 đ")
    expect(page.locator("main svg[role=img]")).to_have_count(1)
    shot(citizen, "pay")
    return found + look(citizen, "pay")


def pay_at_gateway(citizen: Seat) -> list[str]:
    page = citizen.page
    page.get_by_role("button", name="Trả qua Cổng Mẫu").click()
    page.get_by_role("link", name="Sang trang Cổng Mẫu để trả").click()
    page.get_by_role("button", name="Trả thành công", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Đã nộp tiền")
    assert PaymentOrder.objects.get().state == "paid"
    return look(citizen, "order paid")


def accept_for_less(clerk: Seat) -> list[str]:
    """The clerk sees that it is paid and counts four copies."""
    page = clerk.page
    clerk.go("counter:waiting")
    expect(page.locator("main")).to_contain_text("đã nộp phí")
    shot(clerk, "queue")
    found = faults(page, "queue")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator("a.code").first.click()
    expect(page.locator("main")).to_contain_text("chưa nộp tiền cũng tiếp nhận được")
    shot(clerk, "check")
    found += faults(page, "check")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator("[name=fee_copies]").fill("4")
    clerk.send(page.locator("form.check-page"), "Tiếp nhận, in giấy hẹn")
    assert Charge.objects.get().state == "paid"
    return found


def given_back_page(citizen: Seat, dossier: Dossier) -> list[str]:
    citizen.go("portal:mine_dossier", dossier.pk)
    citizen.page.get_by_role("link", name="Phí, lệ phí của hồ sơ này").click()
    expect(citizen.page.locator("main")).to_contain_text("Bạn được hoàn trả 48.000 đ")
    shot(citizen, "pay-back")
    return look(citizen, "to be given back")


def give_back(accountant: Seat) -> list[str]:
    """From the list to the gateway, by a decision."""
    page = accountant.page
    accountant.go("payments:refunds_due")
    shot(accountant, "refunds-due")
    found = faults(page, "refunds due")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name=re.compile("Hoàn qua cổng")).click()
    expect(page.locator("main")).to_contain_text("48.000 đ")
    form = page.locator("main form")
    form.locator("[name=reason]").fill("Tính lại còn 4 bản")
    form.locator("[name=document]").fill("QĐ 12/QĐ-UBND")
    accountant.send(form, "Hoàn tiền")
    assert Refund.objects.get().amount == 48_000
    accountant.go("payments:charge", Charge.objects.get().pk)
    shot(accountant, "charge")
    found += faults(page, "charge")
    accountant.go("payments:refunds_due")
    expect(page.locator("main")).to_contain_text("Không có khoản nào phải hoàn trả")
    return found + faults(page, "no refunds due")


def test_asked_to_count_again_answered_on_a_phone_then_taken_back(
    stage: Province, office: Online, sit: Sit
) -> None:
    citizen, clerk = on_phone(sit("citizen")), sit("clerk")
    found = file_it(citizen, office)
    dossier = Dossier.objects.get(channel="online")
    found += ask_to_count(clerk, dossier)
    found += count_again(citizen, dossier)
    assert [(one.amount, one.state) for one in Charge.objects.order_by("pk")] == [
        (80_000, "cancelled"),
        (32_000, "due"),
    ]
    found += take_back(citizen, dossier)
    dossier.refresh_from_db()
    assert (dossier.status, dossier.payment) == ("withdrawn", "none")
    assert found == []


def ask_to_count(clerk: Seat, dossier: Dossier) -> list[str]:
    page = clerk.page
    clerk.go("counter:check", dossier.pk)
    point = page.locator("details.point:has([name='text-fees'])")
    point.locator("summary").click()
    point.locator("input").fill("Bạn cần 4 hay 10 bản?")
    found = faults(page, "check with the fee pointed at")
    page.set_viewport_size({"width": 1280, "height": 900})
    clerk.send(page.locator("form.check-page"), "Yêu cầu sửa, bổ sung")
    return found


def count_again(citizen: Seat, dossier: Dossier) -> list[str]:
    page = citizen.page
    citizen.go("portal:mine_reply", dossier.pk)
    expect(page.locator("main")).to_contain_text("Bạn cần 4 hay 10 bản?")
    page.locator("[name=copies]").fill("bốn")
    page.get_by_role("button", name="Gửi phần bổ sung").click()
    expect(page.locator(".error-summary")).to_contain_text("ví dụ 2")
    shot(citizen, "reply-wrong")
    found = look(citizen, "reply with a fault")
    page.locator(".error-summary a").first.click()
    expect(page.locator("[name=copies]")).to_be_focused()
    page.locator("[name=copies]").fill("4")
    page.get_by_role("button", name="Gửi phần bổ sung").click()
    expect(page.locator("main")).to_contain_text("Đã gửi phần bổ sung")
    shot(citizen, "reply-sent")
    return found + look(citizen, "dossier after the reply")


def take_back(citizen: Seat, dossier: Dossier) -> list[str]:
    page = citizen.page
    citizen.go("portal:mine_dossier", dossier.pk)
    link = page.get_by_role("link", name="Phí, lệ phí của hồ sơ này").get_attribute("href")
    assert link is not None
    citizen.go("portal:mine_withdraw", dossier.pk)
    expect(page.locator("main")).to_contain_text("Bạn không phải nộp khoản phí, lệ phí đang chờ nữa")
    shot(citizen, "withdraw")
    found = look(citizen, "withdraw")
    page.get_by_role("button", name="Rút hồ sơ").click()
    page.goto(link)
    expect(page.locator("h1")).to_contain_text("Không còn khoản nào phải nộp")
    expect(page.locator("main")).to_contain_text("Không phải nộp nữa")
    shot(citizen, "gone")
    return found + look(citizen, "not to be paid any more")
