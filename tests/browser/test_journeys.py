"""The journeys that an office lives by, in a real browser, from the first word typed to the result in the hand."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from motcua.dossiers import actions
from motcua.dossiers.models import ClockEntry, Dossier
from motcua.dossiers.testing import for_signature, in_review, moment, receive
from motcua.payments.actions import open_book
from tests.browser.conftest import Seat
from tests.world import NOW, OUR_PHONE, OURS, Province, our_party

pytestmark = [pytest.mark.browser, pytest.mark.both_engines, pytest.mark.django_db(transaction=True)]
Sit = Callable[[str], Seat]
CARD = "038200000021||Nguyễn Thị Bàn Phím|01022000|Nữ|Thôn 1, xã An Phú|15082021"
MORNING = moment(days=7)  # Monday 9-11-2026, 08:00


def test_a_clerk_receives_a_dossier_with_a_fee_by_keyboard_alone_and_prints_its_slip(
    stage: Province, sit: Sit
) -> None:
    open_book(
        stage.base.commune, symbol="AP-26", year=2026, source="TB 01", actor=stage.cast.head, at=MORNING
    )
    clerk = sit("clerk")
    page, keys = clerk.page, clerk.page.keyboard
    clerk.go("counter:receive")
    expect(page.locator("#procedure-search")).to_be_focused()
    keys.type("trich luc co le phi", delay=15)
    expect(page.get_by_role("option").first).to_contain_text("1.000002")
    keys.press("Enter")
    expect(page.locator("#preview")).to_contain_text("8.000")
    expect(page.locator("[name='applicant-identity_number']")).to_be_focused()
    keys.type(CARD, delay=2)
    keys.press("Enter")
    expect(page.locator("[name='applicant-name']")).to_have_value("Nguyễn Thị Bàn Phím")
    expect(page.locator("[name='applicant-phone']")).to_be_focused()
    keys.type("0912345699")
    with page.expect_navigation(url=re.compile("/da-nhan/")):
        keys.press("Control+Enter")
    dossier = Dossier.objects.get()
    assert (dossier.received_by, dossier.applicant.identity_number) == (stage.cast.clerk, "038200000021")
    assert dossier.code in clerk.text
    assert "17/11/2026" in clerk.text  # received Tuesday, 5 working days
    expect(page.get_by_role("link", name=re.compile("^In "))).to_be_focused()
    clerk.pdf("dossiers:notice_pdf", dossier.pk, dossier.notices.get().pk)
    cashier = sit("cashier")
    cashier.go("payments:collect", query=f"?reference=dossier/{dossier.pk}")
    with cashier.page.expect_navigation():
        cashier.page.keyboard.press("t")
    dossier.refresh_from_db()
    assert dossier.payment == "paid"
    expect(cashier.page.locator("main")).to_contain_text("8.000")


def test_a_supplement_after_acceptance_stops_the_clock_and_restarts_it_from_the_beginning(
    stage: Province, sit: Sit
) -> None:
    dossier = in_review(stage.base, receive(stage.base, at=MORNING, applicant=our_party()), at=MORNING)
    first = dossier.due_at
    officer = sit("officer")
    officer.act(dossier, "ask_supplement", button="Lập phiếu", reason="Tờ khai thiếu chữ ký", papers="x")
    dossier.refresh_from_db()
    assert dossier.status == "post_supplement"
    notice = dossier.notices.get(kind="supplement_request")
    officer.pdf("dossiers:notice_pdf", dossier.pk, notice.pk)
    clerk = sit("clerk")
    clerk.act(dossier, "complete_supplement", button="Ghi nhận đã bổ sung đủ")
    dossier.refresh_from_db()
    assert dossier.status == "in_review"
    assert dossier.due_at > first == dossier.original_due_at
    assert ClockEntry.objects.filter(dossier=dossier, kind__icontains="restart").exists()
    clerk.dossier(dossier)
    assert "17/11/2026" in clerk.text
    assert "16/11/2026" in clerk.text  # the first promise stays in sight


def test_a_dossier_goes_through_three_agencies_side_by_side_to_signature_and_return(
    stage: Province, sit: Sit
) -> None:
    dossier = receive(stage.base, at=MORNING, procedure=stage.chain, applicant=our_party())
    clerk, officer = sit("clerk"), sit("officer")
    clerk.act(dossier, "hand_over", button="Chuyển")
    officer.act(dossier, "take_over", button="Ký nhận")
    officer.act(dossier, "complete_task", button="Hoàn thành", note="Đã thẩm tra")
    for persona in ("policeman", "insurer"):  # both have it at once
        desk = sit(persona)
        desk.act(dossier, "take_over", button="Ký nhận")
        desk.act(dossier, "complete_task", button="Hoàn thành", note="Đã làm phần việc của mình")
    dossier.refresh_from_db()
    assert dossier.status == "for_signature"
    sit("leader").act(dossier, "sign", button="Ký kết quả", number="45/GCN")
    clerk.act(dossier, "mark_ready", button="Báo có kết quả")
    returner = sit("returner")
    returner.go("counter:return_one", dossier.pk)
    give_by_keyboard(returner)
    dossier.refresh_from_db()
    assert dossier.status == "returned"
    done = dossier.tasks.filter(state="done").values_list("agency__name", flat=True)
    assert {"UBND xã An Phú", "Công an xã An Phú", "Bảo hiểm xã hội cơ sở An Phú"} <= set(done)


def give_by_keyboard(desk: Seat) -> None:
    """Without the slip: a stranger's number leads to the paper of authorisation, which opens by itself."""
    page, keys = desk.page, desk.page.keyboard
    page.locator("[name=receiver_identity]").focus()
    keys.type("001099000009")
    keys.press("Tab")
    expect(page.locator("[name=with_slip]")).to_be_focused()
    keys.press("Space")
    page.locator("[name=signed]").focus()
    keys.press("Space")
    with page.expect_navigation():
        keys.press("Control+Enter")
    expect(page.locator(".error-summary")).to_contain_text("chưa trả kết quả")
    page.locator("[name=letter_number]").focus()
    keys.type("12/UQ")
    keys.press("Tab")
    keys.type("05/11/2026")
    with page.expect_navigation(url=re.compile("/tra-ket-qua/$")):
        keys.press("Control+Enter")


