"""The reference adapter: sealed JSON over HTTP (docs/howto/payments.md)."""

import csv
import hashlib
import io
import secrets
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from motcua.core import outbound
from motcua.payments.adapters.base import Asked, DayRow, Reply, Sort
from motcua.payments.models import OnlineRefund, PaymentOrder
from motcua.payments.rules import envelope
from motcua.payments.rules.orders import CURRENCY

COLUMNS = ["kind", "order", "reference", "amount", "currency", "at"]
LONGEST_FILE = 16 * 1024 * 1024


class HttpAdapter:
    """Five questions, each a sealed POST with a sealed answer that carries the question's nonce."""

    def create(self, asked: Asked, order: PaymentOrder, callback: str, back: str) -> Reply:
        said = {
            "order": str(order.key),
            "amount": order.amount,
            "currency": CURRENCY,
            "description": f"Ho so {order.code}",
            "expires": int(order.expires_at.timestamp()),
            "callback": callback,
            "back": back,
        }
        return _ask(asked, "/orders", said, key=str(order.key))

    def status(self, asked: Asked, order: PaymentOrder) -> Reply:
        return _ask(asked, "/orders/status", {"order": str(order.key)})

    def refund(self, asked: Asked, refund: OnlineRefund) -> Reply:
        said = {
            "refund": str(refund.key),
            "order": str(refund.order.key),
            "amount": refund.amount,
            "currency": CURRENCY,
        }
        return _ask(asked, "/refunds", said, key=str(refund.key))

    def day_file(self, asked: Asked, day: date) -> tuple[Reply, list[DayRow]]:
        reply = _ask(asked, "/reconciliation", {"day": day.isoformat()}, most=LONGEST_FILE)
        if reply.sort != Sort.ACCEPTED:
            return reply, []
        try:
            return reply, _rows(reply.said, day)
        except ValueError as error:
            return Reply(Sort.REFUSED, {}, f"tệp đối soát hỏng: {error}"), []

    def check(self, asked: Asked) -> Reply:
        reply = _ask(asked, "/check", {})
        if reply.sort == Sort.ACCEPTED and reply.said.get("merchant") != asked.gateway.merchant:
            return Reply(Sort.REFUSED, {}, "cổng trả lời cho đơn vị khác")
        return reply


def _rows(said: dict[str, Any], day: date) -> list[DayRow]:
    text = str(said.get("csv", ""))
    if said.get("day") != day.isoformat() or said.get("sha256") != hashlib.sha256(text.encode()).hexdigest():
        raise ValueError("sai ngày hoặc sai mã băm")
    reader = csv.reader(io.StringIO(text))
    if next(reader, []) != COLUMNS:
        raise ValueError("sai cột")
    return [_row(cells) for cells in reader]


def _row(cells: list[str]) -> DayRow:
    if len(cells) != len(COLUMNS) or cells[0] not in ("payment", "refund") or cells[4] != CURRENCY:
        raise ValueError(f"dòng không đọc được: {','.join(cells)[:80]}")
    if not (cells[3].isascii() and cells[3].isdigit() and len(cells[3]) <= 15):
        raise ValueError(f"số tiền không đọc được: {cells[3][:20]}")
    return DayRow(cells[0], cells[1][:36], cells[2][:100], int(cells[3]), cells[5][:30])


def _ask(asked: Asked, path: str, said: dict[str, Any], *, key: str = "", most: int = outbound.MOST) -> Reply:
    if not asked.secret:
        return Reply(Sort.REFUSED, {}, "chưa có khóa bí mật")
    url, nonce = asked.gateway.address.rstrip("/") + path, secrets.token_hex(16)
    target = urlsplit(url).path
    said = {"merchant": asked.gateway.merchant, **said}
    body = envelope.seal(asked.secret, envelope.Way.REQUEST, target, said, at=asked.at, nonce=nonce)
    headers = {"Content-Type": "application/json", **({"Idempotency-Key": key} if key else {})}
    try:
        answer = outbound.post(
            url,
            body,
            headers,
            seconds=asked.gateway.timeout_seconds,
            private=asked.private,
            most=most,
        )
    except outbound.NotSent as error:
        return Reply(Sort.REFUSED, {}, str(error))
    except outbound.Unclear as error:
        return Reply(Sort.UNCLEAR, {}, str(error))
    return _read(asked, target, nonce, answer)


def _read(asked: Asked, target: str, nonce: str, answer: outbound.Answer) -> Reply:
    said, theirs, fault = envelope.open_sealed(
        asked.secret, envelope.Way.ANSWER, target, answer.body, at=asked.at
    )
    ok = 200 <= answer.status < 300
    if fault or theirs != nonce:
        # Whoever cannot sign may be anybody: only "surely not done" is taken from such an answer, and only from 4xx.
        sort = Sort.REFUSED if 400 <= answer.status < 500 else Sort.UNCLEAR
        return Reply(sort, {}, f"HTTP {answer.status}, trả lời {fault or 'cho câu hỏi khác'}")
    if ok:
        return Reply(Sort.ACCEPTED, said)
    sort = Sort.UNCLEAR if answer.status >= 500 else Sort.REFUSED
    return Reply(sort, said, f"HTTP {answer.status} {said.get('error', '')}".strip()[:200])
