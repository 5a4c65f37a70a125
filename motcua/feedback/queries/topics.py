"""What a feedback may be about: topics, agencies, procedures."""

from datetime import date

from django.db.models import QuerySet

from motcua.agencies.models import Agency
from motcua.core.errors import NotFound
from motcua.feedback.models import Topic
from motcua.procedures.models import Procedure


def topics_on(day: date) -> QuerySet[Topic]:
    """The topics that may be chosen on a legal date, in their order."""
    return Topic.objects.filter(Topic.in_force(day))


def topic_by_code(code: str, day: date) -> Topic:
    """One topic in force on a legal date. Raises NotFound."""
    found = topics_on(day).filter(code=code[:40]).first()
    if found is None:
        raise NotFound("Không có nội dung phản ánh này.")
    return found


def agencies_to_choose(day: date) -> QuerySet[Agency]:
    """The agencies that take feedback in on a legal date: houses, not their divisions."""
    rows = Agency.objects.filter(Agency.in_force(day)).exclude(kind=Agency.Kind.DIVISION)
    return rows.order_by("path")


def procedures_to_choose(agency: Agency) -> QuerySet[Procedure]:
    """The procedures that an agency offers or has offered, by code."""
    return Procedure.objects.filter(offerings__agency=agency).distinct().order_by("code")
