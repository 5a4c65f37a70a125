"""What decides the fee: asked where it matters, kept with the draft, charged by when the office accepts."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.audit.models import Event
from motcua.audit.queries import verify
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Dossier, FeeClaim
from motcua.dossiers.testing import moment, receive
from motcua.filing import actions
from motcua.filing.actions._copies import _sections
from motcua.filing.models import Application
from motcua.filing.rules import fees, steps
from motcua.filing.testing import NEAR, PDF, POOR, Online, charge_copies
from motcua.notifications.models import Message
from motcua.notifications.rules import sms
from motcua.payments.models import Charge
from motcua.procedures.models import FeeExemption
from motcua.procedures.rules.fees import Exemption, FeeLine, Per, counted

COPIES = FeeLine(
    1, "phi", "Phí trích lục", 8_000, Per.COPY, exemptions=(Exemption(POOR), Exemption(NEAR, 50))
)
PAGES = FeeLine(2, "phi", "Phí chứng thực", 2_000, Per.PAGE, exemptions=(Exemption(POOR),))
CASE = FeeLine(3, "le_phi", "Lệ phí", 20_000)
NOTHING = FeeLine(4, "le_phi", "Lệ phí", 0, Per.COPY, exemptions=(Exemption(POOR),))


@pytest.mark.parametrize(
    ("lines", "numbers", "reasons"),
    [
        ((), (), ()),
        ((CASE,), (), ()),
        ((NOTHING,), (), ()),
        ((COPIES,), ("copies",), (POOR, NEAR)),
        ((PAGES, COPIES, CASE), ("copies", "pages"), (POOR, NEAR)),
    ],
)
def test_only_what_changes_the_amount_is_asked(
    lines: tuple[FeeLine, ...], numbers: tuple[str, ...], reasons: tuple[str, ...]
) -> None:
    asked = fees.questions_of(lines)
    assert (asked.counted, tuple(one.reason for one in asked.exemptions)) == (numbers, reasons)
    assert asked.any == bool(numbers or reasons)
    assert counted(lines) == numbers


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"copies": "10"}, set()),
        ({"copies": " 10 ", "exemption": POOR}, set()),
        ({}, {"copies"}),
        ({"copies": "0"}, {"copies"}),
        ({"copies": "mười"}, {"copies"}),
        ({"copies": "100001"}, {"copies"}),
        ({"copies": "٣"}, {"copies"}),
        ({"copies": "1", "exemption": "Người quen"}, {"exemption"}),
    ],
)
def test_answers_are_kept_and_what_is_wrong_is_named(given: dict[str, str], wrong: set[str]) -> None:
    asked = fees.questions_of((COPIES,))
    kept = fees.read(given, asked)
    assert set(fees.check(kept, asked)) == wrong
    assert kept["copies"] == given.get("copies", "").strip()
    assert fees.quantities(kept, asked) == ({} if "copies" in wrong else {"copies": int(given["copies"])})


def test_pages_are_asked_for_by_their_own_words() -> None:
    assert "trang" in fees.check({"copies": "1"}, fees.questions_of((PAGES,)))["pages"]


@pytest.fixture
def charged(online: Online) -> Online:
    """A fee for each copy, which the poor do not pay and the nearly poor pay half of."""
    return charge_copies(online)


def filled(charged: Online, **answered: str) -> Application:
    """A draft with these answers about the fee."""
    made = charged.complete()
    assert charged.save(made, steps.FEES, **answered).errors == {}
    return made


def send(charged: Online, made: Application) -> Dossier:
    return actions.submit(made.pk, key=uuid4(), actor=charged.citizen, at=moment())


def accept(charged: Online, dossier: Dossier, **settled: object) -> Charge:
    dossiers.accept(dossier.pk, **settled, actor=charged.world.clerk, at=moment(hours=2))  # type: ignore[arg-type]
    dossier.refresh_from_db()
    return Charge.objects.get(reference=f"dossier/{dossier.pk}")


def texts(dossier: Dossier, kind: str) -> str:
    """The SMS of a kind about a dossier as phones get it, without marks; empty when there is none."""
    rows = Message.objects.filter(reference=f"dossier/{dossier.pk}", kind=kind, channel="sms")
    return sms.plain("".join(rows.values_list("body", flat=True)))


def test_a_filing_without_fees_asks_and_says_nothing_of_them(online: Online) -> None:
    application, dossier = online.sent()
    journey = online.journey(application)
    assert steps.FEES not in journey.steps
    assert journey.bill.dues == ()
    assert "Phí, lệ phí" not in [one["title"] for one in _sections(journey)]
    assert not FeeClaim.objects.exists()
    with pytest.raises(NotFound):
        online.save(online.begin(), steps.FEES, copies="2")
    dossiers.accept(dossier.pk, actor=online.world.clerk, at=moment(hours=2))
    assert not FeeClaim.objects.exists()
    assert "nop" not in texts(dossier, "accepted").replace("/nop-", "")
    assert texts(dossier, "accepted_fee") == ""


def test_the_number_of_copies_must_be_answered_before_sending(charged: Online) -> None:
    made = charged.complete()
    journey = charged.journey(made)
    assert journey.steps.index(steps.FEES) < journey.steps.index(steps.PAPERS)
    assert [one.step for one in journey.problems] == [steps.FEES]
    assert charged.save(made, steps.FEES, copies="x").errors
    assert charged.journey(made).application.fees["copies"] == "x"


def test_ten_copies_are_charged_as_ten_and_the_message_says_how_much_and_where(charged: Online) -> None:
    made = filled(charged, copies="10")
    assert charged.journey(made).bill.total_dong == 80_000
    dossier = send(charged, made)
    assert FeeClaim.objects.get(dossier=dossier).quantities == {"copies": 10}
    rows = {one["title"]: one["rows"] for one in _sections(charged.journey(made))}["Phí, lệ phí"]
    assert [row["value"] for row in rows] == ["10", "80.000 đ"]
    charge = accept(charged, dossier)
    assert (charge.amount, charge.state, dossier.payment) == (80_000, "due", "due")
    told = texts(dossier, "accepted_fee")
    assert "80.000" in told
    assert f"/nop-tien/{charge.pk}-" in told
    assert (sms.length(told).encoding, told.isascii()) == ("GSM-7", True)
    assert sms.length(told).parts <= 2
    assert texts(dossier, "accepted") == ""
    event = Event.objects.get(chain=f"dossier/{dossier.pk}", kind="dossier.accept")
    assert event.data["fee_quantities"] == {"copies": 10}


def test_an_exempt_household_is_not_charged_and_hears_nothing_of_money(charged: Online) -> None:
    made = filled(charged, copies="3", exemption=POOR)
    assert charged.journey(made).bill.total_dong == 0
    dossier = send(charged, made)
    charge = accept(charged, dossier)
    assert (charge.state, charge.exemption_reason, dossier.payment) == ("exempt", POOR, "exempt")
    assert texts(dossier, "accepted")
    assert "/nop-tien/" not in texts(dossier, "accepted")
    claim = FeeClaim.objects.get(dossier=dossier)
    assert (claim.settled_exemption, claim.refusal, claim.is_corrected) == (POOR, "", False)


def test_the_paper_that_proves_an_exemption_is_asked_for_where_the_schedule_names_it(charged: Online) -> None:
    made = filled(charged, copies="2", exemption=NEAR)
    assert [one.text for one in charged.journey(made).problems] == ["Chưa có tệp. Chụp ảnh hoặc chọn tệp."]
    file = SimpleUploadedFile("ho-can-ngheo.pdf", PDF)
    actions.attach(made.pk, fees.PROOF_SLOT, file, actor=charged.citizen, at=moment())
    dossier = send(charged, made)
    assert dossier.papers.get(name="Giấy chứng nhận hộ cận nghèo").file is not None
    assert accept(charged, dossier).amount == 8_000


def test_without_a_named_proof_one_may_be_handed_in_and_need_not(charged: Online) -> None:
    made = filled(charged, copies="1", exemption=POOR)
    line = charged.journey(made).papers[-1]
    assert (line.requirement.id, line.must_be_filed) == (fees.PROOF, False)
    charged.save(made, steps.FEES, copies="1", exemption="")
    assert all(one.requirement.id for one in charged.journey(made).papers)
    file = SimpleUploadedFile("x.pdf", PDF)
    with pytest.raises(NotFound):
        actions.attach(made.pk, fees.PROOF_SLOT, file, actor=charged.citizen, at=moment())


def test_the_clerk_corrects_the_number_and_the_claim_still_stands_beside_it(charged: Online) -> None:
    dossier = send(charged, filled(charged, copies="10"))
    charge = accept(charged, dossier, fee_quantities={"copies": 4}, exemption_reason="")
    claim = FeeClaim.objects.get(dossier=dossier)
    assert charge.amount == 32_000
    assert (claim.quantities, claim.settled_quantities) == ({"copies": 10}, {"copies": 4})
    assert (claim.stated_numbers, claim.settled_numbers) == ("10 bản", "4 bản")
    assert (claim.settled_by, claim.is_corrected) == (charged.world.clerk, True)


def test_an_exemption_is_refused_only_with_a_reason_which_the_message_tells(charged: Online) -> None:
    dossier = send(charged, filled(charged, copies="2", exemption=POOR))
    with pytest.raises(RuleViolation, match="ghi lý do"):
        accept(charged, dossier, exemption_reason="")
    charge = accept(
        charged, dossier, exemption_reason="", exemption_refusal="Giấy chứng nhận hộ nghèo đã hết hạn"
    )
    assert (charge.amount, charge.state) == (16_000, "due")
    told = texts(dossier, "accepted_unexempt")
    assert "Giay chung nhan ho ngheo da het han" in told
    assert "/nop-tien/" in told
    assert sms.length(told).parts <= 3
    assert FeeClaim.objects.get(dossier=dossier).refusal == "Giấy chứng nhận hộ nghèo đã hết hạn"


def test_an_exemption_that_the_clerk_gives_unasked_is_kept_too(charged: Online) -> None:
    made = filled(charged, copies="1")
    dossier = send(charged, made)
    FeeClaim.objects.all().delete()
    assert accept(charged, dossier, exemption_reason=POOR).state == "exempt"
    claim = FeeClaim.objects.get(dossier=dossier)
    assert (claim.exemption_reason, claim.settled_exemption, claim.stated_numbers) == ("", POOR, "")


def test_an_exemption_that_the_schedule_no_longer_knows_is_chosen_anew(charged: Online) -> None:
    made = filled(charged, copies="1", exemption=POOR)
    dossier = send(charged, made)
    FeeExemption.objects.filter(reason=POOR).delete()
    with pytest.raises(RuleViolation, match="không thuộc đối tượng"):
        accept(charged, dossier)
    late = charged.complete()
    saved = charged.save(late, steps.FEES, copies="1", exemption=POOR)
    assert set(saved.errors) == {"exemption"}
    assert "Miễn, giảm" in [one.label for one in charged.journey(late).problems]


def test_who_sends_by_post_hears_what_to_pay_too(charged: Online) -> None:
    dossier = receive(charged.world, channel="post", fee_quantities={"copies": 2})
    assert "Can nop 16.000" in texts(dossier, "received_fee")
    free = receive(charged.world, channel="post", exemption_reason=POOR)
    assert texts(free, "received")
    assert texts(free, "received_fee") == ""


@pytest.mark.parametrize(("named", "kept"), [(POOR, {"exemption": POOR}), ("Người quen", {}), ("", {})])
def test_what_the_guide_says_of_an_exemption_is_carried_into_the_draft(
    charged: Online, named: str, kept: dict[str, str]
) -> None:
    made = actions.start(charged.version, exemption=named, actor=charged.citizen, at=moment())
    assert made.fees == kept
    actions.discard(made.pk, actor=charged.citizen, at=moment())
    assert Application.objects.get(pk=made.pk).fees == {}


FORGED = {
    "the claim before acceptance": (False, {"quantities": {"copies": 1}}, "10 bản, thấy 1 bản"),
    "an exemption that nobody claimed": (False, {"exemption_reason": POOR}, f"10 bản, thấy 10 bản, {POOR}"),
    "settled before anybody accepted": (False, {"settled_exemption": POOR}, f"không có, thấy {POOR}"),
    "the claim after acceptance": (True, {"quantities": {"copies": 2}}, "10 bản, thấy 2 bản"),
    "what was charged by": (True, {"settled_quantities": {"copies": 9}}, "4 bản, thấy 9 bản"),
    "a reason made up": (True, {"refusal": "Không đủ giấy"}, "4 bản, thấy 4 bản, Không đủ giấy"),
    "no claim at all": (True, None, "10 bản, thấy không có"),
}


@pytest.mark.parametrize("case", FORGED)
def test_a_claim_other_than_the_log_says_is_named_by_the_verification(charged: Online, case: str) -> None:
    accepted, changed, said = FORGED[case]
    dossier = send(charged, filled(charged, copies="10"))
    if accepted:
        accept(charged, dossier, fee_quantities={"copies": 4})
    assert verify().is_whole
    row = FeeClaim.objects.filter(dossier=dossier)
    if changed is None:
        row.delete()
    else:
        row.update(**changed)
    breaks = [one for one in verify().breaks if one.code == "fees"]
    assert len(breaks) == (2 if changed is None else 1)
    assert said in str(breaks[0])
    assert str(dossier) in breaks[0].where


def test_a_reason_that_was_written_down_is_whole(charged: Online) -> None:
    dossier = send(charged, filled(charged, copies="2", exemption=POOR))
    accept(charged, dossier, exemption_reason="", exemption_refusal="Giấy đã hết hạn")
    assert verify().is_whole
    FeeClaim.objects.filter(dossier=dossier).update(refusal="")
    assert [one.code for one in verify().breaks] == ["fees"]
