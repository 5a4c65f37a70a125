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
    "assists": "clerk head policeman insurer other_clerk helper",  # files with who is present
    "desk of return": "returner head policeman insurer",
    "our return": "returner head",
    "hands over": "clerk returner head officer stamper policeman insurer other_clerk other_officer",
    "our hands": "clerk returner head officer stamper",
    "reads dossiers": STAFF - {"local_admin", "other_admin", "admin", "auditor", "nobody", "helper"},
    "our dossiers": "clerk returner cashier head officer leader chairperson stamper controller inspector",
    "our people": "clerk returner head officer leader stamper",  # may read personal data of our dossiers
    "asks for data": "clerk head other_clerk",
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
    "keeps surveys": "controller",
    "calls numbers": "clerk returner head policeman insurer other_clerk",
    "sees queues": "head division_head leader chairperson other_leader controller auditor inspector local_admin other_admin admin",
    "sees our queue": "head leader chairperson controller inspector auditor local_admin admin",
    "hears": "head leader chairperson controller inspector other_leader officer other_officer division_head",
    "our hearing": "head leader chairperson controller inspector",
    "takes down": "clerk head controller other_clerk",
    "answers for us": "head controller",
    "edits the site": "controller",
    "posts": "head controller",
    "cash desk": "cashier head policeman insurer",
    "our cash": "cashier head",
    "our money": "cashier head leader inspector",
    "our payers": "cashier head leader",  # may read who paid us
    "money": "cashier head leader policeman insurer other_leader inspector",
    "office head": "head",
    "asks for fees": "officer cashier head",
    "corrects": "officer division_head other_officer",
    "auditor": "auditor",
    "reads reports": "head division_head leader chairperson other_leader controller auditor inspector",
    "reads the index": "head division_head leader chairperson other_leader controller auditor inspector local_admin other_admin admin",
    "has a post": STAFF - {"nobody"},
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
200 calls-numbers 404 sign-in: counter:queue_waiting
200 sees-queues 404 sign-in: tickets:offices
200 sees-our-queue 404 sign-in: tickets:office
200 our-administrators 404 sign-in: tickets:line_new tickets:line tickets:line_end
200 staff 200 200: portal:queue portal:queue_taken portal:calling portal:calling_now portal:ticket portal:ticket_now
200 staff 200 200: portal:ticket_slip
200 our-dossiers 404 sign-in: counter:received
200 hands-over 404 sign-in: counter:hand_over
200 our-people 404 sign-in: counter:handed_over counter:handover_list
200 desk-of-return 404 sign-in: counter:return_desk
200 our-return 404 sign-in: counter:return_one
200 registers 404 sign-in: counter:register_pdf counter:register_xlsx

200 reads-dossiers 404 sign-in: dossiers:inbox
200 staff 404 sign-in: dossiers:saved_filters dossiers:search
200 assigns 404 sign-in: dossiers:officers dossiers:replies dossiers:reply_new dossiers:reasons dossiers:reason_new
200 our-assigners 404 sign-in: dossiers:reply dossiers:reply_drop dossiers:reason
200 watches 404 sign-in: dossiers:leader
200 our-dossiers 404 sign-in: dossiers:dossier dossiers:more dossiers:derivation
200 asks-for-fees 404 sign-in: dossiers:demand_fee
200 our-people 404 sign-in: dossiers:notice_pdf dossiers:control_slip dossiers:result_pdf
302 our-people 404 sign-in: dossiers:scan_file
404 staff 404 sign-in: dossiers:result_file

200 keeps-the-catalogue 404 sign-in: eforms:list eforms:new eforms:import eforms:form eforms:version eforms:export
200 keeps-the-catalogue 404 sign-in: eforms:words eforms:bind eforms:header eforms:layout eforms:check eforms:section_new eforms:section
200 keeps-the-catalogue 404 sign-in: eforms:field_new eforms:field eforms:trial eforms:trial_section eforms:trial_pdf eforms:trial_office
200 staff 200 200: eforms:units

