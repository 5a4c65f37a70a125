"""Pages that open only to who has something of their own: axe finds nothing there either, at both widths."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import expect

from motcua.accounts.models import IdentityProvider
from motcua.accounts.national import WAITING
from motcua.core.moments import now
from motcua.holdings.models import HeldPaper
from tests.axe import faults
from tests.browser.conftest import Seat
from tests.browser.filling import sign_in_by_code
from tests.world import NOW, Province
from tests.world_citizen import add_citizen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Looked at in other tests, with the same template.
SEEN = {
    "account", "account_edit", "account_address", "assisted", "acting", "organisations", "organisation_new", "authorisations",
    "authorise", "held", "mine", "drafts", "my_data", "my_data_correct", "my_data_delete", "my_consents", "held_paper", "organisation",
    "step to-khai-noi_dung", "step to-khai-ky",
}  # fmt: skip


def look(seat: Seat, what: str, heading: str = "") -> list[str]:
    """Wait for the page, then ask axe."""
    expect(seat.page.locator("h1")).to_contain_text(heading)
    return faults(seat.page, what)


def test_a_citizens_own_drafts_dossiers_and_requests(story: Province, sit: Callable[[str], Seat]) -> None:
    mine, found = add_citizen(story, NOW), []
    citizen = sit("citizen")
    for name, address in mine.pages():
        if name not in SEEN:
            answer = citizen.page.goto(citizen.server + address)
            assert answer is not None
            assert answer.status == 200, name
            found += look(citizen, name)
    citizen.go("portal:account_address")
    citizen.page.locator("main form input[name=address]").fill("na@example.vn")
    citizen.page.locator("main form button").first.click()
    found += look(citizen, "account_code", "Nhập mã")
    officer = sit("officer")
    held = HeldPaper.objects.create(
        kind="result", holder=mine.user, name="Giấy khai sinh", number="12/QĐ-UBND", file=mine.paper.file,
        dossier=story.ours["ready"], result=story.things["result"], issued_on=NOW.date(), kept_at=NOW, token=story.things["result"].token,
    )  # fmt: skip
    for name in ("result", "revoke", "replace"):
        assert officer.go(f"holdings:{name}", held.pk).status == 200  # type: ignore[union-attr]
        found += look(officer, name)
    assert found == []


def look_at_who_comes_from_the_national_sign_on(stranger: Seat) -> list[str]:
    """The question what to do with a person who is unknown here, as the session holds it after the provider's answer."""
    IdentityProvider.objects.create(
        code="quoc-gia", name="Định danh điện tử", issuer="https://127.0.0.1", client_id="x", secret_env="MOTCUA_OIDC_X",
        valid_from=NOW.date(),
    )  # fmt: skip
    [key] = [one["value"] for one in stranger.page.context.cookies() if one["name"] == "sessionid"]
    session = SessionStore(key)
    session[WAITING] = {
        "provider": "quoc-gia", "at": int(now().timestamp()), "subject": "s-1", "identity_number": "001099000005",
        "full_name": "Lê Thị Mới", "birth_date": "", "gender": "", "level": "substantial",
    }  # fmt: skip
    session.save()
    stranger.go("portal:national")
    return look(stranger, "national")


def test_a_new_account_a_feedback_up_to_its_sending_and_a_search_narrowed(
    story: Province, sit: Callable[[str], Seat]
) -> None:
    stranger, found = sit("anonymous"), []
    page, published = stranger.page, story.things["feedback_published"]
    stranger.go("portal:catalogue", query="?loc=1")
    found += look(stranger, "search narrowed")
    stranger.go("portal:sign_in")
    sign_in_by_code(page, "0900000077")
    found += look(stranger, "sign_in_name", "Tên của bạn")
    found += look_at_who_comes_from_the_national_sign_on(stranger)
    stranger.go("portal:feedback_topic")
    page.locator(f"main input[type=radio][value={published.topic.code}]").check()
    page.get_by_role("button", name="Tiếp tục").click()
    page.locator("main textarea").first.fill(published.content)
    page.get_by_role("button", name="Tiếp tục").click()
    page.locator("main select").first.select_option(label=published.agency.name)
    page.get_by_role("button", name="Tiếp tục").click()
    found += look(stranger, "feedback_similar", "Đã có người phản ánh")
    page.get_by_role("link", name="Việc của tôi khác").click()
    found += look(stranger, "feedback_sender", "Bạn là ai?")
    page.get_by_role("button", name="Tiếp tục").click()
    found += look(stranger, "feedback_check", "Kiểm tra và gửi")
    assert found == []
