"""What a browser sent of one page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import QueryDict

from motcua.eforms.rules import posted as eforms
from motcua.filing import actions
from motcua.filing.queries import Journey
from motcua.filing.rules.steps import section_of
from motcua.portal.web import CitizenRequest


def number(text: str) -> int:
    """A revision as sent; 0, which no draft has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def given_on(journey: Journey, step: str, posted: QueryDict) -> tuple[Mapping[str, Any], bool]:
    """What the act takes of a page, and whether a button was pressed that stays on it."""
    key = section_of(step)
    section = journey.schema.section(key) if journey.schema and key else None
    if section is not None:
        sent: Any = posted
        return eforms.read(section, sent), eforms.stays(sent)
    return {name: posted.get(name, "") for name in posted}, "_look" in posted


def take_files(request: CitizenRequest, journey: Journey, step: str, at: datetime) -> QueryDict:
    """Keep the files that came with a page of the form, and answer their questions with them."""
    posted = request.POST.copy()
    if not section_of(step):
        return posted
    for path, files in request.FILES.lists():
        for file in files:
            kept = actions.attach(journey.application.pk, f"field/{path}", file, actor=request.user, at=at)
            posted.appendlist(path, str(kept.pk))
    return posted
