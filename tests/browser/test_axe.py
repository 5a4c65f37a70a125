"""Every kind of page, wide and on a phone: axe finds nothing (WCAG 2.2 AA), and nothing spills over the side."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from tests.addresses import POST_ONLY, arguments, names
from tests.browser.conftest import AXE, Seat
from tests.test_permissions import EXPECTED, QUERY
from tests.world import OUR_PHONE, Province

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
WIDTHS = (1280, 390)

# Fragments, files and answers for programs: no pages of their own.
NO_PAGES = {
    "core:healthz", "core:palette", "counter:procedures", "counter:sheet", "counter:handover_list", "counter:register_pdf",
    "counter:register_xlsx", "dossiers:officers", "dossiers:saved_filters", "dossiers:notice_pdf", "dossiers:control_slip",
    "dossiers:result_pdf", "dossiers:result_file", "dossiers:scan_file", "procedures:export", "procedures:board_pdf",
    "procedures:qr_pdf", "payments:receipt_pdf", "files:open", "core:start", "account_login", "mfa_authenticate",
    "mfa_reauthenticate", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_activate_totp", "statistics:download", "statistics:opendata_file",
    "statistics:opendata_agency_file",
    "statistics:kept_file", "procedures:decision_file", "procedures:paper_file", "procedures:public_file",
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
APPS = sorted({name.split(":")[0] if ":" in name else "account" for name in set(names()) - NO_PAGES})


def pages_of(app: str) -> list[tuple[str, str]]:
    """The pages of an app with somebody who may open each."""
    found = []
    for name in sorted(set(names()) - NO_PAGES - POST_ONLY):
        if (name.split(":")[0] if ":" in name else "account") != app:
            continue
        found.append((name, next(who for who in PREFERRED if EXPECTED[name][who] == 200)))
    return found


def faults(seat: Seat, what: str) -> list[str]:
    """What axe finds, and whether the page is wider than the screen, at both widths."""
    found = []
    seat.page.evaluate(AXE.read_text(encoding="utf-8"))
    for width in WIDTHS:
        seat.page.set_viewport_size({"width": width, "height": 900})
        result = seat.page.evaluate("names => axe.run(document, {runOnly: names})", STANDARDS)
        for violation in result["violations"]:
            found += [
                f"{what} {width}: {violation['id']}: {node['html'][:160]}" for node in violation["nodes"][:2]
            ]
        if seat.page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{what} {width}: wider than the screen")
    return found


@pytest.mark.parametrize("app", APPS)
def test_every_page_is_for_everyone(story: Province, sit: Callable[[str], Seat], app: str) -> None:
    args, seats, found = arguments(story), {}, []
    for name, who in pages_of(app):
        seat = seats.setdefault(who, sit(who)) if who not in seats else seats[who]
        query = "?" + "&".join(f"{k}={v}" for k, v in QUERY[name](story).items()) if name in QUERY else ""
        answer = seat.page.goto(seat.server + reverse(name, args=args.get(name, [])) + query)
        assert answer is not None
        assert answer.status == 200, f"{name}: {answer.status}"
        found += faults(seat, name)
    assert found == []


def test_pages_that_come_after_a_form_are_for_everyone_too(
    story: Province, sit: Callable[[str], Seat]
) -> None:
    """Tracked, not found, signed out, an empty form with its errors, the report of a batch."""
    found, citizen, officer, leader = [], sit("anonymous"), sit("officer"), sit("leader")
    citizen.go("account_login")
    found += faults(citizen, "sign in")
    citizen.go("portal:track")
    citizen.page.locator("main form button").first.click()
    found += faults(citizen, "track with errors")
    citizen.page.locator("[name=code]").fill(story.ours["apologised"].code)
    citizen.page.locator("[name=last4]").fill(OUR_PHONE[-4:])
    citizen.send(citizen.page.locator("main form"), "Xem hồ sơ")
    found += faults(citizen, "tracked")
    citizen.page.goto(f"{citizen.server}/khong-co/")
    found += faults(citizen, "404")
    officer.go("dossiers:act", story.ours["review"].pk, "refuse")
    officer.page.locator("form.act-form button").click()
    officer.page.locator(".error-summary").wait_for()
    found += faults(officer, "act with errors")
    for state in ("late", "supplement", "apologised", "refused", "returned", "chain"):
        officer.dossier(story.ours[state])
        officer.page.wait_for_load_state("networkidle")
        found += faults(officer, f"dossier {state}")
    leader.dossier(story.ours["sign"])
    leader.page.locator("a[href*='/viec/sign/']").first.click()
    leader.page.locator("form.act-form").wait_for()
    found += faults(leader, "dossier with the form of an act")
    assert found == []
