"""Fees over HTTP, from the guide to the office's decision and back to the person's page."""

from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from motcua.agencies.testing import make_user_with
from motcua.dossiers.actions import accept
from motcua.dossiers.models import Dossier, FeeClaim
from motcua.dossiers.testing import moment
from motcua.filing.models import Application
from motcua.filing.rules import steps
from motcua.filing.testing import POOR, Online, charge_copies, make_online
from motcua.payments.models import Charge
from motcua.procedures import actions as catalogue
from motcua.procedures.actions import AnswerData, QuestionData


@pytest.fixture
def online(db: None, settings):
    """Copies at 8.000 đ each are filed for online; the citizen's Monday, ten o'clock."""
    settings.UPLOAD_UNSCANNED = "accept"
    with time_machine.travel(moment(hours=2), tick=False):
        yield charge_copies(make_online())


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


def step_of(made: Application, step: str) -> str:
    return reverse("portal:file_step", args=[made.pk, step])


def said(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def answer(citizen: Client, made: Application, **given: str):
    made.refresh_from_db()
    return citizen.post(step_of(made, steps.FEES), {"revision": made.revision, **given})


def filed(citizen: Client, online: Online, **given: str) -> Dossier:
    """A dossier sent with these answers about the fee."""
    made = online.complete()
    assert answer(citizen, made, **given).status_code == 302
    citizen.post(reverse("portal:file_submit", args=[made.pk]), {"key": str(uuid4())})
    return Dossier.objects.get(application=made)


def check(dossier: Dossier) -> str:
    return reverse("counter:check", args=[dossier.pk])


def test_the_step_asks_shows_prices_and_names_what_is_wrong(citizen: Client, online: Online) -> None:
    made = online.complete()
    page = said(citizen, step_of(made, steps.FEES))
    for words in ("8.000 đ/một bản", "Bạn cần bao nhiêu bản?", f"{POOR} (miễn)", "(giảm 50%); gửi kèm: Giấy chứng nhận hộ cận nghèo", "Không, tôi nộp đủ"):  # fmt: skip
        assert words in page
    assert "Mỗi bản có bao nhiêu trang?" not in page
    wrong = answer(citizen, made, copies="nhiều")
    assert wrong.status_code == 422
    assert "ví dụ 2" in wrong.content.decode()
    assert 'value="nhiều"' in wrong.content.decode()


def test_the_last_page_says_what_it_costs_why_and_by_which_law(citizen: Client, online: Online) -> None:
    made = online.complete()
    assert "Phí, lệ phí: " not in said(citizen, step_of(made, steps.REVIEW))
    answer(citizen, made, copies="10", exemption="")
    page = said(citizen, step_of(made, steps.REVIEW))
    for words in ("80.000 đ", "10 bản × 8.000 = 80.000 đồng", "Thông tư 281/2016/TT-BTC", "Dự kiến phải nộp"):
        assert words in page
    answer(citizen, made, copies="10", exemption=POOR)
    page = said(citizen, step_of(made, steps.REVIEW))
    assert f"Được miễn vì {POOR} (Luật Hộ tịch, Điều 11)" in page
    assert "Dự kiến phải nộp" not in page
    assert "Bạn không phải nộp tiền" in page


def test_where_nothing_is_charged_the_last_page_says_so(citizen: Client, online: Online) -> None:
    online.world.procedure.fees.all().delete()
    made = online.complete()
    assert "Không thu phí, lệ phí." in said(citizen, step_of(made, steps.REVIEW))
    assert citizen.get(step_of(made, steps.FEES)).status_code == 404


def test_the_guides_answer_goes_along_to_the_draft(citizen: Client, online: Online) -> None:
    controller = make_user_with("procedure_controller", online.world.province, subtree=True)
    keeper = {"actor": controller, "at": moment()}
    guide = catalogue.draft_guide("1.000001", **keeper)
    asked = catalogue.add_question(guide.pk, QuestionData("Nhà bạn là hộ nghèo?", ""), **keeper)
    catalogue.add_answer(asked.pk, AnswerData("Đúng", "result", exemption=POOR), **keeper)
    catalogue.add_answer(asked.pk, AnswerData("Không", "result"), **keeper)
    catalogue.publish_guide(guide.pk, **keeper)
    address = reverse("portal:guide", args=["1.000001"])
    page = citizen.get(f"{address}?c=1", follow=True).content.decode()
    start = reverse("portal:file_start", args=["1.000001"])
    assert f"{start}?mien-giam=" in page
    assert f'name="exemption" value="{POOR}"' in citizen.get(start, {"mien-giam": POOR}).content.decode()
    citizen.post(start, {"exemption": POOR, "case": ""})
    made = Application.objects.get(owner=online.citizen)
    assert made.fees == {"exemption": POOR}
    online.save(made, steps.OFFICE, place=f"{online.world.office.pk}-{online.world.commune.pk}")
    page = said(citizen, step_of(made, steps.FEES))
    assert "checked" in page.split(f'value="{POOR}"')[1].split(">")[0]


def test_the_office_sees_the_claim_counts_anew_and_accepts_by_what_is_right(
    citizen: Client, clerk: Client, online: Online
) -> None:
    dossier = filed(citizen, online, copies="10", exemption=POOR)
    page = said(clerk, check(dossier))
    for words in ("10 bản", POOR, "Luật Hộ tịch, Điều 11", "Phải nộp"):
        assert words in page
    typed = {"fee_copies": "4", "exemption_reason": "", "exemption_refusal": ""}
    counted = clerk.post(check(dossier), {"decision": "count", **typed})
    assert counted.status_code == 200
    assert "32.000 đ" in counted.content.decode()
    refused = clerk.post(check(dossier), {"decision": "accept", **typed})
    assert refused.status_code == 422
    assert "ghi lý do để báo cho người nộp" in refused.content.decode()
    assert not Charge.objects.exists()
    typed["exemption_refusal"] = "Chưa có giấy chứng nhận hộ nghèo"
    assert clerk.post(check(dossier), {"decision": "accept", **typed}).status_code == 302
    assert Charge.objects.get().amount == 32_000
    more = said(clerk, reverse("dossiers:more", args=[dossier.pk]))
    assert "Người nộp khai: 10 bản" in more
    assert "Chưa có giấy chứng nhận hộ nghèo" in more
    mine = said(citizen, reverse("portal:mine_dossier", args=[dossier.pk]))
    assert "Chưa miễn, giảm phí như bạn đề nghị" in mine
    assert "Chưa có giấy chứng nhận hộ nghèo" in mine
    assert "đề nghị miễn, giảm vì" in mine
    citizen.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = said(citizen, reverse("portal:mine_dossier", args=[dossier.pk]))
    assert f'exemption or reduction asked for because: <span lang="vi">{POOR}</span>' in english
    assert "đề nghị miễn" not in english


def test_what_is_out_of_range_is_named_and_nothing_is_accepted(
    citizen: Client, clerk: Client, online: Online
) -> None:
    dossier = filed(citizen, online, copies="2", exemption="")
    wrong = clerk.post(check(dossier), {"decision": "accept", "fee_copies": "0"})
    assert wrong.status_code == 422
    assert "16.000 đ" in wrong.content.decode()  # what was stated stands
    assert not Charge.objects.exists()


def test_an_exemption_that_is_gone_from_the_schedule_is_said_before_accepting(
    citizen: Client, clerk: Client, online: Online
) -> None:
    dossier = filed(citizen, online, copies="2", exemption=POOR)
    online.world.procedure.fees.get().exemptions.all().delete()
    assert "không miễn, giảm cho đối tượng này" in said(clerk, check(dossier))
    form = said(clerk, reverse("dossiers:act", args=[dossier.pk, "accept"]))
    assert "không miễn, giảm cho đối tượng này" in form


def test_plain_acceptance_shows_and_takes_the_same(citizen: Client, clerk: Client, online: Online) -> None:
    dossier = filed(citizen, online, copies="10", exemption=POOR)
    address = reverse("dossiers:act", args=[dossier.pk, "accept"])
    page = said(clerk, address)
    assert f"Người nộp đề nghị miễn, giảm vì: {POOR}" in page
    assert 'value="10"' in page
    typed = {"fee_copies": "10", "exemption_reason": POOR, "exemption_refusal": ""}
    assert clerk.post(address, typed).status_code == 302
    assert Charge.objects.get().state == "exempt"
    assert FeeClaim.objects.get().settled_exemption == POOR


def test_a_dossier_without_fees_is_accepted_as_before(citizen: Client, clerk: Client, online: Online) -> None:
    online.world.procedure.fees.all().delete()
    _, dossier = online.sent()
    assert "Không thu phí, lệ phí." in said(clerk, check(dossier))
    page = said(clerk, reverse("dossiers:act", args=[dossier.pk, "accept"]))
    assert "exemption_reason" not in page
    assert clerk.post(reverse("dossiers:act", args=[dossier.pk, "accept"])).status_code == 302
    dossier.refresh_from_db()
    assert dossier.payment == "none"


def test_after_acceptance_nothing_is_left_to_settle(citizen: Client, clerk: Client, online: Online) -> None:
    dossier = filed(citizen, online, copies="1", exemption="")
    accept(dossier.pk, actor=online.world.clerk, at=moment(hours=3))
    assert "Tính lại" not in said(clerk, check(dossier))
