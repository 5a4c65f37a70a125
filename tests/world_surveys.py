"""Ratings and surveys of the cast: votes that have come out, a survey in each state, a questionnaire in draft."""

from datetime import date, datetime
from typing import Any

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.testing import make_system_user
from motcua.dossiers.models import Dossier
from motcua.surveys import actions
from motcua.surveys.models import Ballot, Invitee, Response, Sheet, Survey
from motcua.surveys.testing import CONTENT, SMALL


def add_surveys(things: dict[str, Any], commune: Agency, *, keeper: User, at: datetime) -> None:
    """Everything that the pages of ratings and surveys open; the people drawn have dossiers of ours."""
    actions.install_topics(actor=make_system_user(), at=at)
    month = date(2026, 10, 1)
    Ballot.objects.bulk_create(
        Ballot(about="agency", agency=commune, month=month, released=True, marks={"overall": mark, "time": 4}, reasons=["time_late"])
        for mark in (5, 5, 4, 4, 2, 1)
    )  # fmt: skip
    version = actions.create_questionnaire("Bộ câu hỏi mẫu", content=SMALL, actor=keeper, at=at)
    actions.publish_questionnaire(version.pk, actor=keeper, at=at)
    things["version"] = actions.draft_questionnaire(version.pk, actor=keeper, at=at)
    for name in ("plan", "open", "closed"):
        plan = actions.Plan(
            f"Khảo sát {name}", commune.pk, commune.pk, version.pk, date(2026, 1, 1), date(2026, 11, 1)
        )
        things[f"survey_{name}"] = actions.plan_survey(plan, actor=keeper, at=at)
    for name in ("open", "closed"):
        _gather(things, things[f"survey_{name}"], keeper)
    things["survey_closed"].status = Survey.Status.CLOSED
    things["survey_closed"].save(update_fields=["status"])


def _gather(things: dict[str, Any], survey: Survey, keeper: User) -> None:
    survey.status, survey.closes_on = Survey.Status.OPEN, date(2026, 12, 31)
    survey.save(update_fields=["status", "closes_on"])
    dossier = Dossier.objects.select_related("field").order_by("pk").first()
    assert dossier is not None
    stratum = survey.strata.create(field=dossier.field, population=40, target=12)
    invitee = Invitee.objects.create(stratum=stratum, rank=1, dossier=dossier, mode="phone")
    sheet = Sheet.objects.create(survey=survey, stratum=stratum, number=1, state="differs", answers=CONTENT, entered_by=keeper, differences=["q2"])  # fmt: skip
    Response.objects.bulk_create(Response(stratum=stratum, mode="phone", answers=CONTENT) for _ in range(12))
    if survey == things["survey_open"]:
        things["open_invitee"], things["open_sheet"] = invitee, sheet
