"""Acts on guides: drafted from the one in use, edited, checked, put into use, ended."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import nfc
from motcua.procedures.actions._guard import chain, lock_procedure, require_catalogue
from motcua.procedures.models import Guide, GuideAnswer, GuideQuestion, Procedure
from motcua.procedures.queries.guides import access_guide, faults_of

MOST_QUESTIONS, MOST_ANSWERS = 40, 12


@dataclass(frozen=True)
class QuestionData:
    """A question as a person enters it."""

    text: str
    help: str = ""
    text_en: str = ""
    help_en: str = ""


@dataclass(frozen=True)
class AnswerData:
    """An answer as a person enters it; `next_id` a question of the same guide, `instead` a procedure's code."""

    label: str
    leads_to: str = GuideAnswer.LeadsTo.RESULT
    next_id: int | None = None
    case: str = ""
    adds: Sequence[str] = ()
    drops: Sequence[str] = ()
    exemption: str = ""
    reason: str = ""
    instead: str = ""
    label_en: str = ""
    reason_en: str = ""


@transaction.atomic
def draft_guide(code: str, *, actor: User, at: datetime) -> Guide:
    """Begin a draft, from the guide in use when there is one. The open draft is given back. Raises RuleViolation."""
    require_catalogue(actor, Permission.CATALOGUE_EDIT, at)
    procedure = lock_procedure(code)
    existing = list(Guide.objects.filter(procedure=procedure).order_by("-number"))
    if open_one := next((one for one in existing if one.status == Guide.Status.DRAFT), None):
        return open_one
    number = existing[0].number + 1 if existing else 1
    draft = Guide.objects.create(procedure=procedure, number=number, changed_at=at, changed_by=actor)
    model = next((one for one in existing if one.status == Guide.Status.PUBLISHED), None)
    if model is not None:
        _copy(access_guide(model.pk), draft)
    append(chain(procedure.pk), "procedure.guide_drafted", actor=actor, at=at, data={"guide": number})
    return draft


def _copy(model: Guide, draft: Guide) -> None:
    """Every question, then every answer, since answers name questions."""
    twins: dict[int, GuideQuestion] = {}
    for row in model.questions.all():
        twins[row.pk] = GuideQuestion.objects.create(
            guide=draft, position=row.position, text=row.text, help=row.help, text_en=row.text_en, help_en=row.help_en
        )  # fmt: skip
    GuideAnswer.objects.bulk_create(
        GuideAnswer(
            question=twins[row.pk],
            next=twins.get(answer.next_id or 0),
            instead_id=answer.instead_id,
            **{name: getattr(answer, name) for name in _COPIED},
        )
        for row in model.questions.all()
        for answer in row.answers.all()
    )


_COPIED = (
    "position",
    "label",
    "label_en",
    "leads_to",
    "case",
    "adds",
    "drops",
    "exemption",
    "reason",
    "reason_en",
)


@transaction.atomic
def add_question(guide_id: int, data: QuestionData, *, actor: User, at: datetime) -> GuideQuestion:
    """Add a question at the end of a draft. Raises RuleViolation, NotFound."""
    guide = _draft(guide_id, actor, at)
    count = guide.questions.count()
    if count >= MOST_QUESTIONS:
        raise RuleViolation(f"Hướng dẫn đã có {count} câu hỏi, nhiều nhất {MOST_QUESTIONS}.")
    row = GuideQuestion.objects.create(guide=guide, position=count + 1, **_question_fields(data))
    _touched(guide, actor, at, {"question_added": row.position})
    return row


@transaction.atomic
def edit_question(question_id: int, data: QuestionData, *, actor: User, at: datetime) -> GuideQuestion:
    """Change the words of a question of a draft. Raises RuleViolation, NotFound."""
    row = _question(question_id)
    guide = _draft(row.guide_id, actor, at)
    for name, value in _question_fields(data).items():
        setattr(row, name, value)
    row.save(update_fields=list(_question_fields(data)))
    _touched(guide, actor, at, {"question_changed": row.position})
    return row


