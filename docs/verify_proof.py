#!/usr/bin/env python3
"""Check a proof of one record's history: python3 verify_proof.py PROOF.json [--key HEX] [--seal HASH]

Needs nothing but Python. --key: the office's public key as it published it (checking the signatures needs the
`cryptography` package). --seal: hash of a seal known from elsewhere. Exit status 0: whole; 1: broken.
"""

import argparse
import json
from hashlib import sha256


def canonical_hash(content):
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def need(condition, message):
    if not condition:
        raise SystemExit(f"HỎNG: {message}")


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


def check_seal(seal, before, key):
    content, name = seal["content"], f"niêm phong {seal['content']['number']}"
    need(canonical_hash(content) == seal["hash"], f"{name}: nội dung không khớp mã băm")
    linked = before is None or (
        content["previous_hash"] == before["hash"] and content["number"] == before["content"]["number"] + 1
    )
    need(linked, f"{name}: không nối với niêm phong trước")
    if key:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        message, signature = b"motcua seal " + seal["hash"].encode(), bytes.fromhex(seal["signature"])
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, message)
        except InvalidSignature:
            need(False, f"{name}: chữ ký không phải của khóa đã cho")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("proof")
    arguments.add_argument("--key", default="")
    arguments.add_argument("--seal", default="")
    given = arguments.parse_args()
    with open(given.proof, encoding="utf-8") as handle:
        proof = json.load(handle)
    need(proof.get("format") == "motcua-proof-1" and proof["events"], "không phải chứng minh của Một Cửa")
    before = None
    for seal in proof["seals"]:
        check_seal(seal, before, given.key)
        before = seal
    need(
        not given.seal or given.seal in {seal["hash"] for seal in proof["seals"]},
        "không có niêm phong đã biết",
    )
    roots = {seal["content"]["number"]: seal["content"]["merkle_root"] for seal in proof["seals"]}
    previous = sha256(proof["chain"].encode()).hexdigest()
    for seq, event in enumerate(proof["events"], 1):
        check_event(event, proof["chain"], seq, previous, roots)
        previous = event["hash"]
    open_events = sum(event["seal"] is None for event in proof["events"])
    print(f"Chuỗi {proof['chain']}: {len(proof['events'])} sự kiện toàn vẹn, {open_events} chưa niêm phong,")
    signed = "chữ ký đúng" if given.key and before else "chưa kiểm chữ ký"
    print(f"{len(proof['seals'])} niêm phong, {signed}.")


if __name__ == "__main__":
    main()
