"""The officer's inbox tells how a due date follows: to a pointer that rests on it, and to the keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Seat
from tests.world import Province

pytestmark = [pytest.mark.browser, pytest.mark.both_engines, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def inbox(story: Province, sit: Callable[[str], Seat]) -> Page:
    """The officer's inbox, the pointer away from every date."""
    seat = sit("officer")
    seat.go("dossiers:inbox")
    seat.page.mouse.move(0, 0)
    return seat.page


def first_due(page: Page) -> Locator:
    """The first due date of the list."""
    return page.locator("td details.due-more").first


def tells(due: Locator) -> None:
    """The derivation is fetched and there to be read: from which day it counts, until when."""
    lines = due.locator(".due-lines")
    expect(lines).to_be_visible()
    expect(lines).to_contain_text("Tiếp nhận lúc")
    expect(lines).not_to_contain_text("Đang tải")


def test_a_pointer_that_rests_on_a_due_date_is_told_and_told_no_more_when_it_leaves(inbox: Page) -> None:
    due = first_due(inbox)
    expect(due.locator(".due-lines")).not_to_be_visible()
    due.locator("summary").hover()
    tells(due)
    inbox.mouse.move(0, 0)
    expect(due.locator(".due-lines")).not_to_be_visible()


def test_a_pointer_that_only_passes_over_opens_nothing(inbox: Page) -> None:
    due = first_due(inbox)
    due.locator("summary").hover()
    inbox.mouse.move(0, 0)
    inbox.wait_for_timeout(700)  # twice as long as it must rest
    expect(due.locator(".due-lines")).not_to_be_visible()


def test_a_click_keeps_open_what_the_pointer_opened(inbox: Page) -> None:
    due = first_due(inbox)
    due.locator("summary").hover()
    tells(due)
    due.locator("summary").click()
    inbox.mouse.move(0, 0)
    tells(due)


def test_the_keyboard_comes_to_a_due_date_opens_it_and_escape_closes_it(inbox: Page) -> None:
    due = first_due(inbox)
    summary = due.locator("summary")
    for _ in range(200):
        inbox.keyboard.press("Tab")
        if summary.evaluate("it => it === document.activeElement"):
            break
    expect(summary).to_be_focused()
    inbox.keyboard.press("Enter")
    tells(due)
    inbox.keyboard.press("Escape")
    expect(due.locator(".due-lines")).not_to_be_visible()
    expect(summary).to_be_focused()
