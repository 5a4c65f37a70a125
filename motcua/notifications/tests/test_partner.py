"""With a real partner in a process of its own: good days, bad days, forged reports, and a worker that is killed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from motcua.core.moments import now
from motcua.notifications import actions
from motcua.notifications.models import Attempt, DeliveryReport, Message, Provider
from motcua.notifications.tests.conftest import MAIL, PHONE, make_provider, put_setting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def open_hours(db):
    """These tests run at any hour, and their partner lives on loopback."""
    put_setting("notify_quiet_from", "")
    put_setting("notify_private_hosts", True)


@pytest.fixture
def partner(simulator, open_hours):
    make_provider("sms-1", adapter="http", address=f"{simulator.url}/gui", timeout_seconds=2)
    return simulator


def _later():
    """Let what waits be tried at once, and who rests be asked."""
    Message.objects.filter(state="queued").update(next_try_at=now())
    Provider.objects.update(rest_until=None)


def test_a_signed_message_arrives_once_with_all_that_it_needs(partner, queue):
    (message,) = queue(at=now())
    assert actions.deliver_due(at=now()).sent == 1
    seen = partner.seen
    assert seen["delivered"] == [str(message.key)]
    said = seen["messages"][0]
    assert (said["channel"], said["to"], said["language"]) == ("sms", PHONE, "vi")
    assert said["text"].startswith("Ho so H40.12-261123-0007")
    assert said["callback"].endswith(reverse("notifications:report", args=["sms-1"]))
    assert Attempt.objects.get().partner_reference.startswith("SIM-")


@pytest.mark.parametrize(
    ("mode", "state", "outcome"),
    [("fail", "queued", "refused"), ("refuse", "queued", "refused"), ("nobody", "failed", "impossible"), ("silent", "queued", "unclear")],
)  # fmt: skip
def test_a_bad_day_is_told_apart(partner, queue, mode, state, outcome):
    partner.behave(mode)
    queue(at=now())
    assert actions.deliver_due(at=now()).failed == 1
    assert (Message.objects.get().state, Attempt.objects.get().outcome) == (state, outcome)


def test_a_partner_that_took_it_in_silence_does_not_bring_it_twice(partner, queue):
    partner.behave("silent")
    (message,) = queue(at=now())
    actions.deliver_due(at=now())
    partner.behave("ok")
    _later()
    assert actions.deliver_due(at=now()).sent == 1
    assert (partner.seen["delivered"], partner.seen["repeated"]) == ([str(message.key)], 1)


def test_a_partner_that_keeps_no_keys_gets_it_at_least_once(partner, queue):
    """What cannot be had without the partner's help: said in the guide, and seen here."""
    partner.behave("silent")
    queue(at=now())
    actions.deliver_due(at=now())
    partner.behave("forgetful")
    _later()
    assert actions.deliver_due(at=now()).sent == 1
    assert len(partner.seen["delivered"]) == 2


def test_a_slow_partner_is_waited_for_as_long_as_its_row_says(partner, queue):
    partner.behave("slow", seconds=4)
    queue(at=now())
    assert actions.deliver_due(at=now()).failed == 1
    assert Attempt.objects.get().outcome == "unclear"


def test_a_wrong_secret_is_refused_and_nothing_is_brought(partner, queue):
    Provider.objects.filter(code="sms-1").update(secret_sealed="", secret_env="MOTCUA_NOTIFY_X")
    os.environ["MOTCUA_NOTIFY_X"] = "wrong"
    try:
        queue(at=now())
        assert actions.deliver_due(at=now()).failed == 1
    finally:
        del os.environ["MOTCUA_NOTIFY_X"]
    assert (partner.seen["delivered"], partner.seen["unsigned"]) == ([], 1)
    Provider.objects.update(secret_env="")
    _later()
    assert actions.deliver_due(at=now()).failed == 1
    assert Attempt.objects.latest("id").detail == "chưa có khóa bí mật"


def test_a_partner_that_is_gone_is_replaced_by_the_next(partner, queue, tmp_path):
    make_provider("chet", adapter="http", address="http://127.0.0.1:9/", priority=1)
    queue(at=now())
    assert actions.deliver_due(at=now()).sent == 1
    assert Message.objects.get().provider.code == "sms-1"


