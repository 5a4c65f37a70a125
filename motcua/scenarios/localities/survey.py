"""The provincial survey of a locality, replayed through the acts of the surveys: questionnaire, plan, draw, asking, closing.

What people answered is drawn by a seed of its own from the marks that the plan allows; points, shares and how many were
discontent are then reckoned from the answers that lie in the tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from motcua.accounts.models import User
from motcua.agencies.actions import set_setting
from motcua.agencies.rules.settings import BY_KEY
from motcua.core.moments import to_utc
from motcua.scenarios.installation import system_account
from motcua.scenarios.localities.founding import agencies_of
from motcua.scenarios.localities.plan import Locality
from motcua.surveys import actions
from motcua.surveys.models import Invitee, Survey
from motcua.surveys.queries.surveys import progress
from motcua.surveys.rules import sipas
from motcua.surveys.rules.questionnaire import Form, Kind
from motcua.surveys.rules.settings import SURVEY_MINIMUM


@dataclass(frozen=True)
class Poll:
    """A survey: who asks about whom, the users of which days, when; `marks` are drawn by their weights. Everybody drawn for
    `refuses` of a hundred refuses, and the next in reserve is asked.
    """

    name: str
    agency: str
    subject: str
    since: date
    until: date
    begins: date
    ends: date
    error: Decimal = Decimal(5)
    group_minimum: int = 10
    points: int = 20
    marks: dict[int, int] = field(default_factory=lambda: {5: 62, 4: 38})
    refuses: int = 4


POLLS: dict[str, Poll] = {
    "thuan-bac-2019": Poll(
        "Khảo sát hài lòng về giải quyết thủ tục hành chính năm 2019", "province", "district", date(2019, 1, 1), date(2019, 12, 31),
        date(2020, 1, 13), date(2020, 2, 28),
    ),
}  # fmt: skip


def poll(locality: Locality) -> Survey | None:
    """Hold the survey of a locality, if it has one, after its dossiers; gives it closed."""
    plan = POLLS.get(locality.name)
    if plan is None:
        return None
    agencies, system = agencies_of(locality), system_account()
    begins = to_utc(datetime.combine(plan.begins, time(8)))
    version = actions.create_questionnaire(sipas.NAME, sipas.LAW, sipas.content(), actor=system, at=begins)
    actions.publish_questionnaire(version.pk, actor=system, at=begins)
    wanted = actions.Plan(
        plan.name, agencies[plan.agency].pk, agencies[plan.subject].pk, version.pk, plan.since, plan.until, "field", plan.error,
        plan.group_minimum, plan.points,
    )  # fmt: skip
    survey = actions.plan_survey(wanted, actor=system, at=begins)
    actions.sample_survey(survey.pk, str(locality.seed), actor=system, at=begins)
    _show_few(survey, system, begins)
    actions.open_survey(survey.pk, plan.ends, actor=system, at=begins)
    _ask(survey, plan, Random(f"{locality.seed}/survey"), begins, system)  # noqa: S311 - invents answers
    return actions.close_survey(survey.pk, actor=system, at=to_utc(datetime.combine(plan.ends, time(16))))


def _show_few(survey: Survey, system: User, at: datetime) -> None:
    """Of a replay in small, show what even a few have answered: the least that the setting allows."""
    known = BY_KEY[SURVEY_MINIMUM]
    if progress(survey).target < int(known.default):
        set_setting(
            SURVEY_MINIMUM, known.low, agency=survey.agency, valid_from=survey.since, source="Kịch bản thu nhỏ", actor=system, at=at,
        )  # fmt: skip


def _ask(survey: Survey, plan: Poll, random: Random, begins: datetime, system: User) -> None:
    """Everybody drawn is called; who refuses is replaced by the next in reserve."""
    form = survey.version.form
    waiting = list(
        Invitee.objects.filter(stratum__survey=survey, state="waiting").order_by("stratum_id", "rank")
    )
    for number, invitee in enumerate(waiting):
        at = begins + timedelta(minutes=7 * number)
        asked: Invitee | None = invitee
        while asked and random.randrange(100) < plan.refuses:
            asked = actions.mark_unreached(asked.pk, "refused", actor=system, at=at)
        if asked:
            actions.answer_by_phone(asked.pk, answers(form, plan.marks, random), actor=system, at=at)


def answers(form: Form, marks: dict[int, int], random: Random) -> dict[str, str]:
    """One person's answers: marks by their weights; of ten, one has sent an opinion before."""
    values: Sequence[int] = list(marks)
    found: dict[str, str] = {}
    for section in form.sections:
        if not section.is_shown(found):
            continue
        for question in section.questions:
            if question.kind is Kind.SCALE:
                found[question.code] = str(random.choices(values, list(marks.values()))[0])
            elif question.kind is Kind.CHOICE:
                found[question.code] = "1" if random.randrange(10) == 0 else "2"
    return found
