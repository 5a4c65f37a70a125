"""Every kind of page, wide and on a phone: axe finds nothing (WCAG 2.2 AA), and nothing spills over the side."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from motcua.accounts.actions import declare_organisation
from motcua.files.actions import store
from motcua.holdings.actions import keep_paper
from tests.addresses import POST_ONLY, arguments, names
from tests.axe import faults
from tests.browser.conftest import Seat
from tests.test_permissions import EXPECTED, QUERY
from tests.world import NOW, OUR_PHONE, Province

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

# Fragments, files and answers for programs: no pages of their own.
NO_PAGES = {
    "openid_connect_callback", "portal:held_shared", "portal:held_shared_file", "holdings:result", "holdings:revoke", "holdings:replace",
    "eforms:check", "eforms:export", "eforms:trial_pdf", "eforms:units",
    "portal:feedback_rss", "portal:feedback_content", "portal:feedback_place", "portal:feedback_similar", "portal:feedback_sender",
    "portal:feedback_check", "portal:feedback_sent", "portal:feedback_mine", "portal:feedback_rate", "feedback:export",
    "feedback:receipt", "api:discovery", "api:services", "api:service", "api:requests", "api:request", "api:token", "api:openapi",
    "portal:news_rss", "portal:news_atom", "portal:sitemap", "portal:robots", "portal:document_file",
    "surveys:ratings_file", "surveys:results_file",
    "counter:queue_waiting", "portal:calling_now", "portal:ticket_now", "portal:ticket_slip",
    "payments:reconciliation_file", "portal:pay_receipt", "portal:pay_order_receipt",
    "portal:calendar", "core:healthz", "core:palette", "counter:procedures", "counter:sheet", "counter:handover_list", "counter:register_pdf",
    "counter:register_xlsx", "dossiers:officers", "dossiers:saved_filters", "dossiers:notice_pdf", "dossiers:control_slip",
    "dossiers:result_pdf", "dossiers:application_pdf", "dossiers:message_file", "dossiers:result_file", "dossiers:scan_file", "procedures:export", "procedures:board_pdf",
    "procedures:qr_pdf", "payments:receipt_pdf", "files:open", "core:start", "mfa_download_recovery_codes",
    "statistics:download", "statistics:gathered_file", "statistics:opendata_file",
    "statistics:opendata_agency_file",
    "statistics:index766_file", "statistics:linked_file", "statistics:index766_ranking_file", "statistics:kept_file", "procedures:decision_file", "procedures:paper_file", "procedures:template_file", "procedures:public_file",
}  # fmt: skip
# Pages that need a state of their own: looked at in motcua/agencies/tests/test_browser.py.
ELSEWHERE = {
    "account_login", "mfa_authenticate", "mfa_reauthenticate", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_activate_totp", "agencies:identity_provider",
}  # fmt: skip
# Pages of a citizen who has signed in; the citizen's own pages that need something of theirs are looked at in journeys.
CITIZENS = {
    "portal:account", "portal:account_edit", "portal:account_address", "portal:assisted", "portal:acting", "portal:organisations",
    "portal:my_data", "portal:my_data_correct", "portal:my_data_delete", "portal:my_consents", "portal:mine", "portal:drafts", "portal:organisation_new", "portal:authorisations", "portal:authorise", "portal:held",
}  # fmt: skip
# Whom the page is made for, when more than one may open it.
PREFERRED = (
    "anonymous",
    "clerk",
    "returner",
    "officer",
    "leader",
    "cashier",
    "head",
    "controller",
    "admin",
    "auditor",
)
# The pages of a visit open only while it goes on: test_assisting.py looks at them.
APPS = sorted(
    {name.split(":")[0] if ":" in name else "account" for name in set(names()) - NO_PAGES - ELSEWHERE}
    - {"assisting"}
)


def pages_of(app: str) -> list[tuple[str, str]]:
    """The pages of an app with somebody who may open each."""
    found = []
    for name in sorted(set(names()) - NO_PAGES - ELSEWHERE - POST_ONLY):
        if (name.split(":")[0] if ":" in name else "account") != app:
            continue
        if name in CITIZENS:
            found.append((name, "citizen"))
        elif not (app == "portal" and EXPECTED[name]["anonymous"] == 302):
            found.append((name, next(who for who in PREFERRED if EXPECTED[name][who] == 200)))
    return found


def test_a_page_with_faults_is_found_out(stage: Province, sit: Callable[[str], Seat]) -> None:
    seat = sit("anonymous")
    seat.page.set_content(
        "<html lang=vi><title>x</title><main><h1>x</h1><img src=x.png><p style=width:1500px>x</p></main>"
    )
    assert [fault.split(": ")[:2] for fault in faults(seat.page, "made", (390,))] == [
        ["made 390", "image-alt"],
        ["made 390", "wider than the screen"],
    ]


@pytest.mark.parametrize("app", APPS)
def test_every_page_is_for_everyone(story: Province, sit: Callable[[str], Seat], app: str) -> None:
    args, seats, found = arguments(story), {}, []
    for name, who in pages_of(app):
        seat = seats.setdefault(who, sit(who)) if who not in seats else seats[who]
        query = "?" + "&".join(f"{k}={v}" for k, v in QUERY[name](story).items()) if name in QUERY else ""
        answer = seat.page.goto(seat.server + reverse(name, args=args.get(name, [])) + query)
        assert answer is not None
        assert answer.status == 200, f"{name}: {answer.status}"
        found += faults(seat.page, name)
    assert found == []


def test_pages_that_come_after_a_form_are_for_everyone_too(
    story: Province, sit: Callable[[str], Seat]
) -> None:
    """Tracked, not found, signed out, an empty form with its errors, the report of a batch."""
    found, citizen, officer, leader = [], sit("anonymous"), sit("officer"), sit("leader")
    citizen.go("account_login")
    found += faults(citizen.page, "sign in")
    citizen.go("portal:track")
    citizen.page.locator("main form button").first.click()
    expect(citizen.page.locator(".error-summary")).to_be_focused()
    found += faults(citizen.page, "track with errors")
    citizen.page.locator("[name=code]").fill(story.ours["apologised"].code)
    citizen.page.locator("[name=last4]").fill(OUR_PHONE[-4:])
    citizen.send(citizen.page.locator("main form"), "Xem hồ sơ")
    found += faults(citizen.page, "tracked")
    citizen.page.goto(f"{citizen.server}/khong-co/")
    found += faults(citizen.page, "404")
    officer.go("dossiers:act", story.ours["review"].pk, "refuse")
    officer.page.locator("form.act-form button").click()
    officer.page.locator(".error-summary").wait_for()
    found += faults(officer.page, "act with errors")
    for state in ("late", "supplement", "apologised", "refused", "returned", "chain"):
        officer.dossier(story.ours[state])
        officer.page.wait_for_load_state("networkidle")
        found += faults(officer.page, f"dossier {state}")
    leader.dossier(story.ours["sign"])
    leader.page.locator("a[href*='/viec/sign/']").first.click()
    leader.page.locator("form.act-form").wait_for()
    found += faults(leader.page, "dossier with the form of an act")
    assert found == []


def test_pages_of_a_persons_own_are_for_everyone_too(stage: Province, sit: Callable[[str], Seat]) -> None:
    """The code to sign in, a company, a paper of the store and its shared link, the pages of a feedback before it is sent."""
    citizen, user, found = sit("citizen"), stage.user("citizen"), []
    assert user is not None
    company = declare_organisation(
        name="Công ty TNHH Mẫu", tax_code="9900000048", kind="enterprise", actor=user, at=NOW
    )
    citizen.go("portal:organisation", company.pk)
    found += faults(citizen.page, "company")
    file = store(PDF, actor=user, at=NOW, name="giay.pdf", made_here=True)
    citizen.go("portal:held_paper", keep_paper(file, name="Giấy khai sinh", actor=user, at=NOW).key)
    found += faults(citizen.page, "paper of the store")
    citizen.page.get_by_role("button", name="Tạo đường dẫn").click()
    link = citizen.page.locator(".notice a").first
    link.wait_for()
    found += faults(citizen.page, "link shown once")
    stranger = sit("anonymous")
    stranger.page.goto(str(link.get_attribute("href")))
    found += faults(stranger.page, "shared paper")
    stranger.go("portal:sign_in")
    stranger.page.locator("main form input[name=address]").fill("0900000009")
    stranger.page.get_by_role("button", name="Gửi mã cho tôi").click()
    stranger.page.locator("main form input[name=code]").wait_for()
    found += faults(stranger.page, "code")
    stranger.go("portal:feedback_topic")
    stranger.page.locator("main input[type=radio]").first.check()
    stranger.page.get_by_role("button", name="Tiếp tục").click()
    stranger.page.locator("main textarea").first.fill("Quầy số 2 không có người trực từ 8 giờ đến 9 giờ.")
    found += faults(stranger.page, "what happened")
    stranger.page.get_by_role("button", name="Tiếp tục").click()
    stranger.page.locator("main select").first.select_option(index=1)
    found += faults(stranger.page, "which agency")
    assert found == []
