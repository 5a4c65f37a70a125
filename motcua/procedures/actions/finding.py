"""Acts on what helps people find a procedure: everyday words, English, events of life."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.text import fold, nfc
from motcua.procedures.actions._guard import chain, lock_procedure, require_catalogue
from motcua.procedures.models import LifeEvent, PlainWords, Procedure
from motcua.procedures.rules.life_events import STARTING

EVENTS_CHAIN = "setting/life_events"


@transaction.atomic
def write_words(
    code: str,
    *,
    actor: User,
    at: datetime,
    summary: str = "",
    spoken: str = "",
    name_en: str = "",
    summary_en: str = "",
) -> PlainWords:
    """Say what a procedure is for, what people call it, and the same in English. Raises RuleViolation, NotFound."""
    require_catalogue(actor, Permission.CATALOGUE_EDIT, at)
    procedure = lock_procedure(code)
    fields = {
        "summary": nfc(summary),
        "spoken": nfc(spoken),
        "name_en": nfc(name_en),
        "summary_en": nfc(summary_en),
    }
    text = fold(f"{fields['spoken']} {fields['name_en']} {fields['summary_en']}")
    words, _ = PlainWords.objects.update_or_create(
        procedure=procedure, defaults={**fields, "search_text": text}
    )
    append(chain(procedure.pk), "procedure.words_written", actor=actor, at=at, data=dict(fields))
    return words


@transaction.atomic
def save_life_event(
    slug: str,
    *,
    name: str,
    codes: Sequence[str],
    actor: User,
    at: datetime,
    name_en: str = "",
    summary: str = "",
    summary_en: str = "",
    audience: str = LifeEvent.Audience.CITIZEN,
    position: int = 100,
    is_shown: bool = True,
) -> LifeEvent:
    """Make or change an event of life with its procedures. Raises RuleViolation for codes that do not exist."""
    require_catalogue(actor, Permission.CATALOGUE_EDIT, at)
    if not nfc(name):
        raise RuleViolation("Nhập tên sự kiện.", field="name")
    procedures = list(Procedure.objects.filter(code__in=codes, kind=Procedure.Kind.PUBLIC))
    missing = sorted(set(codes) - {one.code for one in procedures})
    if missing:
        raise RuleViolation(f"Không có thủ tục mang mã {', '.join(missing[:5])}.", field="codes")
    fields = {
        "name": nfc(name),
        "name_en": nfc(name_en),
        "summary": nfc(summary),
        "summary_en": nfc(summary_en),
        "audience": audience,
        "position": position,
        "is_shown": is_shown,
    }
    event, _ = LifeEvent.objects.update_or_create(slug=slug, defaults=fields)
    event.procedures.set(procedures)
    data = {"event": slug, "name": event.name, "procedures": sorted(codes), "shown": is_shown}
    append(EVENTS_CHAIN, "catalogue.life_event_saved", actor=actor, at=at, data=data)
    return event


@transaction.atomic
def remove_life_event(slug: str, *, actor: User, at: datetime) -> None:
    """Take an event of life away; its procedures stay. Raises NotFound."""
    require_catalogue(actor, Permission.CATALOGUE_EDIT, at)
    gone, _ = LifeEvent.objects.filter(slug=slug).delete()
    if not gone:
        raise NotFound("Không có sự kiện này.")
    append(EVENTS_CHAIN, "catalogue.life_event_removed", actor=actor, at=at, data={"event": slug})


@transaction.atomic
def load_life_events(*, actor: User, at: datetime) -> int:
    """Put in the events that an installation starts with, with procedures of the catalogue that their words name.

    Only while there is none; how many were made.
    """
    if LifeEvent.objects.exists():
        return 0
    for number, start in enumerate(STARTING, 1):
        codes = _codes_with(start.phrases)
        save_life_event(
            start.slug, name=start.name, name_en=start.name_en, summary=start.summary, summary_en=start.summary_en,
            audience=start.audience, position=number * 10, codes=codes, actor=actor, at=at,
        )  # fmt: skip
    return len(STARTING)


def _codes_with(phrases: Sequence[str]) -> list[str]:
    rows = Procedure.objects.filter(kind=Procedure.Kind.PUBLIC, versions__status="published").distinct()
    found: dict[str, None] = {}
    for phrase in phrases:
        named = rows.filter(versions__search_text__contains=fold(phrase))
        found |= dict.fromkeys(named.order_by("code").values_list("code", flat=True)[:6])
    return list(found)[:30]