@transaction.atomic
def remove_question(question_id: int, *, actor: User, at: datetime) -> Guide:
    """Take a question out of a draft; answers that led to it lead nowhere until they are mended. Raises RuleViolation."""
    row = _question(question_id)
    guide, gone = _draft(row.guide_id, actor, at), row.position
    row.delete()
    for later in guide.questions.filter(position__gt=gone).order_by("position"):
        later.position -= 1
        later.save(update_fields=["position"])
    _touched(guide, actor, at, {"question_removed": gone})
    return guide


@transaction.atomic
def move_question(question_id: int, *, actor: User, at: datetime) -> Guide:
    """Move a question of a draft one place forward. Raises RuleViolation for the first."""
    row = _question(question_id)
    guide = _draft(row.guide_id, actor, at)
    before = guide.questions.filter(position=row.position - 1).first()
    if before is None:
        raise RuleViolation("Câu này đã đứng đầu.")
    here, there = row.position, before.position
    GuideQuestion.objects.filter(pk=row.pk).update(position=0)
    GuideQuestion.objects.filter(pk=before.pk).update(position=here)
    GuideQuestion.objects.filter(pk=row.pk).update(position=there)
    _touched(guide, actor, at, {"question_moved": here})
    return guide


@transaction.atomic
def add_answer(question_id: int, data: AnswerData, *, actor: User, at: datetime) -> GuideAnswer:
    """Add an answer at the end of a question of a draft. Raises RuleViolation, NotFound."""
    question = _question(question_id)
    guide = _draft(question.guide_id, actor, at)
    count = question.answers.count()
    if count >= MOST_ANSWERS:
        raise RuleViolation(f"Câu hỏi đã có {count} câu trả lời, nhiều nhất {MOST_ANSWERS}.")
    row = GuideAnswer.objects.create(question=question, position=count + 1, **_answer_fields(guide, data))
    _touched(guide, actor, at, {"answer_added": [question.position, row.position]})
    return row


@transaction.atomic
def edit_answer(answer_id: int, data: AnswerData, *, actor: User, at: datetime) -> GuideAnswer:
    """Change an answer of a draft. Raises RuleViolation, NotFound."""
    row = _answer(answer_id)
    guide = _draft(row.question.guide_id, actor, at)
    fields = _answer_fields(guide, data)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    _touched(guide, actor, at, {"answer_changed": [row.question.position, row.position]})
    return row


@transaction.atomic
def remove_answer(answer_id: int, *, actor: User, at: datetime) -> Guide:
    """Take an answer out of a draft. Raises RuleViolation, NotFound."""
    row = _answer(answer_id)
    guide, gone = _draft(row.question.guide_id, actor, at), row.position
    question = row.question
    row.delete()
    for later in question.answers.filter(position__gt=gone).order_by("position"):
        later.position -= 1
        later.save(update_fields=["position"])
    _touched(guide, actor, at, {"answer_removed": [question.position, gone]})
    return guide


@transaction.atomic
def publish_guide(guide_id: int, *, actor: User, at: datetime) -> Guide:
    """Put a draft into use in place of the guide before it. Raises RuleViolation that says the first thing wrong with it."""
    guide = _draft(guide_id, actor, at)
    faults = faults_of(access_guide(guide_id), legal_date(at))
    if faults:
        raise RuleViolation(f"Hướng dẫn còn {len(faults)} chỗ phải sửa. {faults[0].message}")
    in_use = Guide.objects.filter(procedure=guide.procedure_id, status=Guide.Status.PUBLISHED)
    in_use.update(status=Guide.Status.ENDED)
    guide.status, guide.published_at = Guide.Status.PUBLISHED, at
    guide.save(update_fields=["status", "published_at"])
    append(
        chain(guide.procedure_id),
        "procedure.guide_published",
        actor=actor,
        at=at,
        data={"guide": guide.number},
    )
    return guide