200 staff 404 sign-in: procedures:list procedures:units procedures:export procedures:procedure procedures:version
200 staff 404 sign-in: procedures:compare procedures:draft procedures:cuts procedures:cuts_of procedures:process
200 staff 404 sign-in: procedures:decisions procedures:decision procedures:board procedures:place
200 staff 404 sign-in: procedures:board_pdf procedures:qr_pdf
200 keeps-the-catalogue 404 sign-in: procedures:new procedures:settle procedures:draft_header procedures:draft_part
200 keeps-the-catalogue 404 sign-in: procedures:fee_add procedures:fee_end procedures:offering_add
200 keeps-the-catalogue 404 sign-in: procedures:template_set procedures:template_end
200 keeps-the-catalogue 404 sign-in: procedures:offering_end procedures:process_start procedures:process_publish
200 keeps-the-catalogue 404 sign-in: procedures:stage_add procedures:stage_edit procedures:task_add procedures:task_edit
200 keeps-the-catalogue 404 sign-in: procedures:decision_new procedures:import
200 keeps-the-catalogue 404 sign-in: procedures:file_attach procedures:decision_attach
200 keeps-the-catalogue 404 sign-in: procedures:words procedures:guides procedures:guide procedures:guide_trial
200 keeps-the-catalogue 404 sign-in: procedures:guide_question_add procedures:guide_question procedures:guide_answer_add
200 keeps-the-catalogue 404 sign-in: procedures:guide_answer procedures:event_new procedures:event
200 staff 404 sign-in: procedures:events
200 edits-the-site 404 sign-in: news:articles news:article_new news:article news:article_edit news:article_picture
200 edits-the-site 404 sign-in: news:article_publish news:article_withdraw news:boards news:document_new news:document
200 edits-the-site 404 sign-in: news:document_edit news:document_file news:document_publish news:document_remove
200 staff 200 200: portal:guide portal:offices portal:office portal:search portal:news portal:article portal:news_rss
200 staff 200 200: portal:news_atom portal:boards portal:decisions portal:board portal:document portal:sitemap
200 staff 200 200: portal:robots
302 staff 302 302: portal:document_file
200 staff 200 200: portal:file_start
200 staff 200 200: portal:sign_in
302 staff 302 302: portal:sign_in_code portal:sign_in_name portal:national
302 staff 302 302: portal:account portal:account_edit portal:account_address portal:account_code portal:assisted portal:acting
302 staff 302 302: portal:organisations portal:organisation_new portal:organisation portal:authorisations portal:authorise
302 staff 302 302: portal:mine portal:mine_dossier portal:mine_reply portal:mine_messages portal:mine_withdraw
302 staff 302 302: portal:mine_application portal:mine_notice portal:mine_result portal:mine_paper
302 staff 302 302: portal:mine_message_file
422 our-people 404 sign-in: dossiers:application_pdf
404 staff 404 sign-in: dossiers:message_file
302 staff 302 302: portal:held portal:held_paper portal:held_file
404 staff 404 404: portal:held_shared portal:held_shared_file openid_connect_callback
200 corrects 404 sign-in: holdings:results
404 staff 404 sign-in: holdings:result holdings:revoke holdings:replace agencies:identity_provider
200 administrator 404 sign-in: agencies:identity_providers agencies:identity_provider_new
200 desk 404 sign-in: agencies:organisations agencies:prove_citizen
200 assists 404 sign-in: holdings:assist
302 assists 404 sign-in: assisting:drafts
404 staff 404 sign-in: assisting:file_start assisting:visit_confirm assisting:file_resume assisting:file_discard
404 staff 404 sign-in: assisting:file_done assisting:file_copy assisting:file_step assisting:file_submit assisting:file_upload
405 assists 404 sign-in: assisting:visit_send assisting:visit_end assisting:file_attach assisting:file_upload_begin
405 assists 404 sign-in: assisting:file_autosave assisting:file_remove assisting:file_upload_finish assisting:file_reuse
405 assists 404 sign-in: assisting:file_take_held
302 staff 302 302: portal:drafts portal:file_resume portal:file_discard portal:file_attach portal:file_upload_begin
302 staff 302 302: portal:file_submit portal:file_done portal:file_copy portal:file_step portal:file_autosave
302 staff 302 302: portal:file_remove portal:file_upload portal:file_upload_finish portal:file_reuse portal:file_take_held
200 posts 404 sign-in: procedures:place_new procedures:place_end
302 staff 404 sign-in: procedures:template_file procedures:paper_file procedures:decision_file
302 staff 302 302: procedures:public_file

