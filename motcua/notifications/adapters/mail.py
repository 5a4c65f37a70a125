"""E-mail by SMTP. A stable Message-ID lets receivers recognise a repetition; SMTP itself promises at least once."""

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage as Letter
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from motcua.core import outbound
from motcua.notifications.adapters.base import Outgoing, Reply
from motcua.notifications.rules.delivery import Outcome


def send_configured(outgoing: Outgoing) -> Reply:
    """Through the mail server of the settings (Django's own back end)."""
    letter = EmailMessage(
        outgoing.subject,
        outgoing.body,
        outgoing.provider.sender or settings.DEFAULT_FROM_EMAIL,
        [outgoing.to],
        headers=_headers(outgoing),
    )
    if outgoing.calendar:
        letter.attach("hen-tra-ket-qua.ics", outgoing.calendar.decode(), "text/calendar")
    return _try(letter.send)


def send_smtp(outgoing: Outgoing) -> Reply:
    """Through the server of the provider's row: smtps://host:465 or smtp://host:587 with STARTTLS. The connection goes to the
    address that was judged, and is encrypted unless private partners are allowed.
    """
    return _try(lambda: _deliver(outgoing, _letter(outgoing)))


def _letter(outgoing: Outgoing) -> Letter:
    letter = Letter()
    letter["Subject"], letter["To"] = outgoing.subject, outgoing.to
    letter["From"] = outgoing.provider.sender or settings.DEFAULT_FROM_EMAIL
    for name, value in _headers(outgoing).items():
        letter[name] = value
    letter.set_content(outgoing.body)
    if outgoing.calendar:
        letter.add_attachment(
            outgoing.calendar, maintype="text", subtype="calendar", filename="hen-tra-ket-qua.ics"
        )
    return letter


def _headers(outgoing: Outgoing) -> dict[str, str]:
    host = urlsplit(settings.PUBLIC_URL).hostname or "motcua"
    return {
        "Message-ID": f"<{outgoing.key}@{host}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": outgoing.language,
        **outgoing.headers,
    }


def _deliver(outgoing: Outgoing, letter: Letter) -> None:
    with _connect(outgoing) as server:
        if outgoing.secret and outgoing.provider.account:
            server.login(outgoing.provider.account, outgoing.secret)
        server.send_message(letter)


def _connect(outgoing: Outgoing) -> smtplib.SMTP:
    parts, seconds = urlsplit(outgoing.provider.address), outgoing.provider.timeout_seconds
    host = parts.hostname or ""
    inside = parts.scheme == "smtps"
    port = parts.port or (465 if inside else 587)
    dial = outbound.dialler(outbound.resolve(host, port, private=outgoing.private))
    secure = ssl.create_default_context()

    class Pinned(smtplib.SMTP):
        def _get_socket(self, host: str, port: int, timeout: float) -> object:
            raw = dial((host, port), timeout)
            return secure.wrap_socket(raw, server_hostname=host) if inside else raw

    server = Pinned(host, port, timeout=seconds)
    server.ehlo()
    if not inside and (server.has_extn("starttls") or not outgoing.private):
        server._host = host  # type: ignore[attr-defined]  # the name that the certificate must bear
        server.starttls(context=secure)
        server.ehlo()
    return server


def _try(act: Callable[[], object]) -> Reply:
    """What became of it: a server that names the recipient as wrong, one that answers with an error, one that is silent."""
    try:
        act()
    except smtplib.SMTPRecipientsRefused as error:
        codes = {code for code, _ in error.recipients.values()}
        gone = bool(codes) and all(550 <= code <= 559 for code in codes)
        return Reply(Outcome.IMPOSSIBLE if gone else Outcome.REFUSED, f"SMTP {sorted(codes)}")
    except smtplib.SMTPServerDisconnected as error:
        return Reply(Outcome.UNCLEAR, f"mất liên lạc với máy chủ thư: {type(error).__name__}")
    except smtplib.SMTPResponseException as error:
        return Reply(Outcome.REFUSED, f"SMTP {error.smtp_code}")
    except (ConnectionRefusedError, outbound.NotSent) as error:
        return Reply(Outcome.REFUSED, f"không kết nối được: {error}")
    except (smtplib.SMTPException, ValueError, ssl.SSLError) as error:
        return Reply(Outcome.REFUSED, f"{type(error).__name__}: {error}")
    except OSError as error:
        return Reply(Outcome.UNCLEAR, f"{type(error).__name__}: {error}")
    return Reply(Outcome.ACCEPTED)
