"""Sealing under load, the key, and time stamps."""

import io
import stat
import threading
import urllib.error
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from time import sleep

import pytest
from asn1crypto import cms, tsp
from django.core.management import call_command
from django.db import connection, transaction

from motcua.audit import actions, keys, queries, timestamps
from motcua.audit.actions import seals as seal_actions
from motcua.audit.models import Event, Seal, SealStamp
from motcua.audit.queries import settled
from motcua.audit.tests.forge import forge
from motcua.core.errors import RuleViolation

AT = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)


def _log(count=3):
    for number in range(count):
        actions.append(f"dossier/{number}", "a", actor=None, at=AT)


def test_a_seal_covers_what_came_since_the_last_one(db):
    _log(3)
    first = actions.seal(at=AT)
    assert actions.seal(at=AT) is None
    actions.append("dossier/0", "b", actor=None, at=AT)
    second = actions.seal(at=AT)
    assert (first.number, first.event_count, second.number, second.event_count) == (1, 3, 2, 1)
    assert second.previous_hash == first.hash
    assert second.first_event_id == second.last_event_id == Event.objects.latest("id").pk


def test_the_timer_seals_when_the_last_seal_is_old_enough(db, settings):
    settings.SEAL_MINUTES = 60
    _log()
    assert actions.seal_when_due(at=AT).number == 1
    actions.append("dossier/0", "b", actor=None, at=AT)
    assert actions.seal_when_due(at=AT + timedelta(minutes=59)) is None
    assert actions.seal_when_due(at=AT + timedelta(minutes=60)).number == 2


def test_nothing_to_seal_makes_no_seal(db):
    assert actions.seal(at=AT) is None


def test_a_seal_that_another_process_made_first_is_left_alone(db, monkeypatch):
    _log()
    write = seal_actions._write
    monkeypatch.setattr(seal_actions, "_write", lambda text, at: (write(text, at), write(text, at)))
    assert actions.seal(at=AT) is None
    assert not Seal.objects.exists()


@contextmanager
def beside(work):
    """A transaction of somebody else, which has done this and is over when what is given is set, or afterwards."""
    begun, over = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            work()
            begun.set()
            over.wait(60)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    assert begun.wait(10)
    try:
        yield over
    finally:
        over.set()
        other.join()


def _append(chain):
    return lambda: actions.append(chain, "a", actor=None, at=AT)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="of PostgreSQL alone")
def test_on_postgresql_a_log_whose_writer_does_not_end_is_left_for_the_next_run(monkeypatch):
    monkeypatch.setattr(settled, "TRIES", 2)
    with beside(_append("dossier/slow")):
        _log()
        with pytest.raises(RuleViolation, match="lần sau"):
            actions.seal(at=AT)
    assert actions.seal(at=AT).event_count == 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="of PostgreSQL alone")
def test_on_postgresql_a_seal_waits_for_who_wrote_before_it_and_not_for_who_comes_later(monkeypatch):
    with ExitStack() as others:
        first = others.enter_context(beside(_append("dossier/slow")))
        _log()

        def pause(seconds):
            if not first.is_set():
                others.enter_context(beside(_append("dossier/late")))
                first.set()
            sleep(seconds)

        monkeypatch.setattr(settled, "sleep", pause)
        assert actions.seal(at=AT).event_count == 4
    assert actions.seal(at=AT).event_count == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="of PostgreSQL alone")
def test_on_postgresql_the_servers_cleaning_up_does_not_hold_a_seal_up(monkeypatch):
    """VACUUM and ANALYZE lock the table in this way, of their own accord and on a long log for minutes."""
    _log()
    monkeypatch.setattr(settled, "TRIES", 0)
    with beside(lambda: connection.cursor().execute("LOCK TABLE audit_event IN SHARE UPDATE EXCLUSIVE MODE")):
        assert actions.seal(at=AT).event_count == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="of PostgreSQL alone")
def test_on_postgresql_an_event_not_yet_committed_is_never_skipped_by_a_seal():
    """Ids are drawn before the commit: a seal that looked only at max(id) would leave this event out."""
    drawn, sealed = threading.Event(), threading.Event()

    def slow_writer():
        with transaction.atomic():
            actions.append("dossier/slow", "a", actor=None, at=AT)
            drawn.set()
            sealed.wait(1.5)
        connection.close()

    writer = threading.Thread(target=slow_writer)
    writer.start()
    drawn.wait(5)
    actions.append("dossier/quick", "a", actor=None, at=AT)
    try:
        made = actions.seal(at=AT)
    except RuleViolation:
        made = None
    sealed.set()
    writer.join()
    later = actions.seal(at=AT)
    assert sum(seal.event_count for seal in (made, later) if seal) == 2
    assert queries.verify().is_whole


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="of PostgreSQL alone")
def test_on_postgresql_seals_and_writers_at_once_leave_a_whole_log():
    failures = []

    def work(what):
        try:
            for turn in range(15):
                what(turn)
        except RuleViolation:
            pass
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    def append_to(chain):
        return lambda turn: actions.append(chain, "a", actor=None, at=AT)

    tasks = [append_to("dossier/1"), append_to("dossier/2"), append_to("dossier/3")]
    tasks += [lambda turn: actions.seal(at=AT)] * 2
    jobs = [threading.Thread(target=work, args=[task]) for task in tasks]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    actions.seal(at=AT)
    report = queries.verify()
    assert failures == []
    assert report.is_whole, report.lines()
    assert (report.events, report.unsealed) == (45, 0)