def test_a_refusal_ends_the_dossier_with_a_printed_notice(stage: Province, sit: Sit) -> None:
    dossier = in_review(stage.base, receive(stage.base, at=MORNING, applicant=our_party()), at=MORNING)
    officer = sit("officer")
    officer.act(
        dossier, "refuse", button="Từ chối", reason="Không đủ điều kiện", legal_basis="Điều 15 Luật Hộ tịch"
    )
    dossier.refresh_from_db()
    assert dossier.status == "refused"
    officer.pdf("dossiers:notice_pdf", dossier.pk, dossier.notices.get(kind="rejection_notice").pk)
    assert "Từ chối" in officer.text


def test_a_late_dossier_is_apologised_for_and_shows_both_dates(stage: Province, sit: Sit) -> None:
    early = moment()  # due on Monday 9-11-2026: a day ago
    dossier = in_review(stage.base, receive(stage.base, at=early, applicant=our_party()), at=early)
    leader = sit("leader")
    leader.go("dossiers:leader")
    assert dossier.code in leader.text
    leader.act(dossier, "apologise", button="Xin lỗi", extra_working_days="5", reason="Chờ xác minh")
    dossier.refresh_from_db()
    assert dossier.due_at > dossier.original_due_at
    leader.dossier(dossier)
    assert "09/11/2026" in leader.text
    assert f"{dossier.due_at:%d/%m/%Y}" in leader.text
    sit("officer").pdf("dossiers:notice_pdf", dossier.pk, dossier.notices.get(kind="apology_notice").pk)
    citizen = sit("anonymous")
    track(citizen, dossier)
    assert "09/11/2026" in citizen.text
    assert f"{dossier.due_at:%d/%m/%Y}" in citizen.text


