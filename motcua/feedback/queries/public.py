"""What anybody may read: published answers, without personal data; and what is alike, before somebody sends the same again."""

from decimal import Decimal

from django.db.models import QuerySet

from motcua.core.errors import NotFound
from motcua.core.text import fold
from motcua.feedback.models import Feedback
from motcua.feedback.rules.likeness import best, metres, words_of

LOOKED_AT = 400


def published(text: str = "", agency_id: int | None = None, topic: str = "") -> QuerySet[Feedback]:
    """Published answers, newest first, by words, agency and topic. Only the published texts are searched."""
    rows = Feedback.objects.filter(published_at__isnull=False).select_related("agency", "topic")
    for word in fold(text).split()[:6]:
        rows = rows.filter(published_text__contains=word)
    if agency_id:
        rows = rows.filter(agency=agency_id)
    if topic:
        rows = rows.filter(topic__code=topic)
    return rows.order_by("-published_at", "-id")


def published_one(code: str) -> Feedback:
    """One published answer. Raises NotFound."""
    found = published().filter(code=code[:70]).first()
    if found is None:
        raise NotFound()
    return found


def similar(
    content: str,
    agency_id: int | None = None,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> list[Feedback]:
    """Published answers that are alike in words, or near, the most alike first; of the last four hundred."""
    rows = {row.pk: row for row in published(agency_id=agency_id)[:LOOKED_AT]}
    asked = words_of(content)
    scored = [
        (pk, words_of(f"{row.published_title} {row.published_content}"), _far(row, latitude, longitude))
        for pk, row in rows.items()
    ]
    return [rows[pk] for pk in best(asked, scored)]


def _far(row: Feedback, latitude: Decimal | None, longitude: Decimal | None) -> float | None:
    if None in (row.latitude, row.longitude, latitude, longitude):
        return None
    return metres(
        float(row.latitude or 0), float(row.longitude or 0), float(latitude or 0), float(longitude or 0)
    )