def test_the_key_is_made_once_and_only_its_owner_reads_it(settings, tmp_path):
    settings.HOME = tmp_path
    assert keys.trusted() == frozenset()
    first = keys.public_hex(keys.office_key())
    assert keys.public_hex(keys.office_key()) == first
    assert keys.trusted() == {first}
    path = tmp_path / "keys" / keys.PRIVATE_NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {item.name for item in path.parent.iterdir()} == {
        keys.PRIVATE_NAME,
        f"audit-{first[:16]}.pub",
    }


def test_two_processes_that_make_the_key_at_once_end_with_one(settings, tmp_path):
    settings.HOME = tmp_path
    first = keys.public_hex(keys.office_key())
    keys._make(tmp_path / "keys" / keys.PRIVATE_NAME)
    assert keys.public_hex(keys.office_key()) == first
    assert keys.trusted() == {first}


def test_a_key_of_another_kind_is_refused(settings, tmp_path):
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    settings.HOME = tmp_path
    text = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (keys.folder() / keys.PRIVATE_NAME).write_bytes(text)
    with pytest.raises(ValueError, match="Ed25519"):
        keys.office_key()


class Authority:
    """A time stamp authority that answers what the test wants."""

    def __init__(self, monkeypatch):
        self.recover()
        monkeypatch.setattr(timestamps.urllib.request, "urlopen", self.answer)

    def recover(self):
        self.status, self.fails = "granted", None
        self.other_nonce = self.other_hash = False
        self.garbage = b""

    def answer(self, request, timeout):
        if self.fails:
            raise self.fails
        if self.garbage:
            return io.BytesIO(self.garbage)
        question = tsp.TimeStampReq.load(request.data)
        response = {"status": {"status": self.status}, "time_stamp_token": self._token(question)}
        return io.BytesIO(tsp.TimeStampResp(response).dump())

    def _token(self, question):
        imprint = question["message_imprint"].copy()
        if self.other_hash:
            imprint["hashed_message"] = b"\x00" * 32
        info = {
            "version": "v1",
            "policy": "1.2.3",
            "message_imprint": imprint,
            "serial_number": 1,
            "gen_time": AT,
            "nonce": 1 if self.other_nonce else question["nonce"].native,
        }
        content = {"content_type": "tst_info", "content": tsp.TSTInfo(info)}
        signed = {"version": "v3", "digest_algorithms": [], "encap_content_info": content, "signer_infos": []}
        return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)})


@pytest.fixture
def authority(db, settings, monkeypatch):
    settings.TSA_URL = "http://127.0.0.1:9/tsa"
    _log()
    actions.seal(at=AT)
    return Authority(monkeypatch)


def test_without_an_authority_nothing_is_stamped(db, settings):
    settings.TSA_URL = ""
    _log()
    actions.seal(at=AT)
    assert actions.stamp_pending(at=AT) == 0


def test_a_seal_is_stamped_once_and_the_stamp_is_verified(authority, capsys):
    call_command("audit", "seal")
    assert "Đã đóng dấu thời gian 1 niêm phong" in capsys.readouterr().out
    assert actions.stamp_pending(at=AT) == 0
    stamp = SealStamp.objects.get()
    assert timestamps.moment(bytes(stamp.token)) == AT
    assert str(stamp) == "dấu thời gian của niêm phong 1"
    assert queries.verify().is_whole
    assert queries.proof("dossier/0", at=AT)["seals"][0]["timestamp"] == bytes(stamp.token).hex()


@pytest.mark.parametrize(
    "fault",
    [
        {"status": "rejection"},
        {"other_nonce": True},
        {"other_hash": True},
        {"garbage": b"not der"},
        {"garbage": b"\x30\x05\x30\x03\x02\x01\x02"},  # a rejection as authorities send it: no token
        {"fails": urllib.error.URLError("no route")},
    ],
)
def test_a_failed_stamp_leaves_the_seal_unstamped_and_is_tried_again(authority, fault):
    for name, value in fault.items():
        setattr(authority, name, value)
    assert actions.stamp_pending(at=AT) == 0
    assert not SealStamp.objects.exists()
    authority.recover()
    assert actions.stamp_pending(at=AT) == 1


def test_an_address_that_is_not_http_is_refused():
    with pytest.raises(timestamps.StampError, match="http"):
        timestamps.fetch("ab", "file:///etc/passwd")


def test_a_stamp_of_another_seal_is_found(authority):
    actions.stamp_pending(at=AT)
    forge("UPDATE audit_sealstamp SET token = %s", b"rubbish")
    assert queries.verify().breaks[0].code == "seal-stamp"
