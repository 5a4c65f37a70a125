"""Acts on questionnaires: drafts are changed, published versions never."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.queries import authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import fold, nfc
from motcua.surveys.models import Questionnaire, QuestionnaireVersion
from motcua.surveys.queries.surveys import access_version
from motcua.surveys.rules.questionnaire import form_of, publishable

DRAFT = QuestionnaireVersion.Status.DRAFT


@transaction.atomic
def create_questionnaire(
    name: str, law: str = "", content: Mapping[str, Any] | None = None, *, actor: User, at: datetime
) -> QuestionnaireVersion:
    """A new questionnaire with its first draft. Raises NotFound without the right; RuleViolation for a name that is taken or
    content with faults.
    """
    authority_of(actor, legal_date(at)).require_any(Permission.SURVEY_MANAGE)
    title = nfc(name)[:200]
    code = "-".join(fold(title).split())[:40].strip("-") or "bo-cau-hoi"
    code = "".join(c for c in code if c.isalnum() or c == "-")
    if not title or Questionnaire.objects.filter(code=code).exists():
        raise RuleViolation("Đã có bộ câu hỏi tên này. Đặt tên khác.", field="name")
    form_of(content or {})
    row = Questionnaire.objects.create(code=code, name=title)
    version = QuestionnaireVersion.objects.create(
        questionnaire=row, number=1, law=nfc(law)[:200], content=dict(content or {"sections": []})
    )
    append(
        f"questionnaire/{row.pk}",
        "questionnaire.created",
        actor=actor,
        at=at,
        data={"code": code},
        first=True,
    )
    return version


@transaction.atomic
def change_questionnaire(
    version_id: int, content: Mapping[str, Any], *, actor: User, at: datetime
) -> QuestionnaireVersion:
    """Put new content into a draft. Raises NotFound; RuleViolation for a published version or content with faults."""
    version = _draft(version_id, actor, at)
    form_of(content)
    version.content = dict(content)
    version.save(update_fields=["content"])
    _log(version, "questionnaire.changed", actor, at)
    return version


@transaction.atomic
def publish_questionnaire(version_id: int, *, actor: User, at: datetime) -> QuestionnaireVersion:
    """Let a draft be asked with; from now on it never changes. Raises NotFound; RuleViolation with what it lacks."""
    version = _draft(version_id, actor, at)
    if lacks := publishable(form_of(version.content)):
        raise RuleViolation(" ".join(lacks))
    version.status, version.published_at = QuestionnaireVersion.Status.PUBLISHED, at
    version.save(update_fields=["status", "published_at"])
    _log(version, "questionnaire.published", actor, at)
    return version


@transaction.atomic
def draft_questionnaire(version_id: int, *, actor: User, at: datetime) -> QuestionnaireVersion:
    """A new draft that begins like a published version; the one that is there, if there is one. Raises NotFound."""
    version = access_version(authority_of(actor, legal_date(at)), version_id, lock=True)
    family = QuestionnaireVersion.objects.filter(questionnaire=version.questionnaire)
    if there := family.filter(status=DRAFT).first():
        return there
    newest = family.order_by("-number").first() or version
    made = QuestionnaireVersion.objects.create(
        questionnaire=version.questionnaire,
        number=newest.number + 1,
        law=version.law,
        content=version.content,
    )
    _log(made, "questionnaire.drafted", actor, at)
    return made


def _draft(version_id: int, actor: User, at: datetime) -> QuestionnaireVersion:
    version = access_version(authority_of(actor, legal_date(at)), version_id, lock=True)
    if version.status != DRAFT:
        raise RuleViolation("Phiên bản này đã ban hành nên không sửa được nữa. Lập phiên bản mới rồi sửa.")
    return version


def _log(version: QuestionnaireVersion, kind: str, actor: User, at: datetime) -> None:
    append(
        f"questionnaire/{version.questionnaire_id}",
        kind,
        actor=actor,
        at=at,
        data={"version": version.number},
    )