def test_a_report_that_comes_after_the_answer_is_taken(partner, queue, live_server, settings, door):
    settings.PUBLIC_URL = live_server.url
    partner.behave(reports="delivered")
    queue(at=now())
    assert actions.deliver_due(at=now()).sent == 1
    assert Message.objects.get().state == "sent"
    assert door()
    assert Message.objects.get().state == "delivered"


def test_a_report_that_comes_before_the_answer_is_taken(partner, queue, live_server, settings):
    settings.PUBLIC_URL = live_server.url
    partner.behave(reports="early")
    queue(at=now())
    assert actions.deliver_due(at=now()).sent == 1
    assert Message.objects.get().state == "delivered"


def test_forged_late_and_repeated_reports_change_nothing(partner, queue, live_server, settings):
    settings.PUBLIC_URL = live_server.url
    (message,) = queue(at=now())
    actions.deliver_due(at=now())
    assert partner.report(message.key, "delivered", how="forged") == 403
    assert partner.report(message.key, "delivered", how="late") == 403
    assert Message.objects.get().state == "sent"
    assert partner.report(message.key, "delivered", nonce="one") == 200
    assert partner.report(message.key, "failed", nonce="one") == 200
    assert (Message.objects.get().state, DeliveryReport.objects.count()) == ("delivered", 1)


def test_letters_go_by_smtp_with_the_calendar_file(simulator, open_hours, queue):
    make_provider(
        "thu", channel="email", adapter="smtp", address=simulator.smtp, sender="mot-cua@example.test"
    )
    (message,) = queue(email=MAIL, at=now(), calendar={"uid": "u@x", "sequence": 1, "starts": "2026-11-30T16:00:00", "stamp": "2026-11-23T02:00:00+00:00", "summary": "Hẹn trả", "place": "", "link": "", "cancelled": False, "minutes": 30})  # fmt: skip
    assert actions.deliver_due(at=now()).sent == 1
    (letter,) = simulator.seen["letters"]
    assert f"<{message.key}@" in letter
    assert "hen-tra-ket-qua.ics" in letter
    assert "From: mot-cua@example.test" in letter


@pytest.mark.parametrize(
    ("mode", "outcome"), [("nobody", "impossible"), ("fail", "refused"), ("silent", "unclear")]
)
def test_bad_days_of_a_mail_server_are_told_apart(simulator, open_hours, queue, mode, outcome):
    make_provider("thu", channel="email", adapter="smtp", address=simulator.smtp, timeout_seconds=2)
    simulator.behave(mode)
    queue(email=MAIL, at=now())
    actions.deliver_due(at=now())
    assert Attempt.objects.get().outcome == outcome
    assert MAIL not in Attempt.objects.get().detail


def test_mail_leaves_encrypted_unless_private_partners_are_allowed(simulator, db, queue):
    put_setting("notify_quiet_from", "")
    make_provider("thu", channel="email", adapter="smtp", address=simulator.smtp)
    queue(email=MAIL, at=now())
    actions.deliver_due(at=now())
    assert "mạng nội bộ" in Attempt.objects.get().detail
    assert simulator.seen["letters"] == []


# A worker that is killed --------------------------------------------------------------------------------------------------


