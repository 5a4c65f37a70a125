"""Filling in on a phone, as citizens do: signing in by the code of a message, answering questions, going on."""

import re
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from motcua.notifications.models import Message
from tests.axe import faults
from tests.browser.conftest import Seat

PHONE = {"width": 390, "height": 844}


def hold_phone(
    browser: Browser, live_server: Any, wrong: list[str], **options: Any
) -> tuple[BrowserContext, Seat]:
    """A phone of nobody in particular; errors of scripts go into `wrong`."""
    context = browser.new_context(**{"locale": "vi-VN", "viewport": PHONE} | options)
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    return context, Seat(page, live_server.url)


def look(seat: Seat, what: str) -> list[str]:
    """What axe finds on a phone's page."""
    return faults(seat.page, what, widths=(PHONE["width"],))


def sign_in_by_code(page: Page, address: str) -> None:
    """Ask for a code and type it in, from the page that asks where to send it."""
    page.locator("main form input[name=address]").fill(address)
    page.get_by_role("button", name=re.compile("Gửi mã cho tôi|Send me")).click()
    field = page.locator("main form input[name=code]")
    field.wait_for()
    told = re.search(r"\b([0-9]{6})\b", Message.objects.filter(kind="sign_in_code").latest("pk").body)
    assert told is not None
    field.fill(told[1])
    with page.expect_navigation():
        page.locator("main form button").first.click()


def go_on(page: Page, heading: str, button: str = "Tiếp tục") -> None:
    """Press the button; the next page has this heading."""
    page.get_by_role("button", name=button).click()
    expect(page.locator("h1")).to_have_text(heading)


def fill(page: Page, given: dict[str, str]) -> None:
    """Type into fields by name; a choice is made by its value. Questions that depend on it come by themselves."""
    for name, value in given.items():
        field = page.locator(f"[name='{name}']").first
        field.wait_for()
        if field.get_attribute("type") in ("radio", "checkbox"):
            page.locator(f"[name='{name}'][value='{value}']").check()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
        expect(page.locator("form[data-refreshing]")).to_have_count(0)


def live_at(page: Page, path: str) -> None:
    """Choose the province, then the first commune that is offered."""
    page.locator(f"[name='{path}.province']").select_option(index=1)
    commune = page.locator(f"[name='{path}.commune']")
    options = page.locator(f"datalist#{commune.get_attribute('list')} option")
    expect(options).not_to_have_count(0)
    commune.fill(str(options.first.get_attribute("value")))
    page.locator(f"[name='{path}.line']").fill("Thôn Đông")


def reach(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")
