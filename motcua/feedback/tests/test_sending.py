"""Sending, being found again, being told; what is directed elsewhere."""

from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

import pytest

from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import to_local
from motcua.dossiers.testing import moment, receive
from motcua.feedback import actions, queries
from motcua.feedback.models import Feedback, Sender
from motcua.feedback.rules.sending import SenderData
from motcua.feedback.testing import (
    CONTENT,
    Hall,
    data,
    published,
    sent,
)
from motcua.notifications.models import Message

pytestmark = pytest.mark.django_db
TELL = SenderData("Nguyễn Thị Người Gửi", "0912345678", "", "Thôn 1", wants_messages=True)


def test_sending_gives_a_gapless_code_a_secret_and_three_due_dates(hall: Hall) -> None:
    first, second = (actions.send(data(hall), actor=None, at=moment()) for _ in range(2))
    assert [r.feedback.code for r in (first, second)] == [
        "PAKN-H40.12-261102-0001",
        "PAKN-H40.12-261102-0002",
    ]
    assert first.secret != second.secret
    assert first.feedback.secret_hash == sha256(f"{first.feedback.code}/{first.secret}".encode()).hexdigest()
    found = first.feedback
    days = [
        to_local(due).date().isoformat()
        for due in (found.classify_due_at, found.transfer_due_at, found.due_at)
    ]
    assert days == ["2026-11-04", "2026-11-09", "2026-11-23"]
    assert Event.objects.filter(chain=f"feedback/{found.pk}").count() == 1
    assert CONTENT not in str(list(Event.objects.values_list("data", flat=True)))


def test_sending_twice_is_sending_once(hall: Hall) -> None:
    same = data(hall)
    first, again = (actions.send(same, actor=None, at=moment()) for _ in range(2))
    assert again.again
    assert (again.feedback.pk, again.secret, again.shown) == (first.feedback.pk, first.secret, first.shown)
    assert Feedback.objects.count() == 1


def test_a_number_is_given_back_with_an_act_that_fails(hall: Hall) -> None:
    with pytest.raises(RuleViolation, match="nhiều nhất 5"):
        actions.send(data(hall), uploads=[b"%PDF-1.4"] * 6, actor=None, at=moment())
    assert sent(hall).code.endswith("-0001")


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"channel": "phone"}, "do cán bộ ghi nhận"),
        ({"topic_id": 0}, "Chọn nội dung"),
        ({"agency_id": 0}, "Chọn cơ quan"),
        ({"content": "ngắn"}, "Viết rõ hơn"),
    ],
)
def test_what_cannot_be_sent(hall: Hall, changes: dict[str, object], word: str) -> None:
    with pytest.raises(RuleViolation, match=word):
        actions.send(data(hall, **changes), actor=None, at=moment())


def test_an_officer_writes_down_what_came_by_telephone_for_the_own_agency_only(hall: Hall) -> None:
    made = actions.send(
        data(hall, channel="phone", sender=TELL), actor=hall.world.clerk, at=moment()
    ).feedback
    assert made.channel == "phone"
    assert Sender.objects.get(feedback=made).confirmed_at  # the officer has heard it
    with pytest.raises(RuleViolation, match="Chọn cách gửi"):
        actions.send(data(hall, channel="web"), actor=hall.world.clerk, at=moment())
    for who, where in ((hall.world.clerk, hall.neighbour), (hall.world.officer, hall.commune)):
        with pytest.raises(NotFound):
            actions.send(data(hall, channel="paper", agency_id=where.pk), actor=who, at=moment())


def test_an_anonymous_one_is_information_and_never_received(hall: Hall) -> None:
    found = sent(hall, sender=SenderData())
    assert found.is_anonymous
    with pytest.raises(RuleViolation, match="không tiếp nhận"):
        actions.accept(found.pk, kind="conduct", actor=hall.keeper, at=moment(hours=1))
    done = actions.decline(
        found.pk,
        refusal="anonymous",
        said="Cảm ơn thông tin của ông, bà.",
        actor=hall.keeper,
        at=moment(hours=1),
    )
    assert (done.state, done.ended_at) == ("declined", moment(hours=1))


