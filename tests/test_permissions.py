"""Every address x everyone of the cast: who gets in, who is told to sign in, for whom it does not exist.

200 a page, 302 somewhere else, "sign in" the sign-in page, 404 not for you, 405 nothing but an act, 422 not now.
"""

import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.addresses import POST_ONLY, arguments, names, spend
from tests.world import PERSONAS, Province

SIGN_IN = "sign in"
STAFF = frozenset(PERSONAS) - {"anonymous"}

# Who belongs where. A line of the table below names one of these groups.
GROUPS = {
    "staff": STAFF,
    "desk": "clerk head policeman insurer other_clerk",  # sits at a counter and receives
    "our desk": "clerk head",
    "desk of return": "returner head policeman insurer",
    "our return": "returner head",
    "hands over": "clerk returner head officer stamper policeman insurer other_clerk other_officer",
    "our hands": "clerk returner head officer stamper",
    "reads dossiers": STAFF - {"local_admin", "other_admin", "admin", "auditor", "nobody"},
    "our dossiers": "clerk returner cashier head officer leader chairperson stamper controller inspector",
    "our people": "clerk returner head officer leader stamper",  # may read personal data of our dossiers
    "registers": "clerk returner head officer leader stamper policeman insurer other_clerk other_officer other_leader",
    "our assigners": "head leader",
    "assigns": "head division_head leader other_leader",
    "watches": "head division_head leader chairperson other_leader controller inspector",
    "manages people": "head division_head leader local_admin other_leader other_admin admin",
    "our people's managers": "head leader local_admin admin",
    "administers": "local_admin other_admin admin",
    "our administrators": "local_admin admin",
    "administrator": "admin",
    "keeps the catalogue": "controller",
    "posts": "head controller",
    "cash desk": "cashier head policeman insurer",
    "our cash": "cashier head",
    "our money": "cashier head leader inspector",
    "our payers": "cashier head leader",  # may read who paid us
    "money": "cashier head leader policeman insurer other_leader inspector",
    "office head": "head",
    "auditor": "auditor",
    "reads reports": "head division_head leader chairperson other_leader controller auditor inspector",
    "our reports": "head leader chairperson controller inspector auditor",
    "our keepers": "controller",
    "scan owner": "clerk",
}

