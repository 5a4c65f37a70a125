"""Texts that an agency keeps for its officers: short, without personal data, copied when they are used."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import authority_of
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import nfc
from motcua.dossiers.models import ReplyTemplate
from motcua.dossiers.queries.replies import KEEPER


@transaction.atomic
def write_reply(
    agency: Agency, *, kind: str, title: str, body: str, actor: User, at: datetime
) -> ReplyTemplate:
    """Keep a new text for the officers of an agency and of those under it. Raises RuleViolation for a title in use."""
    authority_of(actor, legal_date(at)).require(KEEPER, agency)
    return _saved(ReplyTemplate(agency=agency), "written", kind, title, body, actor, at)


@transaction.atomic
def change_reply(
    reply_id: int, *, kind: str, title: str, body: str, actor: User, at: datetime
) -> ReplyTemplate:
    """Change a text; what was already sent stays as it was."""
    return _saved(_locked(reply_id, actor, at), "changed", kind, title, body, actor, at)


@transaction.atomic
def drop_reply(reply_id: int, *, actor: User, at: datetime) -> None:
    """Drop a text."""
    reply = _locked(reply_id, actor, at)
    _log(reply, "dropped", actor, at)
    reply.delete()


def _locked(reply_id: int, actor: User, at: datetime) -> ReplyTemplate:
    rows = ReplyTemplate.objects.select_for_update(of=("self",)).select_related("agency")
    reply = rows.filter(pk=reply_id).first()
    if reply is None or not authority_of(actor, legal_date(at)).can(KEEPER, reply.agency):
        raise NotFound("Không tìm thấy mẫu trả lời này.")
    return reply


def _saved(
    reply: ReplyTemplate, act: str, kind: str, title: str, body: str, actor: User, at: datetime
) -> ReplyTemplate:
    reply.kind, reply.title = kind, nfc(title)
    reply.body = "\n".join(nfc(line) for line in body.strip().splitlines())
    for name, words in (("title", "Đặt tên cho mẫu."), ("body", "Ghi nội dung của mẫu.")):
        if not getattr(reply, name):
            raise RuleViolation(words, field=name)
    same = ReplyTemplate.objects.filter(agency=reply.agency, kind=kind, title=reply.title)
    if same.exclude(pk=reply.pk).exists():
        raise RuleViolation("Cơ quan đã có mẫu tên này. Đặt tên khác hoặc sửa mẫu đang có.", field="title")
    reply.save()
    _log(reply, act, actor, at)
    return reply


def _log(reply: ReplyTemplate, act: str, actor: User, at: datetime) -> None:
    about = {"reply": reply.pk, "kind": reply.kind, "title": reply.title}
    append(f"agency/{reply.agency_id}", f"reply.{act}", actor=actor, at=at, data=about)
