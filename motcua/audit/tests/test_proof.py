"""A proof convinces a stranger who has only a short script; a tampered one does not."""

import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.management import call_command

from motcua.audit import actions, keys, queries
from motcua.audit.models import Seal
from motcua.audit.queries import registry
from motcua.core.errors import NotFound

AT = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)
SCRIPT = settings.BASE_DIR.parent / "docs" / "verify_proof.py"


@pytest.fixture
def log(db, monkeypatch):
    """One dossier among others, over three seals, its newest event not yet sealed."""
    monkeypatch.setattr(registry, "_resolvers", [])
    registry.register_resolver(lambda code: "dossier/17" if code == "H40.12-261123-0007" else None)
    actions.append("user/1", "noise", actor=None, at=AT)
    actions.seal(at=AT)
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
    proof = queries.proof("H40.12-261123-0007")
    assert [event["seal"] for event in proof["events"]] == [2, 2, 3, 3, None]
    assert [seal["content"]["number"] for seal in proof["seals"]] == [2, 3]
    newest = Seal.objects.get(number=3)
    result = _check(proof, tmp_path, "--key", keys.public_hex(keys.office_key()), "--seal", newest.hash)
    assert result.returncode == 0, result.stderr
    assert "5 sự kiện toàn vẹn, 1 chưa niêm phong" in result.stdout
    assert "chữ ký đúng" in result.stdout


def test_without_a_key_it_says_that_signatures_were_not_checked(log, tmp_path):
    assert "chưa kiểm chữ ký" in _check(queries.proof("dossier/17"), tmp_path).stdout


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
    ],
)
def test_a_tampered_proof_is_refused_with_the_reason(log, tmp_path, change, message):
    proof = queries.proof("dossier/17")
    known = proof["seals"][-1]["hash"]
    change(proof)
    result = _check(proof, tmp_path, "--key", keys.public_hex(keys.office_key()), "--seal", known)
    assert result.returncode == 1
    assert message in result.stderr


def test_a_proof_under_another_key_is_refused(log, tmp_path):
    stranger = keys.public_hex(keys.Ed25519PrivateKey.generate())
    assert "chữ ký" in _check(queries.proof("dossier/17"), tmp_path, "--key", stranger).stderr


def test_a_history_not_yet_sealed_is_proved_by_its_chain_alone(db, tmp_path):
    actions.append("dossier/5", "a", actor=None, at=AT)
    proof = queries.proof("dossier/5")
    assert proof["seals"] == []
    assert _check(proof, tmp_path).returncode == 0


def test_an_unknown_code_is_not_found(log):
    with pytest.raises(NotFound):
        queries.proof("H40.12-999999-9999")


def test_a_code_known_above_without_any_event_is_not_found(log):
    registry.register_resolver(lambda code: "dossier/99")
    with pytest.raises(NotFound, match="chưa có sự kiện"):
        queries.proof("whatever")


def test_the_same_resolver_is_registered_once(log):
    resolver = registry._resolvers[0]
    assert registry.register_resolver(resolver) is resolver
    assert registry._resolvers == [resolver]


def test_the_command_prints_or_writes_a_proof(log, tmp_path, capsys):
    call_command("audit", "proof", "H40.12-261123-0007")
    printed = json.loads(capsys.readouterr().out)
    path = tmp_path / "out.json"
    call_command("audit", "proof", "dossier/17", "--output", str(path))
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written["events"] == printed["events"]
    assert _check(written, tmp_path).returncode == 0
