"""An office that charges when a filing is submitted, over HTTP: the person's pages, the clerk's queue, the accountant's list."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import User
from motcua.agencies.models import DatedSetting
from motcua.agencies.testing import make_agency, make_user_with
from motcua.dossiers.models import Dossier, FeeClaim
from motcua.dossiers.testing import moment
from motcua.filing.actions._copies import _sections
from motcua.filing.models import Application
from motcua.filing.rules import steps
from motcua.filing.testing import NEAR, POOR, Online, charge_copies, charge_when_filed, make_online
from motcua.notifications.models import Message
from motcua.payments import actions as money
from motcua.payments.models import Charge, PaymentAccount, RefundDue
from motcua.payments.queries import pay_link_of


@pytest.fixture
def online(db: None, settings):
    """Copies at 8.000 đ each, charged when filed; ten o'clock on the citizen's Monday."""
    settings.UPLOAD_UNSCANNED = "accept"
    with time_machine.travel(moment(hours=2), tick=False):
        made = charge_when_filed(charge_copies(make_online()))
        PaymentAccount.objects.create(
            agency=made.world.commune, bank_bin="970436", bank_name="Kho bạc", account_number="0123456789",
            holder="UBND xã An Phú", source="TB", valid_from=date(2020, 1, 1),
        )  # fmt: skip
        yield made


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def citizen(online: Online) -> Client:
    return signed_in(online.citizen)


@pytest.fixture
def clerk(online: Online) -> Client:
    return signed_in(online.world.clerk)


@pytest.fixture
def accountant(online: Online) -> Client:
    return signed_in(make_user_with("accountant", online.world.commune))


def said(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def draft(online: Online, copies: str = "10", exemption: str = "") -> Application:
    made = online.complete()
    assert not online.save(made, steps.FEES, copies=copies, exemption=exemption).errors
    return made


def filed(citizen: Client, made: Application) -> tuple[str, Dossier]:
    """The page after sending, and what came of it."""
    address = reverse("portal:file_submit", args=[made.pk])
    page = citizen.post(address, {"key": str(uuid4())}, follow=True).content.decode()
    return page, Dossier.objects.get(application=made)


def pay(online: Online) -> None:
    cashier = make_user_with("cashier", online.world.commune)
    for one in Charge.objects.filter(state="due"):
        money.collect_cash([one.pk], actor=cashier, at=moment(hours=2))


def address_of(online: Online, dossier: Dossier) -> str:
    return pay_link_of(f"dossier/{dossier.pk}")


def test_before_sending_the_page_says_that_it_can_be_paid_at_once(citizen: Client, online: Online) -> None:
    made = draft(online)
    page = said(citizen, "portal:file_step", made.pk, steps.REVIEW)
    assert "Gửi hồ sơ xong là nộp được ngay" in page
    assert "Chưa phải nộp bây giờ" not in page


def test_after_sending_the_page_offers_to_pay_and_the_link_shows_the_code(
    citizen: Client, online: Online
) -> None:
    page, dossier = filed(citizen, draft(online))
    link = address_of(online, dossier)
    assert "Phí, lệ phí phải nộp: 80.000 đ" in page
    assert f'href="{link}"' in page
    paying = Client().get(link).content.decode()
    assert "Bạn cần nộp 80.000 đ" in paying
    assert dossier.temporary_number in paying
    assert "PH " + dossier.temporary_number.replace("-", " ") in paying
    assert "<svg" in paying
    rows = {one["title"]: one["rows"] for one in _sections(online.journey(dossier.application))}
    copy = {row["label"]: row["value"] for row in rows["Phí, lệ phí"]}
    assert copy["Nộp tiền tại"] == link
    assert "submitted_fee" in Message.objects.values_list("kind", flat=True)


def test_my_dossiers_put_paying_first_until_it_is_paid(citizen: Client, online: Online) -> None:
    _, dossier = filed(citizen, draft(online))
    listed = said(citizen, "portal:mine")
    assert "Bạn cần nộp phí, lệ phí." in listed.split("Việc bạn cần làm")[1]
    assert address_of(online, dossier) in said(citizen, "portal:mine_dossier", dossier.pk)
    pay(online)
    assert "Bạn cần nộp phí, lệ phí." not in said(citizen, "portal:mine")
    again = said(citizen, "portal:file_done", dossier.application.pk)
    assert "Phí, lệ phí phải nộp" not in again


def test_who_is_exempt_is_asked_for_nothing(citizen: Client, online: Online) -> None:
    page, _ = filed(citizen, draft(online, "3", POOR))
    assert "Nộp tiền ngay" not in page
    assert not Charge.objects.exists()


def test_the_queue_and_the_page_of_checking_show_paid_and_unpaid(
    citizen: Client, clerk: Client, online: Online
) -> None:
    _, dossier = filed(citizen, draft(online))
    assert "chưa nộp phí" in said(clerk, "counter:waiting")
    page = said(clerk, "counter:check", dossier.pk)
    assert "chưa nộp tiền cũng tiếp nhận được" in page
    pay(online)
    assert "đã nộp phí" in said(clerk, "counter:waiting")
    assert "đã nộp</span>" in said(clerk, "counter:check", dossier.pk)
    accepted = clerk.post(reverse("counter:check", args=[dossier.pk]), {"decision": "accept"})
    assert accepted.status_code == 302
    dossier.refresh_from_db()
    assert (dossier.payment, Charge.objects.get().amount) == ("paid", 80_000)
    assert "Đã nộp" in Client().get(address_of(online, dossier)).content.decode()


def test_paid_too_much_the_accountant_finds_it_and_gives_it_back(
    citizen: Client, clerk: Client, accountant: Client, online: Online
) -> None:
    _, dossier = filed(citizen, draft(online))
    pay(online)
    typed = {"decision": "accept", "fee_copies": "4", "exemption_reason": ""}
    assert clerk.post(reverse("counter:check", args=[dossier.pk]), typed).status_code == 302
    link = address_of(online, dossier)
    assert "Bạn được hoàn trả 48.000 đ" in Client().get(link).content.decode()
    listed = said(accountant, "payments:refunds_due")
    assert "48.000 đ" in listed
    assert "Tính theo 4 bản" in listed
    one = Charge.objects.get()
    refund = reverse("payments:refund", args=[one.pk])
    assert refund in listed
    assert "48.000 đ" in said(accountant, "payments:refund", one.pk)
    span = {"agency": str(online.world.commune.pk), "day": "02/11/2026"}
    person = User.objects.get(pk=accountant.session["_auth_user_id"])
    with time_machine.travel(moment(days=1), tick=False):
        page = said(signed_in(person), "payments:reconciliation", **span)
        assert "phải hoàn trả người nộp, chưa hoàn" in page
    given = {"reason": "Tính lại", "document": "QĐ 7", "method": "transfer"}
    assert accountant.post(refund, given).status_code == 302
    assert "Không có khoản nào phải hoàn trả" in said(accountant, "payments:refunds_due")
    assert "Đã hoàn trả 48.000 đ" in Client().get(link).content.decode()
    charge = said(accountant, "payments:charge", one.pk)
    assert "QĐ 7" in charge
    with time_machine.travel(moment(days=1), tick=False):
        assert "chưa hoàn" not in said(signed_in(person), "payments:reconciliation", **span)


def test_what_is_to_be_given_back_elsewhere_is_not_shown(citizen: Client, online: Online) -> None:
    _, dossier = filed(citizen, draft(online))
    pay(online)
    citizen.post(reverse("portal:mine_withdraw", args=[dossier.pk]))
    assert RefundDue.objects.get().amount == 80_000
    other = make_agency("UBND xã Bình Yên", online.world.province, code="H40.13")
    stranger = signed_in(make_user_with("accountant", other))
    assert "80.000" not in said(stranger, "payments:refunds_due")


@pytest.mark.parametrize("paid", [False, True])
def test_before_taking_it_back_one_reads_what_becomes_of_the_money(
    citizen: Client, online: Online, paid: bool
) -> None:
    _, dossier = filed(citizen, draft(online))
    if paid:
        pay(online)
    page = said(citizen, "portal:mine_withdraw", dossier.pk)
    words = "được hoàn trả hết" if paid else "không phải nộp khoản phí, lệ phí đang chờ nữa"
    assert words in page
    citizen.post(reverse("portal:mine_withdraw", args=[dossier.pk]))
    after = Client().get(address_of(online, dossier)).content.decode()
    if paid:
        assert "Bạn được hoàn trả 80.000 đ" in after
    else:
        assert "Không phải nộp nữa" in after
        assert "<svg class" not in after.split("Không phải nộp nữa")[1]


def test_asked_to_count_again_the_person_answers_and_owes_the_new_sum(
    citizen: Client, clerk: Client, online: Online
) -> None:
    _, dossier = filed(citizen, draft(online))
    page = said(clerk, "counter:check", dossier.pk)
    assert 'name="text-fees"' in page
    asked = {"decision": "supplement", "text-fees": "Bạn cần 4 hay 10 bản?"}
    assert clerk.post(reverse("counter:check", args=[dossier.pk]), asked).status_code == 302
    reply = said(citizen, "portal:mine_reply", dossier.pk)
    assert "Bạn cần 4 hay 10 bản?" in reply
    assert 'name="copies" value="10"' in reply
    assert f"{NEAR} (giảm 50%)" in reply
    assert "Số phải nộp được tính lại" in reply
    address = reverse("portal:mine_reply", args=[dossier.pk])
    wrong = citizen.post(address, {"copies": "nhiều", "exemption": ""})
    assert wrong.status_code == 422
    assert "ví dụ 2" in wrong.content.decode()
    assert 'value="nhiều"' in wrong.content.decode()
    assert citizen.post(address, {"copies": "4", "exemption": ""}).status_code == 302
    assert list(Charge.objects.order_by("pk").values_list("amount", "state")) == [
        (80_000, "cancelled"),
        (32_000, "due"),
    ]
    assert FeeClaim.objects.get().quantities == {"copies": 4}
    assert Message.objects.filter(kind="fee_changed").exists()
    assert "80.000" in Client().get(address_of(online, dossier)).content.decode().split("Không phải nộp")[1]


def test_where_nothing_was_charged_stating_it_anew_charges_nothing(
    citizen: Client, clerk: Client, online: Online
) -> None:
    DatedSetting.objects.filter(key="fees_charged_at").delete()
    page, dossier = filed(citizen, draft(online))
    assert "Nộp tiền ngay" not in page
    asked = {"decision": "supplement", "text-fees": "Đếm lại"}
    clerk.post(reverse("counter:check", args=[dossier.pk]), asked)
    assert "Số phải nộp được tính lại" not in said(citizen, "portal:mine_reply", dossier.pk)
    citizen.post(reverse("portal:mine_reply", args=[dossier.pk]), {"copies": "4", "exemption": ""})
    assert not Charge.objects.exists()
    assert FeeClaim.objects.get().quantities == {"copies": 4}


def test_the_moment_of_charging_is_a_setting_on_the_page_of_settings(online: Online) -> None:
    admin = signed_in(online.world.admin)
    page = said(admin, "agencies:settings")
    assert "Thu phí, lệ phí của hồ sơ nộp trực tuyến" in page
