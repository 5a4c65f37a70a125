"""What was kept long enough goes, in batches with one entry each; what law, chains and work need stays."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from axes.models import AccessLog
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, transaction

from motcua.accounts.actions import record_consent, start_assistance
from motcua.accounts.models import Consent, Invitation, OneTimeCode, Organisation
from motcua.accounts.queries import consents_of
from motcua.agencies.testing import make_user_with
from motcua.audit.models import Event
from motcua.audit.queries import verify
from motcua.core import timer
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers.models import Dossier, DossierPaper
from motcua.dossiers.testing import moment
from motcua.feedback import actions as feedback
from motcua.feedback import queries as feedback_queries
from motcua.feedback.models import Sender
from motcua.feedback.rules.sending import FeedbackData, SenderData
from motcua.files.actions import store
from motcua.files.models import StoredFile
from motcua.holdings.models import HeldPaper, HeldShare
from motcua.notifications.models import Message
from motcua.privacy import actions, queries
from motcua.privacy.actions import retention
from motcua.privacy.models import DataRequest, RetentionDay, RetentionRule
from motcua.privacy.rules.retention import CLASSES
from motcua.privacy.testing import AT, Desk, accepted, asked

pytestmark = pytest.mark.django_db
LATER = moment(datetime(2032, 1, 5, 8))  # every time of the starting rules is over
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def run(desk: Desk, at: datetime = LATER) -> dict[str, int]:
    return actions.carry_out(actor=desk.system, at=at)


def test_every_class_starts_with_a_rule_and_a_source() -> None:
    rules = queries.rules_on(AT.date())
    assert set(rules) == {one.code for one in CLASSES}
    assert all(rule.source and str(rule) for rule in rules.values())
    assert not queries.rules_on(date(2025, 12, 31))
    assert set(retention.CARRIERS) == {one.code for one in CLASSES if one.is_carried_out}


def test_nothing_young_goes(desk: Desk) -> None:
    before = Message.objects.exclude(body="").count()
    assert "messages" not in run(desk, AT)
    assert Message.objects.exclude(body="").count() == before


def test_old_messages_lose_words_and_address_but_not_that_they_were_sent(desk: Desk) -> None:
    waiting = Message.objects.filter(state="queued").count()
    done = run(desk)
    assert done["messages"] > 0
    assert Message.objects.filter(state="queued").exclude(body="").count() == waiting
    assert not Message.objects.filter(state="sent").exclude(body="", to="").exists()
    assert Message.objects.filter(state="sent", kind="ready").exists()
    (event,) = Event.objects.filter(chain="retention/messages")
    assert (event.kind, event.data["count"]) == ("retention.carried_out", done["messages"])
    assert "messages" not in run(desk)


def test_dossiers_consents_and_the_log_are_never_touched(desk: Desk) -> None:
    kept = {model: model.objects.count() for model in (Dossier, DossierPaper, Consent)}
    events = Event.objects.count()
    done = run(desk)
    assert {model: model.objects.count() for model in kept} == kept
    assert Event.objects.count() == events + len(done)
    assert not verify().breaks


def test_codes_sessions_and_sign_ins(desk: Desk) -> None:
    common = {"purpose": "sign_in", "code_hash": "x", "expires_at": AT}
    OneTimeCode.objects.create(address_key="a", created_at=AT - timedelta(days=9), **common)
    OneTimeCode.objects.create(
        address_key="b", created_at=AT - timedelta(days=7, hours=12), **common
    )  # a limit looks a day back
    Session.objects.create(session_key="old", session_data="", expire_date=AT - timedelta(days=8))
    Session.objects.create(session_key="new", session_data="", expire_date=AT - timedelta(days=6))
    AccessLog.objects.create(username="a", ip_address="127.0.0.1", user_agent="x")
    AccessLog.objects.update(attempt_time=AT - timedelta(days=400))
    done = run(desk, AT)
    assert (done["codes"], done["sessions"], done["sign_ins"]) == (1, 1, 1)
    assert list(OneTimeCode.objects.values_list("address_key", flat=True)) == ["b"]
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_a_file_in_quarantine_goes_only_when_nothing_refers_to_it(desk: Desk, settings) -> None:
    settings.UPLOAD_UNSCANNED, settings.CLAMD = "quarantine", ""
    lone, used, ours = (
        store(PDF + bytes(n), actor=who, at=AT, name=f"{n}.pdf")
        for n, who in enumerate((desk.citizen, desk.citizen, desk.clerk))
    )
    DossierPaper.objects.filter(pk=DossierPaper.objects.first().pk).update(file=used, electronic_at=AT)
    asked(desk, "see")
    DataRequest.objects.update(proof=used)
    assert run(desk, AT + timedelta(days=91))["quarantine"] == 1
    assert [StoredFile.objects.get(pk=one.pk).state for one in (lone, used, ours)] == [
        "refused",
        "quarantine",
        "quarantine",
    ]


def test_senders_of_finished_feedback_are_forgotten(desk: Desk) -> None:
    topic = feedback_queries.topic_by_code("hanh-vi", AT.date())
    sender = SenderData("Nguyễn Thị Na", "0900000001", "", "Thôn 1")
    rows = [
        feedback.send(FeedbackData(uuid.uuid4(), "web", topic.pk, desk.agency_id, "Tôi chờ rất lâu mà không ai hướng dẫn nộp hồ sơ.", sender), actor=None, at=AT).feedback
        for _ in range(2)
    ]  # fmt: skip
    type(rows[0]).objects.filter(pk=rows[0].pk).update(state="answered", answered_at=AT)
    assert run(desk, AT + timedelta(days=800))["senders"] == 1
    done, open_ = (Sender.objects.get(feedback=one) for one in rows)
    assert (done.name, done.phone, done.address) == ("", "", "")
    assert open_.name == "Nguyễn Thị Na"


def test_links_and_invitations_end(desk: Desk) -> None:
    dossier = Dossier.objects.get()
    file = store(PDF, actor=desk.clerk, at=AT, name="x.pdf", made_here=True)
    paper = HeldPaper.objects.create(
        kind="paper",
        holder=desk.citizen,
        name="Giấy",
        file=file,
        dossier=dossier,
        issued_on=AT.date(),
        kept_at=AT,
    )
    HeldShare.objects.create(
        paper=paper, secret_hash="x", note="cho ngân hàng", made_by=desk.citizen, made_at=AT, expires_at=AT
    )
    company = Organisation.objects.create(name="Công ty", tax_code="0100109106", created_at=AT)
    Invitation.objects.create(
        organisation=company,
        role="staff",
        phone="+84900000009",
        invited_by=desk.citizen,
        invited_at=AT,
        expires_at=AT,
    )
    done = run(desk, AT + timedelta(days=400))
    assert (done["shares"], done["invitations"]) == (1, 1)
    assert Invitation.objects.get().phone == ""
    assert not HeldShare.objects.exists()


def test_an_old_request_forgets_who_and_what(desk: Desk) -> None:
    found = actions.answer(
        accepted(desk, words="Xóa số cũ 0900000001").pk, answer="Đã xóa.", actor=desk.officer, at=AT
    )
    assert run(desk)["requests"] == 1
    found.refresh_from_db()
    assert (found.words, found.answer, found.state) == ("", "", "done")
    assert found.blanked_at == LATER
    assert not verify().breaks


def test_the_proof_of_an_old_request_goes_with_the_last_request_that_shows_it(desk: Desk, settings) -> None:
    settings.UPLOAD_UNSCANNED = "accept"
    proof = store(PDF, actor=desk.citizen, at=AT, name="cccd.pdf")
    first, second = (accepted(desk, "see") for _ in range(2))
    DataRequest.objects.update(proof=proof)
    actions.answer(first.pk, answer="Đã gửi.", actor=desk.officer, at=AT)
    assert run(desk)["requests"] == 1
    assert StoredFile.objects.get(pk=proof.pk).can_open
    actions.answer(second.pk, answer="Đã gửi.", actor=desk.officer, at=AT)
    assert run(desk)["requests"] == 1
    assert not StoredFile.objects.get(pk=proof.pk).can_open
    assert not DataRequest.objects.exclude(proof=None).exists()


def test_batches_are_bounded_and_each_leaves_one_entry(desk: Desk, monkeypatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    common = {"purpose": "sign_in", "code_hash": "x", "expires_at": AT, "created_at": AT - timedelta(days=30)}
    OneTimeCode.objects.bulk_create(OneTimeCode(address_key=str(n), **common) for n in range(5))
    assert run(desk, AT)["codes"] == 5
    assert [e.data["count"] for e in Event.objects.filter(chain="retention/codes").order_by("seq")] == [
        2,
        2,
        1,
    ]


def test_the_timer_goes_through_a_day_once(desk: Desk) -> None:
    job = dict(timer.jobs(desk.system, LATER))["hết thời hạn lưu giữ"]
    assert "messages" in job()
    assert job() == "không có gì"  # nothing is left: the day is done
    assert RetentionDay.objects.count() == 1
    OneTimeCode.objects.create(
        address_key="a", purpose="sign_in", code_hash="x", created_at=AT, expires_at=AT
    )
    assert job() == "không có gì"
    assert actions.carry_out_daily(actor=desk.system, at=LATER + timedelta(days=1)) == {"codes": 1}


def test_the_command_counts_or_acts(desk: Desk, capsys) -> None:
    OneTimeCode.objects.create(
        address_key="a", purpose="sign_in", code_hash="x", created_at=AT - timedelta(days=900), expires_at=AT
    )
    call_command("retention", dry_run=True)
    assert "Mã đăng nhập một lần (đã băm): 7 ngày; 1" in capsys.readouterr().out
    assert OneTimeCode.objects.exists()
    call_command("retention")
    assert "Mã đăng nhập một lần (đã băm): 7 ngày; 1" in capsys.readouterr().out
    assert not OneTimeCode.objects.exists()


def decide(who, **changes) -> RetentionRule:
    values = {
        "amount": 6,
        "unit": "month",
        "source": "Quy chế 12/QC-UBND",
        "certain": True,
        "valid_from": AT.date(),
        **changes,
    }
    return actions.decide_retention(values.pop("data_class", "messages"), **values, actor=who, at=AT)


def test_a_new_time_ends_the_one_before(desk: Desk) -> None:
    admin = make_user_with("administrator", desk.online.world.province, subtree=True)
    made = decide(admin)
    old = RetentionRule.objects.get(data_class="messages", valid_from=date(2026, 1, 1))
    assert old.valid_to == AT.date() - timedelta(days=1)
    assert queries.rules_on(AT.date())["messages"] == made
    assert [one.pk for one in queries.history_of("messages")] == [made.pk, old.pk]
    assert Event.objects.get(chain="retention/messages").data == {
        "amount": 6,
        "unit": "month",
        "from": AT.date().isoformat(),
    }
    for_ever = decide(admin, amount=None, valid_from=AT.date() + timedelta(days=1))
    assert (for_ever.described, queries.old_before(for_ever, LATER)) == ("không thời hạn", None)
    assert "messages" not in run(desk)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"valid_from": AT.date() - timedelta(days=1)}, "từ hôm nay"),
        ({"source": ""}, "căn cứ"),
        ({"amount": 1, "unit": "day"}, "ít nhất 30"),
        ({"data_class": "log"}, "luật giữ"),
    ],
)
def test_a_time_without_source_in_the_past_or_too_short_is_refused(desk: Desk, changes, words) -> None:
    admin = make_user_with("administrator", desk.online.world.province, subtree=True)
    with pytest.raises(RuleViolation, match=words):
        decide(admin, **changes)


def test_two_times_from_one_day_are_refused_and_only_the_top_decides(desk: Desk) -> None:
    admin = make_user_with("administrator", desk.online.world.province, subtree=True)
    decide(admin)
    with pytest.raises(RuleViolation, match="ngày sau"):
        decide(admin)
    for who in (make_user_with("administrator", desk.online.world.commune), desk.officer, desk.clerk):
        with pytest.raises(NotFound):
            decide(who, data_class="senders", amount=12)


def test_no_class_has_no_history() -> None:
    with pytest.raises(NotFound):
        queries.history_of("khong-co")


# The consent log ----------------------------------------------------------------------------------------------------------


def test_what_somebody_agreed_to_is_only_added_to(desk: Desk) -> None:
    for change in (
        lambda: Consent.objects.update(given=False),
        lambda: Consent.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize(("given", "source"), [({"spam": True}, "account"), ({"survey": True}, "telepathy")])
def test_a_purpose_or_way_that_nobody_knows_is_refused(desk: Desk, given, source) -> None:
    with pytest.raises(RuleViolation, match="danh sách"):
        record_consent(given, user=desk.citizen, text_version="1", source=source, actor=None, at=AT)


def test_a_consent_given_at_the_counter_is_seen_by_who_proves_the_phone(desk: Desk) -> None:
    start_assistance(
        full_name="Nguyễn Thị Na",
        identity_number="001099000001",
        phone="0900000001",
        consent="Tôi đồng ý.",
        actor=desk.clerk,
        at=AT,
    )
    line = consents_of(desk.citizen)[0]
    assert (line.purpose, line.given, line.stands, line.withdrawable, line.way) == (
        "assistance",
        True,
        True,
        False,
        "tại quầy",
    )
    assert line.ending
    row = Consent.objects.latest("pk")
    assert (row.actor_id, row.channel, row.user) == (desk.clerk.pk, "counter", None)
    assert row.reference.startswith("assistance/")


def test_the_last_word_stands(desk: Desk) -> None:
    actions.withdraw_consent("survey", actor=desk.citizen, at=AT)
    lines = consents_of(desk.citizen)
    assert [(one.purpose, one.given, one.stands) for one in lines] == [
        ("survey", False, False), ("zalo", True, True), ("survey", True, False),
    ]  # fmt: skip
