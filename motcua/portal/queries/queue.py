"""Words and papers of the queue for people: why somebody goes first, and the slip."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.core.errors import RuleViolation
from motcua.core.moments import to_local
from motcua.tickets.models import Ticket
from motcua.tickets.queries.turns import ticket_link
from motcua.tickets.rules.hours import Closed
from motcua.tickets.rules.priority import ASKED, LABELS

for _told in (
    gettext_noop("Người cao tuổi"),
    gettext_noop("Người khuyết tật"),
    gettext_noop("Phụ nữ có thai"),
    gettext_noop("Có trẻ nhỏ đi cùng"),
    gettext_noop("Người có công với cách mạng"),
    gettext_noop("Chọn diện ưu tiên trong danh sách."),
    gettext_noop("Hôm nay bộ phận một cửa không làm việc nên không phát số."),
    gettext_noop("Chưa đến giờ phát số. Hôm nay phát số từ %(time)s."),
    gettext_noop("Hôm nay đã ngừng phát số lúc %(time)s. Mời ông/bà trở lại vào ngày làm việc sau."),
):
    pass  # told to the translators; the words themselves stand in `tickets.rules` and `tickets.actions`


def priorities() -> list[tuple[str, str]]:
    """The reasons that are asked for, in the reader's language."""
    return [(one.value, _(LABELS[one])) for one in ASKED]


def said(refused: RuleViolation | None) -> str:
    """Why no number is given, in the reader's language; empty without a refusal."""
    if isinstance(refused, Closed):
        return _(refused.words) % {"time": refused.time}
    return _(refused.message) if refused else ""


def slip_data(ticket: Ticket) -> dict[str, Any]:
    """What the printed number says."""
    taken = to_local(ticket.taken_at)
    return {
        "form_title": "Số thứ tự",
        "form_number": "",
        "agency": ticket.line.office.name,
        "date": ticket.day.isoformat(),
        "number": str(ticket),
        "line": ticket.line.name,
        "taken_at": taken.isoformat(timespec="minutes"),
        "priority": ticket.is_priority,
        "note": "Quét mã để biết còn bao nhiêu người trước mình. Vắng mặt khi được gọi thì báo tại quầy.",
        "verify_url": ticket_link(ticket),
    }