# One line: status of those who may | who may | status of the rest of the staff | status of the public.
TABLE = """
200 staff 200 200: core:healthz core:palette portal:home portal:catalogue portal:procedure portal:track portal:verify
200 staff 200 200: portal:verify_token portal:help account_inactive
302 staff 302 sign-in: core:start
200 staff 200 sign-in: core:styleguide accounts:profile account_change_password account_reauthenticate mfa_index
302 staff 302 200: account_login
200 staff 200 302: account_logout
302 staff 302 sign-in: mfa_authenticate
302 staff 302 sign-in: mfa_activate_totp mfa_generate_recovery_codes
404 staff 404 sign-in: mfa_deactivate_totp mfa_view_recovery_codes mfa_download_recovery_codes
302 staff 302 sign-in: mfa_reauthenticate

200 desk 404 sign-in: counter:receive counter:procedures counter:waiting counter:register
200 our-desk 404 sign-in: counter:sheet counter:check
200 our-dossiers 404 sign-in: counter:received
200 hands-over 404 sign-in: counter:hand_over
200 our-people 404 sign-in: counter:handed_over counter:handover_list
200 desk-of-return 404 sign-in: counter:return_desk
200 our-return 404 sign-in: counter:return_one
200 registers 404 sign-in: counter:register_pdf counter:register_xlsx

200 reads-dossiers 404 sign-in: dossiers:inbox
200 staff 404 sign-in: dossiers:saved_filters dossiers:search
200 assigns 404 sign-in: dossiers:officers dossiers:replies dossiers:reply_new
200 our-assigners 404 sign-in: dossiers:reply dossiers:reply_drop
200 watches 404 sign-in: dossiers:leader
200 our-dossiers 404 sign-in: dossiers:dossier dossiers:more dossiers:derivation
200 our-people 404 sign-in: dossiers:notice_pdf dossiers:control_slip dossiers:result_pdf
302 our-people 404 sign-in: dossiers:scan_file
404 staff 404 sign-in: dossiers:result_file

200 staff 404 sign-in: procedures:list procedures:units procedures:export procedures:procedure procedures:version
200 staff 404 sign-in: procedures:compare procedures:draft procedures:cuts procedures:cuts_of procedures:process
200 staff 404 sign-in: procedures:decisions procedures:decision procedures:board procedures:place
200 staff 404 sign-in: procedures:board_pdf procedures:qr_pdf
200 keeps-the-catalogue 404 sign-in: procedures:new procedures:settle procedures:draft_header procedures:draft_part
200 keeps-the-catalogue 404 sign-in: procedures:fee_add procedures:fee_end procedures:offering_add
200 keeps-the-catalogue 404 sign-in: procedures:offering_end procedures:process_start procedures:process_publish
200 keeps-the-catalogue 404 sign-in: procedures:stage_add procedures:stage_edit procedures:task_add procedures:task_edit
200 keeps-the-catalogue 404 sign-in: procedures:decision_new procedures:import
200 keeps-the-catalogue 404 sign-in: procedures:file_attach procedures:decision_attach
200 posts 404 sign-in: procedures:place_new procedures:place_end
302 staff 404 sign-in: procedures:paper_file procedures:decision_file
302 staff 302 302: procedures:public_file

200 staff 404 sign-in: workdays:index workdays:clock workdays:year
200 administrator 404 sign-in: workdays:announce
200 our-administrators 404 sign-in: workdays:sessions workdays:add_day workdays:edit_day workdays:remove_day

200 manages-people 404 sign-in: agencies:tree agencies:ended agencies:agency agencies:people
200 our-people's-managers 404 sign-in: agencies:post agencies:person
200 administers 404 sign-in: dossiers:reproject notifications:outbox notifications:templates notifications:template
200 staff 404 sign-in: notifications:mine
200 administers 404 sign-in: agencies:create agencies:create_person agencies:roles agencies:settings agencies:setting
200 our-administrators 404 sign-in: agencies:create_under agencies:edit agencies:move agencies:end agencies:open_office
200 our-administrators 404 sign-in: agencies:create_post agencies:settings_of agencies:setting_of agencies:office
200 our-administrators 404 sign-in: agencies:close_office agencies:seat agencies:end_seat agencies:end_post
200 our-administrators 404 sign-in: agencies:edit_person agencies:assign agencies:reset_password agencies:reset_totp
200 our-administrators 404 sign-in: agencies:deactivate agencies:reactivate agencies:end_assignment
200 administrator 404 sign-in: agencies:create_role agencies:role
200 staff 404 sign-in: agencies:delegations

200 cash-desk 404 sign-in: payments:today payments:new_transfer
200 our-cash 404 sign-in: payments:collect payments:cancel_receipt payments:close_day
200 our-money 404 sign-in: payments:charge payments:receipt payments:day
200 our-payers 404 sign-in: payments:receipt_pdf
200 money 404 sign-in: payments:register payments:days payments:books payments:accounts payments:transfers
200 office-head 404 sign-in: payments:exempt payments:refund payments:new_book payments:close_book payments:new_account
200 office-head 404 sign-in: payments:end_account payments:resolve_transfer

200 reads-reports 404 sign-in: statistics:reports statistics:report statistics:dossiers statistics:download
200 reads-reports 404 sign-in: statistics:figures
200 reads-reports 404 sign-in: statistics:dashboard statistics:behind statistics:open_work statistics:stages
200 staff 200 200: statistics:opendata statistics:opendata_month statistics:opendata_agency statistics:opendata_file
200 staff 200 200: statistics:opendata_agency_file
200 reads-reports 404 sign-in: statistics:kept_reports statistics:reporting statistics:signals statistics:signal
200 our-reports 404 sign-in: statistics:kept statistics:kept_file
200 our-keepers 404 sign-in: statistics:kept_amend
200 administers 404 sign-in: statistics:templates statistics:template_new
200 our-administrators 404 sign-in: statistics:template

200 auditor 404 sign-in: audit:events audit:event audit:seals
200 administrator 404 sign-in: files:quarantine files:release
200 scan-owner 404 404: files:open
"""
# What an address needs besides its arguments.
QUERY = {"payments:collect": lambda province: {"charge": province.things["charge"].pk}}