def track(citizen: Seat, dossier: Dossier) -> None:
    """Ask where a dossier is, as anyone with the slip can."""
    citizen.go("portal:track")
    citizen.page.get_by_label("Mã hồ sơ").fill(dossier.code.lower())
    citizen.page.get_by_label(re.compile("4 số cuối")).fill(OUR_PHONE[-4:])
    citizen.send(citizen.page.locator("main form"), "Xem hồ sơ")


def test_a_citizen_follows_a_dossier_and_checks_the_qr_code_of_the_slip(stage: Province, sit: Sit) -> None:
    from motcua.dossiers.queries import notice_token

    dossier = in_review(stage.base, receive(stage.base, at=MORNING, applicant=our_party()), at=MORNING)
    citizen = sit("anonymous")
    track(citizen, dossier)
    assert dossier.code in citizen.text
    assert "16/11/2026" in citizen.text
    assert OURS not in citizen.page.content()
    citizen.page.get_by_text("Vì sao hẹn ngày này?").click()
    assert "Ngày thứ 5" in citizen.text or "thứ 5" in citizen.text
    citizen.go("portal:verify_token", notice_token(dossier.notices.get().pk))
    assert "Giấy tờ do cơ quan phát hành" in citizen.text
    assert dossier.code in citizen.text
    assert OURS not in citizen.page.content()
    answer = citizen.go("portal:verify_token", "khong-co-ma-nay")
    assert answer is not None
    assert answer.status == 404
    assert "Không tìm thấy giấy tờ này" in citizen.text


def test_a_leader_signs_several_dossiers_at_once(stage: Province, sit: Sit) -> None:
    dossiers = [
        for_signature(stage.base, receive(stage.base, at=moment(days=7, hours=n / 10), applicant=our_party()), at=moment(days=7, hours=n / 10))
        for n in range(3)
    ]  # fmt: skip
    leader = sit("leader")
    leader.go("dossiers:leader")
    for dossier in dossiers[:2]:
        leader.page.get_by_label(f"Chọn {dossier.code}").check()
        leader.page.get_by_label(f"Số kết quả của {dossier.code}").fill(f"{dossier.pk}/GCN")
    leader.send(
        leader.page.locator("form", has=leader.page.get_by_label("Chọn tất cả")), "Ký các hồ sơ đã chọn"
    )
    signed = [d for d in dossiers if d.results.exists()]
    assert signed == dossiers[:2]
    assert dossiers[2].code in leader.page.locator("#trinh-ky").inner_text()


def test_an_administrator_adds_a_day_off_and_sees_it_in_the_year(stage: Province, sit: Sit) -> None:
    dossier = receive(stage.base, at=MORNING, applicant=our_party())
    admin, commune = sit("admin"), stage.base.commune
    admin.go("workdays:year", commune.pk, 2026)
    admin.page.get_by_role("link", name="Thêm ngày nghỉ").first.click()
    form = admin.page.locator("main form[method=post]")
    admin.fill(form, {"day": "13/11/2026", "name": "Ngày hội xã", "source": "QĐ 9/QĐ-UBND"})
    form.get_by_label(re.compile("Ngày nghỉ|Nghỉ")).first.check()
    admin.send(form, "Ghi vào lịch")
    assert "Ngày hội xã" in admin.text
    assert admin.page.locator(".year").is_visible()
    actions.reproject(agency_id=commune.pk, reason="Ngày hội xã", document="QĐ 9/QĐ-UBND", actor=stage.cast.admin, at=NOW)  # fmt: skip
    before = dossier.due_at
    dossier.refresh_from_db()
    assert dossier.due_at > before
