"""What citizens of the demonstration say: votes on finished dossiers, a survey that is closed and one that is under way."""

from datetime import date, datetime, timedelta
from random import Random

from motcua.core.moments import legal_date
from motcua.dossiers.models import Dossier
from motcua.scenarios.demo.build import World
from motcua.surveys import actions
from motcua.surveys.models import Invitee, Survey
from motcua.surveys.queries import rate_token
from motcua.surveys.rules import sipas
from motcua.surveys.rules.topics import TOPICS

SEED = 20261122
VOTES, ANSWERS = 110, 40
_MOODS = {5: 44, 4: 36, 3: 12, 2: 6, 1: 2}


def give_opinions(world: World, now: datetime) -> None:
    """Everything, deterministic for one date."""
    random = Random(SEED)  # noqa: S311 - invents opinions
    _vote(world, random, now)
    actions.release_ballots(actor=world.system, at=now)
    version = actions.create_questionnaire(sipas.NAME, sipas.LAW, sipas.content(), actor=world.system, at=now)
    actions.publish_questionnaire(version.pk, actor=world.system, at=now)
    for key, name, ends in (
        ("suoi_ngoc", "Khảo sát hài lòng xã Suối Ngọc", True),
        ("tan_lam", "Khảo sát hài lòng phường Tân Lam", False),
    ):
        survey = _survey(world, key, name, version.pk, now)
        _answer(world, survey, random, now, ANSWERS if ends else 8)
        if ends:
            actions.close_survey(survey.pk, actor=world.system, at=now)


def _vote(world: World, random: Random, now: datetime) -> None:
    rows = Dossier.objects.filter(returned_at__isnull=False, returned_at__lt=now - timedelta(hours=3))
    chosen = list(rows.order_by("-returned_at").values_list("pk", "returned_at", "ended_at"))
    for pk, returned, ended in reversed(random.sample(chosen, min(VOTES, len(chosen)))):
        if returned is None or ended is None or now - ended > timedelta(days=80):
            continue
        at: datetime = min(now, returned + timedelta(hours=random.randint(1, 40)))
        overall = random.choices(list(_MOODS), list(_MOODS.values()))[0]
        marks = {"overall": overall, **_marks(random, overall)}
        reasons = [
            r
            for code, *_, offered in TOPICS
            for r, _, _ in offered
            if marks.get(code) and random.random() < 0.5
        ]
        actions.rate(rate_token(pk), marks=marks, reasons=reasons, actor=None, at=at)


def _marks(random: Random, overall: int) -> dict[str, int]:
    """Topics near the whole; who is content was asked for nothing beyond the rules."""
    near = {
        code: max(1, min(5, overall + random.choice((-1, 0, 0, 1))))
        for code, kind, *_ in TOPICS
        if kind == "scale" and code != "overall"
    }
    return near | {
        "contacts": 0 if overall > 2 else random.choice((0, 1, 2)),
        "extra_papers": int(overall == 1),
        "extra_costs": 0,
    }


def _survey(world: World, key: str, name: str, version: int, now: datetime) -> Survey:
    agency = world.agencies[key]
    since = max(legal_date(now) - timedelta(days=364), date(2025, 7, 1))
    plan = actions.Plan(name, agency.pk, agency.pk, version, since, legal_date(now), group_minimum=5)
    survey = actions.plan_survey(plan, actor=world.system, at=now)
    actions.sample_survey(survey.pk, str(SEED), actor=world.system, at=now)
    actions.open_survey(survey.pk, legal_date(now) + timedelta(days=20), actor=world.system, at=now)
    return survey


def _answer(world: World, survey: Survey, random: Random, now: datetime, many: int) -> None:
    survey.refresh_from_db()
    form = survey.version.form
    for invitee in Invitee.objects.filter(stratum__survey=survey, state="waiting").order_by(
        "rank", "stratum_id"
    )[:many]:
        mood = random.choices((5, 4, 3), (5, 4, 1))[0]
        given = {
            q.code: str(max(1, min(5, mood + random.choice((0, 0, 0, -1)))))
            for q in form.questions
            if q.kind == "scale"
        }
        actions.answer_by_phone(
            invitee.pk, given | {"sent": random.choice("12222")}, actor=world.system, at=now
        )
