"""A partner to try things with: takes signed messages over HTTP (and e-mail by SMTP), and can have bad days.

    python -m motcua.notifications.simulator --port 8100 --secret thu-nghiem [--smtp-port 8125] [--record FILE]

No Django, no database. It speaks the protocol of docs/howto/notify.md and is told how to behave over HTTP by whoever runs
it: GET /_received, POST /_mode {"mode": ..., "seconds": ..., "reports": ...}, POST /_report {...}. Never put it on a public network.
"""

import argparse
import json
import os
import secrets
import socketserver
import threading
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from motcua.notifications.rules import signing

# ok: takes each key once; fail: 503; refuse: 401; nobody: no such address; silent: takes it and hangs up without an answer;
# slow: answers after `seconds`; forgetful: takes every repetition as new.
MODES = ("ok", "fail", "refuse", "nobody", "silent", "slow", "forgetful")


class Partner:
    """What the partner knows and how it behaves."""

    def __init__(self, secret: str, record: str = "") -> None:
        self.secret, self._record = secret, record
        self.mode, self.seconds, self.reports = "ok", 0.0, ""
        self.taken: dict[str, dict[str, Any]] = {}
        self.asked, self.repeated, self.unsigned = 0, 0, 0
        self.delivered: list[str] = []
        self.letters: list[str] = []
        self.nonces: set[str] = set()
        self.lock = threading.Lock()

    def take(self, key: str, said: dict[str, Any]) -> str:
        """Bring a message to the person, once for each key; the partner's own number of it."""
        with self.lock:
            known = key in self.taken
            self.repeated += known
            if not known or self.mode == "forgetful":
                self.delivered.append(key)
                self._write(key)
            self.taken[key] = said
            return f"SIM-{key[:8]}"

    def _write(self, key: str) -> None:
        """On disk before the answer goes out, as a partner that keeps its word does."""
        if self._record:
            with Path(self._record).open("a", encoding="utf-8") as handle:
                handle.write(f"{key} {time.time():.3f}\n")
                handle.flush()
                os.fsync(handle.fileno())

    def seen(self) -> dict[str, Any]:
        """What came so far."""
        with self.lock:
            return {
                "asked": self.asked,
                "delivered": list(self.delivered),
                "repeated": self.repeated,
                "unsigned": self.unsigned,
                "messages": list(self.taken.values()),
                "letters": list(self.letters),
            }

    def report(self, key: str, state: str, *, how: str = "", nonce: str = "") -> int:
        """Tell what became of a message; `how`: "" rightly signed, "forged", "late" (an hour old). The answer's status."""
        url = self.taken[key]["callback"]
        body = json.dumps(
            {"id": key, "state": state, "reason": "absent" if state == "failed" else ""}
        ).encode()
        at = datetime.fromtimestamp(time.time() - (3600 if how == "late" else 0), UTC)
        secret = "not-the-secret" if how == "forged" else self.secret
        nonce = nonce or secrets.token_hex(16)
        signed = signing.headers(secret, "simulator", "POST", urlsplit(url).path, body, at=at, nonce=nonce)
        ask = urllib.request.Request(url, body, {"Content-Type": "application/json", **signed})  # noqa: S310
        try:
            with urllib.request.urlopen(ask, timeout=10) as answer:  # noqa: S310 - the address that we were given
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code


class Handler(BaseHTTPRequestHandler):
    """One request to the partner."""

    partner: Partner
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: Any) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        self._answer(200, self.partner.seen() if self.path == "/_received" else {"modes": MODES})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/_mode":
            said = json.loads(body)
            for name in ("mode", "seconds", "reports"):
                setattr(self.partner, name, said.get(name, getattr(self.partner, name)))
            self._answer(200, {"mode": self.partner.mode})
        elif self.path == "/_report":
            self._answer(200, {"status": self.partner.report(**json.loads(body))})
        else:
            self._message(body)

    def _message(self, body: bytes) -> None:
        partner = self.partner
        partner.asked += 1
        now = datetime.now(UTC)
        nonce = self.headers.get(signing.NONCE, "")
        wrong = signing.fault(partner.secret, self.headers, "POST", self.path, body, at=now)
        if wrong or nonce in partner.nonces:
            partner.unsigned += 1
            return self._answer(401, {"error": "signature"})
        partner.nonces.add(nonce)
        if partner.mode in ("fail", "refuse", "nobody"):
            status, code = {"fail": (503, "down"), "refuse": (401, "account"), "nobody": (422, "unknown_address")}[partner.mode]  # fmt: skip
            return self._answer(status, {"error": code})
        said = json.loads(body)
        key = self.headers.get("Idempotency-Key", "")
        reference = partner.take(key, said)
        if partner.reports == "early":
            partner.report(key, "delivered")
        if partner.mode == "silent":
            self.close_connection = True
            return None
        if partner.seconds:
            time.sleep(partner.seconds)
        self._answer(202, {"reference": reference})
        if partner.reports in ("delivered", "failed"):
            threading.Thread(target=partner.report, args=(key, partner.reports), daemon=True).start()
        return None

    def _answer(self, status: int, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True


class Post(socketserver.StreamRequestHandler):
    """One conversation by SMTP, as little of it as a client needs."""

    partner: Partner

    def handle(self) -> None:
        self._say("220 simulator")
        while line := self.rfile.readline().decode(errors="replace").strip():
            word = line[:4].upper()
            if word == "QUIT":
                return self._say("221 bye")
            if word == "RCPT" and self.partner.mode == "nobody":
                self._say("550 no such user")
            elif word == "DATA":
                self._letter()
            else:
                self._say("451 later" if word == "MAIL" and self.partner.mode == "fail" else "250 ok")
        return None

    def _letter(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        with self.partner.lock:
            self.partner.letters.append(b"".join(lines).decode(errors="replace"))
        if self.partner.mode != "silent":
            self._say("250 taken")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class Threads(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


class Http(ThreadingHTTPServer):
    request_queue_size = 256


def main() -> None:
    """Serve on loopback until stopped; the first line says the ports."""
    parser = argparse.ArgumentParser(description="Đối tác gửi tin giả lập.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--smtp-port", type=int, default=0)
    parser.add_argument("--secret", required=True)
    parser.add_argument("--record", default="", help="tệp ghi khóa của mỗi tin đã giao")
    given = parser.parse_args()
    partner = Partner(given.secret, given.record)
    http = Http(("127.0.0.1", given.port), type("H", (Handler,), {"partner": partner}))
    smtp = Threads(("127.0.0.1", given.smtp_port), type("P", (Post,), {"partner": partner}))
    threading.Thread(target=smtp.serve_forever, daemon=True).start()
    print(json.dumps({"port": http.server_address[1], "smtp_port": smtp.server_address[1]}), flush=True)
    http.serve_forever()


if __name__ == "__main__":
    main()