@transaction.atomic
def discard_guide(guide_id: int, *, actor: User, at: datetime) -> Procedure:
    """Throw a draft away. Raises RuleViolation, NotFound."""
    guide = _draft(guide_id, actor, at)
    procedure, number = guide.procedure, guide.number
    guide.delete()
    append(chain(procedure.pk), "procedure.guide_discarded", actor=actor, at=at, data={"guide": number})
    return procedure


@transaction.atomic
def end_guide(guide_id: int, *, actor: User, at: datetime) -> Guide:
    """Take the guide in use away from people. Raises RuleViolation when it is not in use."""
    require_catalogue(actor, Permission.CATALOGUE_EDIT, at)
    guide = Guide.objects.select_for_update().filter(pk=guide_id).first()
    if guide is None:
        raise NotFound("Không tìm thấy hướng dẫn này.")
    if guide.status != Guide.Status.PUBLISHED:
        raise RuleViolation("Hướng dẫn này không đang dùng.")
    guide.status = Guide.Status.ENDED
    guide.save(update_fields=["status"])
    append(
        chain(guide.procedure_id), "procedure.guide_ended", actor=actor, at=at, data={"guide": guide.number}
    )
    return guide


def _draft(guide_id: int, actor: User, at: datetime) -> Guide:
    """A draft, locked, for who may edit it. Raises NotFound, RuleViolation once it is in use."""
    require_catalogue(actor, Permission.CATALOGUE_EDIT, at)
    guide = (
        Guide.objects.select_for_update(of=("self",)).select_related("procedure").filter(pk=guide_id).first()
    )
    if guide is None:
        raise NotFound("Không tìm thấy hướng dẫn này.")
    if guide.status != Guide.Status.DRAFT:
        raise RuleViolation("Hướng dẫn đã đưa vào dùng thì không sửa. Lập dự thảo mới.")
    return guide


def _question(pk: int) -> GuideQuestion:
    found = GuideQuestion.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy câu hỏi này.")
    return found


def _answer(pk: int) -> GuideAnswer:
    found = GuideAnswer.objects.select_related("question").filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy câu trả lời này.")
    return found


def _question_fields(data: QuestionData) -> dict[str, str]:
    fields = {name: nfc(value) for name, value in asdict(data).items()}
    if not fields["text"]:
        raise RuleViolation("Nhập câu hỏi.", field="text")
    return fields


def _answer_fields(guide: Guide, data: AnswerData) -> dict[str, Any]:
    if not nfc(data.label):
        raise RuleViolation("Nhập câu trả lời.", field="label")
    if data.leads_to not in GuideAnswer.LeadsTo.values:
        raise RuleViolation("Chọn điều xảy ra sau câu trả lời này.", field="leads_to")
    following = guide.questions.filter(pk=data.next_id).first() if data.next_id else None
    instead = Procedure.objects.filter(code=nfc(data.instead)).first() if nfc(data.instead) else None
    if nfc(data.instead) and instead is None:
        raise RuleViolation("Không có thủ tục nào mang mã này.", field="instead")
    asks = data.leads_to == GuideAnswer.LeadsTo.QUESTION
    return {
        "label": nfc(data.label),
        "label_en": nfc(data.label_en),
        "leads_to": data.leads_to,
        "next": following if asks else None,
        "case": nfc(data.case),
        "adds": [nfc(name)[:300] for name in data.adds if nfc(name)][:20],
        "drops": [name for name in data.drops if name][:20],
        "exemption": nfc(data.exemption),
        "reason": nfc(data.reason),
        "reason_en": nfc(data.reason_en),
        "instead": instead,
    }


def _touched(guide: Guide, actor: User, at: datetime, what: dict[str, Any]) -> None:
    Guide.objects.filter(pk=guide.pk).update(changed_at=at, changed_by=actor)
    data = {"guide": guide.number, **what}
    append(chain(guide.procedure_id), "procedure.guide_changed", actor=actor, at=at, data=data)
