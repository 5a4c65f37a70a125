"""The words of messages."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import CharField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from motcua.agencies.queries import Authority
from motcua.core import store
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.statements import Statement
from motcua.notifications.models import Contact, Language, Template
from motcua.notifications.queries.choices import contacts_by_key
from motcua.notifications.rules import texts
from motcua.notifications.rules.events import SAMPLE

MEDIUM = {"email": "email", "sms": "phone", "zalo": "phone"}


def _rows(kind: str, email: str, phone: str) -> QuerySet[Any]:
    def wish(key: str) -> Coalesce:
        chosen = Contact.objects.filter(key=key).values("language")
        return Coalesce(Subquery(chosen[:1]), Value(""), output_field=CharField())

    fields = ("channel", "language", "valid_from", "subject", "body", "is_active")
    return Template.objects.filter(kind=kind).order_by().values_list(*fields, wish(email), wish(phone))


_TEXTS: Statement[Any] = Statement(_rows, kind=str, email=str, phone=str)


def texts_for(kind: str, day: date, keys: Mapping[str, str], language: str = "") -> dict[str, Template]:
    """Channel -> the text in force, in the language wanted, else in that which the person chose, else in Vietnamese; channels
    switched off are not there. `keys`: hashes of the addresses by medium. One statement.
    """
    rows, wishes = _read(kind, keys)
    found = in_force(rows, day)
    chosen: dict[str, Template] = {}
    for channel in {text.channel for text in rows}:
        wanted = language or wishes.get(MEDIUM.get(channel, ""), "") or Language.VI
        text = found.get((channel, wanted))
        text = text if text and text.is_active else found.get((channel, Language.VI.value))
        if text and text.is_active:
            chosen[channel] = text
    return chosen


def _read(kind: str, keys: Mapping[str, str]) -> tuple[list[Template], dict[str, str]]:
    if store.batching():
        wishes = contacts_by_key(keys.values())
        languages = {m: wishes[key].language for m, key in keys.items() if key in wishes}
        return store.find(Template, kind=kind), languages
    rows = _TEXTS.rows(kind=kind, email=keys.get("email", "-"), phone=keys.get("phone", "-"))
    made = [
        Template(
            kind=kind, channel=r[0], language=r[1], valid_from=r[2], subject=r[3], body=r[4], is_active=r[5]
        )
        for r in rows
    ]
    return made, {"email": rows[0][6], "phone": rows[0][7]} if rows else {}


def in_force(rows: Iterable[Template], day: date) -> dict[tuple[str, str], Template]:
    """(channel, language) -> the newest text that has begun on a day."""
    found: dict[tuple[str, str], Template] = {}
    for row in sorted(rows, key=lambda text: text.valid_from):
        if row.valid_from <= day:
            found[row.channel, row.language] = row
    return found


def templates(day: date | None = None, language: str = "") -> list[Template]:
    """The texts in force on a day, and those that are to come; all of them without a day."""
    rows = Template.objects.filter(language=language) if language else Template.objects.all()
    if day is None:
        return list(rows)
    kept: dict[tuple[str, str, str], Template] = {}
    coming = []
    for row in rows.order_by("valid_from"):
        if row.valid_from > day:
            coming.append(row)
        else:
            kept[row.kind, row.channel, row.language] = row
    order = {kind: place for place, kind in enumerate(texts.TITLES)}
    return sorted(
        [*kept.values(), *coming],
        key=lambda t: (order.get(t.kind, 99), t.channel, t.language != Language.VI, t.valid_from),
    )


def access_template(template_id: int) -> Template:
    """One template. Raises NotFound."""
    if found := Template.objects.filter(pk=template_id).first():
        return found
    raise NotFound()


def versions_of(template: Template) -> list[Template]:
    """All texts that were and will be in its place, newest first."""
    same = {"kind": template.kind, "channel": template.channel, "language": template.language}
    return list(Template.objects.filter(**same).order_by("-valid_from"))


RealContext = Callable[[Authority, str], Mapping[str, str] | None]
_real: list[RealContext] = []


def register_real_contexts(find: RealContext) -> None:
    """Let an app above fill a preview from a real record that this person may see; call it from `ready()`."""
    _real.append(find)


def real_context(authority: Authority, code: str) -> Mapping[str, str]:
    """What a message about a record would be filled with. Raises RuleViolation when there is none that this
    person may see."""
    for find in _real:
        if found := find(authority, code):
            return {**SAMPLE, **found}
    raise RuleViolation(
        "Không tìm thấy hồ sơ có mã này trong các hồ sơ bạn được xem. Kiểm tra lại mã, hoặc để trống để dùng số liệu mẫu."
    )


def preview(text: str, context: Mapping[str, str] = SAMPLE) -> str:
    """What a text looks like when filled; as it stands when its places are wrong."""
    return text if texts.problem(text) else texts.fill(text, context)


def sample(template: Template) -> str:
    """What a template looks like when filled."""
    return preview(template.body)