200 staff 404 sign-in: workdays:index workdays:clock workdays:year
200 administrator 404 sign-in: workdays:announce
200 our-administrators 404 sign-in: workdays:sessions workdays:add_day workdays:edit_day workdays:remove_day

200 manages-people 404 sign-in: agencies:tree agencies:ended agencies:agency agencies:people
200 our-people's-managers 404 sign-in: agencies:post agencies:person
200 administers 404 sign-in: dossiers:reproject notifications:outbox notifications:templates notifications:template
200 staff 404 sign-in: notifications:mine
200 our-administrators 404 sign-in: notifications:message
200 administrator 404 sign-in: notifications:providers notifications:provider_new notifications:provider notifications:test
200 staff 200 200: notifications:choices portal:calendar
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
200 administers 404 sign-in: payments:gateways payments:new_gateway
200 our-administrators 404 sign-in: payments:gateway payments:edit_gateway payments:use_gateway payments:end_use
200 money 404 sign-in: payments:orders payments:statements payments:reconciliation payments:reconciliation_file
200 our-money 404 sign-in: payments:order payments:statement payments:sheet
200 cash-desk 404 sign-in: payments:import_statement
200 our-cash 404 sign-in: payments:match_transfer payments:explain
200 office-head 404 sign-in: payments:new_layout payments:refund_order payments:excess payments:refunds_due
200 staff 200 200: portal:pay portal:pay_order portal:pay_receipt portal:pay_order_receipt

200 staff 200 200: portal:rate_start portal:rate portal:rated portal:kiosk portal:kiosk_thanks portal:kiosk_faces
200 staff 200 200: portal:survey portal:survey_answered
200 hears 404 sign-in: feedback:register feedback:export
200 takes-down 404 sign-in: feedback:new
302 takes-down 404 sign-in: feedback:receipt
200 our-hearing 404 sign-in: feedback:item
200 answers-for-us 404 sign-in: feedback:publish
200 staff 200 200: portal:feedback_start portal:feedback_topic portal:feedback_other_path portal:feedback_track
200 staff 200 200: portal:feedback_list portal:feedback_one portal:feedback_rss
302 staff 302 302: portal:feedback_content portal:feedback_place portal:feedback_similar portal:feedback_sender
302 staff 302 302: portal:feedback_check portal:feedback_sent portal:feedback_mine portal:feedback_rate
200 staff 200 200: api:openapi api:discovery api:services api:service api:requests api:request api:token

200 reads-reports 404 sign-in: surveys:ratings surveys:ratings_file surveys:kiosks surveys:surveys
200 our-reports 404 sign-in: surveys:ballots surveys:survey surveys:outcome surveys:rows surveys:results_file
200 keeps-surveys 404 sign-in: surveys:questionnaires surveys:questionnaire_new surveys:version surveys:section_new
200 keeps-surveys 404 sign-in: surveys:section surveys:question_new surveys:question surveys:survey_new surveys:sample
200 keeps-surveys 404 sign-in: surveys:open surveys:close surveys:phones surveys:phone surveys:sheets surveys:sheet
200 keeps-surveys 404 sign-in: surveys:settle

