"""A payment gateway to try things with: takes sealed orders, shows a page to pay on, calls back, and can have bad days.

    python -m motcua.payments.simulator --port 8200 --secret thu-nghiem [--merchant DV-1]

No Django, no database, no real money. It speaks the protocol of docs/howto/payments.md. Whoever runs it says how it behaves:
GET /_seen, POST /_mode {"mode": ..., "seconds": ...}, POST /_pay {"order": ..., "how": ...}. Never put it on a public network.
"""

import argparse
import csv
import hashlib
import html
import io
import json
import secrets
import threading
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from motcua.payments.rules import envelope

VIET_NAM = timezone(timedelta(hours=7))
# ok; down: 503; silent: does it and hangs up; slow: answers after `seconds`; foreign: signs with another secret;
# stuck: refunds stay pending; stern: refuses refunds.
MODES = ("ok", "down", "silent", "slow", "foreign", "stuck", "stern")
# What the tester on the pay page chooses: name, words, whether money is taken.
WAYS = {
    "succeed": ("Trả thành công", True),
    "fail": ("Trả không thành công", False),
    "delay": ("Trả thành công, báo về chậm", True),
    "repeat": ("Trả thành công, báo về ba lần", True),
    "never": ("Trả thành công, không báo về", True),
    "forge": ("Không trả, báo về giả mạo", False),
    "wrong_amount": ("Không trả, báo về sai số tiền", False),
    "wrong_currency": ("Không trả, báo về sai loại tiền", False),
    "stale": ("Trả thành công, báo về đã cũ một giờ", True),
    "replay": ("Trả thành công, báo về bị phát lại", True),
}
COLUMNS = ["kind", "order", "reference", "amount", "currency", "at"]


@dataclass
class Order:
    """An order as the gateway keeps it."""

    order: str
    reference: str
    amount: int
    description: str
    expires: int
    callback: str
    back: str
    state: str = "pending"
    paid_at: str = ""
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """What the gateway says of it."""
        if self.state == "pending" and time.time() > self.expires:
            self.state = "expired"
        return {"order": self.order, "reference": self.reference, "state": self.state, "amount": self.amount, "currency": "VND"}  # fmt: skip


