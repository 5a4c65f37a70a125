"""A proof convinces a stranger who has only a short script; a tampered one does not."""

import json
import runpy
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.management import call_command

from motcua.audit import actions, keys, queries
from motcua.audit.models import Seal
from motcua.audit.queries import registry
from motcua.audit.rules.chain import Link, genesis
from motcua.audit.rules.statements import NAMING, Statement
from motcua.core.errors import NotFound

AT = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)
CODE = "H40.12-261123-0007"
SCRIPT = settings.BASE_DIR.parent / "docs" / "verify_proof.py"


@pytest.fixture
def log(db, monkeypatch):
    """One dossier among others, over three seals, its newest event not yet sealed."""
    monkeypatch.setattr(registry, "_resolvers", [])
    registry.register_resolver(lambda code: "dossier/17" if code == CODE else None)
    actions.append("user/1", "noise", actor=None, at=AT)
    actions.seal(at=AT)
    actions.append("dossier/17", "dossier.receive", actor=None, at=AT, data={"code": CODE})
    for turn in range(2):
        for number in (16, 17, 18, 17):
            actions.append(f"dossier/{number}", f"act.{turn}", actor=None, at=AT, data={"tên": "Đặng"})
        actions.seal(at=AT)
    actions.append("dossier/17", "open", actor=None, at=AT)


def _check(proof, tmp_path, *options):
    path = tmp_path / "proof.json"
    path.write_text(json.dumps(proof), encoding="utf-8")
    command = [sys.executable, "-X", "utf8", str(SCRIPT), str(path), *options]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def test_a_true_proof_is_accepted_with_key_and_known_seal(log, tmp_path):
    proof = queries.proof(CODE, at=AT)
    assert [event["seal"] for event in proof["events"]] == [2, 2, 2, 3, 3, None]
    assert [seal["content"]["number"] for seal in proof["seals"]] == [2, 3]
    newest = Seal.objects.get(number=3)
    result = _check(proof, tmp_path, "--key", keys.public_hex(keys.office_key()), "--seal", newest.hash)
    assert result.returncode == 0, result.stderr
    assert "Chứng minh được 5 sự kiện đầu: niêm phong 3, 23/11/2026 08:02" in result.stdout
    assert "1 sự kiện sau chưa có niêm phong" in result.stdout
    assert "chữ ký đúng" in result.stdout


def test_without_a_key_or_known_seal_it_proves_nothing(log, tmp_path):
    result = _check(queries.proof(CODE, at=AT), tmp_path)
    assert result.returncode == 2
    assert "chưa kiểm chữ ký" in result.stdout
    assert "CHƯA CHỨNG MINH" in result.stdout


def test_a_known_seal_stands_for_the_events_up_to_it_and_no_further(log, tmp_path):
    result = _check(queries.proof(CODE, at=AT), tmp_path, "--seal", Seal.objects.get(number=2).hash)
    assert result.returncode == 0
    assert "Chứng minh được 3 sự kiện đầu: niêm phong 2" in result.stdout
    assert "3 sự kiện sau chưa có niêm phong kiểm được" in result.stdout


def test_a_key_used_before_is_given_beside_the_present_one(log, tmp_path):
    old, new = keys.public_hex(keys.office_key()), keys.public_hex(keys.Ed25519PrivateKey.generate())
    assert _check(queries.proof(CODE, at=AT), tmp_path, "--key", new, "--key", old).returncode == 0


def _strip_seals(proof):
    proof["seals"].clear()
    for event in proof["events"]:
        event |= {"seal": None, "path": []}


def _restate(proof):
    """What a forger without the key can do: make the office's word fit the rest."""
    content = proof["statement"]["content"]
    content |= {"code": proof["code"], "events": len(proof["events"]), "head": proof["events"][-1]["hash"]}
    proof["statement"]["hash"] = Statement(**content).hash()


def _forge_chain(proof):
    _strip_seals(proof)
    for event in proof["events"]:
        event["content"]["kind"] = "forged"
    previous = genesis(proof["chain"])
    for event in proof["events"]:
        event["content"]["previous_hash"] = previous
        previous = event["hash"] = Link(**event["content"]).hash()
    proof["code"] = proof["chain"]


@pytest.mark.parametrize(("change", "status_with_key"), [(_strip_seals, 2), (_forge_chain, 1)])
def test_a_history_without_seals_is_never_taken_for_proved(log, tmp_path, change, status_with_key):
    proof = queries.proof(CODE, at=AT)
    change(proof)
    _restate(proof)
    assert _check(proof, tmp_path).returncode == 2
    assert _check(proof, tmp_path, "--key", keys.public_hex(keys.office_key())).returncode == status_with_key


@pytest.mark.parametrize("count", [1, 2, 5])
def test_events_left_off_the_end_are_missed_although_all_seals_fit(log, tmp_path, count):
    proof = queries.proof(CODE, at=AT)
    del proof["events"][-count:]
    result = _check(proof, tmp_path)
    assert (result.returncode, "thiếu hoặc thừa sự kiện ở cuối" in result.stderr) == (1, True)
    _restate(proof)
    result = _check(proof, tmp_path, "--key", keys.public_hex(keys.office_key()))
    assert (result.returncode, "lời xác nhận: chữ ký" in result.stderr) == (1, True)


