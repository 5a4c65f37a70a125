"""Changing the words of messages."""

from datetime import date, datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.acting import require_everywhere
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.notifications import queries
from motcua.notifications.models import Template
from motcua.notifications.rules import sms, texts
from motcua.notifications.rules.events import EVENTS


@transaction.atomic
def change_template(
    template_id: int,
    *,
    subject: str,
    body: str,
    is_active: bool,
    valid_from: date | None = None,
    actor: User,
    at: datetime,
) -> Template:
    """New words for everybody from a day, by default today; what was used before that day stays as it was.

    Raises RuleViolation when a place to fill is unknown, an SMS is too long, an optional message offers no way to end it, or
    the day has gone by.
    """
    require_everywhere(actor, at, Permission.NOTIFICATION_MANAGE)
    old, today = queries.access_template(template_id), legal_date(at)
    day = valid_from or today
    if day < today:
        raise RuleViolation("Mẫu đã dùng thì không sửa lùi. Chọn ngày từ hôm nay trở đi.", field="valid_from")
    _check(old, subject, body)
    template, _ = Template.objects.update_or_create(
        kind=old.kind,
        channel=old.channel,
        language=old.language,
        valid_from=day,
        defaults={"subject": subject, "body": body, "is_active": is_active},
    )
    about = {
        "kind": old.kind,
        "channel": old.channel,
        "language": old.language,
        "valid_from": day.isoformat(),
        "body": body,
        "active": is_active,
    }
    append(f"template/{template.pk}", "template.changed", actor=actor, at=at, data=about)
    return template


def _check(template: Template, subject: str, body: str) -> None:
    for field, text in (("subject", subject), ("body", body)):
        if said := texts.problem(text, template.kind):
            raise RuleViolation(said, field=field)
    optional = bool(EVENTS[template.kind].purpose) if template.kind in EVENTS else False
    if optional and template.channel != Template.Channel.APP and "stop" not in texts.places_in(body):
        raise RuleViolation("Tin này người dân được quyền thôi nhận: thêm {stop} vào nội dung.", field="body")
    if template.channel == Template.Channel.SMS:
        longest = sms.length(queries.preview(sms.plain(body)))
        if longest.units > texts.SMS_LONGEST:
            raise RuleViolation(
                f"Tin dài {longest.units} ký tự, thành {longest.parts} phần SMS. Viết gọn trong 3 phần (459 ký tự không dấu).",
                field="body",
            )