def rows() -> Iterator[tuple[str, dict[str, object]]]:
    """Each address of the table with the status that everyone must get."""
    for line in filter(None, map(str.strip, TABLE.splitlines())):
        head, addresses = line.split(": ", 1)
        good, group, bad, public = head.split()
        inside = GROUPS[group.replace("-", " ")]
        may = set(inside.split()) if isinstance(inside, str) else set(inside)
        expected = {who: int(good if who in may else bad) for who in STAFF}
        for name in addresses.split():
            yield name, {**expected, "anonymous": SIGN_IN if public == "sign-in" else int(public)}


EXPECTED: dict[str, dict[str, object]] = dict(rows())
# An act on a dossier: those who see the dossier are told that the act is not theirs now, the others find nothing.
EXPECTED["dossiers:act"] = {
    who: 200 if who in {"clerk", "head", "officer"} else 422 if who in GROUPS["our dossiers"].split() else 404
    for who in STAFF
} | {"anonymous": SIGN_IN}
EXPECTED |= {name: {**dict.fromkeys(STAFF, 405), "anonymous": SIGN_IN} for name in POST_ONLY}
EXPECTED["portal:language"]["anonymous"] = 405  # a reader needs no account


@pytest.fixture(scope="module")
def signed_in(told: Province) -> dict[str, Client]:
    """A browser for everyone, signed in once."""
    browsers = {who: Client(raise_request_exception=False) for who in PERSONAS}
    for who, browser in browsers.items():
        if user := told.user(who):
            browser.force_login(user)
    return browsers


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Who may print is asked here, not what is printed."""
    caplog.set_level(logging.CRITICAL)
    monkeypatch.setattr("motcua.printing.actions.press", lambda *args, **options: (b"%PDF-1.7", []))


def status(browser: Client, url: str, query: dict[str, object]) -> object:
    """What a browser gets: a status, or that it must sign in."""
    answer = browser.get(url, query)
    spend(answer)
    if answer.status_code == 302 and answer["Location"].startswith(reverse(settings.LOGIN_URL)):
        return SIGN_IN
    return answer.status_code


def asked(name: str) -> tuple[str, ...]:
    """Everyone; where all staff get the same, a few of them who have nothing in common stand for the rest."""
    alike = len({EXPECTED[name][who] for who in STAFF}) == 1
    return ("clerk", "other_leader", "admin", "nobody", "anonymous") if alike else PERSONAS


def test_no_address_is_missing_from_the_table() -> None:
    assert set(names()) == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_everyone_gets_what_the_table_says(
    province: Province, signed_in: dict[str, Client], name: str
) -> None:
    url = reverse(name, args=arguments(province).get(name, []))
    query = QUERY[name](province) if name in QUERY else {}
    got = {who: status(signed_in[who], url, query) for who in asked(name)}
    assert {who: s for who, s in got.items() if s != EXPECTED[name][who]} == {}


def test_the_table_tells_every_status_apart() -> None:
    """A table of nothing but 200 would prove nothing."""
    seen = {status for row in EXPECTED.values() for status in row.values()}
    assert seen == {200, 302, 404, 405, 422, SIGN_IN}