class Outside:
    """The tests' data as other processes see it: the same PostgreSQL database, or a copy of the SQLite one in a file."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "copy.sqlite3"
        given = connection.get_connection_params()
        if connection.vendor == "sqlite":
            with sqlite3.connect(self.file) as copy:
                connection.ensure_connection()
                connection.connection.backup(copy)
            self.url = f"sqlite:///{self.file}"
        else:
            password = f":{given['password']}" if given.get("password") else ""
            place = f"{given.get('user')}{password}@{given.get('host') or '127.0.0.1'}:{given.get('port') or 5432}"
            self.url = f"postgresql://{place}/{connection.settings_dict['NAME']}"
        kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "PGPASSWORD")}
        own = {"MOTCUA_HOME": str(folder / "home"), "DATABASE_URL": self.url, "MOTCUA_DB_POOL": "0", "MOTCUA_SECRET_KEY": settings.SECRET_KEY}  # fmt: skip
        self.environment = {**kept, **own}

    def worker(self) -> subprocess.Popen[str]:
        """A worker of its own, ready to send."""
        code = "import sys; from motcua.cli import main; sys.argv = ['motcua', 'notify', '--forever', '--threads', '3', '--every', '0.2']; main()"  # fmt: skip
        made = subprocess.Popen(
            [sys.executable, "-c", code],
            env=self.environment,
            cwd=settings.BASE_DIR.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert made.stdout is not None
        assert "Đang chờ tin" in made.stdout.readline()
        return made

    def rows(self, sql: str) -> list[tuple]:
        if connection.vendor == "sqlite":
            reader = sqlite3.connect(self.file, timeout=30)
            try:
                return reader.execute(sql).fetchall()
            finally:
                reader.close()
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()


def _wait(condition, seconds=90):
    until = time.monotonic() + seconds
    while time.monotonic() < until and not condition():
        time.sleep(0.05)
    assert condition()


def test_a_worker_killed_at_any_moment_loses_and_doubles_nothing(partner, queue, tmp_path):
    put_setting("notify_lease_seconds", 1)
    put_setting("notify_retry_first", 1)
    put_setting("notify_unclear_tries", 50)
    amount = 60
    for number in range(amount):
        queue(phone=f"+849000000{number:02}", at=now())
    keys = {str(key) for key in Message.objects.values_list("key", flat=True)}
    outside = Outside(tmp_path)
    partner.behave("slow", seconds=0.05)
    for kill in range(4):
        worker, before = outside.worker(), len(partner.seen["delivered"])
        _wait(lambda before=before, kill=kill: len(partner.seen["delivered"]) >= before + 2 + 3 * kill)
        worker.kill()
        worker.communicate()
    assert len(partner.seen["delivered"]) < amount
    last = outside.worker()
    _wait(
        lambda: outside.rows("SELECT count(*) FROM notifications_message WHERE state = 'sent'") == [(amount,)]
    )
    last.send_signal(signal.SIGTERM)
    last.communicate(timeout=60)
    assert last.returncode == 0
    brought = Counter(line.split()[0] for line in partner.record.read_text().splitlines())
    assert brought == Counter(dict.fromkeys(keys, 1))
    assert outside.rows("SELECT count(*) FROM notifications_message") == [(amount,)]
    assert outside.rows("SELECT count(*) FROM notifications_attempt WHERE outcome = 'accepted'") == [
        (amount,)
    ]
    assert outside.rows("SELECT count(*) FROM notifications_attempt WHERE outcome = 'running'") == [(0,)]


def test_several_workers_share_the_work_and_take_nothing_twice(partner, queue, tmp_path):
    amount = 60
    for number in range(amount):
        queue(phone=f"+849000000{number:02}", at=now())
    outside = Outside(tmp_path)
    workers = [outside.worker(), outside.worker()]
    _wait(
        lambda: outside.rows("SELECT count(*) FROM notifications_message WHERE state = 'sent'") == [(amount,)]
    )
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
        worker.communicate(timeout=60)
    seen = partner.seen
    assert (len(seen["delivered"]), seen["repeated"], seen["asked"]) == (amount, 0, amount)
    assert outside.rows("SELECT max(tries) FROM notifications_message") == [(1,)]


def test_the_demonstration_has_a_partner_of_its_own_and_nothing_else_has(queue, tmp_path, settings):
    settings.DEMONSTRATION = tmp_path / "none"
    with pytest.raises(CommandError, match="minh họa"):
        call_command("partner")
    put_setting("notify_quiet_from", "")
    queue(at=now())
    outside = Outside(tmp_path)
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "demonstration").touch()
    code = "import sys; from motcua.cli import main; sys.argv = ['motcua', 'partner', '--port', '0']; main()"
    made = subprocess.Popen([sys.executable, "-c", code], env=outside.environment, cwd=settings.BASE_DIR.parent, stdout=subprocess.PIPE, text=True)  # fmt: skip
    try:
        assert made.stdout is not None
        assert "/_received" in made.stdout.readline()
        sql = "SELECT count(*) FROM notifications_message WHERE state = 'sent'"
        _wait(lambda: outside.rows(sql) == [(1,)])
    finally:
        made.send_signal(signal.SIGTERM)
        made.communicate(timeout=60)
    assert made.returncode == 0
