"""One feedback as its sender follows it, in plain words; never who handles it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.core.errors import NotFound
from motcua.feedback.models import Feedback
from motcua.feedback.queries import steps_said
from motcua.feedback.rules.states import State

_WAIT = _("Bạn không phải làm gì.")
WORDS: dict[str, tuple[Any, Any]] = {
    State.NEW: (_("Đã nhận phản ánh"), _WAIT),
    State.TRANSFERRED: (_("Đã chuyển cơ quan có thẩm quyền"), _WAIT),
    State.RECEIVED: (_("Đã tiếp nhận, đang xem xét"), _WAIT),
    State.IN_PROGRESS: (_("Đang xử lý"), _WAIT),
    State.FOR_APPROVAL: (_("Đang trình lãnh đạo duyệt trả lời"), _WAIT),
    State.UNCLEAR: (
        _("Cơ quan cần bạn làm rõ"),
        _("Đọc câu hỏi và trả lời ở dưới. Thời hạn tạm dừng trong lúc chờ bạn."),
    ),
    State.DECLINED: (_("Không tiếp nhận"), _("Xem lý do và nơi gửi đúng ở dưới.")),
    State.PASSED_ON: (_("Đã chuyển cơ quan khác"), _("Cơ quan nhận sẽ trả lời bạn.")),
    State.ANSWERED: (_("Đã có trả lời"), _("Đọc trả lời và cho biết bạn có hài lòng không.")),
    State.PUBLISHED: (_("Đã có trả lời"), _("Trả lời đã được công khai, không nêu tên bạn.")),
    State.REOPENED: (_("Đang xử lý lại"), _WAIT),
    State.CLOSED: (_("Đã kết thúc"), ""),
}


@dataclass(frozen=True)
class FollowedView:
    """What the page shows; moments are aware."""

    code: str
    headline: Any
    next_step: Any
    agency: str
    topic: str
    content: str
    due_at: datetime | None
    answer: str
    answer_number: str
    steps: list[dict[str, Any]]


def access_own(feedback_id: int) -> Feedback:
    """The feedback that this browser has proved to know (its id is in the session). Raises NotFound."""
    found = Feedback.objects.select_related("agency", "topic").filter(pk=feedback_id).first()
    if found is None:
        raise NotFound()
    return found


def followed(found: Feedback) -> FollowedView:
    """The view of a feedback for its sender."""
    headline, next_step = WORDS[State(found.state)]
    steps = [{"title": one.said, "at": one.at, "state": "done", "lang": "vi"} for one in steps_said(found)]
    return FollowedView(
        found.code, headline, next_step, found.agency.name, found.topic.name, found.content, found.due_at if found.is_open else None,
        found.answer if found.is_told else "", found.answer_number, steps,
    )  # fmt: skip
