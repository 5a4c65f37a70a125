"""Delivery reports: believed when signed, taken once, never undone by what comes later."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.core.moments import now
from motcua.notifications import actions
from motcua.notifications.actions import _steps
from motcua.notifications.adapters import Reply
from motcua.notifications.models import Attempt, DeliveryReport, Message
from motcua.notifications.rules import signing
from motcua.notifications.rules.delivery import Outcome
from motcua.notifications.tests.conftest import AT, SECRET, make_provider


@pytest.fixture
def sent(queue, partners):
    """A message that "mot" took; "hai" stands by."""
    make_provider("mot", priority=10)
    make_provider("hai", priority=20)
    queue()
    actions.deliver_due(at=AT)
    return Message.objects.get()


def _report(message, state="delivered", *, provider=None, nonce="n1", at=AT, key=None, reason=""):
    provider = provider or message.provider
    return actions.take_report(
        provider, nonce=nonce, key=str(key or message.key), state=state, reason=reason, actor=None, at=at
    )


def test_what_has_arrived_is_delivered(sent):
    assert _report(sent, at=AT + timedelta(minutes=1))
    sent.refresh_from_db()
    assert (sent.state, sent.delivered_at, sent.sent_at) == ("delivered", AT + timedelta(minutes=1), AT)
    assert DeliveryReport.objects.get().message == sent


def test_the_same_report_is_taken_once(sent):
    assert _report(sent) == "taken"
    assert _report(sent, "failed") == "known"
    sent.refresh_from_db()
    assert (sent.state, DeliveryReport.objects.count()) == ("delivered", 1)


def test_what_did_not_arrive_goes_to_the_next_and_then_to_the_dead(sent, partners):
    assert _report(sent, "failed", reason="máy tắt, gọi 0900000001")
    sent.refresh_from_db()
    assert (sent.state, sent.last_error, sent.sent_at) == ("queued", "máy tắt, gọi •••", None)
    assert actions.deliver_due(at=AT + timedelta(minutes=1)).sent == 1
    assert partners.asked == ["mot", "hai"]
    sent.refresh_from_db()
    assert _report(sent, "failed", nonce="n2")
    sent.refresh_from_db()
    assert (sent.state, sent.last_error) == ("failed", "đối tác báo không tới nơi")


def test_a_late_failure_of_the_first_does_not_stop_the_second(sent):
    first = sent.provider
    _report(sent, "failed")
    actions.deliver_due(at=AT + timedelta(minutes=1))
    sent.refresh_from_db()
    assert _report(sent, "failed", provider=first, nonce="n9")
    sent.refresh_from_db()
    assert (sent.state, sent.provider.code) == ("sent", "hai")


def test_arrived_is_the_last_word_whatever_the_order(sent):
    _report(sent, "failed")
    _report(sent, "delivered", nonce="n2")
    sent.refresh_from_db()
    assert (sent.state, sent.last_error) == ("delivered", "")
    _report(sent, "failed", nonce="n3")
    sent.refresh_from_db()
    assert sent.state == "delivered"
    assert actions.deliver_due(at=AT + timedelta(hours=1)).sent == 0


def test_a_report_that_comes_before_the_answer_is_not_undone(queue, partners):
    provider = make_provider("mot")
    queue()
    partners.answers["mot"] = lambda outgoing: _early(provider, outgoing)
    assert actions.deliver_due(at=AT).sent == 1
    assert Message.objects.get().state == "delivered"
    assert Attempt.objects.get().outcome == "accepted"


def _early(provider, outgoing):
    _report(Message.objects.get(), provider=provider, key=outgoing.key)
    return Outcome.ACCEPTED


def test_a_report_tells_what_a_silent_partner_did_not(queue, partners):
    provider = make_provider("mot")
    partners.answers["mot"] = Outcome.UNCLEAR
    (message,) = queue()
    actions.deliver_due(at=AT)
    assert _report(message, provider=provider)
    assert actions.deliver_due(at=AT + timedelta(hours=1)).failed == 0
    assert len(partners.got) == 1


def test_an_answer_after_a_dead_lease_does_not_undo_a_report(queue, partners):
    provider = make_provider("mot")
    queue()
    (taken,) = _steps.take(["sms"], AT, timedelta(seconds=60), 5)
    attempt = _steps.begin(taken, provider, AT, timedelta(seconds=60), AT.date())
    _report(taken, provider=provider)
    _steps.finish(taken, attempt, Reply(Outcome.UNCLEAR, "?"), AT, parts=1, day=AT.date())
    message = Message.objects.get()
    assert (message.state, message.last_error) == ("delivered", "")


@pytest.mark.parametrize("case", ["other provider", "unknown key", "state"])
def test_nobody_reports_on_what_they_were_not_given(sent, case):
    other = make_provider("ba")
    given = {
        "other provider": {"provider": other},
        "unknown key": {"key": "00000000-0000-4000-8000-000000000000"},
        "state": {"state": "lost"},
    }[case]
    assert _report(sent, **given) == "unknown"
    assert not DeliveryReport.objects.exists()
    sent.refresh_from_db()
    assert sent.state == "sent"


# Over HTTP --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def tell(client, sent):
    """POST a report as the provider does."""
    provider = sent.provider
    provider.adapter = "http"
    provider.save()

    def tell(body=None, *, secret=SECRET, at=None, nonce="n1", code="mot", **headers):
        raw = json.dumps(body or {"id": str(sent.key), "state": "delivered"}).encode() if not isinstance(body, bytes) else body  # fmt: skip
        path = reverse("notifications:report", args=[code])
        signed = signing.headers(secret, "mot", "POST", path, raw, at=at or now(), nonce=nonce)
        return client.post(path, raw, content_type="application/json", headers={**signed, **headers})

    return tell


def test_a_signed_report_is_taken_and_its_repetition_known(tell, sent):
    assert tell().json() == {"state": "taken"}
    assert tell().json() == {"state": "known"}
    sent.refresh_from_db()
    assert sent.state == "delivered"


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"secret": "forged"}, 403),
        ({"at": AT - timedelta(days=400)}, 403),
        ({"nonce": ""}, 403),
        ({"code": "khong-co"}, 404),
        ({"code": "hai"}, 404),  # not one that reports over HTTP
        ({"body": b"[1]"}, 400),
        ({"body": b"not json"}, 400),
        ({"body": b"x" * 9000}, 413),
        ({"body": {"id": "không phải mã", "state": "delivered"}}, 422),
        ({"body": {"id": "x\0", "state": "delivered"}}, 422),
        ({"body": {"state": "delivered"}}, 422),
    ],
)
def test_a_wrong_report_changes_nothing(tell, sent, given, status, caplog):
    assert tell(**given).status_code == status
    sent.refresh_from_db()
    assert sent.state == "sent"
    if status == 403:
        assert "refused" in caplog.text