def test_a_dossier_is_found_by_its_code_and_a_wrong_code_is_kept_as_said(hall: Hall) -> None:
    dossier = receive(hall.world)
    assert sent(hall, dossier_code=f" {dossier.code.lower()} ").dossier == dossier
    wrong = sent(hall, dossier_code="H40.12-999999-0001")
    assert (wrong.dossier, wrong.dossier_code) == (None, "H40.12-999999-0001")
    with pytest.raises(RuleViolation, match="Không có hồ sơ"):
        actions.accept(wrong.pk, kind="conduct", dossier_code="X", actor=hall.keeper, at=moment())
    kept = actions.accept(wrong.pk, kind="conduct", dossier_code=dossier.code, actor=hall.keeper, at=moment())
    assert kept.dossier == dossier


def test_a_denunciation_is_directed_to_its_own_path(hall: Hall) -> None:
    found = sent(hall, content="Tôi tố cáo cán bộ nhận hối lộ khi làm thủ tục đất đai.")
    assert found.hint == "denunciation"
    actions.decline(
        found.pk, refusal="denunciation", said="Nội dung này là tố cáo.", actor=hall.keeper, at=moment()
    )
    [step] = [s for s in queries.steps_said(found) if s.act == "decline"]
    assert "Luật Tố cáo" in step.said
    for refusal, said, word in (("x", "y", "Chọn lý do"), ("policy", " ", "giải thích")):
        with pytest.raises(RuleViolation, match=word):
            actions.decline(sent(hall).pk, refusal=refusal, said=said, actor=hall.keeper, at=moment())


def test_messages_go_only_to_an_address_that_was_confirmed(hall: Hall) -> None:
    made = actions.send(data(hall, sender=TELL), actor=None, at=moment()).feedback
    [asked] = Message.objects.filter(reference=f"feedback/{made.pk}")
    number = next(
        word
        for word in asked.body.replace(",", " ").replace(".", " ").split()
        if word.isdigit() and len(word) == 6
    )
    actions.accept(made.pk, kind="conduct", actor=hall.keeper, at=moment())
    assert Message.objects.filter(reference=f"feedback/{made.pk}").count() == 1
    wrong = "000000" if number != "000000" else "111111"
    assert actions.confirm_contact(made.pk, number=wrong, actor=None, at=moment()) is False
    assert actions.confirm_contact(made.pk, number=number, actor=None, at=moment()) is True
    with pytest.raises(RuleViolation, match="hết hạn"):
        actions.confirm_contact(made.pk, number=number, actor=None, at=moment())
    with pytest.raises(NotFound):
        actions.confirm_contact(made.pk + 1, number=number, actor=None, at=moment())
    actions.ask(made.pk, question="Ngày nào?", actor=hall.keeper, at=moment(hours=1))
    kinds = set(Message.objects.filter(reference=f"feedback/{made.pk}").values_list("kind", flat=True))
    assert kinds == {"feedback_confirm", "feedback_received", "feedback_clarify"}


def test_five_wrong_numbers_end_the_confirmation(hall: Hall) -> None:
    made = sent(hall, sender=TELL)
    for _ in range(5):
        assert not actions.confirm_contact(made.pk, number="x", actor=None, at=moment())
    with pytest.raises(RuleViolation, match="hết hạn"):
        actions.confirm_contact(made.pk, number="x", actor=None, at=moment())


def test_code_and_secret_together_open_the_tracking_page_and_either_alone_does_not(hall: Hall) -> None:
    receipt = actions.send(data(hall), actor=None, at=moment())
    assert queries.by_code(receipt.feedback.code.lower(), receipt.shown.lower()) == receipt.feedback
    for code, secret in (
        (receipt.feedback.code, "AAAAA"),
        ("PAKN-H40.12-261102-0009", receipt.secret),
        ("x", "y"),
    ):
        with pytest.raises(NotFound):
            queries.by_code(code, secret)
    with pytest.raises(NotFound):
        queries.by_rate_token("x")


def test_alike_and_near_published_answers_are_offered_before_sending(hall: Hall) -> None:
    one = published(hall, latitude=Decimal("12.1"), longitude=Decimal("108.1"))
    assert queries.similar("Người dân bị yêu cầu bổ sung giấy tờ không có trong quy định") == [one]
    assert queries.similar("Chuyện hoàn toàn khác về đèn đường") == []
    assert queries.similar("Chuyện khác hẳn", None, Decimal("12.1001"), Decimal("108.1001")) == [one]
    assert queries.published_one(one.code) == one
    with pytest.raises(NotFound):
        queries.published_one("PAKN-X")
    assert queries.published(agency_id=hall.neighbour.pk).count() == 0
    assert queries.published(topic="hanh-vi").count() == 1
    assert timedelta(0) < one.published_at - one.received_at
