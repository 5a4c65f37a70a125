"""The reference HTTP adapter: signed requests, plain JSON, an idempotency key (docs/howto/notify.md)."""

import json
import secrets
from urllib.parse import urlsplit

from motcua.core import outbound
from motcua.notifications.adapters.base import Outgoing, Reply
from motcua.notifications.rules import signing
from motcua.notifications.rules.delivery import Outcome

# What a partner says of an address that nobody can reach: no other provider is asked.
_NO_ADDRESS = {"unknown_address", "blocked_address"}


def send_http(outgoing: Outgoing) -> Reply:
    """POST one message. 2xx: accepted (also when the partner had it already); 409, 5xx and others: refused; 422 with
    `unknown_address` or `blocked_address`: impossible; no whole answer: unclear.
    """
    provider = outgoing.provider
    if not outgoing.secret:
        return Reply(Outcome.REFUSED, "chưa có khóa bí mật")
    body = _body(outgoing)
    path = urlsplit(provider.address)
    target = (path.path or "/") + (f"?{path.query}" if path.query else "")
    nonce = secrets.token_hex(16)
    signed = signing.headers(
        outgoing.secret, provider.account, "POST", target, body, at=outgoing.at, nonce=nonce
    )
    try:
        answer = outbound.post(
            provider.address,
            body,
            {"Content-Type": "application/json", "Idempotency-Key": outgoing.key, **signed},
            seconds=provider.timeout_seconds,
            private=outgoing.private,
        )
    except outbound.NotSent as error:
        return Reply(Outcome.REFUSED, str(error))
    except outbound.Unclear as error:
        return Reply(Outcome.UNCLEAR, str(error))
    return _read(answer)


def _body(outgoing: Outgoing) -> bytes:
    said = {
        "id": outgoing.key,
        "channel": outgoing.channel,
        "to": outgoing.to,
        "from": outgoing.provider.sender,
        "subject": outgoing.subject,
        "text": outgoing.body,
        "language": outgoing.language,
        "callback": outgoing.callback,
    }
    if outgoing.calendar:
        said["calendar"] = outgoing.calendar.decode()
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _read(answer: outbound.Answer) -> Reply:
    try:
        said = json.loads(answer.body or b"{}")
    except ValueError:
        said = {}
    said = said if isinstance(said, dict) else {}
    code = str(said.get("error", ""))[:60]
    if 200 <= answer.status < 300:
        return Reply(Outcome.ACCEPTED, "", str(said.get("reference", ""))[:100])
    if answer.status == 422 and code in _NO_ADDRESS:
        return Reply(Outcome.IMPOSSIBLE, code)
    # A gateway in between may answer 502 or 504 although the partner has the message.
    outcome = Outcome.UNCLEAR if answer.status in (502, 504) else Outcome.REFUSED
    return Reply(outcome, f"HTTP {answer.status} {code}".strip())