class Gateway:
    """What the gateway knows and how it behaves."""

    def __init__(self, secret: str, merchant: str) -> None:
        self.secret, self.merchant, self.url = secret, merchant, ""
        self.mode, self.seconds = "ok", 0.0
        self.orders: dict[str, Order] = {}
        self.asked: list[str] = []
        self.lock = threading.RLock()

    def answer(self, path: str, said: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """What is said to a believed question."""
        if said.get("merchant") != self.merchant:
            return 403, {"error": "merchant"}
        known = {"/orders": self._create, "/orders/status": self._status, "/refunds": self._refund, "/reconciliation": self._file, "/check": self._check}  # fmt: skip
        with self.lock:
            return known[path](said) if path in known else (404, {"error": "path"})

    def _check(self, said: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        return 200, {"merchant": self.merchant}

    def _create(self, said: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        key = said["order"]
        found = self.orders.get(key)
        if found is None:
            names = ("order", "amount", "description", "expires", "callback", "back")
            reference = f"GL{len(self.orders) + 1:06d}{secrets.token_hex(3)}"
            found = self.orders[key] = Order(reference=reference, **{name: said[name] for name in names})
        elif found.amount != said["amount"]:
            return 409, {"error": "other_amount"}
        return 201, {**found.told(), "pay_url": f"{self.url}/pay/{found.reference}"}

    def _status(self, said: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        found = self.orders.get(said["order"])
        return (200, found.told()) if found else (404, {"error": "unknown_order"})

    def _refund(self, said: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        found = self.orders.get(said["order"])
        if found is None or found.state not in ("paid", "refunded"):
            return 422, {"error": "not_paid"}
        about = {"refund": said["refund"], "amount": said["amount"], "currency": "VND"}
        if said["refund"] not in found.refunds:
            given = sum(one["amount"] for one in found.refunds.values())
            if self.mode == "stern" or given + said["amount"] > found.amount:
                return 422, {"error": "too_much" if self.mode != "stern" else "closed"}
            if self.mode == "stuck":
                return 202, {**about, "state": "pending"}
            found.refunds[said["refund"]] = {"amount": said["amount"], "at": _now()}
            if given + said["amount"] == found.amount:
                found.state = "refunded"
        return 200, {**about, "state": "done"}

    def _file(self, said: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for one in self.orders.values():
            if one.paid_at.startswith(said["day"]):
                writer.writerow(["payment", one.order, one.reference, one.amount, "VND", one.paid_at])
            for key, refund in one.refunds.items():
                if refund["at"].startswith(said["day"]):
                    writer.writerow(["refund", one.order, key, refund["amount"], "VND", refund["at"]])
        text = out.getvalue()
        digest = hashlib.sha256(text.encode()).hexdigest()
        return 200, {"day": said["day"], "csv": text, "sha256": digest}

    def pay(self, key: str, how: str) -> list[int]:
        """Do what the tester chose; the statuses that callbacks got at once."""
        with self.lock:
            one = next(o for o in self.orders.values() if key in (o.order, o.reference))
            one.told()
            if WAYS[how][1] and one.state in ("pending", "failed"):
                one.state, one.paid_at = "paid", _now()
            elif how == "fail" and one.state == "pending":
                one.state = "failed"
        if how == "delay":
            timer = threading.Timer(self.seconds or 5, self.call_back, (one, how))
            timer.daemon = True
            timer.start()
            return []
        times = {"never": 0, "repeat": 3}.get(how, 1)
        if how == "replay":
            body = self._callback(one, how)
            return [_send(one.callback, body), _send(one.callback, body)]
        return [self.call_back(one, how) for _ in range(times)]

    def call_back(self, one: Order, how: str) -> int:
        """Tell the merchant; the status of its answer, 0 when there was none."""
        return _send(one.callback, self._callback(one, how))

    def _callback(self, one: Order, how: str) -> bytes:
        said = one.told()
        if how in ("forge", "wrong_amount", "wrong_currency"):
            said |= {"state": "paid"}
        if how == "wrong_amount":
            said["amount"] = one.amount - 1000
        if how == "wrong_currency":
            said["currency"] = "USD"
        secret = "not-the-secret" if how == "forge" else self.secret
        at = datetime.fromtimestamp(time.time() - (3600 if how == "stale" else 0), UTC)
        path = urlsplit(one.callback).path
        return envelope.seal(secret, envelope.Way.CALLBACK, path, said, at=at, nonce=secrets.token_hex(16))


def _now() -> str:
    return datetime.now(VIET_NAM).isoformat(timespec="seconds")


def _send(url: str, body: bytes) -> int:
    ask = urllib.request.Request(url, body, {"Content-Type": "application/json"})  # noqa: S310
    try:
        with urllib.request.urlopen(ask, timeout=10) as answer:  # noqa: S310 - the address that we were given
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Cổng thanh toán giả lập</title></head><body><main><h1>Cổng thanh toán giả lập</h1>
<p>Chỉ để thử: không có tiền thật.</p><p>{text}: <strong>{amount} đồng</strong> ({state})</p>
<form method="post">{buttons}</form><p><a href="{back}">Quay lại, không trả</a></p></main></body></html>"""


class Handler(BaseHTTPRequestHandler):
    """One request to the gateway."""

    gateway: Gateway
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: Any) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        gateway = self.gateway
        if self.path == "/_seen":
            orders = [asdict(one) for one in gateway.orders.values()]
            return self._json(200, {"asked": list(gateway.asked), "orders": orders})
        one = self._order()
        if one is None:
            return self._json(404, {"error": "path"})
        buttons = "".join(
            f'<p><button name="how" value="{how}">{words}</button></p>' for how, (words, _) in WAYS.items()
        )
        text = PAGE.format(
            text=html.escape(one.description),
            amount=f"{one.amount:,}".replace(",", "."),
            state=one.told()["state"],
            buttons=buttons,
            back=html.escape(one.back),
        )
        return self._send(200, text.encode(), "text/html; charset=utf-8")

    def _order(self) -> Order | None:
        reference = self.path.removeprefix("/pay/")
        return next((one for one in self.gateway.orders.values() if one.reference == reference), None)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        gateway = self.gateway
        if self.path == "/_mode":
            said = json.loads(body)
            gateway.mode, gateway.seconds = said.get("mode", "ok"), float(said.get("seconds", 0))
            return self._json(200, {"mode": gateway.mode})
        if self.path == "/_pay":
            said = json.loads(body)
            return self._json(200, {"statuses": gateway.pay(said["order"], said["how"])})
        if one := self._order():
            how = parse_qs(body.decode()).get("how", ["fail"])[0]
            gateway.pay(one.order, how if how in WAYS else "fail")
            return self._send(303, b"", "text/plain", {"Location": one.back})
        return self._question(body)

    def _question(self, body: bytes) -> None:
        gateway, now = self.gateway, datetime.now(UTC)
        gateway.asked.append(self.path)
        if gateway.mode == "down":
            return self._json(503, {"error": "down"})
        said, nonce, fault = envelope.open_sealed(
            gateway.secret, envelope.Way.REQUEST, self.path, body, at=now
        )
        if fault:
            return self._json(401, {"error": fault})
        status, answer = gateway.answer(self.path, said)
        if gateway.mode == "silent":
            self.close_connection = True
            return None
        if gateway.mode == "slow":
            time.sleep(gateway.seconds)
        secret = "another" if gateway.mode == "foreign" else gateway.secret
        sealed = envelope.seal(secret, envelope.Way.ANSWER, self.path, answer, at=now, nonce=nonce)
        return self._send(status, sealed, "application/json")

    def _json(self, status: int, said: dict[str, Any]) -> None:
        self._send(status, json.dumps(said).encode(), "application/json")

    def _send(self, status: int, body: bytes, kind: str, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Connection": "close"}
        for name, value in {**headers, **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True


class Http(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True


def main() -> None:
    """Serve on loopback until stopped; the first line says the port."""
    parser = argparse.ArgumentParser(description="Cổng thanh toán giả lập.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--secret", required=True)
    parser.add_argument("--merchant", default="DV-1")
    given = parser.parse_args()
    gateway = Gateway(given.secret, given.merchant)
    http = Http(("127.0.0.1", given.port), type("H", (Handler,), {"gateway": gateway}))
    gateway.url = f"http://127.0.0.1:{http.server_address[1]}"
    print(json.dumps({"port": http.server_address[1]}), flush=True)
    http.serve_forever()


if __name__ == "__main__":
    main()
