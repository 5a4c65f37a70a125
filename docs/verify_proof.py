#!/usr/bin/env python3
"""Check a proof of one record's history: python3 verify_proof.py PROOF.json --key HEX [--key HEX] [--seal HASH]

Needs nothing but Python. --key: the office's public key as it published it, once for each key it has used (checking
signatures needs the `cryptography` package). --seal: hash of a seal known from elsewhere.
Exit status 0: proved; 1: broken; 2: whole in itself, but it proves nothing, because no seal covers any event or neither
--key nor --seal was given: anyone can write such a file.
"""

import argparse
import json
from datetime import datetime, timedelta, timezone
from hashlib import sha256

VIET_NAM = timezone(timedelta(hours=7))
# The events that give a record its code, and the field in which they say it.
NAMING = {
    "dossier.receive": "code",
    "dossier.accept": "code",
    "agency.created": "code",
    "user.created": "username",
}


def canonical_hash(content):
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def need(condition, message):
    if not condition:
        raise SystemExit(f"HỎNG: {message}")


def is_signed(keys, message, signature):
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        raise SystemExit("Cần gói cryptography để kiểm chữ ký: pip install cryptography") from None
    for key in keys:
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), message)
        except (InvalidSignature, ValueError):
            continue
        return True
    return False


def check_event(event, chain, seq, previous, roots):
    content, name = event["content"], f"sự kiện số {seq}"
    need(content["chain"] == chain and content["seq"] == seq, f"{name}: sai chuỗi hoặc thiếu sự kiện")
    need(content["previous_hash"] == previous, f"{name}: không nối với sự kiện trước")
    need(canonical_hash(content) == event["hash"], f"{name}: nội dung không khớp mã băm")
    if event["seal"] is None:
        return
    node = sha256(b"\x00" + event["hash"].encode()).digest()
    for step in event["path"]:
        other = bytes.fromhex(step["hash"])
        node = sha256(b"\x01" + (other + node if step["side"] == "left" else node + other)).digest()
    need(node.hex() == roots.get(event["seal"]), f"{name}: không thuộc niêm phong {event['seal']}")


def check_seal(seal, before, keys):
    content, name = seal["content"], f"niêm phong {seal['content']['number']}"
    need(canonical_hash(content) == seal["hash"], f"{name}: nội dung không khớp mã băm")
    linked = before is None or (
        content["previous_hash"] == before["hash"] and content["number"] == before["content"]["number"] + 1
    )
    need(linked, f"{name}: không nối với niêm phong trước")
    message = b"motcua seal " + seal["hash"].encode()
    need(
        not keys or is_signed(keys, message, seal["signature"]), f"{name}: chữ ký không phải của khóa đã cho"
    )


def check_code(proof, keys, good):
    """The code is a name beside the chain: only the chain's own events can vouch for it, and none added behind a seal."""
    certain = [event["content"] for event in proof["events"] if keys or event["seal"] in good]
    events = certain or [event["content"] for event in proof["events"]]
    said = {event["data"].get(NAMING[event["kind"]]) for event in events if event["kind"] in NAMING}
    need(
        proof["code"] in {proof["chain"], *said}, f"không sự kiện nào nói chuỗi này là của mã {proof['code']}"
    )


def check_statement(proof, keys):
    """How far the chain went on the day of the proof, signed: events left off its end show."""
    statement, events = proof["statement"], proof["events"]
    content = statement["content"]
    need(canonical_hash(content) == statement["hash"], "lời xác nhận: nội dung không khớp mã băm")
    head = {"code": proof["code"], "chain": proof["chain"], "events": len(events), "head": events[-1]["hash"]}
    need(all(content[name] == value for name, value in head.items()), "thiếu hoặc thừa sự kiện ở cuối chuỗi")
    message = b"motcua proof " + statement["hash"].encode()
    need(
        not keys or is_signed(keys, message, statement["signature"]),
        "lời xác nhận: chữ ký không phải của khóa đã cho",
    )


def vouched(proof, keys, known):
    """The numbers of the seals that a key, or a seal known from elsewhere, stands for."""
    numbers = {seal["hash"]: seal["content"]["number"] for seal in proof["seals"]}
    need(not known or known in numbers, "không có niêm phong đã biết")
    return {number for number in numbers.values() if keys or (known and number <= numbers[known])}


def local(moment):
    return f"{datetime.fromisoformat(moment).astimezone(VIET_NAM):%d/%m/%Y %H:%M}"


def report(proof, keys, good):
    """Say what is proved and until when; the exit status."""
    days = {seal["content"]["number"]: seal["content"]["sealed_at"] for seal in proof["seals"]}
    proved = [event["seal"] for event in proof["events"] if event["seal"] in good]
    count = len(proof["events"])
    print(f"Chuỗi {proof['chain']}, mã {proof['code']}: {count} sự kiện, nối liền nhau và khớp mã băm.")
    if proved:
        print(
            f"Chứng minh được {len(proved)} sự kiện đầu: niêm phong {proved[-1]}, {local(days[proved[-1]])} (giờ Việt Nam)."
        )
    if len(proved) < count:
        print(f"{count - len(proved)} sự kiện sau chưa có niêm phong kiểm được.")
    made = local(proof["statement"]["content"]["made_at"])
    signed = "chữ ký đúng" if keys else "chưa kiểm chữ ký"
    print(f"Lập lúc {made}; việc làm sau lúc đó không có trong tệp này. {len(days)} niêm phong, {signed}.")
    if proved:
        return 0
    print(
        "CHƯA CHỨNG MINH ĐƯỢC GÌ: "
        + ("chưa có niêm phong." if not days else "cho --key hoặc --seal lấy từ cơ quan.")
    )
    return 2


def main():
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("proof")
    arguments.add_argument("--key", action="append", default=[])
    arguments.add_argument("--seal", default="")
    given = arguments.parse_args()
    with open(given.proof, encoding="utf-8") as handle:
        proof = json.load(handle)
    need(proof.get("format") == "motcua-proof-2" and proof["events"], "không phải chứng minh của Một Cửa")
    before = None
    for seal in proof["seals"]:
        check_seal(seal, before, given.key)
        before = seal
    good = vouched(proof, given.key, given.seal)
    roots = {seal["content"]["number"]: seal["content"]["merkle_root"] for seal in proof["seals"]}
    previous = sha256(proof["chain"].encode()).hexdigest()
    for seq, event in enumerate(proof["events"], 1):
        check_event(event, proof["chain"], seq, previous, roots)
        previous = event["hash"]
    sealed = [event["seal"] is not None for event in proof["events"]]
    need(sealed == sorted(sealed, reverse=True), "sự kiện chưa niêm phong đứng trước sự kiện đã niêm phong")
    check_code(proof, given.key, good)
    check_statement(proof, given.key)
    return report(proof, given.key, good)


if __name__ == "__main__":
    raise SystemExit(main())