200 reads-reports 404 sign-in: statistics:reports statistics:report statistics:dossiers statistics:download
200 reads-reports 404 sign-in: statistics:figures
200 reads-reports 404 sign-in: statistics:index766 statistics:index766_file statistics:index766_behind
200 reads-reports 404 sign-in: statistics:index766_ranking statistics:index766_ranking_file
200 reads-the-index 404 sign-in: statistics:index_sets statistics:index_set
200 administrator 404 sign-in: statistics:index_set_new statistics:index_colours statistics:index_component
200 administrator 404 sign-in: statistics:index_band
200 reads-reports 404 sign-in: statistics:dashboard statistics:behind statistics:open_work statistics:stages
200 reads-reports 404 sign-in: statistics:timed statistics:tasks statistics:arrived
200 reads-reports 404 sign-in: statistics:linked statistics:linked_file statistics:linked_counters
200 reads-reports 404 sign-in: statistics:linked_dossiers
200 staff 200 200: statistics:opendata statistics:opendata_month statistics:opendata_agency statistics:opendata_file
200 staff 200 200: statistics:opendata_agency_file
200 reads-reports 404 sign-in: statistics:kept_reports statistics:reporting statistics:signals statistics:signal
200 reads-reports 404 sign-in: statistics:gathered statistics:gathered_file statistics:things
200 reads-reports 404 sign-in: statistics:gathered_shares statistics:index766_reporting
200 has-a-post 404 sign-in: statistics:own_points
200 our-reports 404 sign-in: statistics:kept statistics:kept_file statistics:kept_shares
200 our-keepers 404 sign-in: statistics:kept_amend
200 administers 404 sign-in: statistics:templates statistics:template_new
200 our-administrators 404 sign-in: statistics:template

200 asks-for-data 404 sign-in: privacy:queue privacy:new
200 our-desk 404 sign-in: privacy:item
200 administrator 404 sign-in: privacy:retention privacy:rule
302 staff 302 302: portal:my_data portal:my_data_correct portal:my_data_delete portal:my_consents portal:my_request

200 auditor 404 sign-in: audit:events audit:event audit:seals
200 administrator 404 sign-in: files:quarantine files:release
200 scan-owner 404 404: files:open
"""
# What an address needs besides its arguments.
QUERY = {
    "statistics:arrived": lambda province: {"thu": 1, "gio": 8},
    "payments:collect": lambda province: {"charge": province.things["charge"].pk},
    "payments:explain": lambda province: {
        "agency": province.base.commune.pk,
        "day": "09/11/2026",
        "muc": f"transfer_open/transfer/{province.things['transfer'].pk}",
    },
    "surveys:ballots": lambda province: {"agency": province.base.commune.pk},
}


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
# An act on feedback: who sees it but may not do this is told so, the others find nothing.
EXPECTED["feedback:act"] = {
    who: 200
    if who in GROUPS["answers for us"].split()
    else 422
    if who in GROUPS["our hearing"].split()
    else 404
    for who in STAFF
} | {"anonymous": SIGN_IN}
# A request about personal data: who takes it down sees it and is told that deciding is another's.
EXPECTED["privacy:act"] = {who: {"head": 200, "clerk": 422}.get(who, 404) for who in STAFF} | {
    "anonymous": SIGN_IN
}
EXPECTED |= {name: {**dict.fromkeys(STAFF, 405), "anonymous": SIGN_IN} for name in POST_ONLY}
for name in (
    "portal:sign_in_again",
    "portal:national_begin",
    "portal:sign_out",
    "portal:language",
    "notifications:one_click",
    "notifications:report",
    "payments:callback",
):
    EXPECTED[name]["anonymous"] = 405  # a reader, a mail programme and a partner need no account


# Acts of citizens: opened by hand they are nothing, whoever asks.
for name in names():
    if name in POST_ONLY and name.startswith("portal:"):
        EXPECTED[name]["anonymous"] = 405


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


def test_a_signed_in_citizen_is_nobody_outside_the_citizens_site(province: Province) -> None:
    browser = Client(raise_request_exception=False)
    browser.force_login(province.user("citizen"))
    args, wrong = arguments(province), {}
    for name in sorted(set(EXPECTED) - {"files:open"}):
        if not name.startswith("portal:"):
            query = QUERY[name](province) if name in QUERY else {}
            got = status(browser, reverse(name, args=args.get(name, [])), query)
            if got != EXPECTED[name]["anonymous"]:
                wrong[name] = got
    assert wrong == {}


def test_the_table_tells_every_status_apart() -> None:
    """A table of nothing but 200 would prove nothing."""
    seen = {status for row in EXPECTED.values() for status in row.values()}
    assert seen == {200, 302, 404, 405, 422, SIGN_IN}
