"""The queue at three screens: a number at the kiosk, called and served by the keyboard, told on the telephone and on the wall."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from motcua.dossiers.models import Dossier
from motcua.tickets.actions import LineData, open_line, take_ticket
from motcua.tickets.models import Ticket, TicketDossier
from motcua.tickets.queries.turns import kiosk_token, ticket_token
from motcua.tickets.rules.states import State
from tests.axe import faults
from tests.browser.conftest import Seat
from tests.world import NOW, Province

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("MOTCUA_PICTURES", "")


def seen(seat: Seat, what: str) -> list[str]:
    """What axe finds at both widths; a picture of each where somebody wants to look."""
    found = faults(seat.page, what)
    if PICTURES:
        for width in (390, 1280):
            seat.page.set_viewport_size({"width": width, "height": 844 if width < 600 else 900})
            seat.page.screenshot(path=Path(PICTURES) / f"{what}-{width}.png", full_page=True)
    seat.page.set_viewport_size({"width": 1280, "height": 900})
    return found


def take(kiosk: Seat, reason: str = "Không, lấy số") -> str:
    """Two presses at the kiosk; gives the number shown."""
    kiosk.page.get_by_role("link", name="Tư pháp – hộ tịch").click()
    kiosk.page.get_by_role("button", name=reason).click()
    return kiosk.page.locator(".queue-number").inner_text()


def press(page: Page, letter: str, now: Any) -> None:
    """A key of the counter, and what it leads to."""
    page.keyboard.press(f"Alt+{letter}")
    expect(page.locator(".queue-current")).to_contain_text(now)


def test_from_the_kiosk_to_the_desk_by_the_keyboard(stage: Province, sit: Callable[[str], Seat]) -> None:
    office, found = stage.base.office, []
    line = open_line(office, LineData("Tư pháp – hộ tịch"), prefix="A", valid_from=NOW.date(), actor=stage.cast.admin, at=NOW)  # fmt: skip
    open_line(
        office, LineData("Đất đai", 2), prefix="B", valid_from=NOW.date(), actor=stage.cast.admin, at=NOW
    )
    gone = take_ticket(line.pk, actor=None, at=NOW)

    kiosk = sit("anonymous")
    kiosk.go("portal:queue", office.pk)
    found += seen(kiosk, "elsewhere")
    kiosk.go("portal:queue", office.pk, query=f"?may={kiosk_token(office)}")
    found += seen(kiosk, "kiosk")
    kiosk.page.get_by_role("link", name="Tư pháp – hộ tịch").click()
    found += seen(kiosk, "question")
    kiosk.go("portal:queue", office.pk)
    assert take(kiosk) == "A002"
    found += seen(kiosk, "taken")
    kiosk.go("portal:queue", office.pk)
    assert take(kiosk, "Người cao tuổi") == "A003"
    mine, elder = Ticket.objects.get(number=2), Ticket.objects.get(number=3)

    phone, wall = sit("anonymous"), sit("anonymous")
    phone.go("portal:ticket", ticket_token(mine))
    assert "Còn 2 người trước ông/bà." in phone.text
    found += seen(phone, "phone")
    wall.go("portal:calling", office.pk)

    clerk = sit("clerk")
    page = clerk.page
    clerk.go("counter:receive")
    found += seen(clerk, "before")
    page.get_by_label("Quầy của bạn").fill("Quầy 2")
    page.keyboard.press("Enter")
    expect(page.locator(".queue-current")).to_contain_text("Chưa gọi số nào")
    expect(page.locator(".queue-count")).to_contain_text("3 người đang chờ")
    page.locator("#procedure-search").focus()
    press(page, "G", "A003")  # the elder first
    found += seen(clerk, "calling")
    press(page, "X", "Chưa gọi số nào")
    press(page, "G", "A001")
    press(page, "L", "A001")
    press(page, "V", "Chưa gọi số nào")  # gone for a coffee
    press(page, "G", "A002")
    expect(phone.page.locator("#cho")).to_contain_text("Mời đến Quầy 2")
    expect(wall.page.locator(".queue-latest")).to_contain_text("A002")
    found += seen(phone, "called") + seen(wall, "wall")

    page.locator("#procedure-search").fill(stage.base.procedure.code)
    expect(page.locator("#procedure-options a[role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    page.locator("[name='applicant-identity_number']").wait_for()
    expect(page.locator("#sheet [name$=present]").first).to_be_checked()
    for name, value in {"identity_number": "038200000001", "name": "Nguyễn Văn A", "phone": "0912345678", "address": "Thôn 1"}.items():  # fmt: skip
        page.locator(f"[name='applicant-{name}']").fill(value)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    link = TicketDossier.objects.get()
    assert (link.ticket, link.dossier) == (mine, Dossier.objects.get())
    expect(page.locator(".queue-current")).to_contain_text("đang phục vụ")
    found += seen(clerk, "received")
    with page.expect_navigation():
        page.keyboard.press("Alt+G")
    expect(page.locator("#procedure-search")).to_be_visible()
    expect(page.locator(".queue-current")).to_contain_text("không còn ai chờ")
    expect(phone.page.locator("#cho")).to_contain_text("Đã xong lượt này.")
    assert [Ticket.objects.get(pk=one.pk).state for one in (gone, mine, elder)] == [
        State.ABSENT,
        State.ENDED,
        State.ENDED,
    ]
    page.locator(".queue-more summary").click()
    found += seen(clerk, "absent")
    page.get_by_role("button", name="Cho chờ lại").click()
    expect(page.locator(".queue-count")).to_contain_text("1 người đang chờ")
    keeper = sit("head")
    keeper.go("tickets:office", office.pk)
    found += seen(keeper, "figures")
    phone.go("portal:office", office.pk)
    assert "Đang chờ 1 người" in phone.text
    assert found == []
