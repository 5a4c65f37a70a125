"""Acts on surveys: plan, draw, open, close."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import nfc
from motcua.surveys.actions._inviting import invite
from motcua.surveys.models import Invitee, QuestionnaireVersion, Response, Stratum, Survey
from motcua.surveys.queries.surveys import access_survey, grouped, users
from motcua.surveys.rules.sampling import allocate, digest, draw, sample_size

LONGEST = timedelta(days=366)
STEPS = ("0.5", "0.1")
MANAGE = Permission.SURVEY_MANAGE


@dataclass(frozen=True)
class Plan:
    """What a survey is to be. `error` in points of per cent; the days are legal dates, both included."""

    name: str
    agency: int
    subject: int
    version: int
    since: date
    until: date
    by: str = Survey.By.FIELD
    error: Decimal = Decimal(5)
    group_minimum: int = 10
    points: int = 20
    step: str = "0.5"


@transaction.atomic
def plan_survey(plan: Plan, *, actor: User, at: datetime) -> Survey:
    """A new survey. Raises NotFound where the actor may not; RuleViolation for a period of more than twelve months or not yet
    over, an unpublished questionnaire, or figures that are none.
    """
    agency, subject, version = _parts_of(plan, actor, at)
    if not plan.since <= plan.until <= legal_date(at):
        raise RuleViolation("Kỳ chọn mẫu phải đã qua, ngày đầu trước ngày cuối.", field="until")
    if plan.until - plan.since >= LONGEST:
        raise RuleViolation(
            "Mẫu lấy trong người dùng dịch vụ 12 tháng gần nhất: chọn kỳ không quá 12 tháng.", field="since"
        )
    if version.status != QuestionnaireVersion.Status.PUBLISHED:
        raise RuleViolation("Bộ câu hỏi chưa ban hành. Ban hành trước khi khảo sát.", field="version")
    if not Decimal("0.5") <= plan.error <= 20 or plan.points < 1 or plan.step not in STEPS:
        raise RuleViolation("Sai số từ 0,5 đến 20 điểm phần trăm; điểm tối đa từ 1.", field="error")
    survey = Survey.objects.create(
        name=nfc(plan.name)[:200], agency=agency, subject=subject, version=version, since=plan.since, until=plan.until, by=plan.by,
        error=plan.error, group_minimum=plan.group_minimum, points=plan.points, step=plan.step,
    )  # fmt: skip
    facts = {
        "questionnaire": version.pk,
        "subject": subject.pk,
        "since": plan.since.isoformat(),
        "until": plan.until.isoformat(),
    }
    append(_chain(survey), "survey.planned", actor=actor, at=at, data=facts, first=True)
    return survey


def _parts_of(plan: Plan, actor: User, at: datetime) -> tuple[Agency, Agency, QuestionnaireVersion]:
    agency, subject = (
        Agency.objects.filter(pk=plan.agency).first(),
        Agency.objects.filter(pk=plan.subject).first(),
    )
    version = QuestionnaireVersion.objects.filter(pk=plan.version).first()
    if agency is None or subject is None or version is None:
        raise NotFound()
    authority_of(actor, legal_date(at)).require(MANAGE, agency)
    if not subject.path.startswith(agency.path):
        raise NotFound()
    return agency, subject, version


@transaction.atomic
def sample_survey(survey_id: int, seed: str, *, actor: User, at: datetime) -> Survey:
    """Draw the sample: so many by the margin of error and how many users there are, divided by volume with a minimum for each
    group, drawn by the seed; as many again in reserve. Seed, sizes and the fingerprint of the draw go into the log. May be
    done again until the survey is open. Raises NotFound; RuleViolation when it is open, without a seed or without users.
    """
    survey = _planned(survey_id, actor, at)
    if not seed.strip():
        raise RuleViolation(
            "Nhập hạt giống: một chuỗi bất kỳ, ví dụ số vừa bốc thăm công khai.", field="seed"
        )
    groups = grouped(survey.by, users(survey.subject, survey.since, survey.until))
    volumes = {key: len(members) for key, members in groups.items()}
    if not volumes:
        raise RuleViolation("Không có ai có hồ sơ đã giải quyết trong kỳ. Chọn kỳ hoặc cơ quan khác.")
    wanted = allocate(volumes, sample_size(sum(volumes.values()), survey.error), survey.group_minimum)
    survey.strata.all().delete()
    survey.seed = nfc(seed)[:64]
    survey.save(update_fields=["seed"])
    everyone: list[int] = []
    for key in sorted(groups, key=str):
        everyone += _draw_group(survey, key, groups[key], wanted[key])
    facts = {
        "seed": survey.seed,
        "users": sum(volumes.values()),
        "target": sum(wanted.values()),
        "drawn": digest(everyone),
    }
    append(_chain(survey), "survey.sampled", actor=actor, at=at, data=facts)
    return survey


def _draw_group(
    survey: Survey, key: tuple[int | None, int | None], members: list[int], target: int
) -> list[int]:
    stratum = Stratum.objects.create(
        survey=survey, agency_id=key[0], field_id=key[1], population=len(members), target=target
    )
    drawn = draw(survey.seed, members)[: 2 * target]
    states = [Invitee.State.WAITING] * target + [Invitee.State.RESERVE] * (len(drawn) - target)
    Invitee.objects.bulk_create(
        Invitee(stratum=stratum, rank=rank, dossier_id=dossier, state=state)
        for rank, (dossier, state) in enumerate(zip(drawn, states, strict=True), 1)
    )
    return drawn


@transaction.atomic
def open_survey(survey_id: int, closes_on: date, *, actor: User, at: datetime) -> int:
    """Begin to ask: who agreed to be asked by message gets the link, others are asked by phone or on paper; gives how many
    links were sent. Raises NotFound; RuleViolation without a sample or with a last day in the past.
    """
    survey = _planned(survey_id, actor, at)
    if closes_on < legal_date(at):
        raise RuleViolation("Ngày cuối thu phiếu phải từ hôm nay trở đi.", field="closes_on")
    if not survey.strata.exists():
        raise RuleViolation("Chưa bốc mẫu. Bốc mẫu trước khi mở khảo sát.")
    survey.status, survey.closes_on = Survey.Status.OPEN, closes_on
    survey.save(update_fields=["status", "closes_on"])
    rows = Invitee.objects.filter(stratum__survey=survey, state=Invitee.State.WAITING)
    sent = sum(
        invite(one, survey, actor, at)
        for one in rows.select_related("dossier__applicant", "dossier__office").order_by("pk")
    )
    append(
        _chain(survey),
        "survey.opened",
        actor=actor,
        at=at,
        data={"closes_on": closes_on.isoformat(), "links": sent},
    )
    return sent


@transaction.atomic
def close_survey(survey_id: int, *, actor: User, at: datetime) -> Survey:
    """End the survey: its results may be read now. The answers are written anew in another order, and who was drawn is
    forgotten but for the counts. Raises NotFound; RuleViolation when it is not open or sheets wait for their second entry.
    """
    survey = access_survey(authority_of(actor, legal_date(at)), survey_id, MANAGE, lock=True)
    if survey.status != Survey.Status.OPEN:
        raise RuleViolation("Khảo sát này không ở trạng thái đang thu phiếu.")
    if survey.sheets.exclude(state="agreed").exists():
        raise RuleViolation("Còn phiếu giấy chưa khớp hai lần nhập. Nhập xong hoặc thống nhất rồi đóng.")
    answered = _shuffle(survey)
    Invitee.objects.filter(stratum__survey=survey).update(dossier=None)
    survey.status, survey.closed_at = Survey.Status.CLOSED, at
    survey.save(update_fields=["status", "closed_at"])
    append(_chain(survey), "survey.closed", actor=actor, at=at, data={"answers": answered})
    return survey


def _shuffle(survey: Survey) -> int:
    """Under new keys, in their order: neither keys nor the order in the table tell when somebody answered."""
    rows = Response.objects.filter(stratum__survey=survey)
    found = list(rows)
    rows.delete()
    for one in found:
        one.pk = uuid.uuid4()
    Response.objects.bulk_create(sorted(found, key=lambda one: one.pk))
    return len(found)


def _planned(survey_id: int, actor: User, at: datetime) -> Survey:
    survey = access_survey(authority_of(actor, legal_date(at)), survey_id, MANAGE, lock=True)
    if survey.status != Survey.Status.PLAN:
        raise RuleViolation("Khảo sát đã mở nên mẫu không đổi được nữa.")
    return survey


def _chain(survey: Survey) -> str:
    return f"survey/{survey.pk}"
