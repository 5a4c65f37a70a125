"""Taking feedback in: from the site, the kiosk, another programme, or by an officer who writes down what was said."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import nfc
from motcua.dossiers.models import Dossier
from motcua.feedback import queries
from motcua.feedback.actions._steps import attach, clock, step, take_number
from motcua.feedback.models import Feedback, Sender, Topic
from motcua.feedback.queries.tracking import secret_hash
from motcua.feedback.rules import codes
from motcua.feedback.rules.paths import other_path
from motcua.feedback.rules.sending import (
    FeedbackData,
    SenderData,
    checked_content,
    checked_place,
    checked_sender,
)
from motcua.feedback.rules.states import BY_STAFF, Act, Channel, State
from motcua.notifications.actions import queue
from motcua.procedures.models import Procedure

CONFIRM_FOR = timedelta(minutes=30)


@dataclass(frozen=True)
class Receipt:
    """What the sender takes home: the code, and the secret that opens the tracking page. `again`: it was here already."""

    feedback: Feedback
    secret: str
    again: bool = False

    @property
    def shown(self) -> str:
        """The secret as it is printed."""
        return codes.shown_secret(self.secret)


@transaction.atomic
def send(data: FeedbackData, *, uploads: Sequence[Any] = (), actor: User | None, at: datetime) -> Receipt:
    """Enter a feedback into the register of an agency; sending the same `key` again gives the same receipt.

    `actor` None: the sender alone (site, kiosk, another programme); an officer writes down what came by telephone, on paper or
    at the citizens' reception, with the right to do so in that agency. Without name and address it is kept as information only
    (NĐ 20/2008/NĐ-CP, article 8). Raises RuleViolation, NotFound.
    """
    secret = _secret(data)
    if found := Feedback.objects.select_related("agency").filter(key=data.key).first():
        return Receipt(found, secret, again=True)
    day = legal_date(at)
    agency = _agency(data, actor, at)
    topic = queries.topics_on(day).filter(pk=data.topic_id).first()
    if topic is None:
        raise RuleViolation("Chọn nội dung phản ánh trong danh sách.", field="topic")
    sender = checked_sender(data.sender)
    made = _row(data, agency, topic, sender, at)
    made.code = codes.code(key := codes.series(agency.code, agency.pk, day), take_number(key))
    made.secret_hash = secret_hash(made.code, secret)
    made.set_search_text()
    made.save(force_insert=True)
    _keep_sender(made, sender, by_officer=actor is not None, at=at)
    said = f"Đã nhận phản ánh, kiến nghị tại {agency.name}."
    step(made, Act.SEND, actor=actor, at=at, said=said, state=State.NEW)
    attach(made, uploads, from_sender=True, at=at)
    return Receipt(made, secret)


def _secret(data: FeedbackData) -> str:
    """Made of the key, so that who sends twice is told the same; nobody else knows how."""
    number = int.from_bytes(salted_hmac("feedback.secret", str(data.key), algorithm="sha256").digest(), "big")
    letters = []
    for _ in range(codes.SECRET_LENGTH):
        number, place = divmod(number, len(codes.ALPHABET))
        letters.append(codes.ALPHABET[place])
    return "".join(letters)


def _agency(data: FeedbackData, actor: User | None, at: datetime) -> Agency:
    if actor is None and data.channel in BY_STAFF:
        raise RuleViolation("Cách gửi này do cán bộ ghi nhận.", field="channel")
    if actor is not None and data.channel not in (*BY_STAFF, Channel.API):
        raise RuleViolation("Chọn cách gửi: điện thoại, văn bản, phiếu hoặc tiếp công dân.", field="channel")
    found = queries.agencies_to_choose(legal_date(at)).filter(pk=data.agency_id).first()
    if found is None:
        raise RuleViolation("Chọn cơ quan trong danh sách.", field="agency")
    if actor is not None:
        authority_of(actor, legal_date(at)).require(Permission.FEEDBACK_RECEIVE, found)
    return found


def _row(data: FeedbackData, agency: Agency, topic: Topic, sender: SenderData, at: datetime) -> Feedback:
    content = checked_content(data.content)
    latitude, longitude = checked_place(data.latitude, data.longitude)
    typed = "".join(data.dossier_code.split()).upper()[:60]
    path = other_path(content)
    named = data.procedure_code.strip()[:40]
    return Feedback(
        key=data.key, channel=data.channel, kind=topic.kind, topic=topic, content=content, address=nfc(data.address)[:300],
        latitude=latitude, longitude=longitude, is_anonymous=sender.is_anonymous, hint=path.key if path else "",
        agency=agency, first_agency=agency, dossier_code=typed, officer_words=nfc(data.officer_words)[:200],
        dossier=Dossier.objects.filter(code=typed).first() if typed else None, state=State.NEW, received_at=at,
        procedure=Procedure.objects.filter(code=named).first() if named else None,
        **clock(agency, at),
    )  # fmt: skip


def _keep_sender(made: Feedback, sender: SenderData, *, by_officer: bool, at: datetime) -> None:
    """The sender's row. Who wants messages proves the address by a code; an officer has heard it from the person."""
    row = Sender(
        feedback=made, name=sender.name, phone=sender.phone, email=sender.email, address=sender.address,
        wants_messages=sender.can_be_told, confirmed_at=at if by_officer and sender.can_be_told else None,
    )  # fmt: skip
    if sender.can_be_told and not by_officer:
        number = f"{secrets.randbelow(10**6):06d}"
        row.confirm_hash, row.confirm_until = secret_hash(made.code, number), at + CONFIRM_FOR
        queue(
            "feedback_confirm", reference=f"feedback/{made.pk}", context={"code": number, "office": made.agency.name},
            email=sender.email, phone=sender.phone, agency=made.agency, actor=None, at=at,
        )  # fmt: skip
    row.save()