def test_another_code_is_refused_even_when_an_event_behind_the_seal_speaks_of_it(log, tmp_path):
    proof = queries.proof(CODE, at=AT)
    proof["code"] = other = "H40.12-261123-0008"
    _restate(proof)
    assert "của mã H40.12-261123-0008" in _check(proof, tmp_path).stderr
    last = proof["events"][-1]
    last["content"] |= {"kind": "dossier.receive", "data": {"code": other}}
    last["hash"] = Link(**last["content"]).hash()
    _restate(proof)
    known = proof["seals"][-1]["hash"]
    assert "của mã H40.12-261123-0008" in _check(proof, tmp_path, "--seal", known).stderr


def test_the_script_and_the_software_know_the_same_naming_events():
    assert runpy.run_path(str(SCRIPT))["NAMING"] == NAMING


def test_a_code_that_no_event_speaks_of_gives_way_to_the_name_of_the_chain(log, tmp_path):
    registry.register_resolver(lambda code: "user/1" if code == "an" else None)
    assert queries.proof("an", at=AT)["code"] == "user/1"
    assert queries.proof(CODE, at=AT)["code"] == CODE


def _set(path, value):
    def change(proof):
        place = proof
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_set(["events", 1, "content", "kind"], "x"), "sự kiện số 2: nội dung không khớp"),
        (_set(["events", 1, "content", "data"], {"tên": "Khác"}), "sự kiện số 2: nội dung không khớp"),
        (_set(["events", 1, "content", "seq"], 3), "sự kiện số 2: sai chuỗi hoặc thiếu"),
        (lambda proof: proof["events"].pop(1), "sự kiện số 2: sai chuỗi hoặc thiếu"),
        (lambda proof: proof["events"].pop(0), "sự kiện số 1"),
        (lambda proof: proof["events"].clear(), "không phải chứng minh"),
        (_set(["chain"], "dossier/18"), "sự kiện số 1"),
        (_set(["events", 0, "content", "previous_hash"], "00" * 32), "không nối"),
        (_set(["events", 0, "path", 0, "hash"], "00" * 32), "không thuộc niêm phong 2"),
        (_set(["events", 0, "seal"], 3), "không thuộc niêm phong 3"),
        (_set(["events", 0, "seal"], 9), "không thuộc niêm phong 9"),
        (_set(["seals", 0, "content", "merkle_root"], "00" * 32), "niêm phong 2: nội dung"),
        (_set(["seals", 1, "signature"], "00" * 64), "niêm phong 3: chữ ký"),
        (lambda proof: proof["seals"].reverse(), "không nối với niêm phong trước"),
        (lambda proof: proof["seals"].pop(), "không có niêm phong đã biết"),
        (_set(["format"], "other"), "không phải chứng minh"),
        (_set(["events", 1, "seal"], None), "đứng trước sự kiện đã niêm phong"),
        (_set(["code"], "H40.12-261123-0008"), "không sự kiện nào nói"),
        (_set(["statement", "content", "made_at"], "2027-01-01T00:00:00+00:00"), "lời xác nhận: nội dung"),
    ],
)
def test_a_tampered_proof_is_refused_with_the_reason(log, tmp_path, change, message):
    proof = queries.proof("dossier/17", at=AT)
    known = proof["seals"][-1]["hash"]
    change(proof)
    result = _check(proof, tmp_path, "--key", keys.public_hex(keys.office_key()), "--seal", known)
    assert result.returncode == 1
    assert message in result.stderr


def test_a_proof_under_another_key_is_refused(log, tmp_path):
    stranger = keys.public_hex(keys.Ed25519PrivateKey.generate())
    assert "chữ ký" in _check(queries.proof("dossier/17", at=AT), tmp_path, "--key", stranger).stderr


def test_a_history_not_yet_sealed_is_not_proved(db, tmp_path):
    actions.append("dossier/5", "a", actor=None, at=AT)
    proof = queries.proof("dossier/5", at=AT)
    assert proof["seals"] == []
    assert _check(proof, tmp_path).returncode == 2
    assert _check(proof, tmp_path, "--key", keys.public_hex(keys.office_key())).returncode == 2


def test_an_unknown_code_is_not_found(log):
    with pytest.raises(NotFound):
        queries.proof("H40.12-999999-9999", at=AT)


def test_a_code_known_above_without_any_event_is_not_found(log):
    registry.register_resolver(lambda code: "dossier/99")
    with pytest.raises(NotFound, match="chưa có sự kiện"):
        queries.proof("whatever", at=AT)


def test_the_same_resolver_is_registered_once(log):
    resolver = registry._resolvers[0]
    assert registry.register_resolver(resolver) is resolver
    assert registry._resolvers == [resolver]


def test_the_command_prints_or_writes_a_proof(log, tmp_path, capsys):
    call_command("audit", "proof", CODE)
    printed = json.loads(capsys.readouterr().out)
    path = tmp_path / "out.json"
    call_command("audit", "proof", "dossier/17", "--output", str(path))
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written["events"] == printed["events"]
    assert _check(written, tmp_path, "--key", keys.public_hex(keys.office_key())).returncode == 0
